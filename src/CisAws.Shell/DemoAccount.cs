using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Emulator;
using CisAws.Evidence;

namespace CisAws.Shell;

/// <summary>The demo account, served on loopback, with the AWS settings of this process referring to it.</summary>
internal sealed class DemoAccount : IAsyncDisposable
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

    private readonly EmulatorServer _server;

    private DemoAccount(EmulatorServer server) => _server = server;

    /// <summary>Serves the account in the folder of the module, as if its evidence had been collected now.</summary>
    public static async Task<DemoAccount> StartAsync(string module)
    {
        var json = await File.ReadAllTextAsync(Path.Combine(module, "demo", "account.json"));
        var server = await EmulatorServer.StartAsync(AccountEvidence.FromJson(json, DateTimeOffset.UtcNow));
        // The user's profile, endpoints and proxy are not those of the demo.
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(IsForeign).ToList())
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", server.Url.ToString());
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", server.AccessKey);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", server.SecretKey);
        Environment.SetEnvironmentVariable("AWS_REGION", "us-east-1");
        return new DemoAccount(server);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static bool IsForeign(string name) =>
        name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase) || name.ToUpperInvariant() is "HTTP_PROXY" or "HTTPS_PROXY" or "ALL_PROXY";
}
