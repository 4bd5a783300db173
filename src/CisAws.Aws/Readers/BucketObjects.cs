using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.Util;
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
        try
        {
            await response.ResponseStream.CopyToAsync(content, 81920, cancellationToken).ConfigureAwait(false);
        }
        // The SDK compares checksums while the content is read.
        catch (AmazonClientException e)
        {
            throw new InvalidDataException("The response is not the object that was listed. " + e.Message, e);
        }

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
            return await HasAsync(key, content, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Whether an object that exists has a content: by its tag, which is the MD5 of the content unless a KMS key encrypts it, or by reading it, which needs
    /// one more permission.
    /// </summary>
    private async Task<bool> HasAsync(string key, byte[] content, CancellationToken cancellationToken)
    {
        var found = (await ListAsync(key, cancellationToken).ConfigureAwait(false)).FirstOrDefault(o => o.Key == key)
            ?? throw new InvalidDataException("An object of that key existed and was deleted at the same time.");
        if (found.Length != content.Length)
        {
            return false;
        }

        if (string.Equals(found.ETag.Trim('"'), AWSSDKUtils.ToHex(CryptoUtilFactory.CryptoInstance.ComputeMD5Hash(content), lowercase: true), StringComparison.Ordinal))
        {
            return true;
        }

        try
        {
            return (await ReadAsync(found, cancellationToken).ConfigureAwait(false)).SequenceEqual(content);
        }
        catch (CallException e) when (e.Why.IsDenial)
        {
            throw new InvalidDataException($"An object of that key and size exists, and its content could not be compared. {e.Message}", e);
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
