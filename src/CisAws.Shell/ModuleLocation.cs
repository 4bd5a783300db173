using System;
using System.IO;

namespace CisAws.Shell;

/// <summary>Finds the module that the build staged, beginning with the folder of this program.</summary>
public static class ModuleLocation
{
    /// <summary>Returns the folder of the module, out/CisAws.</summary>
    /// <exception cref="FileNotFoundException">The folder does not exist: the module has not been built.</exception>
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

        throw new FileNotFoundException("The module has not been built: out/CisAws/CisAws.psd1 does not exist. Run: dotnet build");
    }
}
