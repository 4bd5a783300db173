using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Emulator;
using CisAws.Evidence;
using CisAws.Testing;
using CsCheck;

namespace CisAws.Aws.Tests;

/// <summary>The whole road, from an account that an emulator serves over HTTP to the evidence about it.</summary>
public sealed class CollectionTests
{
    private static readonly int Accounts = LongTests.Iterations(15, 60);

    // Pages of two items: whatever has three crosses a page.
    private static readonly EmulatorOptions SmallPages = new() { PageSize = 2 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task What_is_collected_is_what_is_served() => AccountGenerator.Any.SampleAsync(
        async account =>
        {
            await using var server = await EmulatorServer.StartAsync(account, SmallPages, Cancel);
            AssertSame(account, await CollectAsync(server, account));
        },
        iter: Accounts,
        threads: 2);

    [Fact]
    public async Task The_demo_account_is_collected_as_it_is_written()
    {
        var demo = DemoAccount.Load();
        await using var server = await EmulatorServer.StartAsync(demo, ct: Cancel);
        AssertSame(demo, await CollectAsync(server, demo));
    }

    [Fact]
    public async Task Nothing_is_asked_twice()
    {
        var demo = DemoAccount.Load();
        await using var server = await EmulatorServer.StartAsync(demo, SmallPages, Cancel);
        await CollectAsync(server, demo);

        // A credential report is asked for until it is there.
        var asked = server.Requests.Where(r => r.Operation != "GenerateCredentialReport").CountBy(r => $"{r.Action} {r.Region} {r.Arguments}");
        Assert.All(asked, call => Assert.Equal(1, call.Value));
    }

    [Fact]
    public async Task Calls_do_not_grow_with_users_but_for_pages_of_them()
    {
        const string paged = "GetAccountAuthorizationDetails";
        var (few, many) = (await CallsAsync(users: 25), await CallsAsync(users: 925));
        Assert.Equal(few.Where(c => c != paged), many.Where(c => c != paged));
        Assert.Equal(few.Count(c => c == paged) + 9, many.Count(c => c == paged));
    }

    private static async Task<IEnumerable<string>> CallsAsync(int users)
    {
        var demo = DemoAccount.Load();
        var details = demo.Get(EvidenceKinds.AuthorizationDetails).Match(d => d, why => throw new InvalidOperationException(why.ToString()));
        var report = demo.Get(EvidenceKinds.CredentialReport).Match(r => r, why => throw new InvalidOperationException(why.ToString()));
        demo.Set(EvidenceKinds.AuthorizationDetails, "", details with { Users = Enumerable.Repeat(details.Users[0], users).ToList() });
        demo.Set(EvidenceKinds.CredentialReport, "", report with { Rows = Enumerable.Repeat(report.Rows[1], users).ToList() });
        await using var server = await EmulatorServer.StartAsync(demo, ct: Cancel);
        await CollectAsync(server, demo);
        return server.Requests.Select(r => r.Operation).Order(StringComparer.Ordinal);
    }

    private static async Task<AccountEvidence> CollectAsync(EmulatorServer server, AccountEvidence account)
    {
        var options = EmulatedAccount.Options(server) with { Region = account.Account.Partition == "aws" ? "us-east-1" : "cn-north-1" };
        using var connection = await new AwsConnector(TestTimeouts.Long, TestTimeouts.Long, EmulatedAccount.ClockOf(account)).ConnectAsync(options, Cancel);
        return await new EvidenceCollector(connection, [], Cancel).CollectAsync(EvidenceKinds.All, account.CollectedAt);
    }

    private static void AssertSame(AccountEvidence expected, AccountEvidence actual)
    {
        var differences = EvidenceComparer.Differences(expected, actual);
        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }
}
