using System;
using System.IO;

namespace CisAws.Shell;

/// <summary>Finds the module that the build laid out, from where the Shell's own files are.</summary>
public static class ModuleLocation
{
    /// <summary>The module's folder, out/CisAws.</summary>
    /// <exception cref="FileNotFoundException">It is not there: the solution was not built.</exception>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var module = Path.Combine(folder.FullName, "out", "CisAws");
            if (File.Exists(Path.Combine(module, "CisAws.psd1")))
            {
                return module;
            }
        }

        throw new FileNotFoundException("The module is not built: out/CisAws/CisAws.psd1 is missing. Run: dotnet build");
    }
}
