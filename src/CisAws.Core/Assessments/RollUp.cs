using System.Collections.Generic;
using System.Linq;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Assessments;

/// <summary>The status of a rule, rolled up from its findings: Fail > Unknown > Manual > Exempt > Pass > NotApplicable.</summary>
internal static class RollUp
{
    /// <summary>The status that takes precedence over the others.</summary>
    public static CisStatus Worst(IEnumerable<CisStatus> statuses)
    {
        return statuses.OrderBy(s => s.Precedence()).First();
    }

    /// <summary>The status of a rule.</summary>
    /// <param name="findings">Its findings.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="context">What it decided from.</param>
    /// <param name="partial">True when not every enabled region was assessed: then nothing is said of the account as a whole.</param>
    public static (CisStatus Status, string ReasonCode, string Reason) Of(
        IReadOnlyList<CisFinding> findings, Rule rule, RuleContext context, bool partial)
    {
        if (findings.Count == 0)
        {
            return (CisStatus.NotApplicable, "NothingToAssess", rule.EmptyReason(context, partial));
        }

        var status = Worst(findings.Select(f => f.Status));
        var deciding = findings.Where(f => f.Status == status).ToList();
        var first = deciding[0];
        var noun = partial ? $"{rule.ResourceNoun} in the regions assessed" : rule.ResourceNoun;
        return (status, first.ReasonCode, findings.Count == 1 ? first.Reason : Summary(status, deciding.Count, findings, first, noun));
    }

    private static string Summary(CisStatus status, int count, IReadOnlyList<CisFinding> findings, CisFinding first, string noun)
    {
        // A region that could not be read is no resource that was judged; one that was judged by itself (2.5) is.
        var resources = findings.Count(f =>
            f.Status != CisStatus.NotApplicable && !(f.ResourceType == "AWS::Region" && f.Status == CisStatus.Unknown));
        var unknown = findings.Count(f => f.Status == CisStatus.Unknown);
        var exempt = findings.Count(f => f.Status == CisStatus.Exempt);
        var also = (unknown > 0 ? $" {unknown} more could not be decided." : "") + (exempt > 0 ? $" {exempt} more {(exempt == 1 ? "is" : "are")} exempt." : "");
        return status switch
        {
            CisStatus.Fail => $"{count} of {resources} {noun} fail, first {first.ResourceId}: {first.Reason}{also}",
            CisStatus.Unknown => $"{count} of {findings.Count} could not be decided, first {first.ResourceId}: {first.Reason}",
            CisStatus.Manual => $"{count} of {resources} {noun} require a manual review, first {first.ResourceId}: {first.Reason}",
            CisStatus.Exempt => $"{count} of {resources} {noun} fail and are exempt, first {first.ResourceId}: {first.Reason}",
            CisStatus.Pass when findings.All(f => f.Attestation is not null) => first.Reason,
            CisStatus.Pass => count == 1 ? first.Reason : $"All {count} {noun} pass.",
            _ => count == 1 ? first.Reason : $"Nothing of {count} looked at is in the control's scope, first {first.ResourceId}: {first.Reason}",
        };
    }
}
