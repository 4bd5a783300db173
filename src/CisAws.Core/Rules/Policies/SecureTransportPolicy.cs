using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CisAws.Text;

namespace CisAws.Rules.Policies;

/// <summary>For which requests a bucket policy denies plain HTTP.</summary>
internal enum SecureTransport
{
    /// <summary>For none.</summary>
    None,

    /// <summary>For some callers, actions, or the bucket or the objects alone.</summary>
    Some,

    /// <summary>For all.</summary>
    All,
}

/// <summary>
/// Reads which statements of a bucket policy deny requests without TLS: a Deny under the condition that aws:SecureTransport is false
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html).
/// </summary>
internal static class SecureTransportPolicy
{
    /// <summary>For which requests the policy denies plain HTTP; null when the text is not a policy.</summary>
    public static SecureTransport? Of(string policy, string bucketArn)
    {
        try
        {
            using var document = ForeignJson.Parse(policy);
            if (BucketPolicyDocument.Statements(document.RootElement) is not { } statements)
            {
                return null;
            }

            var denying = statements.Where(DeniesPlainHttp).ToList();
            // The bucket and its objects may be in statements of their own.
            var resources = denying.Where(IsForAll).SelectMany(s => Texts(s, "Resource")).ToList();
            return denying.Count == 0 ? SecureTransport.None
                : resources.Any(r => Matches(r, bucketArn)) && resources.Any(r => MatchesObjects(r, bucketArn)) ? SecureTransport.All
                : SecureTransport.Some;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A Deny with the condition on aws:SecureTransport and no other, which would narrow it.</summary>
    private static bool DeniesPlainHttp(JsonElement statement) =>
        BucketPolicyDocument.IsEffect(statement, "Deny") && BucketPolicyDocument.Property(statement, "Condition") is { } condition &&
        condition.EnumerateObject().ToList() is [var test] && test.Name.ToLowerInvariant() is "bool" or "boolifexists" &&
        test.Value.EnumerateObject().ToList() is [var key] && string.Equals(key.Name, "aws:SecureTransport", StringComparison.OrdinalIgnoreCase) &&
        BucketPolicyDocument.Items(key.Value).All(v => string.Equals(v.ToString(), "false", StringComparison.OrdinalIgnoreCase));

    /// <summary>For every principal and every action of S3.</summary>
    private static bool IsForAll(JsonElement statement) =>
        BucketPolicyDocument.Property(statement, "Principal") is { } principal && BucketPolicyDocument.IsEveryone(principal) &&
        Texts(statement, "Action").Any(a => a.ToLowerInvariant() is "*" or "s3:*");

    private static IEnumerable<string> Texts(JsonElement statement, string name) =>
        BucketPolicyDocument.Property(statement, name) is { } value ? BucketPolicyDocument.Items(value).Select(v => v.GetString() ?? "") : [];

    /// <summary>A resource is the ARN, or the beginning of it before a final <c>*</c>; other wildcards are not what such policies have.</summary>
    private static bool Matches(string resource, string arn) =>
        resource == arn || (resource.EndsWith("*", StringComparison.Ordinal) && arn.StartsWith(resource.TrimEnd('*'), StringComparison.Ordinal));

    private static bool MatchesObjects(string resource, string arn) =>
        resource.EndsWith("*", StringComparison.Ordinal) && (arn + "/").StartsWith(resource.TrimEnd('*'), StringComparison.Ordinal);
}
