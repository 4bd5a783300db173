using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Shell;

namespace CisAws.PowerShell.Tests.Processes;

/// <summary>The AWS SDK loads on first use, in a context of its own, whatever else the process holds.</summary>
public sealed class LoadingTests(DemoServer demo) : IClassFixture<DemoServer>
{
    private const string Sdk =
        "[AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -like 'AWSSDK.*' -or $_.GetName().Name -eq 'CisAws.Aws' } | " +
        "ForEach-Object { $_.GetName().Name + ' ' + $_.Location }";

    private const string Core =
        "[AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'AWSSDK.Core' } | " +
        "ForEach-Object { [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name + ' ' + $_.Location }";

    private static readonly string Foreign = Path.Combine(AppContext.BaseDirectory, "foreign", "AWSSDK.Core.dll");

    private static readonly string Ours = Path.Combine(ModuleLocation.Find(), "bin", "net8.0", "aws", "AWSSDK.Core.dll");

    [Theory]
    [InlineData("")]
    [InlineData("; $null = Get-CisControl")]
    [InlineData("; $null = Get-CisProgram")]
    [InlineData("; $null = Test-CisMetricFilter '3.5' '{ $.eventName = StopLogging }'")]
    [InlineData("; $null = [Management.Automation.CommandCompletion]::CompleteInput('Invoke-CisAssessment -Program c', 31, $null)")]
    public async Task Import_and_what_needs_no_AWS_load_no_SDK_and_no_network(string then)
    {
        var lines = await BareProcess.LinesAsync(BareProcess.Import() + then + "; [AppDomain]::CurrentDomain.GetAssemblies().ForEach{ $_.GetName().Name }");
        Assert.Contains("CisAws.PowerShell", lines);
        Assert.DoesNotContain(lines, l => l.StartsWith("AWSSDK.", StringComparison.Ordinal) || l is "CisAws.Aws" or "System.Net.Http" or "System.Net.NameResolution");
    }

    [Fact]
    public async Task An_older_SDK_that_was_there_first_and_our_own_do_not_meet()
    {
        var lines = await BareProcess.LinesAsync(
            $"""
            $foreign = [Reflection.Assembly]::LoadFrom({BareProcess.Quoted(Foreign)})
            {BareProcess.Import()}
            {BareProcess.Account(demo.Server)}
            (Invoke-CisAssessment '1.*', '2.*', '4.*' @account).Count
            $theirs = $foreign.GetType('Amazon.Runtime.BasicAWSCredentials')::new($account.AccessKey, $account.SecretKey)
            (Invoke-CisAssessment '1.9' -Credential $theirs -EndpointUrl $account.EndpointUrl).Status
            {Core}
            """);
        Assert.Equal(["35", "Pass", "CisAws.Aws " + Ours, "Default " + Foreign], lines.Take(2).Concat(lines.Skip(2).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task An_SDK_that_comes_later_finds_its_own_copy_too()
    {
        var lines = await BareProcess.LinesAsync(
            $"""
            {BareProcess.Import()}
            {BareProcess.Account(demo.Server)}
            (Invoke-CisAssessment '1.9' @account).Status
            $foreign = [Reflection.Assembly]::LoadFrom({BareProcess.Quoted(Foreign)})
            $foreign.Location
            (Invoke-CisAssessment '1.9' @account).Status
            """);
        Assert.Equal(["Pass", Foreign, "Pass"], lines);
    }

    [Trait("Risk", "Timing")]
    [Fact]
    public async Task Removed_and_imported_again_the_module_works_and_is_there_once()
    {
        var lines = await BareProcess.LinesAsync(
            $"""
            {BareProcess.Account(demo.Server)}
            foreach ($time in 1..3) {"{"}
                {BareProcess.Import()}
                (Invoke-CisAssessment '1.9' @account).Status
                Remove-Module -Name CisAws
                @(Get-Command -Name *-Cis*).Count
            {"}"}
            {Sdk}
            """);
        Assert.Equal(["Pass", "0", "Pass", "0", "Pass", "0"], lines.Take(6));
        Assert.Equal(lines.Skip(6).Distinct(), lines.Skip(6));
        Assert.Contains("AWSSDK.Core " + Ours, lines);
    }

    [Trait("Risk", "Timing")]
    [Fact]
    public async Task Two_runspaces_assess_at_once()
    {
        var script = BareProcess.Quoted($"{BareProcess.Import()}; {BareProcess.Account(demo.Server)}; (Invoke-CisAssessment '1.*', '2.*', '4.*' @account | ForEach-Object {{ \"$($_.ControlId) $($_.Status)\" }}) -join ', '");
        var lines = await BareProcess.LinesAsync(
            $"""
            $shells = 1..2 | ForEach-Object {"{"} [PowerShell]::Create([InitialSessionState]::CreateDefault2()).AddScript({script}) {"}"}
            $runs = $shells | ForEach-Object {"{"} $_.BeginInvoke() {"}"}
            foreach ($index in 0, 1) {"{"}
                $shells[$index].EndInvoke($runs[$index])
                $shells[$index].Streams.Error
            {"}"}
            {Sdk}
            """);
        Assert.Equal(35, lines[0].Split(", ").Length);
        Assert.Equal(lines[0], lines[1]);
        Assert.Single(lines, l => l.StartsWith("AWSSDK.Core ", StringComparison.Ordinal));
        Assert.Equal(lines.Skip(2).Distinct(), lines.Skip(2));
    }
}
