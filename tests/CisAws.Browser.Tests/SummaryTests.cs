using System;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using CisAws.Programs;
using CisAws.Reports;
using CisAws.Results;
using CisAws.Rules;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CisAws.Browser.Tests;

/// <summary>What is above the lists: figures, accounts, exemptions, what is missing.</summary>
public sealed class SummaryTests(Chromium chromium)
{
    [Fact]
    public async Task The_first_screen_answers_how_compliant_what_is_worst_and_what_could_not_be_seen()
    {
        var results = await Samples.DemoAsync();
        await using var report = await OpenReport.OpenAsync(chromium, results.Report());
        var page = report.Page;
        var summary = new CisSummary([.. results.Select(CountedResult.Of)], null, null);
        var panels = page.Locator(".overview > .panel");
        await Expect(page.Locator("h1")).ToHaveTextAsync("CIS Amazon Web Services Foundations Benchmark v1.2.0");
        await Expect(page.Locator(".top p")).ToContainTextAsync("Account 111122223333 · assessed ");

        await Expect(panels.Nth(0)).ToContainTextAsync(FormattableString.Invariant($"{summary.PassRate:0.0}\u00a0% {summary.ScoredPass} of {summary.ScoredCounted} scored controls pass"));
        var rows = await page.Locator(".scores tbody tr").AllInnerTextsAsync();
        Assert.Equal(
            [.. summary.BySection.Append<CisCount>(summary).Select(c => FormattableString.Invariant($"{(c == summary ? "All" : c.Name)} {c.PassRate:0.0} %"))],
            rows.Select(r => Regex.Replace(r, @"^(\w+)\s+([0-9.]+).%.*$", "$1 $2 %", RegexOptions.Singleline)));
        Assert.EndsWith(string.Join("\t", summary.ByLevel.Select(l => FormattableString.Invariant($"{l.ScoredPass}/{l.ScoredCounted}"))), rows[^1]);

        var failing = results.Where(r => r.Status == CisStatus.Fail).OrderByDescending(ReportContent.SeverityOf).ThenByDescending(r => r.FailCount).ThenByDescending(r => r.Scored).ThenBy(r => r.Level).ThenBy(r => r.ControlId).ToList();
        await Expect(panels.Nth(1)).ToContainTextAsync($"{failing.Count} of 49 controls fail");
        Assert.Equal(failing.Take(7).Select(r => r.ControlId.ToString()), await page.Locator(".failures .id").AllInnerTextsAsync());
        var credentials = page.Locator(".failures li", new() { HasText = "Credentials unused" });
        await Expect(credentials).ToContainTextAsync("Medium · 5 of 29 resources");

        var denied = results.Where(r => r.Incomplete).SelectMany(r => r.ReadFailures).Select(f => f.Action).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(denied, (await page.Locator(".unseen code").AllInnerTextsAsync()).Order(StringComparer.Ordinal));
        await Expect(panels.Nth(2)).ToContainTextAsync("2 controls are Unknown; 3 are decided in part");

        foreach (var panel in await panels.AllAsync())
        {
            var box = await panel.BoundingBoxAsync();
            Assert.InRange(box!.Y + box.Height, 0, 800);
        }
    }

    [Fact]
    public async Task The_policy_that_would_help_allows_what_was_denied_and_nothing_else()
    {
        var results = await Samples.DemoAsync();
        await using var report = await OpenReport.OpenAsync(chromium, results.Report());
        await report.Page.GetByText("The permissions that would help").ClickAsync();
        await report.Page.Locator(".policy .copy").ClickAsync();
        await Expect(report.Page.Locator(".policy .copy")).ToContainTextAsync("Copied");
        var policy = JsonDocument.Parse(await report.ClipboardAsync()).RootElement;
        // Another account's topic is read by that account only.
        Assert.Equal(
            ["ec2:GetManagedPrefixListEntries", "kms:DescribeKey", "s3:GetBucketAcl", "s3:GetBucketLogging", "s3:GetBucketPolicy"],
            policy.GetProperty("Statement")[0].GetProperty("Action").EnumerateArray().Select(a => a.GetString()!));
    }

    [Fact]
    public async Task What_is_missing_is_said_first()
    {
        var results = await Samples.DemoAsync();
        await using var report = await OpenReport.OpenAsync(chromium, results.Take(10).ToList().Report("The assessment of account 111122223333 ended early."));
        await Expect(report.Page.Locator(".headline")).ToContainTextAsync("The report contains 10 of the 49 controls of the benchmark.");
        var box = await report.Page.Locator("main .banner").BoundingBoxAsync();
        Assert.InRange(box!.Y, 0, 200);
        await Expect(report.Page.Locator("main .banner")).ToHaveTextAsync(new Regex("ended early"));
    }

    [Fact]
    public async Task A_report_without_results_says_so()
    {
        await using var report = await OpenReport.OpenAsync(chromium, ReportContent.Of([], [], ["A part of the input could not be read: a.json."], DateTimeOffset.UnixEpoch));
        await Expect(report.Page.Locator("#page")).ToContainTextAsync("a.json");
        await Expect(report.Page.Locator("#page")).ToContainTextAsync("no results");
    }

    [Fact]
    public async Task An_account_that_could_not_be_assessed_is_named_with_the_reason()
    {
        var results = (await Samples.DemoAsync()).AndUnassessed("222233334444", "The role CisAuditor could not be assumed.");
        await using var report = await OpenReport.OpenAsync(chromium, results.Report());
        var panel = report.Page.Locator(".overview > .panel").Nth(2);
        await Expect(panel).ToContainTextAsync("1 account could not be assessed");
        await Expect(panel).ToContainTextAsync("222233334444 The role CisAuditor could not be assumed.");
        await Expect(panel).ToContainTextAsync("2 controls are Unknown in other accounts; 3 are decided in part");
        // Its controls count as not passed.
        await Expect(report.Page.Locator(".rate")).ToContainTextAsync("21 of 86 scored results pass");
    }

    [Fact]
    public async Task Controls_that_are_decided_in_part_are_counted_alone_if_none_is_Unknown()
    {
        var results = (await Samples.DemoAsync()).Where(r => r.Status != CisStatus.Unknown).ToList();
        await using var report = await OpenReport.OpenAsync(chromium, results.Report());
        await Expect(report.Page.Locator(".overview > .panel").Nth(2).Locator(".lead")).ToHaveTextAsync("3 controls are decided in part");
    }

    /// <summary>What could not be decided can fail too.</summary>
    [Theory]
    [InlineData("Pass Manual", "No control fails.")]
    [InlineData("Pass Unknown", "No control is known to fail.")]
    [InlineData("Unknown", "No control could be decided.")]
    public async Task That_nothing_fails_is_said_only_of_what_was_decided(string statuses, string text)
    {
        var results = (await Samples.DemoAsync()).Where(r => statuses.Split(' ').Contains(r.Status.ToString())).ToList();
        await using var report = await OpenReport.OpenAsync(chromium, results.Report());
        await Expect(report.Page.Locator(".overview > .panel").Nth(1)).ToContainTextAsync(text);
    }

    [Fact]
    public async Task Programs_are_shown_one_at_a_time()
    {
        var results = await Samples.DemoAsync();
        var later = await Samples.AssessAsync(DefaultPrograms.Find("cis-aws-3.0.0")!);
        await using var report = await OpenReport.OpenAsync(chromium, ReportContent.Of([.. results, .. later], [], [], DateTimeOffset.UnixEpoch));
        await Expect(report.Controls).ToHaveCountAsync(49);
        await report.Page.GetByLabel("Program").SelectOptionAsync("cis-aws-3.0.0");
        await Expect(report.Page.Locator("h1")).ToContainTextAsync("v3.0.0");
        Assert.Equal(later.Select(r => r.ControlId.ToString()), await report.ControlIdsAsync());
    }

    [Fact]
    public async Task Accounts_are_side_by_side()
    {
        var results = (await Samples.DemoAsync()).InAccounts(5).Select(r => new CisResult(r.Values with { AccountName = r.AccountId.EndsWith('6') ? "Norrvik <i>Freight</i>" : null }, r.Run)).ToList();
        await using var report = await OpenReport.OpenAsync(chromium, results.Report());
        await Expect(report.Page.Locator(".top p")).ToContainTextAsync("5 accounts");
        await Expect(report.Page.Locator(".matrix tbody tr", new() { HasText = "111122223336" })).ToContainTextAsync("Norrvik <i>Freight</i>");
        await Expect(report.Page.GetByLabel("Account", new() { Exact = true }).Locator("option").Last).ToHaveTextAsync("111122223337");
        await Expect(report.Page.GetByLabel("Account", new() { Exact = true }).Locator("option").Nth(4)).ToHaveTextAsync("111122223336 Norrvik <i>Freight</i>");
        var rows = report.Page.Locator(".matrix tbody tr");
        await Expect(rows).ToHaveCountAsync(5);
        var lowest = new CisSummary([.. results.Where(r => r.AccountId == "111122223333").Select(CountedResult.Of)], null, null);
        await Expect(rows.First).ToContainTextAsync(FormattableString.Invariant($"111122223333{lowest.PassRate:0.0}\u00a0%"));
        await report.OpenControlAsync("1.2");
        await Expect(report.Details("1.2").Locator(".account")).ToHaveCountAsync(5);
        await report.Details("1.2").Locator(".account > summary").First.ClickAsync();
        await Expect(report.Details("1.2").Locator(".findings > li")).ToHaveCountAsync(2);

        await report.Button("111122223336").ClickAsync();
        await Expect(report.Page.Locator(".top p")).ToContainTextAsync("Account 111122223336 Norrvik <i>Freight</i> · assessed");
        var own = new CisSummary([.. results.Where(r => r.AccountId == "111122223336").Select(CountedResult.Of)], null, null);
        await Expect(report.Page.Locator(".rate")).ToContainTextAsync(FormattableString.Invariant($"{own.PassRate:0.0}\u00a0%"));
    }

    [Fact]
    public async Task Severities_exemptions_attestations_and_the_trend_are_shown()
    {
        var results = await Samples.ProgramAsync();
        await using var report = await OpenReport.OpenAsync(chromium, results.ReportWithEarlierRuns(4));
        await Expect(report.Page.Locator(".top p")).ToContainTextAsync("program norrvik 7");
        await Expect(report.Page.Locator(".failures li", new() { HasText = "3.9" })).ToContainTextAsync("Critical · account-wide setting");
        var register = report.Page.Locator(".register tbody tr");
        await Expect(register).ToHaveCountAsync(2);
        await Expect(register.First).ToContainTextAsync("The bastion is being replaced.");
        await Expect(register.First).ToContainTextAsync("(in 12 days)");
        await Expect(register.Last).ToContainTextAsync("Passed: Verified with Finance.");
        await Expect(report.Control("1.17")).ToContainTextAsync("Pass (attested)");
        await Expect(report.Page.Locator(".trend figcaption")).ToContainTextAsync("Pass rate since 2 November 2025");
        await Expect(report.Page.Locator(".trend circle")).ToHaveCountAsync(5);
        await Expect(report.Page.Locator(".trend svg")).ToHaveAttributeAsync("aria-label", new Regex("^Pass rate: .*; 48.8.% on "));
    }
}
