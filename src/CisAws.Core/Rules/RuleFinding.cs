using System.Collections.Generic;
using System.Linq;
using CisAws.Text;

namespace CisAws.Rules;

/// <summary>The result of a rule for one resource. Much of its text comes from the account: all of it but the ids is safe to show.</summary>
internal sealed class RuleFinding
{
    public RuleFinding(
        CisResource resource, CisStatus status, string reasonCode, string reason,
        IEnumerable<CisFact>? facts = null, IEnumerable<string>? warnings = null, string? plural = null)
    {
        Resource = resource;
        Status = status;
        ReasonCode = reasonCode;
        Reason = TerminalText.Escape(reason);
        Plural = plural;
        // Findings may share a list, and then it is escaped already.
        Facts = facts as PrintableList<CisFact> ?? (facts is null ? PrintableList<CisFact>.None : EscapedFacts(facts));
        Warnings = warnings is null ? PrintableList<string>.None : new(warnings.Select(TerminalText.Escape));
    }

    /// <summary>What it is about.</summary>
    public CisResource Resource { get; }

    /// <summary>The status.</summary>
    public CisStatus Status { get; }

    /// <summary>Why, for machines.</summary>
    public string ReasonCode { get; }

    /// <summary>Why, in one sentence.</summary>
    public string Reason { get; }

    /// <summary>
    /// The reason for several resources, as a predicate: "have no MFA device". Where something was not decided, it is the cause as a clause; of the
    /// account beside other resources, a clause as well. Null where the rule has one finding.
    /// </summary>
    public string? Plural { get; }

    /// <summary>What the status is based on.</summary>
    public PrintableList<CisFact> Facts { get; }

    /// <summary>What is not a failure but should be known.</summary>
    public PrintableList<string> Warnings { get; }

    /// <summary>Facts that are safe to show, for findings to share.</summary>
    public static PrintableList<CisFact> EscapedFacts(IEnumerable<CisFact> facts) => new(facts.Select(f => f.Escaped()));
}
