using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Testing;
using CsCheck;

namespace CisAws.Core.Tests.Evidence;

/// <summary>Evidence that was collected for a plan is judged from its file as it was live.</summary>
public sealed class ReplayTests
{
    private static readonly IReadOnlyList<CisControl> Controls = [.. DefaultPrograms.Benchmark.Controls];

    [Fact]
    public Task A_file_gives_the_results_of_the_live_run() =>
        Gen.Select(AccountGenerator.Any, Gen.Int[0, 3], Gen.Int[0, int.MaxValue]).SampleAsync(
            async (account, regions, choice) =>
            {
                var random = new Random(choice);
                string[] all = account.Get(EvidenceKinds.Regions).Match(r => r.Select(x => x.Name).ToArray(), _ => ["us-east-1", "eu-west-1"]);
                string[] named = [.. random.GetItems(all, regions).Distinct()];
                var plan = Controls.Where(_ => random.Next(2) == 0).ToList();
                var live = new Live(account);

                var expected = await AssessAsync(plan, live, named, account.CollectedAt);
                var collected = await new EvidenceCollector(live, named, Cancel).CollectAsync(plan.SelectMany(c => c.Needs), account.CollectedAt);
                var file = AccountEvidence.FromJson(collected.ToJson());

                Assert.Equal(expected, await AssessAsync(plan, file, [], file.CollectedAt));
                Assert.Equal(EvidenceKind.Closure(plan.SelectMany(c => c.Needs)).Select(k => k.Name).Order(), file.Kinds.Select(k => k.Name).Order());
                Assert.Equal(named.Order(StringComparer.Ordinal), file.Regions.Named);
            },
            iter: LongTests.Iterations(25, 400));

    [Fact]
    public async Task What_was_not_collected_is_unknown_when_it_is_assessed_after_all()
    {
        var demo = DemoAccount.Load();
        var policy = Controls.Where(c => c.ControlId.ToString() == "1.9").ToList();
        var file = await new EvidenceCollector(new Live(demo), [], Cancel).CollectAsync(policy.SelectMany(c => c.Needs), demo.CollectedAt);
        var results = new List<CisResult>();
        await new Assessment(Controls, [], file.CollectedAt).RunAsync(file, results.Add, Cancel);
        var apart = Controls.Where(c => !EvidenceKind.Closure(c.Needs).Any(file.Kinds.Contains)).Select(c => c.ControlId.ToString()).ToList();
        Assert.Contains("4.1", apart);
        Assert.All(results.Where(r => apart.Contains(r.ControlId.ToString())), r => Assert.Contains(r.Status, new[] { CisStatus.Unknown, CisStatus.Manual }));
        Assert.DoesNotContain(results, r => r.ControlId.ToString() == "1.9" && r.Status == CisStatus.Unknown);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<IReadOnlyList<string>> AssessAsync(IReadOnlyList<CisControl> controls, IEvidenceReader reader, string[] regions, DateTimeOffset now)
    {
        var lines = new List<string>();
        var assessment = new Assessment(controls, regions, now);
        await assessment.RunAsync(reader, Add, Cancel);
        return [.. lines, $"not enabled: {string.Join(", ", assessment.DisabledRegions)}"];

        void Add(CisResult r)
        {
            lines.Add($"{r.ControlId} {r.Status} {r.ReasonCode} {r.Incomplete} {r.Reason}");
            lines.AddRange(r.Findings.Select(f => $"{f.Status} {f.ReasonCode} {f.Region} {f.ResourceType} {f.ResourceId} {f.Reason} {f.Facts} {f.Warnings}"));
        }
    }

    /// <summary>An account that answers as AWS does: it does not know what was collected.</summary>
    private sealed class Live(AccountEvidence account) : IEvidenceReader
    {
        public AccountIdentity Account => account.Account;

        public async Task<Observation<T>> ReadAsync<T>(EvidenceKind<T> kind, string subject, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return account.Get(kind, subject);
        }
    }
}
