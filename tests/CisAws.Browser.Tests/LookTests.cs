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

        var paper = await PaperAsync(report);
        await Expect(report.Page.Locator("#page")).ToBeHiddenAsync();
        await Expect(paper.Locator(".banner")).ToBeVisibleAsync();
        Assert.Equal(results.Select(r => r.ControlId.ToString()), await paper.Locator(".plain-table tbody td:first-child").AllInnerTextsAsync());
        Assert.All(results.Where(r => r.Status == CisStatus.Fail), r => Assert.Contains(r.Remediation, paper.TextContentAsync().GetAwaiter().GetResult()!, StringComparison.Ordinal));
        // Dark paper is not printed.
        Assert.Equal("rgb(255, 255, 255)", await report.BackgroundAsync());
    }

    /// <summary>The reason is in the summary: with each control it would take many pages.</summary>
    [Fact]
    public async Task An_account_that_could_not_be_assessed_prints_its_reason_once()
    {
        var demo = await Samples.DemoAsync();
        var results = demo.AndUnassessed("222233334444", "The role CisAuditor could not be assumed.");
        await using var both = await OpenReport.OpenAsync(chromium, results.Report());
        var paper = await PaperAsync(both);
        Assert.Equal(
            demo.Where(r => r.Status is not (CisStatus.Pass or CisStatus.NotApplicable)).Select(r => r.ControlId.ToString()),
            (await paper.Locator("article h3").AllInnerTextsAsync()).Select(t => t.Split(' ')[0]));

        await using var alone = await OpenReport.OpenAsync(chromium, results.Skip(demo.Count).ToList().Report());
        paper = await PaperAsync(alone);
        Assert.Equal(1, Regex.Count((await paper.TextContentAsync())!, "could not be assumed"));
        await Expect(paper.Locator(".plain-table tbody tr").First).ToContainTextAsync("The account could not be assessed.");
        await Expect(paper.Locator("article")).ToHaveCountAsync(0);
    }

    /// <summary>The details of a control have the whole text.</summary>
    [Fact]
    public async Task On_a_narrow_screen_a_long_reason_takes_three_lines()
    {
        var results = (await Samples.DemoAsync()).WithText(new string('x', 5000));
        await using var report = await OpenReport.OpenAsync(chromium, results.Report(), width: 400);
        var reason = report.Control("1.2").Locator(".reason");
        Assert.InRange((await reason.BoundingBoxAsync())!.Height, 20, 90);
        await report.OpenControlAsync("1.2");
        Assert.InRange((await reason.BoundingBoxAsync())!.Height, 500, 5000);
    }

    private static async Task<ILocator> PaperAsync(OpenReport report)
    {
        await report.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await report.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        return report.Page.Locator("#paper");
    }

    private static async Task AssertFitsAsync(IPage page, int width) => Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
}
