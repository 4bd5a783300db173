using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CisAws.Text;

namespace CisAws.Programs;

/// <summary>Collects what is wrong with a program file: of errors and of warnings the first hundred, and how many more there are.</summary>
internal sealed class ProblemList(string file)
{
    private const int Most = 100;

    private readonly List<CisProgramProblem> _problems = [];
    private readonly Dictionary<ProblemSeverity, int> _counts = new() { [ProblemSeverity.Error] = 0, [ProblemSeverity.Warning] = 0 };

    public bool HasErrors => _counts[ProblemSeverity.Error] > 0;

    /// <summary>By line, as a reader goes through the file; how many more there are comes last.</summary>
    public IReadOnlyList<CisProgramProblem> Ordered =>
    [
        .. _problems.OrderBy(p => p.Line).ThenBy(p => p.Path, StringComparer.Ordinal),
        .. More(ProblemSeverity.Error, "errors"),
        .. More(ProblemSeverity.Warning, "warnings"),
    ];

    public void Add(string code, LocatedJson place, string message, string fix) => Add(code, place, message, () => fix);

    /// <summary>Adds an error whose fix takes work to find, such as the word that was meant.</summary>
    public void Add(string code, LocatedJson place, string message, Func<string> fix) =>
        Add(ProblemSeverity.Error, () => new CisProgramProblem(ProblemSeverity.Error, code, file, place.Line, place.Path, message, fix()));

    public void Add(string code, int line, string path, string message, string fix) =>
        Add(ProblemSeverity.Error, () => new CisProgramProblem(ProblemSeverity.Error, code, file, line, path, message, fix));

    public void Warn(string code, LocatedJson place, string message, string fix) =>
        Add(ProblemSeverity.Warning, () => new CisProgramProblem(ProblemSeverity.Warning, code, file, place.Line, place.Path, message, fix));

    /// <summary>A value that is not what it should be.</summary>
    public void Invalid(LocatedJson place, string expected, string code = "InvalidValue", string? what = null) =>
        Add(code, place, $"{(what is null ? place.ToString() : $"'{LocatedJson.Shortened(what)}'")} is not valid here.", $"Expected {expected}.");

    /// <summary>The same thing twice: which of the two counts would be a guess.</summary>
    public void Duplicate(LocatedJson place, string what) => Add("DuplicateEntry", place, $"{what} appears twice.", "Remove one of the two.");

    private void Add(ProblemSeverity severity, Func<CisProgramProblem> problem)
    {
        if (_counts[severity]++ < Most)
        {
            var found = problem();
            _problems.Add(found with { Path = TerminalText.Escape(found.Path), Message = TerminalText.Escape(found.Message), Fix = TerminalText.Escape(found.Fix) });
        }
    }

    private IEnumerable<CisProgramProblem> More(ProblemSeverity severity, string noun) => _counts[severity] <= Most
        ? []
        : [new CisProgramProblem(
            severity, "MoreProblems", file, 0, "$", $"{(_counts[severity] - Most).ToString(CultureInfo.InvariantCulture)} more {noun} are not listed.",
            "Correct the problems that are listed, then check the program again.")];
}
