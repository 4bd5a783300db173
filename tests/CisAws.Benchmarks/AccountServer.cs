using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Emulator;
using CisAws.Emulator.Accounts;
using CisAws.Evidence;
using CisAws.Testing;

namespace CisAws.Performance;

/// <summary>Serves many accounts until the end of the input, and answers each line of it with the number of requests.</summary>
internal static class AccountServer
{
    public static async Task RunAsync(int count, int latency)
    {
        var demo = DemoAccount.Load(DateTimeOffset.UtcNow);
        var (json, demoId) = (demo.ToJson(), demo.Account.AccountId);
        var ids = Enumerable.Range(1, count).Select(n => (100000000000 + n).ToString(CultureInfo.InvariantCulture)).ToList();
        var accounts = ids.ConvertAll(id => AccountEvidence.FromJson(json.Replace(demoId, id, StringComparison.Ordinal)));
        var organization = new EmulatedOrganization(ids[0], new("r-many", "Root") { Accounts = [.. ids.Select((id, n) => new EmulatedMember(id, $"workload-{n + 1}"))] });
        await using var server = await EmulatorServer.StartAsync(
            accounts, new EmulatorOptions { Latency = TimeSpan.FromMilliseconds(latency), Organization = organization }).ConfigureAwait(false);
        await Console.Out.WriteLineAsync($"{server.Url} {server.AccessKey} {server.SecretKey}").ConfigureAwait(false);
        while (await Console.In.ReadLineAsync().ConfigureAwait(false) is not null)
        {
            await Console.Out.WriteLineAsync(server.RequestCount.ToString(CultureInfo.InvariantCulture)).ConfigureAwait(false);
        }
    }
}
