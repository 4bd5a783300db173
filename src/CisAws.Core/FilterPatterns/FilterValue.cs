using System;
using System.Collections.Generic;
using CisAws.FilterPatterns.Automata;

namespace CisAws.FilterPatterns;

/// <summary>A value that a field is compared with, without the quotes or percent signs around it.</summary>
internal abstract class FilterValue
{
    /// <summary>Whether a scalar that is present equals it.</summary>
    public abstract bool IsEqualTo(FieldValue field, FilterSemantics semantics);

    /// <summary>
    /// The text cut at its wildcards: the first part begins the value and the last ends it, and without wildcards there is one.
    /// Null for what is compared by other means.
    /// </summary>
    public virtual IReadOnlyList<string>? Parts(FilterSemantics semantics) => null;
}

/// <summary>Text, quoted or bare; a star at its start or end is a wildcard.</summary>
internal sealed class TextValue(string text) : FilterValue
{
    private readonly string[] _cutAtStars = text.Split('*');
    private readonly string[] _cutAtEnds = CutAtEnds(text);

    private WildcardAutomaton? _automaton;
    private WildcardAutomaton? _automatonOfEnds;

    public string Text { get; } = text;

    /// <summary>Whether it has a star elsewhere than at the ends: AWS's sources differ on whether that is a wildcard.</summary>
    public bool HasInfixStar => Text.Length > 2 && Text.IndexOf('*', 1, Text.Length - 2) > 0;

    public override IReadOnlyList<string>? Parts(FilterSemantics semantics) => semantics.InfixStarIsWildcard ? _cutAtStars : _cutAtEnds;

    /// <summary>Decides whether a text equals it; only where there are wildcards. It is kept, because many searches ask for it.</summary>
    public WildcardAutomaton Automaton(FilterSemantics semantics) => semantics.InfixStarIsWildcard
        ? _automaton ??= new WildcardAutomaton(_cutAtStars)
        : _automatonOfEnds ??= new WildcardAutomaton(_cutAtEnds);

    private static string[] CutAtEnds(string text)
    {
        var first = text.StartsWith("*", StringComparison.Ordinal) ? 1 : 0;
        var last = text.Length > 1 && text.EndsWith("*", StringComparison.Ordinal) ? 1 : 0;
        var inside = text.Substring(first, text.Length - first - last);
        return (first, last) switch
        {
            (0, 0) => [inside],
            (1, 0) => ["", inside],
            (0, _) => [inside, ""],
            _ => ["", inside, ""],
        };
    }

    // "*" alone is any value there is. Otherwise a number is compared as it is written, and true, false and null have no text.
    public override bool IsEqualTo(FieldValue field, FilterSemantics semantics) =>
        Text == "*" || (field.Kind is FieldKind.Text or FieldKind.Number && Fits(field.Text, semantics.InfixStarIsWildcard ? _cutAtStars : _cutAtEnds));

    private static bool Fits(string text, string[] parts)
    {
        if (parts.Length == 1)
        {
            return text == parts[0];
        }

        var (first, last) = (parts[0], parts[parts.Length - 1]);
        if (!text.StartsWith(first, StringComparison.Ordinal) || !text.EndsWith(last, StringComparison.Ordinal))
        {
            return false;
        }

        // Taking each part where it comes first leaves the most for those after it.
        var (at, end) = (first.Length, text.Length - last.Length);
        for (var i = 1; i < parts.Length - 1; i++)
        {
            var part = parts[i];
            var found = at <= end ? text.IndexOf(part, at, end - at, StringComparison.Ordinal) : -1;
            if (found < 0)
            {
                return false;
            }

            at = found + part.Length;
        }

        return at <= end;
    }

    public override string ToString() => $"\"{Text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
}

/// <summary>A bare number. A quoted one is text, and one without quotes may be text as well.</summary>
internal sealed class NumberValue(string text) : FilterValue
{
    private readonly string[] _parts = [text];

    public DecimalNumber Number { get; } = DecimalNumber.Parse(text);

    public override IReadOnlyList<string>? Parts(FilterSemantics semantics) => semantics.DigitsAreText ? _parts : null;

    public override bool IsEqualTo(FieldValue field, FilterSemantics semantics) => semantics.DigitsAreText
        ? field.Kind is FieldKind.Text or FieldKind.Number && field.Text == text
        : field.Kind == FieldKind.Number && field.Number.CompareTo(Number) == 0;

    public override string ToString() => text;
}

/// <summary>A regular expression, <c>%Trail$%</c>, which may match anywhere in the value.</summary>
internal sealed class RegexValue(FilterRegex regex) : FilterValue
{
    public FilterRegex Regex { get; } = regex;

    public override bool IsEqualTo(FieldValue field, FilterSemantics semantics) =>
        field.Kind is FieldKind.Text or FieldKind.Number && Regex.Nfa.Matches(field.Text);

    public override string ToString() => $"%{Regex}%";
}
