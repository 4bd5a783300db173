using System.Collections.Generic;
using CisAws.Evidence;

namespace CisAws.Rules;

/// <summary>What a finding is about.</summary>
/// <param name="Type">A CloudFormation type name, such as <c>AWS::EC2::SecurityGroup</c>; also AWS::Account and AWS::Region.</param>
/// <param name="Id">The ID people use: a name, <c>sg-0123</c>, a bucket.</param>
/// <param name="Arn">The ARN, as AWS gave it or built from the account's partition.</param>
/// <param name="Region">The region; empty for a global resource.</param>
/// <param name="Tags">The values by key; null where the evidence does not contain them, as <see cref="ITagged.Tags"/> has it.</param>
public sealed record CisResource(string Type, string Id, string Arn, string Region, IReadOnlyDictionary<string, string>? Tags = null)
{
    /// <summary>What sentences call it, where that is not its id; null for the id.</summary>
    internal string? Name { get; init; }

    /// <summary>An account as a resource.</summary>
    internal static CisResource Of(AccountIdentity account) =>
        new("AWS::Account", account.AccountId, $"arn:{account.Partition}:iam::{account.AccountId}:root", "");

    /// <summary>A region as a resource.</summary>
    internal static CisResource OfRegion(string region) => new("AWS::Region", region, "", region);
}
