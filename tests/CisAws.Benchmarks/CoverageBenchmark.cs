using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Attributes;
using CisAws.FilterPatterns;
using CisAws.Rules.Alarms;

namespace CisAws.Benchmarks;

/// <summary>The benchmark's fourteen filter patterns against the hundred metric filters that a log group can have.</summary>
[MemoryDiagnoser]
public class CoverageBenchmark
{
    private const int FilterCount = 100;

    private readonly List<(FilterPattern Pattern, EventDomain Events)> _references = [];
    private readonly List<FilterPattern> _filters = [];

    [GlobalSetup]
    public void Prepare()
    {
        var references = Enumerable.Range(1, 14).Select(i => ((MetricFilterAlarm)Benchmark.Default.Find(ControlId.Parse($"3.{i}"))!.Rules[0]).Reference).ToList();
        _references.AddRange(references.Select(r => (FilterPattern.Parse(r.Pattern), r.Events("aws", []))));

        // Each reference as it is, narrowed, broadened, and beside filters of other kinds.
        for (var i = 0; _filters.Count < FilterCount; i++)
        {
            var inside = references[i % references.Count].Pattern.Trim('{', '}', ' ');
            _filters.Add(FilterPattern.Parse((i / references.Count % 4) switch
            {
                0 => $"{{ {inside} }}",
                1 => $"{{ ({inside}) && $.errorCode NOT EXISTS }}",
                2 => $"{{ ({inside}) || $.eventName = \"*Instance{i}*\" }}",
                _ => $"{{ $.eventName = %^Create{i}|^Delete% || $.requestParameters.count > {i} }}",
            }));
        }
    }

    /// <summary>Each filter alone, as the rules ask.</summary>
    [Benchmark]
    public int EachFilter() => _references.Sum(r => _filters.Count(f => Coverage.Decide(r.Pattern, [f], r.Events).Covers));

    /// <summary>All filters together.</summary>
    [Benchmark]
    public int AllFilters() => _references.Count(r => Coverage.Decide(r.Pattern, _filters, r.Events).Covers);
}
