using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using CisAws.Benchmarks;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Text;

namespace CisAws.Assessments;

/// <summary>What an exception covers.</summary>
internal static class ExemptionScope
{
    /// <summary>True when the exception is in force on a day.</summary>
    public static bool IsInForce(CisException exception, DateTimeOffset now) => exception.Expires is not { } day || now.UtcDateTime.Date <= day;

    /// <summary>True when the exception covers a finding, whatever the finding's status.</summary>
    public static bool Covers(CisException exception, CisFinding finding) =>
        Wildcard.Matches(exception.ControlId, finding.ControlId.ToString()) &&
        (exception.AccountId is null || exception.AccountId == finding.AccountId) &&
        (exception.Region is null || exception.Region == finding.Region) &&
        (exception.Resource is null || IsOf(exception.Resource, finding.ResourceArn) || IsOf(exception.Resource, finding.ResourceId)) &&
        (exception.Tag is null || HasTag(finding, exception.Tag));

    /// <summary>True when two exceptions cover the same.</summary>
    public static bool IsSame(CisException a, CisException b) => Of(a) == Of(b);

    /// <summary>What says which failures an exception covers.</summary>
    public static (string ControlId, string? Resource, string? AccountId, string? Region, string? Tag) Of(CisException exception) =>
        (exception.ControlId, exception.Resource, exception.AccountId, exception.Region, exception.Tag);

    /// <summary>
    /// True when the exception covers every resource of every control, be it of one account or region: that is a matter of
    /// scope, and mostly a slip.
    /// </summary>
    public static bool IsEverything(CisException exception) =>
        ControlCatalog.Matching(exception.ControlId).Count == ControlCatalog.All.Count &&
        exception.Tag is null &&
        (exception.Resource is null || Regex.IsMatch(exception.Resource, "^(arn(:aws[a-z-]*)?:?)?[*?:]*$", RegexOptions.CultureInvariant));

    // An id with a bracket in it, taken from a finding, means itself too.
    private static bool IsOf(string pattern, string id) => pattern.Equals(id, StringComparison.OrdinalIgnoreCase) || Wildcard.Matches(pattern, id);

    /// <summary>Where the evidence does not tell a resource's tags, it has none that an exception could rest on.</summary>
    private static bool HasTag(CisFinding finding, string tag)
    {
        var at = tag.IndexOf('=');
        var (key, value) = at < 0 ? (tag, "*") : (tag.Substring(0, at), tag.Substring(at + 1));
        return finding.Resource.Tags is { } tags && tags.TryGetValue(key, out var actual) && Wildcard.Matches(value, actual);
    }
}
