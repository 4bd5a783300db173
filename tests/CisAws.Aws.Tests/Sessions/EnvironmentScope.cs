using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace CisAws.Aws.Tests.Sessions;

/// <summary>Runs alone: the environment belongs to the process.</summary>
[CollectionDefinition(nameof(Environment), DisableParallelization = true)]
public sealed class EnvironmentCollection;

/// <summary>An environment without AWS variables, and a folder for credential files; both are put back in the end.</summary>
internal sealed class EnvironmentScope : IDisposable
{
    private readonly Dictionary<string, string?> _before = new();

    public EnvironmentScope()
    {
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(n => n.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
        {
            Set(name, null);
        }

        Set("AWS_EC2_METADATA_DISABLED", "true");
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("cisaws").FullName;

    public void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

    public void WriteCredentials(string text) => File.WriteAllText(Path.Combine(Folder, "credentials"), text);

    public void Dispose()
    {
        foreach (var variable in _before)
        {
            Environment.SetEnvironmentVariable(variable.Key, variable.Value);
        }

        Directory.Delete(Folder, recursive: true);
    }
}
