using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using CisAws.Evidence;

namespace CisAws.Connections;

/// <summary>The names of roles.</summary>
internal static class RoleNames
{
    // A path and a name: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    private static readonly Regex Role = new(@"\A([!-.0-~]+/)*[A-Za-z0-9_+=,.@-]{1,64}\z", RegexOptions.CultureInvariant);

    /// <summary>Whether a text is the name of a role, with or without a path.</summary>
    public static bool IsValid(string text) => Role.IsMatch(text) && !text.StartsWith("arn:", StringComparison.Ordinal);

    /// <summary>The ARN of a role.</summary>
    public static string ArnOf(string partition, string accountId, string roleName) => new Arn(partition, "iam", "", accountId, $"role/{roleName}").ToString();

    /// <summary>The partition of regions; aws where they do not say.</summary>
    public static string PartitionOf(IEnumerable<string>? regions) =>
        AwsPartition.All.FirstOrDefault(p => p.Regions.Any(r => regions?.Contains(r.Name) == true))?.Name ?? "aws";
}
