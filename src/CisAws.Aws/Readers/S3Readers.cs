using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;
using CisAws.Aws.Calls;
using CisAws.Evidence;
using Api = Amazon.S3.Model;

namespace CisAws.Aws.Readers;

/// <summary>
/// S3. A bucket is asked after in its own region, and as this account's: a bucket that another account created under the name
/// of a deleted one must not be assessed as this account's.
/// </summary>
internal static class S3Readers
{
    private const int BucketsOfPage = 1000;

    private const string RegionHeader = "x-amz-bucket-region";

    /// <summary>Whether the bucket exists, in any account. S3 returns its region even to callers that it denies everything else.</summary>
    public static async Task<Bucket> BucketAsync(EvidenceRequest request)
    {
        var (session, bucket) = (request.Session, request.Subject);
        var s3 = session.S3(session.Region);
        try
        {
            var response = await request.CallAsync(s3, (c, t) => c.HeadBucketAsync(new() { BucketName = bucket }, t)).ConfigureAwait(false);
            return Found(string.IsNullOrEmpty(response.BucketRegion) ? session.Region : response.BucketRegion);
        }
        catch (CallFailedException e) when (StatusOf(e) == HttpStatusCode.NotFound)
        {
            return new Bucket(false);
        }
        catch (CallFailedException e) when (RegionToldWith(e) is { } region)
        {
            return Found(region);
        }
        catch (CallFailedException e) when (StatusOf(e) is not null && e.Why.Kind != ReadFailureKind.Throttled)
        {
            return await ReasonAsync().ConfigureAwait(false);
        }

        // A response to HEAD has no body: a denied action, an expired token and a wrong clock look the same. The same action by GET
        // has one, and the listing is asked for no objects.
        async Task<Bucket> ReasonAsync()
        {
            await request.CallAsync(s3, (c, t) => c.ListObjectsV2Async(new() { BucketName = bucket, MaxKeys = 0 }, t)).ConfigureAwait(false);
            return Found(session.Region);
        }

        Bucket Found(string region)
        {
            session.BucketRegions[bucket] = region;
            return new Bucket(true, region);
        }
    }

    /// <summary>The account's buckets. S3 returns their regions to requests with a page size, and then no call has to find them out.</summary>
    public static async Task<IReadOnlyList<ListedBucket>> ListedBucketsAsync(EvidenceRequest request)
    {
        IReadOnlyList<ListedBucket> buckets;
        try
        {
            buckets = await request.ListAsync(
                request.Session.S3(request.Session.Region),
                (c, token, t) => c.ListBucketsAsync(new Api.ListBucketsRequest { MaxBuckets = request.PageSize(BucketsOfPage), ContinuationToken = token }, t),
                page => page.ContinuationToken,
                page => page.Buckets.Each(b => new ListedBucket(b.BucketName.Required("Name"), string.IsNullOrEmpty(b.BucketRegion) ? null : b.BucketRegion)),
                b => b.Name).ConfigureAwait(false);
        }
        catch (CallFailedException e)
        {
            // The list is that of all regions, whichever is asked.
            throw new CallFailedException(e.Why with { Region = "" }, e);
        }

        foreach (var bucket in buckets.Where(b => b.Region is not null))
        {
            request.Session.BucketRegions[bucket.Name] = bucket.Region!;
        }

        return buckets;
    }

    public static Task<BucketVersioning> VersioningAsync(EvidenceRequest request) => ReadAsync(
        request,
        (c, owner, t) => c.GetBucketVersioningAsync(new Api.GetBucketVersioningRequest { BucketName = request.Subject, ExpectedBucketOwner = owner }, t),
        response => new BucketVersioning(
            response.VersioningConfig?.Status?.Value is { } status && status != "Off" ? status : null,
            response.VersioningConfig?.EnableMfaDelete is { } mfa ? (mfa ? "Enabled" : "Disabled") : null));

    public static Task<string?> EncryptionAsync(EvidenceRequest request) => ReadAsync(
        request,
        (c, owner, t) => c.GetBucketEncryptionAsync(new() { BucketName = request.Subject, ExpectedBucketOwner = owner }, t),
        string? (response) => (response.ServerSideEncryptionConfiguration?.ServerSideEncryptionRules?.FirstOrDefault()?
            .ServerSideEncryptionByDefault?.ServerSideEncryptionAlgorithm?.Value).Required("encryption rule"));

    public static Task<BucketAcl> AclAsync(EvidenceRequest request) => ReadAsync(
        request,
        (c, owner, t) => c.GetBucketAclAsync(new() { BucketName = request.Subject, ExpectedBucketOwner = owner }, t),
        response => new BucketAcl(response.Owner?.Id ?? "", response.Grants.Each(g => new BucketGrant(
            g.Grantee.Required("Grantee").Type?.Value ?? "", g.Permission?.Value ?? "", g.Grantee.CanonicalUser ?? g.Grantee.EmailAddress, g.Grantee.URI))));

    public static Task<string?> PolicyAsync(EvidenceRequest request) => ReadAsync(
        request,
        (c, owner, t) => c.GetBucketPolicyAsync(new Api.GetBucketPolicyRequest { BucketName = request.Subject, ExpectedBucketOwner = owner }, t),
        string? (response) => response.Policy.Required("Policy"));

    public static Task<bool?> PolicyIsPublicAsync(EvidenceRequest request) => ReadAsync(
        request,
        (c, owner, t) => c.GetBucketPolicyStatusAsync(new() { BucketName = request.Subject, ExpectedBucketOwner = owner }, t),
        bool? (response) => response.PolicyStatus.Required("PolicyStatus").IsPublic.Required("IsPublic"));

    public static Task<PublicAccessBlock> PublicAccessBlockAsync(EvidenceRequest request) => ReadAsync(
        request, (c, owner, t) => c.GetPublicAccessBlockAsync(new() { BucketName = request.Subject, ExpectedBucketOwner = owner }, t), response =>
        {
            var block = response.PublicAccessBlockConfiguration.Required("PublicAccessBlockConfiguration");
            return new PublicAccessBlock(
                block.BlockPublicAcls ?? false, block.IgnorePublicAcls ?? false, block.BlockPublicPolicy ?? false, block.RestrictPublicBuckets ?? false);
        });

    public static Task<string?> OwnershipAsync(EvidenceRequest request) => ReadAsync(
        request,
        (c, owner, t) => c.GetBucketOwnershipControlsAsync(new() { BucketName = request.Subject, ExpectedBucketOwner = owner }, t),
        string? (response) => (response.OwnershipControls?.Rules?.FirstOrDefault()?.ObjectOwnership?.Value).Required("ownership rule"));

    public static Task<BucketLogging> LoggingAsync(EvidenceRequest request) => ReadAsync(
        request,
        (c, owner, t) => c.GetBucketLoggingAsync(new Api.GetBucketLoggingRequest { BucketName = request.Subject, ExpectedBucketOwner = owner }, t),
        response => new BucketLogging(response.BucketLoggingConfig?.TargetBucketName, response.BucketLoggingConfig?.TargetPrefix));

    public static Task<PublicAccessBlock> AccountPublicAccessBlockAsync(EvidenceRequest request) => request.ReadAsync(
        request.Session.S3Control, (c, t) => c.GetPublicAccessBlockAsync(new() { AccountId = request.Session.Account.AccountId }, t), response =>
        {
            var block = response.PublicAccessBlockConfiguration.Required("PublicAccessBlockConfiguration");
            return new PublicAccessBlock(
                block.BlockPublicAcls ?? false, block.IgnorePublicAcls ?? false, block.BlockPublicPolicy ?? false, block.RestrictPublicBuckets ?? false);
        });

    /// <summary>Calls an operation in the bucket's region, which takes the account that the bucket has to belong to, and reads its response.</summary>
    private static async Task<T> ReadAsync<TResponse, T>(
        EvidenceRequest request, Func<AmazonS3Client, string, CancellationToken, Task<TResponse>> call, Func<TResponse, T> read)
        where TResponse : AmazonWebServiceResponse
    {
        var session = request.Session;
        if (!session.BucketRegions.TryGetValue(request.Subject, out var region))
        {
            region = (await BucketAsync(request with { Kind = EvidenceKinds.Buckets }).ConfigureAwait(false)).Region ?? session.Region;
        }

        return await request.ReadAsync(session.S3(region), (c, t) => call(c, session.Account.AccountId, t), read).ConfigureAwait(false);
    }

    /// <summary>The status of an error that S3 itself answered with; null for a page in its place, or no response.</summary>
    private static HttpStatusCode? StatusOf(CallFailedException e) =>
        e.InnerException is AmazonS3Exception response ? response.StatusCode : null;

    /// <summary>The region of a bucket that was asked for in another one.</summary>
    internal static string? RegionToldWith(CallFailedException e) =>
        (e.InnerException as AmazonS3Exception)?.InnerException is HttpErrorResponseException { Response: { } response } && response.IsHeaderPresent(RegionHeader)
            ? response.GetHeaderValue(RegionHeader)
            : null;
}
