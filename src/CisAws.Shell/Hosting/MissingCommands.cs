using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace CisAws.Shell.Hosting;

/// <summary>
/// The engine alone has no Select-Object, Export-Csv and the like: they belong to modules that come with PowerShell. Says
/// so when one is typed, instead of "not recognised".
/// </summary>
internal static class MissingCommands
{
    private static readonly HashSet<string> WithPowerShell = new(StringComparer.OrdinalIgnoreCase)
    {
        "Add-Type", "Compare-Object", "ConvertFrom-Csv", "ConvertFrom-Json", "ConvertTo-Csv", "ConvertTo-Html", "ConvertTo-Json", "Export-Clixml",
        "Export-Csv", "Format-List", "Format-Table", "Format-Wide", "Get-ChildItem", "Get-Content", "Get-Date", "Get-Item", "Get-Location",
        "Get-Member", "Get-Unique", "Get-Variable", "Group-Object", "Import-Clixml", "Import-Csv", "Join-Path", "Measure-Command", "Measure-Object",
        "New-Item", "New-Object", "Out-File", "Out-GridView", "Out-String", "Read-Host", "Resolve-Path", "Select-Object", "Select-String",
        "Set-Content", "Set-Location", "Set-Variable", "Sort-Object", "Split-Path", "Start-Sleep", "Tee-Object", "Test-Path", "Write-Debug",
        "Write-Error", "Write-Host", "Write-Output", "Write-Verbose", "Write-Warning",
        "cat", "cd", "dir", "echo", "fl", "ft", "fw", "gc", "gci", "gm", "group", "gu", "ls", "measure", "select", "sls", "sort", "tee", "type",
    };

    public static void Explain(CommandLookupEventArgs args)
    {
        if (WithPowerShell.Contains(args.CommandName))
        {
            args.CommandScriptBlock = ScriptBlock.Create(
                $"throw '{args.CommandName} comes with PowerShell, and this small host has only the engine''s own commands (Where-Object, ForEach-Object, Out-Default, Get-Help ...). " +
                "Install PowerShell 7 and run: Import-Module ./out/CisAws'");
        }
    }
}
