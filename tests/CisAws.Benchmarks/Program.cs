using System.Reflection;
using BenchmarkDotNet.Running;

// dotnet run -c Release --project tests/CisAws.Benchmarks -- --filter '*'
BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
