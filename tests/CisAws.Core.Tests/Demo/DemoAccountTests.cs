using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Catalog;
using CisAws.Evidence;
using CisAws.Testing;

namespace CisAws.Core.Tests.Demo;

public sealed class DemoAccountTests
{
    [Fact]
    public async Task It_holds_every_piece_that_is_asked_for_and_no_other()
    {
        var demo = DemoAccount.Load();
        var asked = await new EvidenceStore(demo, [], TestContext.Current.CancellationToken).RecordAsync(demo.CollectedAt);
        Assert.DoesNotContain("NotCollected", asked.ToJson());
        Assert.Empty(EvidenceComparer.Differences(demo, asked));
    }

    [Fact]
    public void It_holds_every_kind() => Assert.All(Kinds.All, k => Assert.NotEmpty(DemoAccount.Load().SubjectsOf(k)));

    [Fact]
    public async Task It_does_not_age()
    {
        var written = await AssessAsync(DemoAccount.Load());
        var later = await AssessAsync(DemoAccount.Load(new DateTimeOffset(2031, 7, 14, 23, 59, 58, TimeSpan.Zero)));
        Assert.Equal(Verdicts(written), Verdicts(later));
    }

    private static IEnumerable<string> Verdicts(IEnumerable<CisResult> results) => results
        .SelectMany(r => r.Findings.Select(f => $"{r.ControlId} {f.ResourceId} {f.Status} {f.ReasonCode}").Prepend($"{r.ControlId} {r.Status} {r.ReasonCode}"));

    private static async Task<IReadOnlyList<CisResult>> AssessAsync(RecordedEvidence account)
    {
        var results = new List<CisResult>();
        var planned = ControlCatalog.All.Select(c => new PlannedControl(c, SettingValues.Defaults(c))).ToList();
        await new Assessment(planned, "test", [], account.CollectedAt).RunAsync(account, results.Add, TestContext.Current.CancellationToken);
        return results;
    }
}
