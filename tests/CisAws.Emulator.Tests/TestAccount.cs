using System;
using System.Text.Json.Nodes;
using CisAws.Evidence;

namespace CisAws.Emulator.Tests;

/// <summary>A small account: two enabled regions, one that is not, and little else until a test adds it.</summary>
internal static class TestAccount
{
    public const string Id = "111122223333";
    public const string Caller = "arn:aws:iam::111122223333:user/auditor";

    public static AccountEvidence Create(string accountId = Id) =>
        new AccountEvidence(new AccountIdentity(accountId, "aws", $"arn:aws:iam::{accountId}:user/auditor"), new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero))
            .Set(EvidenceKinds.Regions, "", [new Region("us-east-1", "opt-in-not-required"), new Region("eu-west-1", "opt-in-not-required"), new Region("me-south-1", "not-opted-in")]);

    public static AccountEvidence WithRole(this AccountEvidence account, string name, string? externalId = null)
    {
        var statement = new JsonObject { ["Effect"] = "Allow", ["Principal"] = new JsonObject { ["AWS"] = "*" }, ["Action"] = "sts:AssumeRole" };
        if (externalId is not null)
        {
            statement["Condition"] = new JsonObject { ["StringEquals"] = new JsonObject { ["sts:ExternalId"] = externalId } };
        }

        var role = new IamRole(
            name, $"arn:aws:iam::{account.Account.AccountId}:role/{name}", new JsonObject { ["Statement"] = statement }.ToJsonString(), [], []);
        return account.Set(EvidenceKinds.AuthorizationDetails, "", new AuthorizationDetails([], [], [role], []));
    }

    public static AccountEvidence WithBucket(this AccountEvidence account, string name, string region) => account
        .Set(EvidenceKinds.Buckets, name, new Bucket(true, region))
        .Set(EvidenceKinds.BucketAcl, name, new BucketAcl("owner", []))
        .Set(EvidenceKinds.BucketPolicy, name, null)
        .Set(EvidenceKinds.BucketPolicyIsPublic, name, null)
        .Set(EvidenceKinds.BucketPublicAccessBlock, name, new PublicAccessBlock())
        .Set(EvidenceKinds.BucketOwnership, name, null)
        .Set(EvidenceKinds.BucketLogging, name, new BucketLogging());
}
