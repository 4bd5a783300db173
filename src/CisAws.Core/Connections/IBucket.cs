using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace CisAws.Connections;

/// <summary>The objects of an S3 bucket, in whichever region it is.</summary>
internal interface IBucket
{
    /// <summary>The objects whose keys begin with a text, of all pages, in the order of their keys.</summary>
    /// <exception cref="CallException">The call failed.</exception>
    Task<IReadOnlyList<BucketObject>> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>The content of an object, which must not have changed since it was listed.</summary>
    /// <exception cref="CallException">The call failed.</exception>
    /// <exception cref="InvalidDataException">What was received is not the object that was listed.</exception>
    Task<byte[]> ReadAsync(BucketObject item, CancellationToken cancellationToken);

    /// <summary>
    /// Creates an object; returns false, and changes nothing, if there is another of that key. One with the same content is not another: a call is repeated
    /// when its response was lost, and then finds what it has created.
    /// </summary>
    /// <exception cref="CallException">The call failed.</exception>
    /// <exception cref="InvalidDataException">There is an object of that key, and its content could not be compared.</exception>
    Task<bool> CreateAsync(string key, byte[] content, CancellationToken cancellationToken);
}

/// <summary>An object of a bucket, as it was listed.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="ETag">Identifies this version of its content.</param>
internal sealed record BucketObject(string Key, long Length, string ETag);
