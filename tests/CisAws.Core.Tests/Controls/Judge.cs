using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Catalog;
using CisAws.Evidence;

namespace CisAws.Core.Tests.Controls;

/// <summary>Judges one control by evidence written in a test. The clock stands still at <see cref="Now"/>.</summary>
internal static class Judge
{
    public const string AccountId = "111122223333";

    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Which declared kinds some rule test has used; see NeedsTests.</summary>
    public static readonly ConcurrentDictionary<(string Control, EvidenceKind Kind), bool> Used = new();

    /// <summary>An account with two enabled regions, us-east-1 and eu-west-1, and one that is not: me-south-1.</summary>
    public static RecordedEvidence NewEvidence(string partition = "aws") =>
        new RecordedEvidence(new AccountIdentity(AccountId, partition, $"arn:{partition}:iam::{AccountId}:role/Auditor"), Now)
            .Set(Kinds.Regions, "",
            [
                new Region("us-east-1", "opt-in-not-required"),
                new Region("eu-west-1", "opt-in-not-required"),
                new Region("me-south-1", "not-opted-in"),
            ]);

    /// <summary>The verdict of one control.</summary>
    /// <param name="controlId">The control.</param>
    /// <param name="evidence">What is known.</param>
    /// <param name="settings">Settings that differ from the defaults.</param>
    public static CisResult Control(string controlId, IEvidenceSource evidence, params (string Name, object Value)[] settings) =>
        Control(controlId, evidence, [], settings);

    /// <summary>The verdict of one control on some regions only.</summary>
    public static CisResult Control(string controlId, IEvidenceSource evidence, string[] regions, params (string Name, object Value)[] settings)
    {
        var control = ControlCatalog.Find(CisAws.Catalog.ControlId.Parse(controlId))!;
        var values = settings.Aggregate(SettingValues.Defaults(control), (v, s) => v.With(s.Name, s.Value, "test"));
        var store = new EvidenceStore(evidence, regions, TestContext.Current.CancellationToken);
        var planned = new PlannedControl(control, values);
        var needs = control.Rule.Needs(values);
        var kinds = needs.Concat(control.Rule.OptionalNeeds(values)).Distinct().ToList();
#pragma warning disable xUnit1031 // Recorded evidence answers at once; a synchronous judge keeps the tables of cases readable.
        var view = store.CompleteAsync(kinds, controlId).GetAwaiter().GetResult();
#pragma warning restore xUnit1031
        var result = new Assessment([planned], "test", regions, Now).Judge(planned, view, needs);
        foreach (var kind in view.Used)
        {
            Used[(controlId, kind)] = true;
        }

        return result;
    }
}
