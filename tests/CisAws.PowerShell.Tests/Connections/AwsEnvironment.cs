using System;
using System.IO;
using CisAws.Testing;

namespace CisAws.PowerShell.Tests.Connections;

/// <summary>AWS variables that are put back in the end, and a folder for files.</summary>
internal sealed class AwsEnvironment : IDisposable
{
    private readonly EnvironmentVariables _variables = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("cisaws").FullName;

    public void Set(string name, string? value) => _variables.Set(name, value);

    /// <summary>Writes a file and gives its path.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        _variables.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
