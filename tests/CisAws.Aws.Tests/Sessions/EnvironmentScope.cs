using System;
using System.IO;
using Amazon;
using Amazon.Runtime.Internal;
using CisAws.Testing;

namespace CisAws.Aws.Tests.Sessions;

/// <summary>AWS variables, and a folder for credential files; both are put back in the end.</summary>
internal sealed class EnvironmentScope : IDisposable
{
    private readonly EnvironmentVariables _variables = new();

    public EnvironmentScope()
    {
        // It would take precedence over the folder.
        Set("AWS_SHARED_CREDENTIALS_FILE", null);
        AWSConfigs.AWSProfilesLocation = Path.Combine(Folder, "credentials");
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("cisaws").FullName;

    public void Set(string name, string? value) => _variables.Set(name, value);

    /// <summary>Has instance metadata asked at an address. The SDK keeps the first where it finds a role: a process has room for one.</summary>
    public void ServeMetadata(string url)
    {
        Set("AWS_EC2_METADATA_DISABLED", null);
        Set("AWS_EC2_METADATA_SERVICE_ENDPOINT", url);
        FallbackInternalConfigurationFactory.Reset();
    }

    public void WriteCredentials(string text) => File.WriteAllText(Path.Combine(Folder, "credentials"), text);

    public void Dispose()
    {
        _variables.Dispose();
        AWSConfigs.AWSProfilesLocation = null;
        FallbackInternalConfigurationFactory.Reset();
        Directory.Delete(Folder, recursive: true);
    }
}
