using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using CisAws.Shell;
using CisAws.Shell.Hosting;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
if (CultureInfo.CurrentCulture.Equals(CultureInfo.InvariantCulture))
{
    // Containers often have no locale; without a language the engine breaks table cells inside words.
    CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.GetCultureInfo("en-US");
}

try
{
    var arguments = ShellArguments.Parse(args);
    if (arguments.Help)
    {
        Console.WriteLine(ShellArguments.Usage);
        return 0;
    }

    var module = ModuleLocation.Find();
    await using var demo = arguments.Demo ? await DemoAccount.StartAsync(module) : null;
    using var runspace = new ShellRunspace(ConsoleUI(), Path.Combine(module, "CisAws.psd1"));
    Console.CancelKeyPress += (_, e) =>
    {
        e.Cancel = true;
        runspace.Stop();
    };
    return arguments switch
    {
        { Command: { } command } => runspace.RunCommand(command),
        { File: { } file } when !File.Exists(file) => Complain($"There is no file '{file}'."),
        { File: { } file } => runspace.RunFile(Path.GetFullPath(file), arguments.FileArguments),
        _ => runspace.RunCommand(DemoAccount.Script),
    };
}
catch (Exception e) when (e is ArgumentException or FileNotFoundException or InvalidDataException)
{
    return Complain(e.Message + (e is ArgumentException ? Environment.NewLine + Environment.NewLine + ShellArguments.Usage : ""));
}

static int Complain(string message)
{
    Console.Error.WriteLine(message);
    return 64; // EX_USAGE, as pwsh answers a wrong command line.
}

static ShellHostUI ConsoleUI()
{
    var colour = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is not { Length: > 0 };
    return new ShellHostUI(Console.Out, Console.Error, ConsoleWidth(), colour, progress: !Console.IsErrorRedirected && !Console.IsOutputRedirected);
}

// Redirected output has no width of its own: COLUMNS, or what pwsh takes.
static int ConsoleWidth() =>
    !Console.IsOutputRedirected && Console.WindowWidth > 0 ? Console.WindowWidth
    : int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out var columns) && columns >= 40 ? columns
    : 120;
