using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using BenchmarkDotNet.Running;
using CisAws.Performance;

// dotnet run -c Release --project tests/CisAws.Benchmarks                        the table of docs/performance.md
// dotnet run -c Release --project tests/CisAws.Benchmarks -- --runs 3            the same from fewer runs
// dotnet run -c Release --project tests/CisAws.Benchmarks -- --filter '*'        single benchmarks, by BenchmarkDotNet
if (args is [] or ["--runs", _])
{
    var runs = args.Length == 0 ? 5 : int.Parse(args[1], CultureInfo.InvariantCulture);
    await new PerformanceTable(new PowerShellHost(Root()), runs, Console.Out).WriteAsync().ConfigureAwait(false);
}
else
{
    BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
}

static string Root()
{
    var folder = new DirectoryInfo(AppContext.BaseDirectory);
    while (!File.Exists(Path.Combine(folder!.FullName, "CisAws.sln")))
    {
        folder = folder.Parent;
    }

    return folder.FullName;
}
