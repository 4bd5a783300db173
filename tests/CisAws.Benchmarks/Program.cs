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
// dotnet run -c Release --project tests/CisAws.Benchmarks -- --accounts 10 100 300   the table of docs/scale.md
if (args is [ServedAccounts.Option, var count, var latency])
{
    await AccountServer.RunAsync(Number(count), Number(latency)).ConfigureAwait(false);
}
else if (args is ["--accounts", _, ..])
{
    await new AccountsTable(new PowerShellHost(Root()), Console.Out).WriteAsync([.. args.Skip(1).Select(Number)]).ConfigureAwait(false);
}
else if (args is [] or ["--runs", _])
{
    var runs = args.Length == 0 ? 5 : Number(args[1]);
    await new PerformanceTable(new PowerShellHost(Root()), runs, Console.Out).WriteAsync().ConfigureAwait(false);
}
else
{
    BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static string Root()
{
    var folder = new DirectoryInfo(AppContext.BaseDirectory);
    while (!File.Exists(Path.Combine(folder!.FullName, "CisAws.sln")))
    {
        folder = folder.Parent;
    }

    return folder.FullName;
}
