using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Reports;

/// <summary>What most formats have a row for: a finding, or a result that has none.</summary>
/// <param name="Result">The result.</param>
/// <param name="Finding">The finding; null for a result without findings.</param>
/// <param name="Id">Identifies it, and is the same from run to run: a UUID (version 5) of the program, the control, the account and the resource.</param>
internal readonly record struct ReportRow(CisResult Result, CisFinding? Finding, Guid Id)
{
    // A name space of our own.
    public static readonly Guid Space = new("6f1c1c1e-6c0f-4d59-9a53-0d9f0c4b7a61");

    public CisStatus Status => Finding?.Status ?? Result.Status;

    public string Reason => Finding?.Reason ?? Result.Reason;

    public string ReasonCode => Finding?.ReasonCode ?? Result.ReasonCode;

    /// <summary>A CloudFormation type name; a result without findings is about the account.</summary>
    public string ResourceType => Finding?.ResourceType ?? "AWS::Account";

    public string ResourceId => Finding?.ResourceId ?? Result.AccountId;

    public string ResourceArn => Finding?.ResourceArn ?? "";

    public string Region => Finding?.Region ?? "";

    /// <summary>The resource with its account and region, such as <c>sg-1 (111122223333, eu-north-1)</c>; of an account, its ID.</summary>
    public string Place => Region.Length > 0 ? $"{ResourceId} ({Result.AccountId}, {Region})" : ResourceId == Result.AccountId ? ResourceId : $"{ResourceId} ({Result.AccountId})";

    /// <summary>The rows of a result, in the order of its findings.</summary>
    public static IEnumerable<ReportRow> Of(CisResult result)
    {
        if (result.Findings.Count == 0)
        {
            return [OfControl(result)];
        }

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return result.Findings.Select(f =>
        {
            var resource = string.Join("\n", f.RuleId, f.Region, f.ResourceType, f.ResourceArn, f.ResourceId);
            // A rule can find several things about one resource.
            seen[resource] = seen.TryGetValue(resource, out var count) ? ++count : count = 0;
            return new ReportRow(result, f, IdOf(result, resource, count));
        });
    }

    /// <summary>The row of a result as a whole, whatever its findings.</summary>
    public static ReportRow OfControl(CisResult result) => new(result, null, IdOf(result, "", 0));

    private static Guid IdOf(CisResult result, string resource, int number) => NamedGuid.Of(
        Space, FormattableString.Invariant($"{result.Benchmark}\n{result.Program}\n{result.ControlId}\n{result.AccountId}\n{resource}\n{number}"));
}
