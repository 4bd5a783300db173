using System;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;
using CisAws.Aws.Calls;
using CisAws.Aws.Sessions;
using CisAws.Evidence;
using Api = Amazon.S3.Model;
using ControlApi = Amazon.S3Control.Model;

namespace CisAws.Aws.Readers;

/// <summary>
/// S3. A bucket is asked after in its own region, and as this account's: a bucket that another account created under the name
/// of a deleted one must not be assessed as this account's.
/// </summary>
internal static class S3Readers
{
    private const string RegionHeader = "x-amz-bucket-region";

    private const string NoPublicAccessBlock = "NoSuchPublicAccessBlockConfiguration";

    /// <summary>The action that allows HEAD and listing.</summary>
    private const string List = "s3:ListBucket";

    /// <summary>Whether the bucket exists, whoever owns it. S3 tells its region even to those it denies everything else.</summary>
    public static async Task<Bucket> BucketAsync(AwsSession session, string bucket, CancellationToken cancellationToken)
    {
        var s3 = session.S3(session.Region);
        try
        {
            var response = await s3.CallAsync(
                List, (c, t) => c.HeadBucketAsync(new Api.HeadBucketRequest { BucketName = bucket }, t), cancellationToken).ConfigureAwait(false);
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
        catch (CallFailedException e) when (StatusOf(e) == HttpStatusCode.ServiceUnavailable)
        {
            // S3 asks with this status to reduce the request rate.
            throw new CallFailedException(e.Why with { Kind = ReadFailureKind.Throttled, Message = "S3 answered HTTP 503 until the retries ran out." }, e);
        }
        catch (CallFailedException e) when (StatusOf(e) is not null)
        {
            return await ReasonAsync().ConfigureAwait(false);
        }

        // A response to HEAD has no body: a denied action, an expired token and a wrong clock look the same. The same action by GET
        // has one, and the listing is asked for no objects.
        async Task<Bucket> ReasonAsync()
        {
            await s3.CallAsync(
                List, (c, t) => c.ListObjectsV2Async(new Api.ListObjectsV2Request { BucketName = bucket, MaxKeys = 0 }, t), cancellationToken).ConfigureAwait(false);
            return Found(session.Region);
        }

        Bucket Found(string region)
        {
            session.BucketRegions[bucket] = region;
            return new Bucket(true, region);
        }
    }

    public static Task<BucketAcl> AclAsync(AwsSession session, string bucket, CancellationToken cancellationToken) => ReadAsync(
        session, bucket, "s3:GetBucketAcl",
        (c, t) => c.GetBucketAclAsync(new() { BucketName = bucket, ExpectedBucketOwner = session.Account.AccountId }, t),
        response => new BucketAcl(response.Owner?.Id ?? "", response.Grants.Each(g => new BucketGrant(
            g.Grantee.Required("Grantee").Type?.Value ?? "", g.Permission?.Value ?? "", g.Grantee.CanonicalUser ?? g.Grantee.EmailAddress, g.Grantee.URI))),
        cancellationToken);

    public static Task<string?> PolicyAsync(AwsSession session, string bucket, CancellationToken cancellationToken) => ReadAsync<Api.GetBucketPolicyResponse, string?>(
        session, bucket, "s3:GetBucketPolicy",
        (c, t) => c.GetBucketPolicyAsync(new Api.GetBucketPolicyRequest { BucketName = bucket, ExpectedBucketOwner = session.Account.AccountId }, t),
        response => response.Policy.Required("Policy"),
        cancellationToken, "NoSuchBucketPolicy", null);

    public static Task<bool?> PolicyIsPublicAsync(AwsSession session, string bucket, CancellationToken cancellationToken) =>
        ReadAsync<Api.GetBucketPolicyStatusResponse, bool?>(
            session, bucket, "s3:GetBucketPolicyStatus",
            (c, t) => c.GetBucketPolicyStatusAsync(new() { BucketName = bucket, ExpectedBucketOwner = session.Account.AccountId }, t),
            response => response.PolicyStatus.Required("PolicyStatus").IsPublic.Required("IsPublic"),
            cancellationToken, "NoSuchBucketPolicy", null);

    public static Task<PublicAccessBlock> PublicAccessBlockAsync(AwsSession session, string bucket, CancellationToken cancellationToken) => ReadAsync(
        session, bucket, "s3:GetBucketPublicAccessBlock",
        (c, t) => c.GetPublicAccessBlockAsync(new() { BucketName = bucket, ExpectedBucketOwner = session.Account.AccountId }, t),
        response =>
        {
            var block = response.PublicAccessBlockConfiguration.Required("PublicAccessBlockConfiguration");
            return new PublicAccessBlock(
                block.BlockPublicAcls ?? false, block.IgnorePublicAcls ?? false, block.BlockPublicPolicy ?? false, block.RestrictPublicBuckets ?? false);
        },
        cancellationToken, NoPublicAccessBlock, new PublicAccessBlock());

    public static Task<string?> OwnershipAsync(AwsSession session, string bucket, CancellationToken cancellationToken) =>
        ReadAsync<Api.GetBucketOwnershipControlsResponse, string?>(
            session, bucket, "s3:GetBucketOwnershipControls",
            (c, t) => c.GetBucketOwnershipControlsAsync(new() { BucketName = bucket, ExpectedBucketOwner = session.Account.AccountId }, t),
            response => (response.OwnershipControls?.Rules?.FirstOrDefault()?.ObjectOwnership?.Value).Required("ownership rule"),
            cancellationToken, "OwnershipControlsNotFoundError", null);

    public static Task<BucketLogging> LoggingAsync(AwsSession session, string bucket, CancellationToken cancellationToken) => ReadAsync(
        session, bucket, "s3:GetBucketLogging",
        (c, t) => c.GetBucketLoggingAsync(new Api.GetBucketLoggingRequest { BucketName = bucket, ExpectedBucketOwner = session.Account.AccountId }, t),
        response => new BucketLogging(response.BucketLoggingConfig?.TargetBucketName, response.BucketLoggingConfig?.TargetPrefix),
        cancellationToken);

    public static async Task<PublicAccessBlock> AccountPublicAccessBlockAsync(AwsSession session, CancellationToken cancellationToken)
    {
        try
        {
            var response = await session.S3Control.CallAsync(
                "s3:GetAccountPublicAccessBlock",
                (c, t) => c.GetPublicAccessBlockAsync(new ControlApi.GetPublicAccessBlockRequest { AccountId = session.Account.AccountId }, t),
                cancellationToken).ConfigureAwait(false);
            var block = response.PublicAccessBlockConfiguration.Required("PublicAccessBlockConfiguration");
            return new PublicAccessBlock(
                block.BlockPublicAcls ?? false, block.IgnorePublicAcls ?? false, block.BlockPublicPolicy ?? false, block.RestrictPublicBuckets ?? false);
        }
        catch (CallFailedException e) when (e.ErrorCode == NoPublicAccessBlock)
        {
            return new PublicAccessBlock();
        }
    }

    /// <summary>Asks about a bucket in its region. An error code may stand for a value, such as "no policy".</summary>
    private static async Task<T> ReadAsync<TResponse, T>(
        AwsSession session, string bucket, string action, Func<AmazonS3Client, CancellationToken, Task<TResponse>> call, Func<TResponse, T> read,
        CancellationToken cancellationToken, string? absentCode = null, T? absent = default)
        where TResponse : AmazonWebServiceResponse
    {
        var s3 = await InRegionOfAsync(session, bucket, cancellationToken).ConfigureAwait(false);
        try
        {
            return read(await s3.CallAsync(action, call, cancellationToken).ConfigureAwait(false));
        }
        catch (CallFailedException e) when (absentCode is not null && e.ErrorCode == absentCode)
        {
            return absent!;
        }
    }

    private static async Task<ServiceClient<AmazonS3Client>> InRegionOfAsync(AwsSession session, string bucket, CancellationToken cancellationToken)
    {
        if (!session.BucketRegions.TryGetValue(bucket, out var region))
        {
            region = (await BucketAsync(session, bucket, cancellationToken).ConfigureAwait(false)).Region ?? session.Region;
        }

        return session.S3(region);
    }

    /// <summary>The status of an error that S3 itself answered with; null for a page in its place, or no response.</summary>
    private static HttpStatusCode? StatusOf(CallFailedException e) =>
        e.InnerException is AmazonS3Exception response ? response.StatusCode : null;

    private static string? RegionToldWith(CallFailedException e) =>
        (e.InnerException as AmazonS3Exception)?.InnerException is HttpErrorResponseException { Response: { } response } && response.IsHeaderPresent(RegionHeader)
            ? response.GetHeaderValue(RegionHeader)
            : null;
}
