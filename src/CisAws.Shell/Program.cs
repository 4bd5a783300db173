using System;
using System.Globalization;
using System.IO;
using System.Management.Automation.Runspaces;
using System.Text;
using CisAws.Shell;
using Microsoft.PowerShell;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
if (CultureInfo.CurrentCulture.Equals(CultureInfo.InvariantCulture))
{
    // Containers often have no locale. Without a language, PowerShell breaks the cells of tables inside words.
    CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.GetCultureInfo("en-US");
}

if (Console.IsOutputRedirected || Console.IsErrorRedirected)
{
    // PowerShell writes colors and cursor movements to files too, unless the terminal has none.
    Environment.SetEnvironmentVariable("TERM", "dumb");
}

// No usage data for Microsoft, and no search for a newer PowerShell.
Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
Environment.SetEnvironmentVariable("POWERSHELL_UPDATECHECK", "Off");

try
{
    var arguments = ShellArguments.Parse(args);
    var module = ModuleLocation.Find();
    await using var demo = arguments.Demo switch
    {
        Demo.Account => await DemoAccount.StartAsync(module),
        Demo.Organization => await DemoOrganization.StartAsync(module),
        _ => null,
    };
    if (demo is not null)
    {
        DemoEnvironment.Use(demo);
    }

    // Other runspaces, such as those of ForEach-Object -Parallel, load the module from there.
    Environment.SetEnvironmentVariable("PSModulePath", Path.GetDirectoryName(module) + Path.PathSeparator + Environment.GetEnvironmentVariable("PSModulePath"));
    var state = InitialSessionState.CreateDefault2();
    state.ImportPSModule(Path.Combine(module, "CisAws.psd1"));
    if (OperatingSystem.IsWindows())
    {
        // Only Windows has an execution policy, and its default forbids the psm1 of the module.
        state.ExecutionPolicy = ExecutionPolicy.Bypass;
    }

    return ConsoleShell.Start(state, arguments.Banner, ShellArguments.Usage, arguments.PowerShell);
}
catch (Exception e) when (e is FileNotFoundException or InvalidDataException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
