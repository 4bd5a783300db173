using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Programs;

namespace CisAws.PowerShell.Tests;

/// <summary>The remediation's commands for AWS Tools for PowerShell, read by PowerShell's own parser.</summary>
public sealed class RemediationCommandTests
{
    /// <summary>What AWS Tools puts before the noun, by service.</summary>
    private static readonly string[] ServicePrefixes = ["ACCT", "CFG", "CT", "CW", "CWL", "EC2", "IAM", "KMS", "S3", "SNS", "STS"];

    private static readonly string[] OfPowerShell =
    [
        "ConvertFrom-Json", "ConvertTo-Json", "ForEach-Object", "Get-Content", "Remove-Item", "Remove-Variable", "Select-Object", "Set-Content", "Where-Object",
    ];

    public static TheoryData<string> ControlIds => [.. DefaultPrograms.Benchmark.Controls.Select(c => c.ControlId.ToString())];

    [Theory]
    [MemberData(nameof(ControlIds))]
    public void The_commands_are_PowerShell(string id)
    {
        foreach (var command in Commands(id))
        {
            Parser.ParseInput(command, out _, out var errors);
            Assert.True(errors.Length == 0, $"{command}: {string.Join("; ", errors.Select(e => e.Message))}");
        }
    }

    [Theory]
    [MemberData(nameof(ControlIds))]
    public void The_cmdlets_are_those_of_AWS_Tools(string id)
    {
        foreach (var name in Commands(id).SelectMany(CmdletsOf).Except(OfPowerShell))
        {
            Assert.Matches($"^[A-Z][a-z]+-({string.Join("|", ServicePrefixes)})[A-Z][A-Za-z]+$", name);
        }
    }

    /// <summary>Without a user name, or with <c>-Credential $null</c>, these cmdlets act on whoever runs them.</summary>
    [Theory]
    [InlineData("throw 'denied'", "arn:aws:iam::123456789012:root", 0)]
    [InlineData("[pscustomobject]@{ Credentials = $null }", "arn:aws:iam::123456789012:root", 0)]
    [InlineData("[pscustomobject]@{ Credentials = 'session' }", "arn:aws:iam::123456789012:user/ann", 0)]
    [InlineData("[pscustomobject]@{ Credentials = 'session' }", "arn:aws:iam::999999999999:root", 0)]
    [InlineData("[pscustomobject]@{ Credentials = 'session' }", "arn:aws:iam::123456789012:root", 3)]
    public void Commands_for_the_root_user_run_only_as_the_root_user_of_the_account(string useRoot, string caller, int count)
    {
        using var session = new ModuleSession();
        var commands = Commands("1.12").Concat(Commands("1.13")).Select(c => $"try {{\n{c.Replace("<ACCOUNT_ID>", "123456789012")}\n}} catch {{ }}\n");
        var ran = session.Objects($$"""
            $ErrorActionPreference = 'SilentlyContinue'
            function Use-STSRoot { {{useRoot}} }
            function Get-STSCallerIdentity { [pscustomobject]@{ Arn = '{{caller}}' } }
            function Get-IAMAccountSummary { }
            function Get-IAMAccessKey { 'ran' }
            function Remove-IAMAccessKey { 'ran' }
            function Remove-IAMLoginProfile { 'ran' }
            {{string.Concat(commands)}}
            """);
        Assert.Equal(count, ran.Count(o => (string)o.BaseObject == "ran"));
    }

    private static IEnumerable<string> Commands(string id) => DefaultPrograms.Benchmark.Controls.Single(c => c.ControlId.Equals(id)).Remediation.PowerShell;

    private static IEnumerable<string> CmdletsOf(string command) => Parser.ParseInput(command, out _, out _)
        .FindAll(node => node is CommandAst, searchNestedScriptBlocks: true)
        .Cast<CommandAst>()
        .Select(c => c.GetCommandName());
}
