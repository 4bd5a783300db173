using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Testing;
using CisAws.Text;
using CsCheck;

namespace CisAws.Core.Tests.Results;

/// <summary>Random results of several accounts and runs, with a value of every kind in every property.</summary>
internal sealed class ResultGenerator : Gen<IReadOnlyList<CisResult>>
{
    private static readonly string[] Texts =
    [
        "", "Frühjahr", "a \"quoted\" <text> & more", @"C:\share\u0041", "日本", "=1+1", "tab\tand\nline\r\n", "İiıI", "😀", "\u001b[2J\u202e\u2028\u0085\0", "'", "{\"a\":1}", "\u00a0", "\uffff",
    ];

    private Draw _draw = null!;

    public static ResultGenerator Any => new();

    /// <inheritdoc/>
    public override IReadOnlyList<CisResult> Generate(PCG pcg, Size? min, out Size size)
    {
        var generator = new ResultGenerator { _draw = new Draw(pcg) };
        size = generator._draw.Size;
        return generator.Results();
    }

    private string Text => _draw.OneOf(Texts);

    private string Safe => TerminalText.Escape(Text);

    private string Account => _draw.OneOf("111122223333", "000000000001", "audit profile");

    private string? TextOrNone => _draw.Maybe(() => Text);

    private DateTime Day => new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(_draw.Int(-400, 400));

    private List<CisResult> Results()
    {
        var runs = _draw.Many(1, 3, Run);
        return _draw.Many(0, 6, () =>
        {
            var run = _draw.OneOf(runs);
            return new CisResult(Result(run), run);
        });
    }

    private AssessmentRun Run()
    {
        var begin = new DateTimeOffset(2026, 2, 28, 23, 59, 59, TimeSpan.FromHours(_draw.Int(-12, 14))).AddTicks(_draw.OneOf(0, 1, 1_000_000, 9_999_999));
        var run = new AssessmentRun(new RunValues { RunId = Guid.NewGuid(), CisAwsVersion = "1.2.3" }, begin, begin.AddSeconds(-_draw.Int(0, 1)));
        if (_draw.Chance(50))
        {
            run.End(_draw.Int(0, 2000), TimeSpan.FromTicks(_draw.OneOf(0L, 1L, 12_345_678L, TimeSpan.FromDays(3).Ticks)));
        }

        return run;
    }

    private ResultValues Result(AssessmentRun run) => ResultValues.Of(Control(), Account, run) with
    {
        Status = Status(),
        ReasonCode = _draw.OneOf("Code", "NothingToAssess"),
        Reason = Text,
        Incomplete = _draw.Chance(50),
        Findings = _draw.Many(0, 4, Finding),
        ReadFailures = _draw.Many(0, 2, () => new ReadFailure(
            "iam:GetCredentialReport", _draw.OneOf("", "eu-west-1"), _draw.OneOf("", "AccessDenied"), _draw.OneOf(Enum.GetValues<ReadFailureKind>()), Text, _draw.Maybe(() => Account))),
    };

    private AssessedControl Control() => AssessedControl.Of(_draw.OneOf([.. DefaultPrograms.All.SelectMany(p => p.Controls)])) with
    {
        ProgramVersion = Text,
        Severity = _draw.MaybeValue(() => _draw.OneOf(Enum.GetValues<CisSeverity>())),
        Remediation = Text,
    };

    private FindingValues Finding() => new()
    {
        RuleId = _draw.OneOf("iam-password-length", "network-ssh"),
        Status = Status(),
        ReasonCode = "Code",
        Reason = Text,
        Resource = new CisResource("AWS::IAM::User", Text, Text, _draw.OneOf("", "eu-west-1"), _draw.Maybe(Tags)),
        Facts = new(_draw.Many(0, 3, () => new CisFact(Safe, Safe))),
        Warnings = new(_draw.Many(0, 2, () => Safe)),
        Exemption = _draw.Maybe(Exemption),
        Attestation = _draw.Maybe(Attestation),
    };

    private Dictionary<string, string> Tags() => _draw.Some(Texts, 20).ToDictionary(t => t, _ => Text);

    private CisExemption Exemption() => new()
    {
        ControlId = ControlSelector.Parse(_draw.OneOf("4.*", "1.10")),
        Resource = TextOrNone,
        AccountId = _draw.Maybe(() => Account),
        Region = _draw.Maybe(() => "eu-west-1"),
        Tag = TextOrNone,
        Reason = Text,
        Owner = Text,
        Ticket = TextOrNone,
        Expires = _draw.MaybeValue(() => Day),
        CoversEverything = _draw.Chance(50),
    };

    private CisAttestation Attestation() => new()
    {
        ControlId = ControlSelector.Parse("1.17"),
        Status = _draw.OneOf(Enum.GetValues<AttestationStatus>()),
        Explanation = Text,
        Updated = Day,
        UpdatedBy = Text,
        Frequency = _draw.Maybe(() => "90d"),
        Expires = _draw.MaybeValue(() => Day),
        Evidence = TextOrNone,
        AccountId = _draw.Maybe(() => Account),
    };

    private CisStatus Status() => _draw.OneOf(Enum.GetValues<CisStatus>());
}
