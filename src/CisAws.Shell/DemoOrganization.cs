using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Emulator;
using CisAws.Emulator.Accounts;
using CisAws.Evidence;

namespace CisAws.Shell;

/// <summary>
/// The organization of the demo: twelve accounts of a carrier, of which one has no role for the auditor and one is suspended. Its trail is that of the
/// management account, delivers to a bucket of the log archive, and has its log group, metric filters and alarms in the management account. The security
/// account is the delegated administrator, whose credentials list the organization.
/// </summary>
public static class DemoOrganization
{
    /// <summary>The script that the Shell runs if it has no other arguments.</summary>
    internal const string Script =
        """
        $results = Get-CisAccount | Invoke-CisAssessment -WarningAction SilentlyContinue
        $summary = $results | Measure-CisAssessment
        $summary.ByOrganizationalUnit | Out-Default
        $summary.ByAccount | Out-Default
        'The results are in $results, the counts in $summary. Next:'
        '  $results | Where-Object Status -eq Unknown | Format-Table AccountName, ControlId, Reason'
        '  $results | Where-Object AccountName -eq norrvik-booking | Get-CisFinding -Status Fail'
        '  $results | Export-CisReport organization.html -Force -PassThru'
        '  exit'
        """;

    /// <summary>The demo account, which is one of the members.</summary>
    public const string Account = "111122223333";

    /// <summary>The management account, which owns the trail.</summary>
    public const string Management = "444455556666";

    /// <summary>The account that owns the bucket and the key of the trail.</summary>
    public const string LogArchive = "777788889999";

    /// <summary>The delegated administrator.</summary>
    public const string Security = "888899990000";

    /// <summary>The account that has no role for the auditor.</summary>
    public const string Unreachable = "232345456767";

    /// <summary>The account that is suspended.</summary>
    public const string Suspended = "565678789090";

    /// <summary>The organization, as AWS Organizations lists it.</summary>
    public static EmulatedOrganization Organization { get; } = new(Management, new("r-n0rr", "Root")
    {
        Accounts = [Member(Management, "norrvik-management", "management", "Platform")],
        Units =
        [
            new("ou-n0rr-2sec7k1m", "Security")
            {
                Accounts = [Member(LogArchive, "norrvik-log-archive", "prod", "Security"), Member(Security, "norrvik-security", "prod", "Security")],
            },
            new("ou-n0rr-4inf0p3q", "Infrastructure")
            {
                Accounts = [Member("121234345656", "norrvik-network", "prod", "Network"), Member(Unreachable, "norrvik-shared-services", "prod", "Platform")],
            },
            new("ou-n0rr-6wrk8v5t", "Workloads")
            {
                Units =
                [
                    new("ou-n0rr-7prd2n9w", "Production")
                    {
                        Accounts =
                        [
                            Member(Account, "norrvik-transport", "prod", "Transport"), Member("222233334444", "norrvik-booking", "prod", "Booking"),
                            Member("333344445555", "norrvik-billing", "prod", "Finance"), Member("666677778888", "norrvik-customs", "prod", "Customs"),
                        ],
                    },
                    new("ou-n0rr-8tst5h4x", "Test")
                    {
                        Accounts = [Member("343456567878", "norrvik-transport-test", "test", "Transport"), Member("454567678989", "norrvik-booking-test", "test", "Booking")],
                    },
                ],
            },
            new("ou-n0rr-9sus1d6z", "Suspended") { Accounts = [Member(Suspended, "norrvik-sandbox-2023", "sandbox", "Platform") with { State = "SUSPENDED" }] },
            new("ou-n0rr-5pol3s2y", "PolicyStaging"),
        ],
    })
    {
        DelegatedAdministrators = [Security],
    };

    /// <summary>The evidence of the accounts that are served, that of the delegated administrator first.</summary>
    /// <param name="module">The folder of the module, which contains the demo account.</param>
    /// <param name="asOf">When the evidence looks as if it had been collected.</param>
    public static Task<IReadOnlyList<AccountEvidence>> LoadAsync(string module, DateTimeOffset asOf) =>
        LoadAsync(module, asOf, [.. Active(Organization.Root).OrderByDescending(a => a.Id == Security)]);

    /// <summary>Serves the organization, with the credentials of the delegated administrator.</summary>
    /// <param name="module">The folder of the module, which contains the demo account.</param>
    /// <param name="options">How the emulator behaves.</param>
    public static async Task<EmulatorServer> StartAsync(string module, EmulatorOptions? options = null) => await EmulatorServer.StartAsync(
        await LoadAsync(module, DateTimeOffset.UtcNow).ConfigureAwait(false), (options ?? new()) with { Organization = Organization }).ConfigureAwait(false);

    /// <summary>Serves the organization as if it had no other active accounts than these, of which the first is the delegated administrator.</summary>
    /// <param name="module">The folder of the module, which contains the demo account.</param>
    /// <param name="accounts">The IDs of the accounts.</param>
    /// <param name="options">How the emulator behaves.</param>
    public static async Task<EmulatorServer> StartAsync(string module, IReadOnlyList<string> accounts, EmulatorOptions? options = null)
    {
        var members = Active(Organization.Root).Where(a => accounts.Contains(a.Id)).OrderBy(a => accounts.ToList().IndexOf(a.Id)).ToList();
        var part = Organization with { Root = Only(Organization.Root, accounts), DelegatedAdministrators = [accounts[0]] };
        return await EmulatorServer.StartAsync(
            await LoadAsync(module, DateTimeOffset.UtcNow, members).ConfigureAwait(false), (options ?? new()) with { Organization = part }).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<AccountEvidence>> LoadAsync(string module, DateTimeOffset asOf, IReadOnlyList<EmulatedMember> members)
    {
        var json = await File.ReadAllTextAsync(Path.Combine(module, "demo", "account.json")).ConfigureAwait(false);
        return await Task.WhenAll(
            members.Select(a => Task.Run(() => Describe(new DemoMember(json, a.Id, a.Name, asOf)).CompleteAsync()))).ConfigureAwait(false);
    }

    private static EmulatedUnit Only(EmulatedUnit unit, IReadOnlyList<string> accounts) => unit with
    {
        Accounts = [.. unit.Accounts.Where(a => a.State != "ACTIVE" || accounts.Contains(a.Id))],
        Units = [.. unit.Units.Select(u => Only(u, accounts))],
    };

    private static DemoMember Describe(DemoMember member) => member.Id switch
    {
        Account => member.WithOrganizationTrail(),
        Management => Guarded(member).WithOrganizationAlarms().WithUsers("break-glass-1").WithRootUsed(daysAgo: 12),
        LogArchive => Guarded(member).WithTrailBucket(),
        Security => Guarded(member).WithHardwareMfa(),
        "121234345656" => Maintained(member).WithUsers().WithFlowLogs().WithHardwareMfa(),
        Unreachable => member.WithoutOwnTrails().WithUsers().WithoutAuditor(),
        "222233334444" => Maintained(member).WithUsers("svc-ci-runner", "svc-sftp-carriers").WithFlowLogs(),
        "333344445555" => Maintained(member).WithUsers("svc-backup-verify", "break-glass-1").WithRotatedKeys(),
        "666677778888" => Maintained(member).WithUsers("svc-customs-edi").WithFlowLogs().WithRotatedKeys().WithRegion("eu-central-2", like: "eu-north-1").WithRegion("me-central-1", like: "eu-north-1"),
        "343456567878" => member.WithoutOwnTrails().WithUsers("farid.haddad", "katarina.nyman", "svc-label-printer-gbg").WithoutPasswordPolicy(),
        _ => member.WithoutOwnTrails().WithUsers("lukas.brandt", "svc-metrics-poller"),
    };

    /// <summary>An account without workloads.</summary>
    private static DemoMember Guarded(DemoMember member) =>
        member.WithoutOwnTrails().WithUsers().WithPasswordPolicy().WithoutNetwork().WithoutKeys().WithConfigInAllRegions().WithBuckets();

    /// <summary>An account that is provisioned by templates.</summary>
    private static DemoMember Maintained(DemoMember member) =>
        member.WithoutOwnTrails().WithPasswordPolicy().WithClosedGroups().WithConfigInAllRegions();

    private static IEnumerable<EmulatedMember> Active(EmulatedUnit unit) => unit.Accounts.Where(a => a.State == "ACTIVE").Concat(unit.Units.SelectMany(Active));

    private static EmulatedMember Member(string id, string name, string environment, string owner) =>
        new(id, name) { Tags = new Dictionary<string, string> { ["Environment"] = environment, ["Owner"] = owner } };
}
