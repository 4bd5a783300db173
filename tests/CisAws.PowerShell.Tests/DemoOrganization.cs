using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using CisAws.Emulator;
using CisAws.Emulator.Accounts;
using CisAws.Evidence;
using CisAws.Shell;

namespace CisAws.PowerShell.Tests;

/// <summary>The demo account in its organization, which it administers as a delegate: two accounts that are served, and others that are not active.</summary>
public sealed class DemoOrganization : IAsyncLifetime
{
    public const string Account = "111122223333";

    public const string Management = "444455556666";

    private EmulatorServer? _server;

    public EmulatorServer Server => _server!;

    public static EmulatedOrganization Organization { get; } = new(Management, new("r-n0rr", "Root")
    {
        Accounts = [new(Management, "norrvik-management")],
        Units =
        [
            new("ou-n0rr-11111111", "Workloads")
            {
                Units =
                [
                    new("ou-n0rr-22222222", "Production") { Accounts = [Member(Account, "norrvik-web", "prod")] },
                    new("ou-n0rr-33333333", "Test") { Accounts = [new("222233334444", "sandbox-old") { State = "SUSPENDED" }, new("333344445555", "sandbox-gone") { State = "CLOSED" }] },
                ],
            },
            new("ou-n0rr-44444444", "Empty"),
        ],
    })
    {
        DelegatedAdministrators = [Account],
    };

    public static Task<EmulatorServer> StartAsync(EmulatorOptions? options = null)
    {
        var demo = File.ReadAllText(Path.Combine(ModuleLocation.Find(), "demo", "account.json"));
        var accounts = new List<AccountEvidence>();
        foreach (var id in new[] { Account, Management })
        {
            accounts.Add(AccountEvidence.FromJson(demo.Replace(Account, id, StringComparison.Ordinal), DateTimeOffset.UtcNow));
        }

        return EmulatorServer.StartAsync(accounts, (options ?? new()) with { Organization = Organization });
    }

    public async ValueTask InitializeAsync() => _server = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private static EmulatedMember Member(string id, string name, string environment) =>
        new(id, name) { Tags = new Dictionary<string, string> { ["Environment"] = environment, ["Owner"] = "J. Ek" } };
}
