using System;
using System.Linq;
using CisAws.Emulator;

namespace CisAws.Shell;

/// <summary>Lets the AWS settings of this process refer to a demo, which is served on loopback.</summary>
internal static class DemoEnvironment
{
    /// <summary>Sets the endpoint and the credentials. The user's profile, endpoints and proxy are not those of the demo.</summary>
    public static void Use(EmulatorServer server)
    {
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(IsForeign).ToList())
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", server.Url.ToString());
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", server.AccessKey);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", server.SecretKey);
        Environment.SetEnvironmentVariable("AWS_REGION", "us-east-1");
    }

    private static bool IsForeign(string name) =>
        name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase) || name.ToUpperInvariant() is "HTTP_PROXY" or "HTTPS_PROXY" or "ALL_PROXY";
}
