using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using CisAws.Assessments;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Testing;

namespace CisAws.Benchmarks;

/// <summary>The evaluation of the fourteen monitoring controls, for the demo account and for it with other metric filters.</summary>
[MemoryDiagnoser]
public class MonitoringBenchmark
{
    private readonly List<(CisControl Control, EvidenceView View)> _controls = [];

    private AccountEvidence _account = DemoAccount.Load();

    /// <summary>What the metric filters are like, and how many there are.</summary>
    public enum Filters
    {
        /// <summary>Those of the demo account.</summary>
        Demo,

        /// <summary>One name of an event each.</summary>
        Names100,

        /// <summary>As many as four log groups can have.</summary>
        Names400,

        /// <summary>All addresses but some each: any event can match.</summary>
        Addresses100,

        /// <summary>As many and as long as AWS allows, on a field that the controls look at.</summary>
        Limits,
    }

    [ParamsAllValues]
    public Filters Kind { get; set; }

    [GlobalSetup]
    public async Task PrepareAsync()
    {
        var chance = new Random(26);
        string Word() => $"*{(char)('a' + chance.Next(26))}{(char)('a' + chance.Next(26))}{(char)('a' + chance.Next(26))}*";
        _account = Kind switch
        {
            Filters.Names100 or Filters.Names400 => With(Kind == Filters.Names100 ? 100 : 400, i => $"$.eventName = Operation{i}"),
            Filters.Addresses100 => With(100, i => $"$.sourceIPAddress != \"10.{i}.*\""),
            Filters.Limits => With(100, _ => string.Join(" || ", Enumerable.Range(0, 26).Select(_ => $"($.errorCode = \"{Word()}\")"))),
            _ => _account,
        };

        foreach (var control in DefaultPrograms.Benchmark.Controls.Where(c => c.ControlId.ToString().StartsWith("3.", StringComparison.Ordinal)))
        {
            var collector = new EvidenceCollector(_account, [], CancellationToken.None);
            _controls.Add((control, await collector.CompleteAsync([.. control.Needs], control.ControlId.ToString()).ConfigureAwait(false)));
        }
    }

    /// <summary>All of them, one after the other.</summary>
    [Benchmark]
    public int Evaluate() => _controls.Count(c =>
        Evaluation.Of(c.Control, [c.View], new AssessmentRun(_account.CollectedAt), CancellationToken.None).Status == CisStatus.Pass);

    private static AccountEvidence With(int count, Func<int, string> condition) =>
        DemoAccount.WithMetricFilters(Enumerable.Range(0, count).Select(i => $"{{ {condition(i)} }}"));
}
