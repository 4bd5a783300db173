using CisAws.Programs;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Results;

/// <summary>What a finding consists of, besides what it shares with its result.</summary>
internal sealed record FindingValues
{
    private readonly string _reason = "";

    /// <summary>The values of what a rule found.</summary>
    /// <param name="ruleId">The rule.</param>
    /// <param name="finding">What it found.</param>
    public static FindingValues Of(string ruleId, RuleFinding finding) => new()
    {
        RuleId = ruleId,
        Status = finding.Status,
        ReasonCode = finding.ReasonCode,
        Reason = finding.Reason,
        Plural = finding.Plural,
        Resource = finding.Resource,
        Facts = finding.Facts,
        Warnings = finding.Warnings,
    };

    public string RuleId { get; init; } = "";

    public CisStatus Status { get; init; }

    public string ReasonCode { get; init; } = "";

    /// <summary>Safe to show.</summary>
    public string Reason
    {
        get => _reason;
        init => _reason = TerminalText.Escape(value);
    }

    /// <summary>The reason for several resources, for the reason of the control; see <see cref="RuleFinding.Plural"/>.</summary>
    public string? Plural { get; init; }

    public CisResource Resource { get; init; } = new("", "", "", "");

    public PrintableList<CisFact> Facts { get; init; } = PrintableList<CisFact>.None;

    public PrintableList<string> Warnings { get; init; } = PrintableList<string>.None;

    public CisExemption? Exemption { get; init; }

    public CisAttestation? Attestation { get; init; }
}
