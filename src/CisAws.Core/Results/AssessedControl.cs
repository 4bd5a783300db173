using CisAws.Benchmarks;
using CisAws.Programs;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Results;

/// <summary>What a result says of its control: values, so that a result needs neither the benchmark nor the program that it is from.</summary>
internal sealed record AssessedControl
{
    public ControlId ControlId { get; init; } = null!;

    public string Title { get; init; } = "";

    public string Benchmark { get; init; } = "";

    public PrintableList<string> RuleId { get; init; } = PrintableList<string>.None;

    public string Section { get; init; } = "";

    public int Level { get; init; }

    public bool Scored { get; init; }

    public PrintableList<CisSetting> Settings { get; init; } = PrintableList<CisSetting>.None;

    public string Remediation { get; init; } = "";

    public CisSeverity? Severity { get; init; }

    public string Program { get; init; } = "";

    public string ProgramVersion { get; init; } = "";

    /// <summary>The values of a control with the settings of the account.</summary>
    public static AssessedControl Of(CisControl control) => new()
    {
        ControlId = control.ControlId,
        Title = control.Title,
        Benchmark = control.Benchmark,
        RuleId = control.RuleId,
        Section = control.Section,
        Level = control.Level,
        Scored = control.Scored,
        Settings = control.Settings,
        Remediation = control.Remediation.Summary,
        Severity = control.Severity,
        Program = control.Program,
        ProgramVersion = control.Owner.Version,
    };
}
