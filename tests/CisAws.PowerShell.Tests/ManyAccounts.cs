using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Emulator;
using CisAws.Emulator.Accounts;
using CisAws.Evidence;
using CisAws.Shell;

namespace CisAws.PowerShell.Tests;

/// <summary>An organization of many accounts, each of which is like the demo account. The first one is the management account.</summary>
internal static class ManyAccounts
{
    public const string ExternalId = "norrvik-cis";

    public static string Id(int number) => (100000000000 + number).ToString(CultureInfo.InvariantCulture);

    public static Task<EmulatorServer> StartAsync(int count, EmulatorOptions? options = null, Action<AccountEvidence>? change = null)
    {
        var demo = File.ReadAllText(Path.Combine(ModuleLocation.Find(), "demo", "account.json"));
        var accounts = Enumerable.Range(1, count)
            .Select(n => AccountEvidence.FromJson(demo.Replace(DemoOrganization.Account, Id(n), StringComparison.Ordinal), DateTimeOffset.UtcNow))
            .ToList();
        accounts.ForEach(a => change?.Invoke(a));
        return EmulatorServer.StartAsync(accounts, (options ?? new()) with { Organization = OrganizationOf(count) });
    }

    private static EmulatedOrganization OrganizationOf(int count) => new(Id(1), new("r-many", "Root")
    {
        Accounts = [Member(1)],
        Units =
        [
            new("ou-many-11111111", "Production") { Accounts = [.. Members(count, n => n % 2 == 0)] },
            new("ou-many-22222222", "Test") { Accounts = [.. Members(count, n => n % 2 == 1), new(Id(900), "left") { State = "SUSPENDED" }] },
        ],
    });

    private static IEnumerable<EmulatedMember> Members(int count, Func<int, bool> select) => Enumerable.Range(2, count - 1).Where(select).Select(Member);

    private static EmulatedMember Member(int number) => new(Id(number), string.Create(CultureInfo.InvariantCulture, $"workload-{number}"));
}
