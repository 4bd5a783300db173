using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using CisAws.Evidence;
using CisAws.Testing;

namespace CisAws.Shell.Tests;

public sealed class DemoOrganizationTests
{
    [Fact]
    public async Task It_has_every_piece_of_evidence_of_each_account_and_is_the_same_every_time()
    {
        var asOf = new DateTimeOffset(2026, 3, 2, 8, 30, 0, TimeSpan.Zero);
        var accounts = await DemoOrganization.LoadAsync(ModuleLocation.Find(), asOf);
        Assert.Equal(11, accounts.Select(a => a.Account.AccountId).Distinct().Count());
        Assert.Equal(DemoOrganization.Security, accounts[0].Account.AccountId);
        Assert.All(accounts, a => Assert.DoesNotContain("NotCollected", a.ToJson(), StringComparison.Ordinal));
        var again = await DemoOrganization.LoadAsync(ModuleLocation.Find(), asOf);
        Assert.Equal(accounts.Select(a => a.ToJson()), again.Select(a => a.ToJson()));
    }

    [Fact]
    public async Task One_account_has_other_regions()
    {
        var accounts = await DemoOrganization.LoadAsync(ModuleLocation.Find(), DateTimeOffset.UtcNow);
        var regions = accounts.Select(a => a.Regions.Enabled!).ToList();
        Assert.Equal(["eu-central-2", "me-central-1"], Assert.Single(regions, r => r.Count != 17).Except(regions[0]));
        Assert.All(accounts, a => Assert.All(a.Regions.Enabled!, r => Assert.Null(a.Get(EvidenceKinds.Vpcs, r).Failure)));
    }

    [Fact]
    public async Task Its_accounts_own_what_they_have()
    {
        var accounts = await DemoOrganization.LoadAsync(ModuleLocation.Find(), DateTimeOffset.UtcNow);
        string[] IdsOf(AccountEvidence account) =>
        [
            .. account.SubjectsOf(EvidenceKinds.SecurityGroups).SelectMany(r => account.Get(EvidenceKinds.SecurityGroups, r).Match(all => all.Select(g => g.Id), _ => [])),
            .. account.Get(EvidenceKinds.ListedBuckets).Match(all => all.Select(b => b.Name), _ => []),
        ];
        var ids = accounts.SelectMany(IdsOf).ToList();
        Assert.NotEmpty(ids);
        Assert.Empty(ids.GroupBy(i => i).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    [Fact]
    public async Task The_first_thing_that_it_shows_is_a_roll_up_that_fits_into_80_columns()
    {
        var said = await ShellProcess.ReadAsync("$results.Count\nexit 3\n", "-Organization");
        Assert.Equal(3, said.ExitCode);
        // One account has no role for the auditor: that is an error, and it is counted.
        Assert.Contains($"Account {DemoOrganization.Unreachable}: Role", said.Error);
        Assert.Contains($"1 account is not active and not returned: {DemoOrganization.Suspended} (SUSPENDED).", said.Output);
        // As README.md shows it.
        var readme = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "README.md"), TestContext.Current.CancellationToken);
        var units = Regex.Matches(readme, @"^Root[/ ].*[0-9]\r?$", RegexOptions.Multiline).Select(m => m.Value.TrimEnd()).ToList();
        Assert.Equal(6, units.Count);
        Assert.All(units, u => Assert.Contains($"\n{u}", said.Output, StringComparison.Ordinal));
        Assert.Matches(@"OrganizationalUnit: Root/Security\s+Account +Name .*\s+-[- ]+\s+777788889999 norrvik-log-archive ", said.Output);
        Assert.Matches($@"\n{DemoOrganization.Unreachable} norrvik-shared-services +0 +0 +49 ", said.Output);
        Assert.Contains("\n539", said.Output);
        Assert.All(said.Output.Split('\n').Where(l => !l.StartsWith("  $", StringComparison.Ordinal)), l => Assert.True(l.TrimEnd('\r').Length <= 80, l));
    }

    [Fact]
    public async Task A_command_runs_in_it()
    {
        var said = await ShellProcess.RunAsync("-Organization", "-Command", "(Get-CisAccount -OrganizationalUnit Security -WarningAction SilentlyContinue).Name");
        Assert.Equal((0, ""), (said.ExitCode, said.Error));
        Assert.Equal(["norrvik-log-archive", "norrvik-security"], said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
