using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Emulator;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Testing;

namespace CisAws.Aws.Tests;

/// <summary>How many calls the controls of the benchmark take. The counts go into the report of the tests, which .ci/run shows.</summary>
public sealed class CallCountTests
{
    /// <summary>Calls for each region, and calls for the account, its trails, keys, log groups and alarms.</summary>
    private const int MostPerRegion = 12;
    private const int MostForAccount = 80;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_grow_with_regions()
    {
        var all = await CallsAsync();
        var two = await CallsAsync("us-east-1", "eu-west-1");
        var regions = all.Select(r => r.Region).Distinct().Count();
        TestReport.Write(
        [
            Line("Calls for the demo account, by service", $"{regions} regions", "2 regions", ""),
            .. all.Select(ServiceOf).Distinct().Order(StringComparer.Ordinal)
                .Select(s => Line(s, all.Count(r => ServiceOf(r) == s), two.Count(r => ServiceOf(r) == s), Actions(all.Where(r => ServiceOf(r) == s)))),
            Line("total", all.Count, two.Count, $"{all.Select(r => r.Action).Distinct().Count()} actions"),
        ]);
        Assert.InRange(all.Count, regions, (regions * MostPerRegion) + MostForAccount);
        Assert.InRange(two.Count, 2, (2 * MostPerRegion) + MostForAccount);
    }

    /// <summary>The calls of an assessment by the whole benchmark, with the one that finds out which account it is.</summary>
    private static async Task<IReadOnlyList<EmulatorRequest>> CallsAsync(params string[] regions)
    {
        var account = DemoAccount.Load();
        await using var server = await EmulatorServer.StartAsync(account, ct: Cancel);
        using var connection = await new AwsConnector(TestTimeouts.Long, TestTimeouts.Long, EmulatedAccount.ClockOf(account))
            .ConnectAsync(EmulatedAccount.Options(server), Cancel);
        var plan = AssessmentPlan.For(DefaultPrograms.Benchmark.Controls, connection.Account.AccountId);
        await new EvidenceCollector(connection, regions, Cancel).CollectAsync(plan.Kinds, account.CollectedAt);
        Assert.Equal(server.RequestCount, connection.CallCount);
        return server.Requests;
    }

    private static string ServiceOf(EmulatorRequest request) => request.Action.Split(':')[0];

    /// <summary>The calls by action, as they are with all regions.</summary>
    private static string Actions(IEnumerable<EmulatorRequest> requests) => string.Join(
        ", ", requests.CountBy(r => r.Action.Split(':')[1]).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value}"));

    private static string Line(object name, object all, object two, string actions) =>
        string.Create(CultureInfo.InvariantCulture, $"{name,-42} {all,12} {two,10}  {actions}").TrimEnd();
}
