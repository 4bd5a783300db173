using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using CisAws.Aws.Calls;
using CisAws.Aws.Sessions;
using CisAws.Connections;

namespace CisAws.Aws.Readers;

/// <summary>The objects of one bucket.</summary>
internal sealed class BucketObjects(AwsSession session, string bucket) : IBucket
{
    public async Task<IReadOnlyList<BucketObject>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        var objects = new List<BucketObject>();
        string? token = null;
        do
        {
            var sent = token;
            var page = await CallAsync(
                "s3:ListBucket", (c, t) => c.ListObjectsV2Async(new() { BucketName = bucket, Prefix = prefix, ContinuationToken = sent }, t), cancellationToken).ConfigureAwait(false);
            foreach (var item in page.S3Objects ?? [])
            {
                objects.Add(new(item.Key.Required("Key"), item.Size.Required("Size"), item.ETag.Required("ETag")));
            }

            token = page.IsTruncated == true ? page.NextContinuationToken.Required("NextContinuationToken") : null;
        }
        while (token is not null);

        return objects;
    }

    public async Task<byte[]> ReadAsync(BucketObject item, CancellationToken cancellationToken)
    {
        using var response = await CallAsync(
            "s3:GetObject", (c, t) => c.GetObjectAsync(new() { BucketName = bucket, Key = item.Key, EtagToMatch = item.ETag }, t), cancellationToken).ConfigureAwait(false);
        using var content = new MemoryStream();
        await response.ResponseStream.CopyToAsync(content, 81920, cancellationToken).ConfigureAwait(false);
        // A page of a proxy has no tag, or not this one.
        return response.ETag == item.ETag && content.Length == item.Length
            ? content.ToArray()
            : throw new InvalidDataException("The response is not the object that was listed. It may come from a proxy.");
    }

    public async Task<bool> CreateAsync(string key, byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync(
                "s3:PutObject",
                async (c, t) =>
                {
                    using var stream = new MemoryStream(content, writable: false);
                    // In one piece, so that its hash is a part of the signature.
                    var response = await c.PutObjectAsync(
                        new() { BucketName = bucket, Key = key, InputStream = stream, IfNoneMatch = "*", UseChunkEncoding = false, ContentType = "application/octet-stream" }, t).ConfigureAwait(false);
                    // A proxy that answers for S3 has kept nothing.
                    response.ETag.Required("ETag");
                    return response;
                },
                cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (CallException e) when (e.InnerException?.InnerException is AmazonS3Exception { StatusCode: HttpStatusCode.PreconditionFailed })
        {
            return false;
        }
    }

    /// <summary>Calls an operation in the region of the bucket, which S3 names where it is asked in another one.</summary>
    private async Task<TResponse> CallAsync<TResponse>(string action, Func<AmazonS3Client, CancellationToken, Task<TResponse>> call, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse
    {
        var region = session.BucketRegions.TryGetValue(bucket, out var known) ? known : session.Region;
        try
        {
            return await session.S3(region).CallAsync(action, call, cancellationToken).ConfigureAwait(false);
        }
        catch (CallFailedException e) when (S3Readers.RegionToldWith(e) is { } told && told != region)
        {
            session.BucketRegions[bucket] = told;
            return await CallAsync(action, call, cancellationToken).ConfigureAwait(false);
        }
        catch (CallFailedException e)
        {
            throw new CallException(e.Why, e);
        }
    }
}
