using System;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Benchmarks;
using CisAws.Programs;
using CisAws.Reports;
using CisAws.Rules;
using CisAws.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CisAws.Browser.Tests;

/// <summary>The lists of controls and resources: filters, search, order, details.</summary>
public sealed class ListTests(Chromium chromium)
{
    [Fact]
    public async Task Filters_and_the_search_choose_what_is_listed()
    {
        var results = await Samples.DemoAsync();
        await using var report = await OpenReport.OpenAsync(chromium, results.Report());
        Assert.Equal(results.Select(r => r.ControlId.ToString()), await report.ControlIdsAsync());

        await report.Status("Unknown").ClickAsync();
        Assert.Equal(["2.3", "3.13"], await report.ControlIdsAsync());
        await report.Status("Manual").ClickAsync();
        Assert.Equal(["1.15", "1.17", "2.3", "3.13", "4.4"], await report.ControlIdsAsync());
        await report.Page.GetByLabel("Section").SelectOptionAsync("IAM");
        Assert.Equal(["1.15", "1.17"], await report.ControlIdsAsync());
        await report.Button("Clear").ClickAsync();
        await report.Page.GetByLabel("Level").SelectOptionAsync("2");
        Assert.Equal(results.Where(r => r.Level == 2).Select(r => r.ControlId.ToString()), await report.ControlIdsAsync());
        await report.Button("Clear").ClickAsync();

        await report.Page.GetByLabel("Severity").SelectOptionAsync("Critical");
        Assert.Equal(results.Where(r => ReportContent.SeverityOf(r) == CisSeverity.Critical).Select(r => r.ControlId.ToString()), await report.ControlIdsAsync());
        await report.Button("Clear").ClickAsync();

        // Words of a control, and words of a finding.
        await report.Search.FillAsync("kms ROTATION");
        Assert.Equal(["2.8"], await report.ControlIdsAsync());
        await report.Search.FillAsync("katarina.nyman no mfa");
        Assert.Equal(["1.2"], await report.ControlIdsAsync());
        await Expect(report.Shown).ToHaveTextAsync("1 of 49 controls, 1 resource");
        await report.Search.FillAsync("nothing has this");
        await Expect(report.Shown).ToHaveTextAsync("0 of 49 controls");
        await Expect(report.Controls).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Controls_are_sorted_by_each_column()
    {
        var results = await Samples.DemoAsync();
        await using var report = await OpenReport.OpenAsync(chromium, results.Report());
        var header = report.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Failing" });
        await header.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(header).ToHaveAttributeAsync("aria-sort", "ascending");
        var byCount = results.OrderByDescending(r => r.FailCount).ThenBy(r => r.ControlId).Select(r => r.ControlId.ToString()).ToList();
        Assert.Equal(byCount, await report.ControlIdsAsync());
        await header.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(header).ToHaveAttributeAsync("aria-sort", "descending");
        Assert.Equal(byCount.AsEnumerable().Reverse(), await report.ControlIdsAsync());
        await report.Button("Status").ClickAsync();
        var failing = results.Where(r => r.Status == CisStatus.Fail).OrderByDescending(ReportContent.SeverityOf).ThenBy(r => r.ControlId).Select(r => r.ControlId.ToString()).ToList();
        Assert.Equal(failing, (await report.ControlIdsAsync()).Take(failing.Count));
    }

    [Fact]
    public async Task A_control_opens_to_its_findings_their_facts_and_commands_to_copy()
    {
        var results = await Samples.DemoAsync();
        await using var report = await OpenReport.OpenAsync(chromium, results.Report());
        await report.Page.Locator(".failures a", new() { HasText = "1.3" }).ClickAsync();
        var details = report.Details("1.3");
        await Expect(report.Control("1.3").Locator(".opener")).ToBeFocusedAsync();
        await Expect(details).ToBeInViewportAsync();
        // The filters stay on the screen, and do not cover it.
        var filters = await report.Page.Locator(".filters").BoundingBoxAsync();
        var row = await report.Control("1.3").BoundingBoxAsync();
        Assert.InRange(row!.Y, filters!.Y + filters.Height, 200);
        await Expect(details.Locator(".findings > li")).ToHaveCountAsync(5);
        await details.GetByText("katarina.nyman/password").ClickAsync();
        await Expect(details.Locator(".facts").First).ToContainTextAsync("arn:aws:iam::111122223333:user/katarina.nyman");

        var control = DefaultPrograms.Benchmark.Controls.First(c => c.ControlId.ToString() == "1.3");
        await details.GetByRole(AriaRole.Tab, new() { Name = "PowerShell" }).ClickAsync();
        await details.Locator(".copy").First.ClickAsync();
        await Expect(details.Locator(".copy").First).ToContainTextAsync("Copied");
        Assert.Equal(control.Remediation.PowerShell[0], await report.ClipboardAsync());
        await Expect(details.Locator(".settings")).ToContainTextAsync("MaxUnusedCredentialDays90");
        await Expect(details).ToContainTextAsync(control.Description);
    }

    [Fact]
    public async Task What_could_not_be_read_is_shown_with_the_control_and_is_not_good()
    {
        var results = await Samples.DemoAsync();
        await using var report = await OpenReport.OpenAsync(chromium, results.Report());
        // As a link in a ticket would.
        await report.Page.EvaluateAsync("location.hash = '2.3'");
        await Expect(report.Control("2.3")).ToContainTextAsync("Unknown");
        await Expect(report.Details("2.3")).ToContainTextAsync("s3:GetBucketAcl in eu-west-1: AccessDenied");
        await Expect(report.Control("4.1").Locator(".flag")).ToHaveTextAsync("incomplete");
        // The rate counts it as not passed, and the note says how much that matters.
        await Expect(report.Page.Locator(".headline")).ToContainTextAsync("The rate is between 48.8\u00a0% and 53.5\u00a0%.");
    }

    [Fact]
    public async Task The_keyboard_is_enough()
    {
        var results = await Samples.DemoAsync();
        await using var report = await OpenReport.OpenAsync(chromium, results.Report());
        var keys = report.Page.Keyboard;
        await keys.PressAsync("Tab");
        await Expect(report.Page.GetByText("Skip to the results")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(report.Search).ToBeFocusedAsync();
        await keys.TypeAsync("user");
        await TabToAsync(report, ".chip");
        await Expect(report.Status("Pass")).ToBeFocusedAsync();
        await keys.PressAsync("Tab");
        await keys.PressAsync("Space");
        await Expect(report.Status("Fail")).ToHaveAttributeAsync("aria-pressed", "true");
        await TabToAsync(report, ".opener");
        await keys.PressAsync("ArrowDown");
        await Expect(report.Controls.Nth(1).Locator(".opener")).ToBeFocusedAsync();
        await keys.PressAsync("Home");
        await keys.PressAsync("Enter");
        var first = (await report.ControlIdsAsync())[0];
        await Expect(report.Details(first)).ToBeVisibleAsync();
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await Expect(report.Details(first).Locator(".facts").First).ToBeVisibleAsync();
        await report.Details(first).GetByRole(AriaRole.Tab, new() { Name = "AWS CLI" }).FocusAsync();
        await keys.PressAsync("ArrowRight");
        await Expect(report.Details(first).GetByRole(AriaRole.Tab, new() { Name = "PowerShell" })).ToBeFocusedAsync();
        await keys.PressAsync("/");
        await Expect(report.Search).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Resources_are_filtered_sorted_and_opened()
    {
        var results = await Samples.DemoAsync();
        await using var report = await OpenReport.OpenAsync(chromium, results.Report());
        await report.Button("Resources").ClickAsync();
        await report.Status("Fail").ClickAsync();
        await Expect(report.Shown).ToHaveTextAsync($"{results.Sum(r => r.FailCount)} of {results.Sum(r => r.Findings.Count)} resources");
        await report.Page.GetByLabel("Region").SelectOptionAsync("eu-west-1");
        await report.Button("Resource").ClickAsync();
        var expected = results.SelectMany(r => r.Findings).Where(f => f.Status == CisStatus.Fail && f.Region == "eu-west-1").Select(f => f.ResourceId).Order(StringComparer.Ordinal);
        Assert.Equal(expected, await report.Resources.Locator(".opener").AllInnerTextsAsync());
        await report.Resources.First.Locator(".opener").ClickAsync();
        await Expect(report.Resources.First.Locator(".facts")).ToBeVisibleAsync();
        // The number of the control leads to it.
        await report.Resources.First.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(report.Page.Locator(".details")).ToHaveCountAsync(1);
        await Expect(report.Controls).ToHaveCountAsync(49);
    }

    [Fact]
    public async Task Many_findings_of_a_control_lead_to_the_list_of_resources()
    {
        var results = (await Samples.DemoAsync()).WithFindings(3000);
        await using var report = await OpenReport.OpenAsync(chromium, results.Report());
        await report.OpenControlAsync("1.2");
        var failing = results.Single(r => r.ControlId.ToString() == "1.2").FailCount;
        await report.Button($"List all {failing} resources").ClickAsync();
        await Expect(report.Shown).ToHaveTextAsync(FormattableString.Invariant($"{failing} of {results.Sum(r => r.Findings.Count):N0} resources"));
        await Expect(report.Resources.First).ToContainTextAsync("1.2");
    }

    [Fact]
    public async Task Fifty_thousand_findings_open_and_scroll_with_few_rows()
    {
        var content = (await Samples.DemoAsync()).WithFindings(50_000).Report();
        await using var report = await OpenReport.OpenAsync(chromium, content);
        await Expect(report.Controls).ToHaveCountAsync(49);
        var opened = await report.Page.EvaluateAsync<double>("performance.now()");
        await report.Button("Resources").ClickAsync();
        var total = content.Results.Sum(r => r.Findings.Count);
        await Expect(report.Shown).ToHaveTextAsync(FormattableString.Invariant($"{total:N0} resources"));
        Assert.InRange(await report.Resources.CountAsync(), 10, 100);

        // From the first row to the last with a key, which keeps the focus, and back in pages.
        await report.Resources.First.Locator(".opener").FocusAsync();
        await report.Page.Keyboard.PressAsync("End");
        var last = report.Page.Locator($".opener[data-index='{total - 1}']");
        await Expect(last).ToBeFocusedAsync();
        await Expect(last).ToBeInViewportAsync();
        await report.Page.Keyboard.PressAsync("PageUp");
        await Expect(last).Not.ToBeFocusedAsync();
        await report.Page.Keyboard.PressAsync("Enter");
        await Expect(report.Page.Locator(".facts")).ToBeInViewportAsync();
        Assert.InRange(await report.Resources.CountAsync(), 10, 100);

        var frames = await report.Page.EvaluateAsync<double[]>(
            """
            async () => {
              const times = [];
              for (let last = performance.now(), n = 0; n < 60; n++) {
                scrollBy(0, -900);
                await new Promise(requestAnimationFrame);
                times.push(performance.now() - last);
                last = performance.now();
              }
              return times.sort((a, b) => a - b);
            }
            """);
        var clock = Stopwatch.StartNew();
        await report.Search.FillAsync("katarina.nyman -77");
        await Expect(report.Shown).ToContainTextAsync(" of ");
        TestReport.Write([FormattableString.Invariant(
            $"HTML report with {total:N0} findings: open after {opened:0} ms; a frame while scrolling {frames[30]:0} ms (median), {frames[57]:0} ms (95 %); a search {clock.Elapsed.TotalMilliseconds:0} ms")]);
    }

    private static async Task TabToAsync(OpenReport report, string selector)
    {
        for (var n = 0; n < 20 && !await report.Page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector); n++)
        {
            await report.Page.Keyboard.PressAsync("Tab");
        }
    }
}
