using System;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CisAws.Browser.Tests;

/// <summary>What is from AWS is text, and the page connects to nothing.</summary>
public sealed class SafetyTests(Chromium chromium)
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("</script><img src=x onerror=alert(1)>")]
    [InlineData("<!--<script>")]
    [InlineData("{{results}} $& ]]> &lt; \" ' `")]
    [InlineData("'\"javascript:alert(1)\u00a0\u00e5\ud83d\ude00\u65e5\u672c")]
    public async Task A_hostile_name_is_text(string name)
    {
        await using var report = await OpenReport.OpenAsync(chromium, (await Samples.DemoAsync()).WithText(name).Report(name));
        await Expect(report.Page.Locator("main .banner b")).ToHaveTextAsync(name, new() { UseInnerText = false });
        await report.OpenControlAsync("1.2");
        Assert.Equal(name, await report.Details("1.2").Locator(".findings b").First.TextContentAsync());
        await report.Button("Resources").ClickAsync();
        Assert.Equal(name, await report.Resources.First.Locator(".opener").TextContentAsync());
        await report.Resources.First.Locator(".opener").ClickAsync();
        Assert.Contains(name, await report.Resources.First.Locator("dd").AllTextContentsAsync());
        await report.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        Assert.Contains(name, await report.Page.Locator("#paper").TextContentAsync());
    }

    [Fact]
    public async Task Characters_that_reorder_or_break_lines_are_visible_escapes()
    {
        await using var report = await OpenReport.OpenAsync(chromium, (await Samples.DemoAsync()).WithText("a\u2028b\u202ec\ud800d").Report());
        await report.OpenControlAsync("1.2");
        Assert.Equal(@"a\u2028b\u202ec\ud800d", await report.Details("1.2").Locator(".findings b").First.TextContentAsync());
    }

    [Fact]
    public async Task Only_the_script_of_the_page_runs_and_it_connects_to_nothing()
    {
        await using var report = await OpenReport.OpenAsync(chromium, (await Samples.DemoAsync()).Report());
        var policy = await report.Page.Locator("meta[http-equiv]").GetAttributeAsync("content");
        Assert.Matches("^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'$", policy);
        var ran = await report.Page.EvaluateAsync<bool>("() => { const s = document.createElement('script'); s.textContent = 'window.ran = true'; addEventListener('securitypolicyviolation', () => window.blocked = true); document.body.append(s); return window.ran === true; }");
        Assert.False(ran);
        report.Forgive("Content Security Policy");
    }
}
