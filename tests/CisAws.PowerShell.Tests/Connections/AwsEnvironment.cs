using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;

namespace CisAws.PowerShell.Tests.Connections;

/// <summary>Runs alone: the environment belongs to the process.</summary>
[CollectionDefinition(nameof(AwsEnvironment), DisableParallelization = true)]
public sealed class AwsEnvironmentCollection;

/// <summary>AWS variables that are put back in the end, and a folder for files.</summary>
internal sealed class AwsEnvironment : IDisposable
{
    private static readonly string[] Names =
    [
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL",
    ];

    private readonly Dictionary<string, string?> _before = [];

    public AwsEnvironment()
    {
        foreach (var name in Names)
        {
            Set(name, null);
        }
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("cisaws").FullName;

    /// <summary>Whoever runs the tests may have profiles, or sit on an instance. The SDK reads these once a process.</summary>
    [ModuleInitializer]
    internal static void HideSettings()
    {
        var nowhere = Path.Combine(AppContext.BaseDirectory, "no-aws-settings-here");
        Environment.SetEnvironmentVariable("AWS_CONFIG_FILE", nowhere);
        Environment.SetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE", nowhere);
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
    }

    public void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

    /// <summary>Writes a file and gives its path.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        Directory.Delete(Folder, recursive: true);
    }
}
