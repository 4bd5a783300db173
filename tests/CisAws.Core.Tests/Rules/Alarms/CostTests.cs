using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Testing;

namespace CisAws.Core.Tests.Rules.Alarms;

/// <summary>What the evaluation of the monitoring controls costs. Memory is measured, because it is the same in each run, and time is not.</summary>
public sealed class CostTests
{
    private const double Megabyte = 1_000_000;

    private static readonly IReadOnlyList<CisControl> Monitoring =
        [.. Enumerable.Range(1, 14).Select(i => DefaultPrograms.Benchmark.Find(ControlId.Parse($"3.{i}"))!)];

    [Fact]
    public async Task The_monitoring_controls_of_the_demo_account_allocate_little()
    {
        await AllocatedAsync(DemoAccount.Load());
        Assert.InRange(await AllocatedAsync(DemoAccount.Load()) / Megabyte, 0, 10);
    }

    /// <summary>As many filters as a log group can have: of an event each, and such as match nearly every event.</summary>
    [Theory]
    [InlineData("{ $.eventName = Operation# }", 15)]
    [InlineData("{ $.sourceIPAddress != \"10.#.*\" }", 250)]
    public async Task A_hundred_filters_allocate_little_more(string pattern, double megabytes)
    {
        var account = DemoAccount.WithMetricFilters(Enumerable.Range(0, 100).Select(i => pattern.Replace("#", $"{i}", StringComparison.Ordinal)));
        Assert.InRange(await AllocatedAsync(account) / Megabyte, 0, megabytes);
    }

    /// <summary>The bytes that the evaluation of the monitoring controls allocates.</summary>
    private static async Task<long> AllocatedAsync(AccountEvidence account)
    {
        long allocated = 0;
        foreach (var control in Monitoring)
        {
            var collector = new EvidenceCollector(account, [], TestContext.Current.CancellationToken);
            var view = await collector.CompleteAsync([.. control.Needs], control.ControlId.ToString());
            var before = GC.GetAllocatedBytesForCurrentThread();
            Evaluation.Of(control, [view], new AssessmentRun(account.CollectedAt), TestContext.Current.CancellationToken);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return allocated;
    }
}
