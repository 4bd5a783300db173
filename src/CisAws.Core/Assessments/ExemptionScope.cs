using System;
using System.Collections.Generic;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Text;

namespace CisAws.Assessments;

/// <summary>What an exemption covers.</summary>
internal static class ExemptionScope
{
    /// <summary>True when the exemption is in force on a day.</summary>
    public static bool IsInForce(CisExemption exemption, DateTimeOffset now) => exemption.Expires is not { } day || now.UtcDateTime.Date <= day;

    /// <summary>True when the exemption covers a finding, whatever the finding's status.</summary>
    public static bool Covers(CisExemption exemption, CisFinding finding) =>
        exemption.ControlId.Matches(finding.ControlId) &&
        (exemption.AccountId is null || exemption.AccountId == finding.AccountId) &&
        (exemption.Region is null || exemption.Region == finding.Region) &&
        (exemption.Resource is null || IsOf(exemption.Resource, finding.ResourceArn) || IsOf(exemption.Resource, finding.ResourceId)) &&
        (exemption.Tag is null || (finding.Resource.Tags is { } tags && HasTag(tags, exemption.Tag)));

    // An id with a bracket in it, taken from a finding, means itself too.
    private static bool IsOf(string pattern, string id) => pattern.Equals(id, StringComparison.OrdinalIgnoreCase) || Wildcard.Matches(pattern, id);

    /// <summary>Whether tags contain one: a key, or key=value, in which the value can have wildcards.</summary>
    public static bool HasTag(IReadOnlyDictionary<string, string> tags, string tag)
    {
        var at = tag.IndexOf('=');
        var (key, value) = at < 0 ? (tag, "*") : (tag.Substring(0, at), tag.Substring(at + 1));
        return tags.TryGetValue(key, out var actual) && Wildcard.Matches(value, actual);
    }
}
