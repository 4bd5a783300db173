using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;

namespace CisAws.PowerShell.Tests;

/// <summary>The remediation's commands for AWS Tools for PowerShell, read by PowerShell's own parser.</summary>
public sealed class RemediationCommandTests
{
    /// <summary>What AWS Tools puts before the noun, by service.</summary>
    private static readonly string[] ServicePrefixes = ["ACCT", "CFG", "CT", "CW", "CWL", "EC2", "IAM", "KMS", "S3", "SNS", "STS"];

    private static readonly string[] OfPowerShell = ["ForEach-Object", "Get-Content", "Select-Object", "Set-Content", "Where-Object"];

    public static TheoryData<string> ControlIds => [.. ControlCatalog.All.Select(c => c.ControlId.ToString())];

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

    private static IEnumerable<string> Commands(string id) => ControlCatalog.All.Single(c => c.ControlId.Equals(id)).Remediation.PowerShell;

    private static IEnumerable<string> CmdletsOf(string command) => Parser.ParseInput(command, out _, out _)
        .FindAll(node => node is CommandAst, searchNestedScriptBlocks: true)
        .Cast<CommandAst>()
        .Select(c => c.GetCommandName());
}
