using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Browser.Tests;
using CisAws.Testing;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace CisAws.Browser.Tests;

/// <summary>
/// The Chromium of the system, started once for all tests. Where there is none, the tests that need it are skipped, or fail if
/// CISAWS_REQUIRE_EXTERNAL_TOOLS is 1. CISAWS_CHROMIUM is its path, if that is not one of the usual.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Usual =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe", @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var path = Environment.GetEnvironmentVariable("CISAWS_CHROMIUM") ?? Usual.FirstOrDefault(File.Exists);
        if (path is not null)
        {
            _playwright = await Playwright.CreateAsync();
            // As root, which containers run as, Chromium has no sandbox. Its pages are the tests' own.
            _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox"] });
        }
    }

    /// <summary>Opens a page, with the rights to the clipboard.</summary>
    public async Task<IBrowserContext> ContextAsync(int width, int height, ColorScheme colors)
    {
        if (_browser is null)
        {
            ExternalTools.Missing("This test needs Chromium, which is not on this machine. 'apt-get install chromium' installs it.");
        }

        return await _browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = colors,
            ReducedMotion = ReducedMotion.Reduce,
            Permissions = ["clipboard-read", "clipboard-write"],
        });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
