using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Shell;

namespace CisAws.PowerShell.Tests.Processes;

/// <summary>
/// The half of the module that is for Windows PowerShell, with Mono in the place of .NET Framework: the rules, the collectors
/// and the SDK, on the very assemblies that ship.
/// </summary>
public sealed class MonoTests(DemoServer demo) : IClassFixture<DemoServer>, IDisposable
{
    private static readonly string Program = Path.Combine(Repository.PathOf("tests", "CisAws.Mono", "bin", Configuration, "net472"), "CisAws.Mono.exe");

    private readonly ModuleSession _session = new();

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    [Fact]
    public async Task Both_halves_of_the_module_come_to_the_same_verdicts()
    {
        await RequireMonoAsync();
        var folder = Path.Combine(ModuleLocation.Find(), "bin", "net472");
        var said = await FreshProcess.RunAsync(
            "mono",
            [Program, demo.Server.Url.ToString(), demo.Server.AccessKey, demo.Server.SecretKey],
            environment: new Dictionary<string, string?> { ["MONO_PATH"] = folder + Path.PathSeparator + Path.Combine(folder, "aws") });
        Assert.True(said.ExitCode == 0, said.Error);
        var here = _session.Objects("Invoke-CisAssessment @account -WarningAction SilentlyContinue", DemoServer.Account(demo.Server))
            .Select(o => (CisResult)o.BaseObject)
            .Select(r => FormattableString.Invariant($"{r.ControlId}\t{r.Status}\t{r.ReasonCode}\t{r.Findings.Count}\t{r.Reason}"))
            .ToList();
        Assert.Equal(49, here.Count);
        Assert.True(here.SequenceEqual(said.Lines), $"""
            Only in .NET:
            {string.Join('\n', here.Except(said.Lines))}
            Only under Mono:
            {string.Join('\n', said.Lines.Except(here))}
            Calls under Mono that were refused or failed:
            {said.Error}
            """);
    }

    public void Dispose() => _session.Dispose();

    private static async Task RequireMonoAsync()
    {
        try
        {
            await FreshProcess.RunAsync("mono", ["--version"]);
        }
        catch (Win32Exception e)
        {
            var sentence = $"This test runs the module's .NET Framework half under Mono, which this machine does not have: {e.Message}";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CISAWS_REQUIRE_WITNESSES") == "1", sentence);
            Assert.Fail(sentence);
        }
    }
}
