using System;
using System.IO;
using System.Threading.Tasks;
using CisAws.Emulator;
using CisAws.Evidence;

namespace CisAws.Shell;

/// <summary>The demo account, served on loopback, with this process's credentials and endpoint pointing at it.</summary>
internal sealed class DemoAccount : IAsyncDisposable
{
    /// <summary>What the Shell runs by default.</summary>
    public const string Script =
        """
        Invoke-CisAssessment -OutVariable results | Out-Default
        $results | Measure-CisAssessment | Out-Default
        'Try next:'
        '  dotnet run --project src/CisAws.Shell -- -Demo -Command "Invoke-CisAssessment | Where Status -eq Fail"'
        '  dotnet run --project src/CisAws.Shell -- -Demo -Command "Invoke-CisAssessment -ControlId ''4.1'' | Get-CisFinding -Status Fail"'
        """;

    // A user's own profile or endpoint must not mix with the demo's.
    private static readonly string[] Foreign =
    [
        "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_DEFAULT_REGION", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT",
        "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy",
    ];

    private readonly EmulatorServer _server;

    private DemoAccount(EmulatorServer server) => _server = server;

    /// <summary>Serves the account that lies in the module's folder, as of now.</summary>
    public static async Task<DemoAccount> StartAsync(string module)
    {
        var json = await File.ReadAllTextAsync(Path.Combine(module, "demo", "account.json"));
        var server = await EmulatorServer.StartAsync(AccountEvidence.FromJson(json, DateTimeOffset.UtcNow));
        foreach (var name in Foreign)
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
}
