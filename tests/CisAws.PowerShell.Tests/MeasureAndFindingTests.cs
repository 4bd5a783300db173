using System;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.PowerShell.Tests;

public sealed class MeasureAndFindingTests(DemoServer demo) : IClassFixture<DemoServer>, IDisposable
{
    private const string Organization =
        """
        'Root/A 1 one 1.2 Pass', 'Root/A/B 2 two 1.10 Unknown', 'Root/A/B 2 two 1.2 Fail', 'Root/A-1 3 three 1.2 Unknown', 'Root/C 4 - 2.1 Fail', 'Root/C 4 - 1.2 Pass', 'Root/C 4 - 1.9 Manual' |
            ForEach-Object { $unit, $id, $name, $control, $status = -split $_; [pscustomobject]@{
                ControlId = $control; Section = 'IAM'; Level = 1; Scored = $true; Status = $status; AccountId = "11112222333$id"; AccountName = $name.Trim('-'); OrganizationalUnit = $unit; Program = 'p' } }
        """;

    private readonly ModuleSession _session = new();

    [Theory]
    [InlineData("Pass Pass NotApplicable Manual", 0, 100.0)]
    [InlineData("Pass Fail Unknown", 2, 33.3)]
    [InlineData("Pass Unknown", 3, 50.0)]
    [InlineData("Exempt Pass", 0, 50.0)]
    [InlineData("Manual NotApplicable", 0, null)]
    public void The_exit_code_and_the_pass_rate_follow_the_statuses(string statuses, int exitCode, double? passRate)
    {
        var summary = Summary($"-split '{statuses}' | ForEach-Object {{ [pscustomobject]@{{ ControlId = '1.1'; Section = 'IAM'; Level = 1; Scored = $true; Status = $_; AccountId = '1' }} }} | Measure-CisAssessment");
        Assert.Equal(exitCode, summary.ExitCode);
        Assert.Equal(passRate, summary.PassRate);
        Assert.Null(summary.Calls);
    }

    [Theory]
    [InlineData("$false")]
    [InlineData("'False'")]
    public void Controls_that_are_not_scored_do_not_count_towards_the_rate(string scored)
    {
        var summary = Summary($"[pscustomobject]@{{ Section = 'IAM'; Level = '1'; Scored = {scored}; Status = 'Fail'; AccountId = '1' }} | Measure-CisAssessment");
        Assert.Null(summary.PassRate);
        Assert.Equal(2, summary.ExitCode);
    }

    [Fact]
    public void Organizational_units_have_the_counts_of_all_accounts_below_them()
    {
        Assert.Equal(
            [
                "Root 4 2/6", "Root/A 2 1/3", "111122223331 1/1", "Root/A-1 1 0/1", "111122223333 0/1", "Root/A/B 1 0/2", "111122223332 0/2", "Root/C 1 1/2", "111122223334 1/2",
                "IAM 2/6", "Level 1 2/6",
            ],
            _session.Objects($"{Organization} | Measure-CisAssessment -By OrganizationalUnit, Account, Section, Level").Select(o => (CisCount)o.BaseObject)
                .Select(c => FormattableString.Invariant($"{c.Name} {(c is CisUnitCount unit ? unit.AccountCount + " " : "")}{c.ScoredPass}/{c.ScoredCounted}")));
    }

    [Fact]
    public void The_matrix_has_a_row_for_each_account_and_a_column_for_each_control()
    {
        var rows = _session.Objects($"{Organization} | Measure-CisAssessment -Matrix").ToList();
        Assert.Equal(
            ["111122223331 .__ _", "111122223332 F_U _", "111122223333 U__ _", "111122223334 .M_ F"],
            rows.Select(r => $"{r.Properties["AccountId"].Value} {r.Properties["Statuses"].Value}"));
        Assert.Equal("1.2 to 1.10, 2.1", rows[0].Properties["Controls"].Value);
        Assert.Equal("Unknown", rows[1].Properties["1.10"].Value);
        Assert.Equal(
            "\"AccountId\",\"AccountName\",\"OrganizationalUnit\",\"1.2\",\"1.9\",\"1.10\",\"2.1\",\"Statuses\",\"Controls\"",
            _session.Objects($"{Organization} | Measure-CisAssessment -Matrix | ConvertTo-Csv")[0].ToString());
    }

    [Fact]
    public void Each_account_has_its_counts_and_its_exit_code()
    {
        const string Results =
            "'1 Pass', '2 Fail', '1 Manual', '3 Unknown', '2 Pass' | ForEach-Object { $id, $status = -split $_; " +
            "[pscustomobject]@{ Section = 'IAM'; Level = 1; Scored = $true; Status = $status; AccountId = \"11112222333$id\" } }";
        var summary = Summary($"{Results} | Measure-CisAssessment");
        Assert.Equal(("All", 3, 2), (summary.Name, summary.AccountCount, summary.ExitCode));
        Assert.Equal(
            [
                "111122223331: 1 of 1 scored pass (100.0 %), exit code 0", "111122223332: 1 of 2 scored pass (50.0 %), exit code 2",
                "111122223333: 0 of 1 scored pass (0.0 %), exit code 3",
            ],
            summary.ByAccount.Select(a => a.ToString()));
        Assert.Equal(("111122223332", 1), Summary($"{Results} | Where-Object AccountId -eq 111122223332 | Measure-CisAssessment") is var one ? (one.Name, one.AccountCount) : default);

        var screen = _session.Screen($"{Results} | Measure-CisAssessment");
        Assert.Contains("Accounts   : 3", screen, StringComparison.Ordinal);
        Assert.Contains("By account : 111122223331: 1 of 1", screen, StringComparison.Ordinal);
        screen = _session.Screen($"{Results} | Where-Object AccountId -eq 111122223332 | Measure-CisAssessment");
        Assert.Contains("Accounts   : 111122223332", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("By account", screen, StringComparison.Ordinal);
        using var narrow = new ModuleSession(width: 80);
        screen = narrow.Screen($"({Results} | Measure-CisAssessment).ByAccount");
        Assert.Matches(@"Account +Pass +Fail +Unknown +Manual +NotApplicable +Exempt +PassRate +ExitCode", screen);
        Assert.Matches(@"111122223332 +1 +1 +0 +0 +0 +0 +50 +2", screen);
    }

    [Fact]
    public void Nothing_assessed_is_not_compliant() => Assert.Equal(3, Summary("@() | Measure-CisAssessment").ExitCode);

    [Fact]
    public void A_live_run_tells_its_calls_seconds_sections_and_levels()
    {
        demo.Server.ResetCounters();
        var summary = Summary("Invoke-CisAssessment @account -WarningAction SilentlyContinue | Measure-CisAssessment");
        Assert.Equal(49, summary.Total);
        Assert.Equal(49, summary.Pass + summary.Fail + summary.Unknown + summary.Manual + summary.NotApplicable + summary.Exempt);
        Assert.Equal([22, 9, 14, 4], summary.BySection.Select(s => s.Total));
        Assert.Equal(49, summary.ByLevel.Sum(l => l.Total));
        Assert.Equal(demo.Server.RequestCount, summary.Calls);
        Assert.NotNull(summary.Seconds);
        Assert.Equal(1, summary.AccountCount);
    }

    [Fact]
    public void The_exit_code_is_one_expression_away() =>
        Assert.Equal(2, _session.Objects("(Invoke-CisAssessment '4.1' @account | Measure-CisAssessment).ExitCode", DemoServer.Account(demo.Server)).Single().BaseObject);

    [Fact]
    public void Findings_come_out_of_results_by_status()
    {
        const string Script = "Invoke-CisAssessment '4.1' @account | Get-CisFinding";
        var all = _session.Objects(Script, DemoServer.Account(demo.Server));
        var failed = _session.Objects(Script + " -Status Fail");
        Assert.True(failed.Count > 0 && failed.Count < all.Count);
        Assert.All(failed, f => Assert.Equal(CisStatus.Fail, ((CisFinding)f.BaseObject).Status));
    }

    [Fact]
    public void Findings_are_picked_by_the_tags_of_their_resource()
    {
        // The cell of Export-Csv is the text of the property's value.
        var findings = _session.Objects(
            "Invoke-CisAssessment '4.1' @account | Get-CisFinding -Status Fail | " +
                "Where-Object { $_.Tags | Where-Object { $_.Key -eq 'Owner' -and $_.Value -eq 'platform' } } | " +
                "ForEach-Object { \"$($_.ResourceId): $($_.PSObject.Properties['Tags'].Value.ToString())\" }",
            DemoServer.Account(demo.Server));
        Assert.Equal("sg-0b6d907f35d4ccea7: Environment=production; Name=bastion; Owner=platform", Assert.Single(findings).BaseObject);
    }

    [Fact]
    public void Findings_come_out_of_results_that_were_read_back()
    {
        var findings = _session.Objects(
            "[pscustomobject]@{ Findings = @([pscustomobject]@{ Status = 'Fail' }, [pscustomobject]@{ Status = 'Pass' }) } | Get-CisFinding -Status Fail");
        Assert.Single(findings);
    }

    [Theory]
    [InlineData("'x' | Get-CisFinding", "NotAResult,CisAws.PowerShell.Commands.GetCisFindingCommand")]
    [InlineData("'x' | Measure-CisAssessment", "NotAResult,CisAws.PowerShell.Commands.MeasureCisAssessmentCommand")]
    public void What_is_not_a_result_is_refused(string script, string id)
    {
        var error = _session.Run(script).Error;
        Assert.Equal(id, error.FullyQualifiedErrorId);
        Assert.Contains("Invoke-CisAssessment", error.ErrorDetails.RecommendedAction);
    }

    public void Dispose() => _session.Dispose();

    private CisSummary Summary(string script) => (CisSummary)_session.Objects(script, DemoServer.Account(demo.Server)).Single().BaseObject;
}
