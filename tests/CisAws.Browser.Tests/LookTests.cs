using System;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using CisAws.Rules;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CisAws.Browser.Tests;

/// <summary>Accessibility, widths, themes, paper.</summary>
public sealed class LookTests(Chromium chromium)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_no_violation(ColorScheme colors)
    {
        await using var report = await OpenReport.OpenAsync(chromium, (await Samples.ProgramAsync()).InAccounts(3).ReportWithEarlierRuns(3), colors: colors);
        await report.OpenControlAsync("2.3");
        await report.OpenControlAsync("4.1");
        await report.Details("4.1").Locator(".account > summary").First.ClickAsync();
        await report.Details("4.1").Locator(".findings summary").First.ClickAsync();
        await report.Page.GetByText("The permissions that would help").ClickAsync();
        await report.AssertAccessibleAsync();
        await report.Button("Resources").ClickAsync();
        await report.Resources.First.Locator(".opener").ClickAsync();
        await report.Status("Fail").ClickAsync();
        await report.AssertAccessibleAsync();
        await report.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await report.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        await report.AssertAccessibleAsync();
    }

    [Theory]
    [InlineData(320)]
    [InlineData(768)]
    [InlineData(1280)]
    [InlineData(1920)]
    public async Task The_page_is_as_wide_as_the_screen(int width)
    {
        await using var report = await OpenReport.OpenAsync(chromium, (await Samples.ProgramAsync()).InAccounts(3).ReportWithEarlierRuns(3), width);
        await report.OpenControlAsync("2.8");
        await report.Details("2.8").Locator(".account > summary").First.ClickAsync();
        await AssertFitsAsync(report.Page, width);
        await report.Button("Resources").ClickAsync();
        await report.Resources.First.Locator(".opener").ClickAsync();
        await AssertFitsAsync(report.Page, width);
    }

    [Fact]
    public async Task The_theme_can_be_chosen()
    {
        await using var report = await OpenReport.OpenAsync(chromium, (await Samples.DemoAsync()).Report());
        var light = await report.BackgroundAsync();
        await report.Page.GetByLabel("Theme").SelectOptionAsync("dark");
        var dark = await report.BackgroundAsync();
        Assert.NotEqual(light, dark);
        await report.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await report.Page.GetByLabel("Theme").SelectOptionAsync("light");
        Assert.Equal(light, await report.BackgroundAsync());
        await report.Page.GetByLabel("Theme").SelectOptionAsync("auto");
        Assert.Equal(dark, await report.BackgroundAsync());
    }

    [Fact]
    public async Task It_prints_on_A4_with_every_control_and_what_to_do()
    {
        var results = await Samples.DemoAsync();
        await using var report = await OpenReport.OpenAsync(chromium, results.Report("The assessment ended early."), colors: ColorScheme.Dark);
        var pdf = Encoding.Latin1.GetString(await report.Page.PdfAsync(new() { PreferCSSPageSize = true }));
        var boxes = Regex.Matches(pdf, @"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]").Select(m => (m.Groups[1].Value, m.Groups[2].Value)).Distinct();
        Assert.All(boxes, b => Assert.Matches(@"^\(59[4-6][0-9.]*, 84[12][0-9.]*\)$", b.ToString()));
        Assert.InRange(Regex.Count(pdf, @"/Type /Page\b(?!s)"), 5, 14);

        await report.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await report.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        await Expect(report.Page.Locator("#page")).ToBeHiddenAsync();
        var paper = report.Page.Locator("#paper");
        await Expect(paper.Locator(".banner")).ToBeVisibleAsync();
        Assert.Equal(results.Select(r => r.ControlId.ToString()), await paper.Locator(".plain-table tbody td:first-child").AllInnerTextsAsync());
        Assert.All(results.Where(r => r.Status == CisStatus.Fail), r => Assert.Contains(r.Remediation, paper.TextContentAsync().GetAwaiter().GetResult()!, StringComparison.Ordinal));
        // Dark paper is not printed.
        Assert.Equal("rgb(255, 255, 255)", await report.BackgroundAsync());
    }

    private static async Task AssertFitsAsync(IPage page, int width) => Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
}
