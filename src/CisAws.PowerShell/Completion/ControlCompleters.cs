using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.PowerShell.Controls;
using CisAws.Programs;
using CisAws.Rules;

namespace CisAws.PowerShell.Completion;

/// <summary>Completes the IDs of controls, by the ID or by words of the title.</summary>
internal abstract class ControlCompleter : ListCompleter
{
    private protected override IEnumerable<Candidate> Candidates(IDictionary bound) =>
        Controls(bound).Select(c => new Candidate(c.ControlId.ToString(), c.Title) { Keywords = c.Title });

    private protected abstract IEnumerable<BenchmarkControl> Controls(IDictionary bound);
}

/// <summary>Completes the IDs of the controls of a program; -Section and -Level on the same line narrow them.</summary>
internal sealed class ControlIdCompleter : ControlCompleter
{
    private protected override IEnumerable<BenchmarkControl> Controls(IDictionary bound)
    {
        var filter = new ControlFilter { Sections = Bound<string>(bound, "Section"), Levels = Bound<int>(bound, "Level") };
        return ControlsOf(bound).Where(filter.Includes);
    }
}

/// <summary>Completes the IDs of all controls of a benchmark, also of those that the program does not have.</summary>
internal sealed class BenchmarkControlCompleter : ControlCompleter
{
    private protected override IEnumerable<BenchmarkControl> Controls(IDictionary bound) => BenchmarkOf(bound);
}

/// <summary>Completes the IDs of the controls that require a metric filter.</summary>
internal sealed class MonitoringControlCompleter : ControlCompleter
{
    private protected override IEnumerable<BenchmarkControl> Controls(IDictionary bound) => ControlsOf(bound).Where(c => c.MetricFilterRule() is not null);
}

/// <summary>Completes the IDs of the controls that a person may have to decide.</summary>
internal sealed class ManualControlCompleter : ControlCompleter
{
    private protected override IEnumerable<BenchmarkControl> Controls(IDictionary bound) => ControlsOf(bound).Where(c => c.SupportsAttestation());
}

/// <summary>Completes the IDs of the controls that the program on the line has attestations for.</summary>
internal sealed class AttestedControlCompleter : ControlCompleter
{
    private protected override IEnumerable<BenchmarkControl> Controls(IDictionary bound) => Program(bound, "Name") is { } program
        ? BenchmarkOf(bound).Where(c => program.Attestations.Any(a => a.ControlId.Matches(c.ControlId)))
        : BenchmarkOf(bound).Where(c => c.SupportsAttestation());
}

/// <summary>Completes the names of sections.</summary>
internal sealed class SectionCompleter : ListCompleter
{
    private protected override IEnumerable<Candidate> Candidates(IDictionary bound) => BenchmarkOf(bound)
        .GroupBy(c => c.Section)
        .Select(g => new Candidate(g.Key, $"{g.Count()} controls, {g.First().ControlId} to {g.Last().ControlId}"));
}

/// <summary>Completes the levels.</summary>
internal sealed class LevelCompleter : ListCompleter
{
    private protected override IEnumerable<Candidate> Candidates(IDictionary bound) => BenchmarkOf(bound)
        .GroupBy(c => c.Level)
        .OrderBy(g => g.Key)
        .Select(g => (Level: g.Key.ToString(CultureInfo.InvariantCulture), Count: g.Count()))
        .Select(l => new Candidate(l.Level, $"{l.Count} controls") { Insertion = l.Level });
}

/// <summary>Completes the AWS services that controls are about.</summary>
internal sealed class ServiceCompleter : ListCompleter
{
    private protected override IEnumerable<Candidate> Candidates(IDictionary bound) => BenchmarkOf(bound)
        .SelectMany(c => c.Services.Select(s => (Service: s, c.ControlId)))
        .GroupBy(c => c.Service)
        .OrderBy(g => g.Key, System.StringComparer.Ordinal)
        .Select(g => new Candidate(g.Key, $"{g.Count()} controls: {string.Join(", ", g.Select(c => c.ControlId))}"));
}

/// <summary>
/// Completes a whole hashtable with one setting, by the control's ID or the setting's name: PowerShell does not complete inside of a hashtable. A number
/// or a text begins with the value in force; of a choice each value is offered.
/// </summary>
internal sealed class SettingCompleter : ListCompleter
{
    private protected override IEnumerable<Candidate> Candidates(IDictionary bound) =>
        from control in (Program(bound, "BasedOn") ?? Program(bound, "Name") ?? DefaultPrograms.Benchmark).Controls
        from setting in control.Settings
        from value in Values(setting)
        select new Candidate($"{control.ControlId} {setting.Name} = {value}", $"{control.Title}. {setting.Description}")
        {
            Insertion = $"@{{ '{control.ControlId}' = @{{ {setting.Name} = {value} }} }}",
            Keywords = $"{setting.Name} {control.Title}",
        };

    private static IEnumerable<string> Values(CisSetting setting) => setting.Value switch
    {
        bool => ["$true", "$false"],
        int number => [number.ToString(CultureInfo.InvariantCulture)],
        string when setting.Choices.Count > 0 => setting.Choices.Select(Literal),
        string text => [Literal(text)],
        IEnumerable<string> list => [$"@({string.Join(", ", list.Select(Literal))})"],
        _ => [],
    };
}

/// <summary>Completes a whole hashtable with one control and the quotes for the reason.</summary>
internal sealed class ExclusionCompleter : ListCompleter
{
    private protected override IEnumerable<Candidate> Candidates(IDictionary bound) =>
        ControlsOf(bound).Select(c => new Candidate(c.ControlId.ToString(), c.Title) { Insertion = $"@{{ '{c.ControlId}' = '' }}", Keywords = c.Title });
}

/// <summary>Completes a whole hashtable with one control and a severity.</summary>
internal sealed class SeverityCompleter : ListCompleter
{
    private protected override IEnumerable<Candidate> Candidates(IDictionary bound) =>
        from control in ControlsOf(bound)
        from severity in ProgramFormat.Severities.Keys
        select new Candidate($"{control.ControlId} {severity}", control.Title)
        {
            Insertion = $"@{{ '{control.ControlId}' = '{severity}' }}",
            Keywords = $"{control.Title} {severity}",
        };
}
