using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Emulator;
using CisAws.Emulator.Faults;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Shell;

namespace CisAws.PowerShell.Tests;

/// <summary>A live assessment of an organization: what one account depends on and another one owns is assessed by the evidence of the latter.</summary>
public sealed class OrganizationAssessmentTests : IDisposable
{
    private const string Member = "222233334444";

    private readonly ModuleSession _session = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("organization ");

    public void Dispose()
    {
        _session.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_results_are_those_of_all_evidence_together()
    {
        await using var server = await Shell.DemoOrganization.StartAsync(ModuleLocation.Find());
        var live = Run(server, "", $"'2.*', '3.*' -EvidencePath '{_folder.FullName}' -ErrorAction SilentlyContinue");
        var together = Results(_session.Run(
            $"Invoke-CisAssessment '2.*', '3.*' -Evidence (Get-ChildItem '{_folder.FullName}' -Recurse -Filter *.cisevidence | ForEach-Object FullName) -WarningAction SilentlyContinue"));
        var reached = live.Where(r => r.AccountId != Shell.DemoOrganization.Unreachable).ToList();
        Assert.Equal(10, reached.Select(r => r.AccountId).Distinct().Count());
        Assert.Equal(together.Select(Said).Order(StringComparer.Ordinal), reached.Select(Said).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(reached, r => r.Status == CisStatus.Unknown);
        Assert.All(live.Except(reached), r => Assert.Equal((CisStatus.Unknown, "AccountUnreachable"), (r.Status, r.ReasonCode)));

        // The same from evidence that is kept.
        var continued = Run(server, "", $"'2.*', '3.*' -EvidencePath '{_folder.FullName}' -NewerThan 1h -ErrorAction SilentlyContinue");
        Assert.Equal(live.Select(Said), continued.Select(Said));
    }

    [Theory]
    [InlineData(Shell.DemoOrganization.Management, "3.5", "Unknown", "account 444455556666 owns trail norrvik-organization and has its metric filters and alarms; assess it together with account 444455556666")]
    [InlineData(Shell.DemoOrganization.Management, "2.1", "Pass", "Trail norrvik-organization of account 444455556666 logs all management events in all regions.")]
    [InlineData(Shell.DemoOrganization.LogArchive, "2.3", "Unknown", "s3:GetBucketAcl was denied in eu-west-1; account 777788889999, which owns the KMS key of trail norrvik-organization, may own the bucket; assess it together with account 777788889999")]
    [InlineData("", "3.5", "Pass", "Alarm cis-CloudTrailChanges notifies topic security-alerts of account 444455556666; based on the evidence of account 444455556666.")]
    [InlineData("", "2.6", "Pass", "based on the evidence of account 777788889999.")]
    public async Task Without_the_owner_in_the_list_the_account_to_add_is_named(string without, string control, string status, string reason)
    {
        string[] accounts = [Member, Shell.DemoOrganization.Management, Shell.DemoOrganization.LogArchive];
        await using var server = await Shell.DemoOrganization.StartAsync(ModuleLocation.Find(), accounts);
        var result = Run(server, without.Length == 0 ? "" : $"-Exclude {without}", $"'{control}'").Single(r => r.AccountId == Member);
        Assert.Equal(status, result.Status.ToString());
        Assert.Contains(reason, result.Findings[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_owner_is_read_once_however_many_accounts_depend_on_it_and_only_what_they_need()
    {
        string[] accounts = [Member, "333344445555", "666677778888", Shell.DemoOrganization.Management, Shell.DemoOrganization.LogArchive];
        var calls = new System.Collections.Concurrent.ConcurrentQueue<EmulatorRequest>();
        await using var server = await Shell.DemoOrganization.StartAsync(ModuleLocation.Find(), accounts, new EmulatorOptions { OnRequest = calls.Enqueue });
        _ = Run(server, "", "'1.9', '3.5'");
        int Count(string action, string account) => calls.Count(c => c.Action == action && c.Principal.Contains(account, StringComparison.Ordinal));
        // As an owner, and when it is assessed itself.
        Assert.Equal(2, Count("cloudwatch:DescribeAlarms", Shell.DemoOrganization.Management));
        Assert.Equal(1, Count("iam:GetAccountPasswordPolicy", Shell.DemoOrganization.Management));
        Assert.Equal(0, Count("cloudwatch:DescribeAlarms", Member));
    }

    [Fact]
    public async Task What_the_owner_could_not_read_is_Unknown_in_each_account()
    {
        string[] accounts = [Member, Shell.DemoOrganization.Management];
        await using var server = await Shell.DemoOrganization.StartAsync(
            ModuleLocation.Find(), accounts, new EmulatorOptions { Faults = [Fault.Deny("logs:DescribeMetricFilters")] });
        var result = Run(server, "", "'3.5'").Single(r => r.AccountId == Member);
        Assert.Equal((CisStatus.Unknown, "AccessDenied"), (result.Status, result.ReasonCode));
        Assert.Contains("of account 444455556666", result.Reason, StringComparison.Ordinal);
    }

    private static string Said(CisResult result) => string.Join(
        "\n",
        result.Findings.Select(f => $"{f.ResourceArn} {f.Status} {f.ReasonCode} {f.Reason} {f.Facts} {f.Warnings}")
            .Prepend($"{result.AccountId} {result.ControlId} {result.Status} {result.ReasonCode} {result.Incomplete} {result.Reason}"));

    private static List<CisResult> Results(SessionOutput run) => [.. run.Output.Select(o => (CisResult)o.BaseObject)];

    private List<CisResult> Run(EmulatorServer server, string select, string parameters) =>
        Results(_session.Run(
            $"Get-CisAccount @account -WarningAction SilentlyContinue {select} | " +
            $"Invoke-CisAssessment {parameters} -AccessKey $account.AccessKey -SecretKey $account.SecretKey -WarningAction SilentlyContinue",
            DemoServer.Account(server)));
}
