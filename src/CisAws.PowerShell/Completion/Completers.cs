using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.PowerShell.Controls;
using CisAws.PowerShell.Loading;
using CisAws.Programs;
using CisAws.Text;

namespace CisAws.PowerShell.Completion;

/// <summary>Completes from a fixed list, by prefix or wildcard, with tooltips; quotes what needs it. No network, no exceptions.</summary>
internal abstract class ListCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = (wordToComplete ?? "").Trim('\'', '"');
        return Candidates(fakeBoundParameters ?? new Hashtable())
            .Where(c => c.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase) || Wildcard.Matches(word + "*", c.Text))
            .Select(c => new CompletionResult(Quote(c.Text), c.Text, CompletionResultType.ParameterValue, c.ToolTip));
    }

    /// <summary>What can be completed, given the other parameters on the line.</summary>
    private protected abstract IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound);

    /// <summary>The controls of the benchmark of the program on the line, or of the default one.</summary>
    private protected static IReadOnlyList<BenchmarkControl> KnownControls(IDictionary bound)
    {
        try
        {
            return ControlLookup.BenchmarkOf((bound["Program"] ?? bound["BasedOn"]) switch
            {
                CisProgram program => program,
                string name => Store(bound).Get(name),
                _ => null,
            });
        }
        catch (ProgramException)
        {
            // The cmdlet reports it.
            return ControlLookup.BenchmarkOf(null);
        }
    }

    /// <summary>The programs in the folders on the line, or in the usual ones. Relative folders are left out, because a completer does not know the location.</summary>
    private protected static ProgramStore Store(IDictionary bound) =>
        new(Bound<string>(bound, "ProgramPath")?.Where(System.IO.Path.IsPathRooted).ToList() ?? ProgramStore.DefaultFolders(Environment.GetEnvironmentVariable));

    /// <summary>The values of a parameter on the line; null where it is not there, or cannot be evaluated.</summary>
    private protected static T[]? Bound<T>(IDictionary bound, string parameter) =>
        LanguagePrimitives.TryConvertTo<T[]>(bound[parameter], out var values) ? values : null;

    // An id without quotes would be read as a number.
    private static string Quote(string text) => char.IsLetter(text[0]) && text.All(c => char.IsLetterOrDigit(c) || c == '-')
        ? text
        : $"'{text.Replace("'", "''")}'";
}

/// <summary>Completes control ids, with their titles; -Section and -Level on the same line narrow them.</summary>
internal sealed class ControlIdCompleter : ListCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound)
    {
        var filter = new ControlFilter { Sections = Bound<string>(bound, "Section"), Levels = Bound<int>(bound, "Level") };
        return KnownControls(bound).Where(filter.Includes).Select(c => (c.ControlId.ToString(), c.Title));
    }
}

/// <summary>Completes the ids of the controls that require a metric filter.</summary>
internal sealed class MonitoringControlCompleter : ListCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound) =>
        KnownControls(bound).Where(c => c.MetricFilterRule() is not null).Select(c => (c.ControlId.ToString(), c.Title));
}

/// <summary>Completes the names of sections.</summary>
internal sealed class SectionCompleter : ListCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound) => KnownControls(bound)
        .GroupBy(c => c.Section)
        .Select(g => (g.Key, $"{g.Count()} controls, {g.First().ControlId} to {g.Last().ControlId}"));
}

/// <summary>Completes the AWS services that controls are about.</summary>
internal sealed class ServiceCompleter : ListCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound) => KnownControls(bound)
        .SelectMany(c => c.Services.Select(s => (Service: s, c.ControlId)))
        .GroupBy(c => c.Service)
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => (g.Key, $"{g.Count()} controls: {string.Join(", ", g.Select(c => c.ControlId))}"));
}

/// <summary>Completes region names. From a fixed list: completion takes no network; any other name can be typed.</summary>
internal sealed class RegionCompleter : ListCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound) => AwsRegion.All.Select(r => (r.Name, r.Location));
}

/// <summary>Completes the names of profiles, with how each comes by credentials; -ProfileLocation on the same line is looked in.</summary>
internal sealed class ProfileCompleter : ListCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound)
    {
        // Relative to a location that a completer does not know.
        var location = bound["ProfileLocation"]?.ToString();
        if (location is not null && !System.IO.Path.IsPathRooted(location))
        {
            return [];
        }

        try
        {
            return AwsAssemblyLoader.Connector.Profiles(location).Select(p => (p.Name, p.Description)).ToList();
        }
        catch (Exception)
        {
            // A file that cannot be read, or an SDK that cannot be loaded: the cmdlet says so when it is run, and Tab says nothing.
            return [];
        }
    }
}

/// <summary>Completes the names of programs, from the folders they are kept in.</summary>
internal sealed class ProgramCompleter : ListCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound) =>
        Store(bound).Names().Select(n => (n.Name, n.File ?? DefaultPrograms.Find(n.Name)!.Description));
}

/// <summary>Completes the ids of the controls that a person may have to judge.</summary>
internal sealed class ManualControlCompleter : ListCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound) =>
        KnownControls(bound).Where(c => c.SupportsAttestation()).Select(c => (c.ControlId.ToString(), c.Title));
}

/// <summary>Completes how long an attestation is good for.</summary>
internal sealed class FrequencyCompleter : ListCompleter
{
    private static readonly string[] Words = ["annually", "semiannually", "quarterly", "monthly", "every2weeks", "weekly", "every3days", "daily"];

    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound) =>
        Words.Select(w => (w, $"Good {w}, counted from the day it was said."));
}
