using System.Collections.Generic;
using System.Linq;
using CisAws.Text;

namespace CisAws.Rules;

/// <summary>The result of a rule for one resource. Much of its text comes from the account: all of it but the IDs is safe to show.</summary>
internal sealed class RuleFinding
{
    public RuleFinding(
        CisResource resource, CisStatus status, string reasonCode, string reason, IEnumerable<CisFact>? facts = null, IEnumerable<string>? warnings = null)
    {
        Resource = resource;
        Status = status;
        ReasonCode = reasonCode;
        Reason = TerminalText.Escape(reason);
        Facts = facts is null ? PrintableList<CisFact>.None : new(facts.Select(f => f.Escaped()));
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

    /// <summary>What the status is based on.</summary>
    public PrintableList<CisFact> Facts { get; }

    /// <summary>What is not a failure but should be known.</summary>
    public PrintableList<string> Warnings { get; }
}
