using System;
using System.IO;
using System.Threading.Tasks;
using CisAws.Emulator;
using CisAws.Evidence;

namespace CisAws.Shell;

/// <summary>The demo account.</summary>
internal static class DemoAccount
{
    /// <summary>The script that the Shell runs if it has no arguments.</summary>
    public const string Script =
        """
        Invoke-CisAssessment -OutVariable results | Out-Default
        $results | Measure-CisAssessment | Out-Default
        $report = Join-Path (Split-Path (Get-Module CisAws).ModuleBase) demo-report.html
        $results | Export-CisReport $report -Force
        'Report:', "  $([uri]::new($report).AbsoluteUri)"
        'Next:'
        '  dotnet run --project src/CisAws.Shell -- -Demo -Command "Invoke-CisAssessment | Group-Object Section, Status | Sort-Object Name"'
        '  dotnet run --project src/CisAws.Shell -- -Demo -Command "Invoke-CisAssessment ''4.1'' | Get-CisFinding -Status Fail"'
        '  dotnet run --project src/CisAws.Shell -- -Demo -Command "Invoke-CisAssessment | Export-CisReport report.html"'
        '  dotnet run --project src/CisAws.Shell -- -Demo         # a prompt'
        """;

    /// <summary>Serves the account in the folder of the module, as if its evidence had been collected now.</summary>
    public static async Task<EmulatorServer> StartAsync(string module)
    {
        var json = await File.ReadAllTextAsync(Path.Combine(module, "demo", "account.json")).ConfigureAwait(false);
        return await EmulatorServer.StartAsync(AccountEvidence.FromJson(json, DateTimeOffset.UtcNow)).ConfigureAwait(false);
    }
}
