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
using CisAws.Testing;

namespace CisAws.Core.Tests.Demo;

public sealed class DemoAccountTests
{
    private const string Expected =
        """
        1.1   Pass
        1.2   Fail
        1.3   Fail
        1.4   Fail
        1.5   Pass
        1.6   Pass
        1.7   Fail
        1.8   Pass
        1.9   Pass
        1.10  Fail
        1.11  Pass
        1.12  Pass
        1.13  Pass
        1.14  Fail
        1.15  Manual
        1.16  Fail
        1.17  Manual
        1.18  Pass
        1.19  Fail
        1.20  Pass
        1.21  Fail
        1.22  Fail
        2.1   Pass
        2.2   Pass
        2.3   Unknown
        2.4   Fail
        2.5   Fail
        2.6   Fail
        2.7   Pass
        2.8   Fail
        2.9   Fail
        3.1   Pass
        3.2   Pass
        3.3   Pass
        3.4   Pass
        3.5   Pass
        3.6   Fail
        3.7   Fail
        3.8   Fail
        3.9   Fail
        3.10  Pass
        3.11  Fail
        3.12  Pass
        3.13  Unknown
        3.14  Pass
        4.1   Fail
        4.2   Pass
        4.3   Fail
        4.4   Manual
        """;

    [Fact]
    public async Task It_holds_every_piece_that_is_asked_for_and_no_other()
    {
        var demo = DemoAccount.Load();
        var asked = await new EvidenceCollector(demo, [], TestContext.Current.CancellationToken).CollectAsync(EvidenceKinds.All, demo.CollectedAt);
        Assert.DoesNotContain("NotCollected", asked.ToJson());
        Assert.Empty(EvidenceComparer.Differences(demo, asked));
    }

    [Fact]
    public void It_holds_every_kind() => Assert.All(EvidenceKinds.All, k => Assert.NotEmpty(DemoAccount.Load().SubjectsOf(k)));

    [Fact]
    public async Task It_is_judged_like_this()
    {
        var results = await AssessAsync(DemoAccount.Load());
        Assert.Equal(Expected, string.Join("\n", results.Select(r => $"{r.ControlId,-5} {r.Status}")));
    }

    [Fact]
    public async Task It_shows_the_statuses_of_an_ordinary_account_and_passes_about_half()
    {
        var results = await AssessAsync(DemoAccount.Load());
        Assert.Equal([CisStatus.Pass, CisStatus.Fail, CisStatus.Unknown, CisStatus.Manual], results.Select(r => r.Status).Distinct().Order());
        var scored = results.Where(r => r.Scored && r.Status is CisStatus.Pass or CisStatus.Fail or CisStatus.Unknown).ToList();
        Assert.InRange(scored.Count(r => r.Status == CisStatus.Pass) / (double)scored.Count, 0.40, 0.55);
    }

    [Fact]
    public async Task It_does_not_age()
    {
        var written = await AssessAsync(DemoAccount.Load());
        var later = await AssessAsync(DemoAccount.Load(new DateTimeOffset(2031, 7, 14, 23, 59, 58, TimeSpan.Zero)));
        Assert.Equal(Verdicts(written), Verdicts(later));
    }

    private static IEnumerable<string> Verdicts(IEnumerable<CisResult> results) => results
        .SelectMany(r => r.Findings.Select(f => $"{r.ControlId} {f.ResourceId} {f.Status} {f.ReasonCode}").Prepend($"{r.ControlId} {r.Status} {r.ReasonCode}"));

    private static async Task<IReadOnlyList<CisResult>> AssessAsync(AccountEvidence account)
    {
        var results = new List<CisResult>();
        await new Assessment(DefaultPrograms.Benchmark.Controls, [], account.CollectedAt).RunAsync(account, results.Add, TestContext.Current.CancellationToken);
        return results;
    }
}
