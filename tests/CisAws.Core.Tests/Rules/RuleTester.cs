using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Benchmarks;
using CisAws.Core.Tests.Style;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules;

/// <summary>Assesses one control by evidence written in a test. The clock stands still at <see cref="Now"/>.</summary>
internal static class RuleTester
{
    public const string AccountId = "111122223333";

    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>An account with two enabled regions, us-east-1 and eu-west-1, and one that is not: me-south-1.</summary>
    public static AccountEvidence NewEvidence(string partition = "aws", string accountId = AccountId) =>
        new AccountEvidence(new AccountIdentity(accountId, partition, $"arn:{partition}:iam::{accountId}:role/Auditor"), Now)
            .Set(EvidenceKinds.Regions, "",
            [
                new Region("us-east-1", "opt-in-not-required"),
                new Region("eu-west-1", "opt-in-not-required"),
                new Region("me-south-1", "not-opted-in"),
            ]);

    /// <summary>The result of one control.</summary>
    /// <param name="controlId">The control.</param>
    /// <param name="evidence">What is known.</param>
    /// <param name="settings">Settings that differ from the defaults.</param>
    public static CisResult Control(string controlId, IEvidenceReader evidence, params (string Name, object Value)[] settings) =>
        Control(controlId, evidence, [], settings);

    /// <summary>The result of one control on some regions only.</summary>
    public static CisResult Control(string controlId, IEvidenceReader evidence, string[] regions, params (string Name, object Value)[] settings)
    {
        return Checked(Replay(With(controlId, settings), evidence, regions, Now).Result);
    }

    /// <summary>The result of the control that a rule decides alone, in whatever benchmark.</summary>
    public static CisResult Rule(string ruleId, IEvidenceReader evidence, params (string Name, object Value)[] settings)
    {
        var control = EveryRule.Controls.First(c => c.RuleId.ToString() == ruleId);
        return Checked(Replay(settings.Length == 0 ? control : With(control, settings), evidence, [], Now).Result);
    }

    private static CisResult Checked(CisResult result)
    {
        ReasonStyle.Check(result);
        return result;
    }

    /// <summary>A control of the default benchmark with some settings changed by a program.</summary>
    public static CisControl With(string controlId, params IEnumerable<(string Name, object Value)> settings) =>
        With(DefaultPrograms.Benchmark.Find(CisAws.Benchmarks.ControlId.Parse(controlId))!, settings);

    /// <summary>A control with some settings changed by a program.</summary>
    public static CisControl With(CisControl control, params IEnumerable<(string Name, object Value)> settings)
    {
        Assert.All(settings, s => Assert.Contains(control.Settings, c => c.Name == s.Name));
        var program = new CisProgram
        {
            Name = "test",
            Base = control.Owner,
            Settings = new(settings.Select(s => new CisProgramSetting(new ControlSelector(control.ControlId), s.Name, s.Value, AccountId: null))),
        };
        return program.Find(control.ControlId)!;
    }

    /// <summary>The result, and the kinds of evidence that the control's rules asked for.</summary>
    public static (CisResult Result, IReadOnlyCollection<EvidenceKind> Used) Replay(
        CisControl control, IEvidenceReader evidence, string[] regions, DateTimeOffset now, EvidenceSet? others = null)
    {
        var collector = new EvidenceCollector(evidence, regions, TestContext.Current.CancellationToken, others);
#pragma warning disable xUnit1031 // Recorded evidence answers at once; a synchronous tester keeps the tables of cases readable.
        var views = control.Rules.Select(r => collector.CompleteAsync([.. control.Needs], $"Rule {r.Id}").GetAwaiter().GetResult()).ToList();
#pragma warning restore xUnit1031
        var result = Evaluation.Of(control, views, new AssessmentRun(now), TestContext.Current.CancellationToken);
        return (result, [.. views.SelectMany(v => v.Used).Distinct()]);
    }
}
