using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Reports;
using CisAws.Results;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CisAws.Browser.Tests;

/// <summary>A report in a page of the browser. When it is disposed, it has connected to nothing and has reported no error.</summary>
internal sealed class OpenReport : IAsyncDisposable
{
    private readonly FileInfo _file;
    private readonly List<string> _problems = [];
    private readonly List<string> _requests = [];

    private OpenReport(FileInfo file, IPage page)
    {
        (_file, Page) = (file, page);
        page.Request += (_, r) => _requests.Add(r.Url.Split('#')[0]);
        page.Console += (_, m) => _problems.Add(m.Text);
        page.PageError += (_, e) => _problems.Add(e);
        page.Dialog += (_, d) => _problems.Add("A dialog: " + d.Message);
    }

    public IPage Page { get; }

    /// <summary>The controls that are listed.</summary>
    public ILocator Controls => Page.Locator(".controls .row[id]");

    /// <summary>The resources that are listed and on the screen.</summary>
    public ILocator Resources => Page.Locator(".rows > .row");

    public ILocator Shown => Page.Locator(".shown");

    public ILocator Search => Page.GetByRole(AriaRole.Searchbox);

    public static async Task<OpenReport> OpenAsync(Chromium chromium, ReportContent content, int width = 1280, int height = 800, ColorScheme colors = ColorScheme.Light)
    {
        var context = await chromium.ContextAsync(width, height, colors);
        var file = new FileInfo(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".html"));
        await using (var stream = file.Create())
        {
            ReportFormats.Of(ReportFormat.Html).Write(content, stream);
        }

        var report = new OpenReport(file, await context.NewPageAsync());
        await report.Page.GotoAsync(new Uri(file.FullName).AbsoluteUri);
        return report;
    }

    /// <summary>A button of a name, exactly.</summary>
    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>The button that filters by a status.</summary>
    public ILocator Status(string name) => Page.Locator(".chips").GetByRole(AriaRole.Button, new() { NameRegex = new($"^{name} [0-9,]+$") });

    /// <summary>The row of a control.</summary>
    public ILocator Control(string id) => Page.Locator($"[id='{id}']");

    /// <summary>What is open below the row of a control.</summary>
    public ILocator Details(string id) => Page.Locator($"[id='{id}-details']");

    public async Task OpenControlAsync(string id) => await Control(id).Locator(".opener").ClickAsync();

    /// <summary>The IDs of the controls that are listed, in their order.</summary>
    public async Task<IReadOnlyList<string>> ControlIdsAsync() => await Controls.EvaluateAllAsync<string[]>("rows => rows.map(r => r.id)");

    public Task<string> ClipboardAsync() => Page.EvaluateAsync<string>("navigator.clipboard.readText()");

    public Task<string> BackgroundAsync() => Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    /// <summary>Has axe check the page as it is.</summary>
    public async Task AssertAccessibleAsync()
    {
        var found = await Page.RunAxe();
        Assert.True(found.Violations.Length == 0, string.Join("\n", found.Violations.SelectMany(v => v.Nodes.Take(3).Select(n => $"{v.Id}: {v.Help}: {n.Html}"))));
    }

    /// <summary>Takes problems for expected that have a text.</summary>
    public void Forgive(string text) => Assert.NotEqual(0, _problems.RemoveAll(p => p.Contains(text, StringComparison.Ordinal)));

    public async ValueTask DisposeAsync()
    {
        await Page.Context.DisposeAsync();
        _file.Delete();
        Assert.Empty(_problems);
        Assert.Equal([new Uri(_file.FullName).AbsoluteUri], _requests);
    }
}
