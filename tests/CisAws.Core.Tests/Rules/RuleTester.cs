using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules;

/// <summary>Judges one control by evidence written in a test. The clock stands still at <see cref="Now"/>.</summary>
internal static class RuleTester
{
    public const string AccountId = "111122223333";

    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>An account with two enabled regions, us-east-1 and eu-west-1, and one that is not: me-south-1.</summary>
    public static AccountEvidence NewEvidence(string partition = "aws") =>
        new AccountEvidence(new AccountIdentity(AccountId, partition, $"arn:{partition}:iam::{AccountId}:role/Auditor"), Now)
            .Set(EvidenceKinds.Regions, "",
            [
                new Region("us-east-1", "opt-in-not-required"),
                new Region("eu-west-1", "opt-in-not-required"),
                new Region("me-south-1", "not-opted-in"),
            ]);

    /// <summary>The verdict of one control.</summary>
    /// <param name="controlId">The control.</param>
    /// <param name="evidence">What is known.</param>
    /// <param name="settings">Settings that differ from the defaults.</param>
    public static CisResult Control(string controlId, IEvidenceReader evidence, params (string Name, object Value)[] settings) =>
        Control(controlId, evidence, [], settings);

    /// <summary>The verdict of one control on some regions only.</summary>
    public static CisResult Control(string controlId, IEvidenceReader evidence, string[] regions, params (string Name, object Value)[] settings)
    {
        var control = ControlCatalog.Find(CisAws.Benchmarks.ControlId.Parse(controlId))!;
        var values = settings.Aggregate(SettingValues.Defaults(control), (v, s) => v.With(s.Name, s.Value, "test"));
        return Replay(control, values, evidence, regions, Now).Result;
    }

    /// <summary>The verdict, and the view it was reached from, which remembers what the rule asked for.</summary>
    public static (CisResult Result, EvidenceView View) Replay(
        CisControl control, SettingValues settings, IEvidenceReader evidence, string[] regions, DateTimeOffset now)
    {
        var collector = new EvidenceCollector(evidence, regions, TestContext.Current.CancellationToken);
        var changed = control.With(settings);
        var needs = control.Rule.Needs(settings);
        var kinds = needs.Concat(control.Rule.OptionalNeeds(settings)).Distinct().ToList();
#pragma warning disable xUnit1031 // Recorded evidence answers at once; a synchronous judge keeps the tables of cases readable.
        var view = collector.CompleteAsync(kinds, $"Control {control.ControlId}").GetAwaiter().GetResult();
#pragma warning restore xUnit1031
        return (new Assessment([changed], regions, now).Judge(changed, view, needs), view);
    }
}
