using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Connections;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.PowerShell.Evidence;

/// <summary>A file of a run.</summary>
/// <param name="Name">Its name in the store, <c>runs/{account}/{time}.cisevidence</c>.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="Tag">Identifies its content, in a store that has such tags.</param>
internal sealed record RunFile(string Name, long Length, string Tag = "");

/// <summary>A place that keeps the files of runs: they are added to it, and are never changed.</summary>
internal interface IRunStore
{
    /// <summary>The full path of a file of the store.</summary>
    string AddressOf(string name);

    /// <summary>Its files, in the order of their names.</summary>
    Task<IReadOnlyList<RunFile>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The content of a file that was listed.</summary>
    Task<byte[]> ReadAsync(RunFile file, CancellationToken cancellationToken);

    /// <summary>Adds a file; returns false, and changes nothing, if there is one of that name with another content.</summary>
    Task<bool> AddAsync(string name, byte[] content, CancellationToken cancellationToken);
}

/// <summary>A folder.</summary>
internal sealed class FolderStore(string folder) : IRunStore
{
    public string AddressOf(string name) => Path.Combine([folder, .. name.Split('/')]);

    public Task<IReadOnlyList<RunFile>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<RunFile>>(
        [.. EvidenceStore.Files(folder).Select(f => new RunFile(NameOf(f.Path), new FileInfo(f.Path).Length)).Where(f => EvidenceStore.IsOfRun(f.Name))]);

    public Task<byte[]> ReadAsync(RunFile file, CancellationToken cancellationToken) => Task.FromResult(AtomicFile.ReadBytes(AddressOf(file.Name), EvidenceArchive.MaximumFile));

    public Task<bool> AddAsync(string name, byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            AtomicFile.Create(AddressOf(name), overwrite: false, stream => stream.Write(content, 0, content.Length));
            return Task.FromResult(true);
        }
        catch (FileExistsException)
        {
            // Another copy of the same run was faster.
            return Task.FromResult(AtomicFile.ReadBytes(AddressOf(name), EvidenceArchive.MaximumFile).SequenceEqual(content));
        }
    }

    private string NameOf(string path) => path.Substring(folder.Length).Replace('\\', '/').TrimStart('/');
}

/// <summary>The objects of a bucket below a prefix.</summary>
internal sealed class BucketStore(IBucket bucket, S3Location location) : IRunStore
{
    public string AddressOf(string name) => $"s3://{location.Bucket}/{location.Prefix}{name}";

    public async Task<IReadOnlyList<RunFile>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await bucket.ListAsync(location.Prefix + EvidenceStore.Runs + "/", cancellationToken).ConfigureAwait(false))
            .Select(o => new RunFile(o.Key.Substring(location.Prefix.Length), o.Length, o.ETag)).Where(f => EvidenceStore.IsOfRun(f.Name))];

    public Task<byte[]> ReadAsync(RunFile file, CancellationToken cancellationToken) =>
        bucket.ReadAsync(new(location.Prefix + file.Name, file.Length, file.Tag), cancellationToken);

    public Task<bool> AddAsync(string name, byte[] content, CancellationToken cancellationToken) => bucket.CreateAsync(location.Prefix + name, content, cancellationToken);
}
