using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using Amazon;
using Amazon.Runtime.Internal;

namespace CisAws.Aws.Tests.Sessions;

/// <summary>Runs alone: the environment belongs to the process.</summary>
[CollectionDefinition(nameof(Environment), DisableParallelization = true)]
public sealed class EnvironmentCollection;

/// <summary>An environment without AWS variables, and a folder for credential files; both are put back in the end.</summary>
internal sealed class EnvironmentScope : IDisposable
{
    private const string ConfigFile = "AWS_CONFIG_FILE";

    private readonly Dictionary<string, string?> _before = new();

    public EnvironmentScope()
    {
        var names = Environment.GetEnvironmentVariables().Keys.Cast<string>();
        foreach (var name in names.Where(n => n.StartsWith("AWS_", StringComparison.Ordinal) && n != ConfigFile).ToList())
        {
            Set(name, null);
        }

        Set("AWS_EC2_METADATA_DISABLED", "true");
        AWSConfigs.AWSProfilesLocation = Path.Combine(Folder, "credentials");
    }

    /// <summary>The SDK reads the name of the config file once a process; whoever runs the tests may have one.</summary>
    [ModuleInitializer]
    internal static void HideConfigFile() =>
        Environment.SetEnvironmentVariable(ConfigFile, Path.Combine(AppContext.BaseDirectory, "no-aws-settings-here"));

    public string Folder { get; } = Directory.CreateTempSubdirectory("cisaws").FullName;

    public void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

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
        foreach (var variable in _before)
        {
            Environment.SetEnvironmentVariable(variable.Key, variable.Value);
        }

        AWSConfigs.AWSProfilesLocation = null;
        FallbackInternalConfigurationFactory.Reset();
        Directory.Delete(Folder, recursive: true);
    }
}
