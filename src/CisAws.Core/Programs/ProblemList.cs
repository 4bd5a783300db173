using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.Programs;

/// <summary>Collects what is wrong with a program file.</summary>
internal sealed class ProblemList(string file)
{
    private readonly List<CisProgramProblem> _problems = [];

    public bool HasErrors => _problems.Exists(p => p.Severity == ProblemSeverity.Error);

    /// <summary>By line, as a reader goes through the file.</summary>
    public IReadOnlyList<CisProgramProblem> Ordered => _problems.OrderBy(p => p.Line).ThenBy(p => p.Path, StringComparer.Ordinal).ToList();

    public void Add(string code, JsonPlace place, string message, string fix) => Add(code, place.Line, place.Path, message, fix);

    public void Add(string code, int line, string path, string message, string fix) =>
        _problems.Add(new CisProgramProblem(ProblemSeverity.Error, code, file, line, path, message, fix));

    public void Warn(string code, JsonPlace place, string message, string fix) =>
        _problems.Add(new CisProgramProblem(ProblemSeverity.Warning, code, file, place.Line, place.Path, message, fix));

    /// <summary>A value that is not what it should be.</summary>
    public void Invalid(JsonPlace place, string expected, string code = "InvalidValue", string? what = null) =>
        Add(code, place, $"{what ?? Shortened(place.ToString())} cannot stand here.", $"Here stands {expected}.");

    /// <summary>The same thing twice: whoever reads the file would believe one of them.</summary>
    public void Duplicate(JsonPlace place, string what) => Add("DuplicateEntry", place, $"{what} stands here twice.", "Remove one of the two.");

    /// <summary>
    /// Two wildcards that say something of the same control: an id goes before a wildcard, but between two wildcards there is
    /// no order.
    /// </summary>
    public void Overlaps(IEnumerable<(string ControlId, string What, JsonPlace Place)> entries)
    {
        var wild = entries.Where(e => Wildcard.IsIn(e.ControlId)).ToList();
        for (var i = 0; i < wild.Count; i++)
        {
            foreach (var earlier in wild.Take(i).Where(e => e.What == wild[i].What))
            {
                var both = ControlCatalog.Matching(earlier.ControlId).Intersect(ControlCatalog.Matching(wild[i].ControlId)).FirstOrDefault();
                if (both is not null)
                {
                    Add(
                        "DuplicateEntry", wild[i].Place, $"Both {earlier.ControlId} and {wild[i].ControlId} give {both.ControlId} {wild[i].What}.",
                        "Let no two wildcards meet; an id by itself goes before a wildcard.");
                }
            }
        }
    }

    private static string Shortened(string text) => text.Length <= 80 ? text : text.Substring(0, 80) + "...";
}
