using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CisAws.Benchmarks;
using CisAws.Text;

namespace CisAws.Programs;

/// <summary>What the fields of a file need to be read: the controls that IDs mean, the day, and where problems go.</summary>
internal sealed class ReadContext(ProblemList problems, DateTime today, IReadOnlyCollection<BenchmarkControl> controls)
{
    /// <summary>Takes what is wrong.</summary>
    public ProblemList Problems => problems;

    /// <summary>The day (UTC) by which entries have expired.</summary>
    public DateTime Today => today;

    /// <summary>The controls that IDs and wildcards can name.</summary>
    public IReadOnlyCollection<BenchmarkControl> Controls => controls;

    /// <summary>The controls that the file names in settings, severities, exemptions and attestations, to be compared with those that the program selects.</summary>
    public List<(ControlSelector Selector, LocatedJson Place, string What)> Named { get; } = [];

    /// <summary>The ID that an attestation's means; in a program it is that itself.</summary>
    public Func<string, string> IdOf { get; init; } = id => id;

    /// <summary>The controls that a selector names.</summary>
    public IReadOnlyList<BenchmarkControl> Matching(ControlSelector selector) => controls.Where(c => selector.Matches(c.ControlId)).ToList();

    /// <summary>The controls that a text names: an ID or a wildcard that at least one control matches. Null, and a problem, for any other.</summary>
    public ControlSelector? Selector(string? text, LocatedJson place, string code, string? what = null) =>
        ControlSelector.TryParse(text, out var selector) && controls.Any(c => selector!.Matches(c.ControlId))
            ? selector
            : (ControlSelector?)Invalid(place, what is null ? FieldTypes.Quoted(Formats.Control, place) : Formats.Control, code, what);

    /// <summary>Adds that a value is not what it should be.</summary>
    /// <returns>Null, as what was read.</returns>
    public object? Invalid(LocatedJson place, string expected, string code = "InvalidValue", string? what = null)
    {
        problems.Invalid(place, expected, code, what);
        return null;
    }

    /// <summary>The members of an object, each once. A value that is not an object, and a name that appears twice or is not known, are problems.</summary>
    /// <param name="place">The object.</param>
    /// <param name="what">What it is, for messages; null where any name is taken.</param>
    /// <param name="known">The names that are taken.</param>
    public IEnumerable<KeyValuePair<string, LocatedJson>> Members(LocatedJson place, string? what = null, IReadOnlyCollection<string>? known = null)
    {
        if (place.Kind != JsonValueKind.Object)
        {
            problems.Invalid(place, "an object: { ... }");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in place.Members)
        {
            if (known?.Contains(member.Key) == false)
            {
                problems.Add(
                    "UnknownKey", member.Value, $"'{LocatedJson.Shortened(member.Key)}' is not valid in {what}.",
                    () => Suggestion.For(member.Key, known, $"Valid in {what}"));
            }
            else if (!seen.Add(member.Key))
            {
                problems.Duplicate(member.Value, $"'{LocatedJson.Shortened(member.Key)}'");
            }
            else
            {
                yield return member;
            }
        }
    }

    /// <summary>Adds that an object lacks a member.</summary>
    public void Missing(LocatedJson place, string name, string what, string? fix = null) =>
        problems.Add("MissingKey", place, $"'{name}' is missing in {what}.", fix ?? $"Add \"{name}\": \"...\".");

    /// <summary>
    /// Adds where two wildcards say something of the same control: an ID takes precedence over a wildcard, but between two wildcards there is no
    /// order.
    /// </summary>
    public void CheckOverlaps(IEnumerable<(ControlSelector Selector, string What, LocatedJson Place)> entries)
    {
        var earlier = new Dictionary<(ControlId, string), ControlSelector>();
        foreach (var (selector, what, place) in entries.Where(e => e.Selector.IsWildcard))
        {
            var ids = Matching(selector).Select(c => c.ControlId).ToList();
            if (ids.Find(i => earlier.ContainsKey((i, what))) is { } both)
            {
                problems.Add(
                    "DuplicateEntry", place, $"Both {earlier[(both, what)]} and {selector} set {what} for {both}.",
                    $"Change the wildcards so that only one of them matches {both}. An ID takes precedence over a wildcard.");
            }

            foreach (var id in ids.Where(i => !earlier.ContainsKey((i, what))))
            {
                earlier.Add((id, what), selector);
            }
        }
    }
}
