using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using CisAws.Benchmarks;
using CisAws.PowerShell.Controls;
using CisAws.PowerShell.Programs;
using CisAws.Programs;
using CisAws.Text;

namespace CisAws.PowerShell.Completion;

/// <summary>What Tab can offer for a value.</summary>
/// <param name="Text">The value, as the list of completions shows it.</param>
/// <param name="ToolTip">A description of the value.</param>
internal sealed record Candidate(string Text, string ToolTip)
{
    /// <summary>The text to insert; the value by default, in quotes where PowerShell needs them.</summary>
    public string? Insertion { get; init; }

    /// <summary>Text whose words find the value too, such as the title of a control.</summary>
    public string Keywords { get; init; } = "";

    /// <summary>True for a prefix or a wildcard of the value, and for the beginning of each of several keywords.</summary>
    public bool Matches(string word) =>
        Text.StartsWith(word, StringComparison.OrdinalIgnoreCase) || Wildcard.Matches(word + "*", Text) || HasKeywords(word);

    private bool HasKeywords(string typed)
    {
        // A number begins an id, and is not looked for in titles such as "... within 90 days".
        var words = Words(typed);
        var known = Words(Keywords);
        return words.Length > 0 && char.IsLetter(words[0][0]) && words.All(w => known.Any(k => k.StartsWith(w, StringComparison.OrdinalIgnoreCase)));
    }

    private static string[] Words(string text) => text.Split([' ', '(', ')', ',', '.', '\'', '"'], StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>
/// Completes from a list, by prefix, wildcard or keyword, with tooltips; quotes what needs it. It reads local files at most, and does not throw.
/// </summary>
internal abstract class ListCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public virtual IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = (wordToComplete ?? "").Trim('\'', '"');
        return Candidates(fakeBoundParameters ?? new Hashtable())
            .Where(c => c.Matches(word))
            .Select(c => new CompletionResult(c.Insertion ?? Quote(c.Text), c.Text, CompletionResultType.ParameterValue, c.ToolTip));
    }

    /// <summary>What can be completed, given the other parameters on the line.</summary>
    private protected abstract IEnumerable<Candidate> Candidates(IDictionary bound);

    /// <summary>The controls that the program on the line has, or the one that it is based on; those of the default benchmark where there is neither.</summary>
    private protected static IReadOnlyList<BenchmarkControl> ControlsOf(IDictionary bound)
    {
        var edited = Program(bound, "Name");
        var program = Program(bound, "Program") ?? Program(bound, "BasedOn") ?? edited?.Base;
        var known = ControlLookup.BenchmarkOf(program ?? edited);
        return program is null ? known : [.. known.Where(c => program.Find(c.ControlId) is not null)];
    }

    /// <summary>The controls of the benchmark of the program on the line, whether the program has them or not.</summary>
    private protected static IReadOnlyList<BenchmarkControl> BenchmarkOf(IDictionary bound) =>
        ControlLookup.BenchmarkOf(Program(bound, "Program") ?? Program(bound, "BasedOn") ?? Program(bound, "Name"));

    /// <summary>The program that a parameter on the line names; null where it names none that can be used.</summary>
    private protected static CisProgram? Program(IDictionary bound, string parameter)
    {
        try
        {
            return bound[parameter] switch
            {
                CisProgram program => program,
                string path when ProgramLookup.IsPath(path) => System.IO.Path.IsPathRooted(path) ? Store(bound).GetFile(path) : null,
                string name => Store(bound).Get(name),
                _ => null,
            };
        }
        catch (ProgramException)
        {
            // The cmdlet reports it.
            return null;
        }
    }

    /// <summary>The programs in the folders on the line, or in the usual ones. Relative folders are left out, because a completer does not know the location.</summary>
    private protected static ProgramStore Store(IDictionary bound) =>
        new(Bound<string>(bound, "ProgramPath")?.Where(System.IO.Path.IsPathRooted).ToList() ?? ProgramStore.DefaultFolders(Environment.GetEnvironmentVariable));

    /// <summary>The values of a parameter on the line; null where it is not there, or cannot be evaluated.</summary>
    private protected static T[]? Bound<T>(IDictionary bound, string parameter) =>
        LanguagePrimitives.TryConvertTo<T[]>(bound[parameter], out var values) ? values : null;

    /// <summary>Text as a PowerShell literal.</summary>
    private protected static string Literal(string text) => $"'{text.Replace("'", "''")}'";

    // An id without quotes would be read as a number.
    private static string Quote(string text) => char.IsLetter(text[0]) && text.All(c => char.IsLetterOrDigit(c) || c == '-') ? text : Literal(text);
}

/// <summary>For values that cannot be known. Without a completer PowerShell offers the names of files.</summary>
internal sealed class NoCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) => [];
}
