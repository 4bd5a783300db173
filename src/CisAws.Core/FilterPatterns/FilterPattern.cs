using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace CisAws.FilterPatterns;

/// <summary>
/// A filter pattern of CloudWatch Logs: <c>{ ($.eventName = CreateTrail) || ($.eventName = DeleteTrail) }</c>. The JSON form and
/// the empty pattern are understood; terms and the space-delimited form, which look at an event's text, are only recognised.
/// Two patterns are equal when they have the same conditions in the same order, however they are spaced, quoted and parenthesised.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
/// </summary>
internal sealed class FilterPattern : IEquatable<FilterPattern>
{
    private readonly string _text;
    private readonly int _hash;

    private IReadOnlyList<FilterExpression>? _ways;
    private bool? _matchesNearlyAll;
    private bool? _hasInfixStar;
    private bool? _hasUnquotedDigits;

    private FilterPattern(FilterPatternForm form, FilterExpression? root, string text)
    {
        (Form, Root, _text, _hash) = (form, root, text, StringComparer.Ordinal.GetHashCode(text));
        Terms = form == FilterPatternForm.Terms ? new TermPattern(text) : null;
    }

    /// <summary>The form of the pattern.</summary>
    public FilterPatternForm Form { get; }

    /// <summary>The condition on an event; null for the forms that look at an event's text.</summary>
    internal FilterExpression? Root { get; }

    /// <summary>What it looks for in an event's text; null for other forms.</summary>
    internal TermPattern? Terms { get; }

    /// <summary>The conditions of the JSON form, in their order; none for other forms.</summary>
    internal IReadOnlyList<Condition> Conditions => Root?.Conditions ?? [];

    /// <summary>Whether it compares with a text that has a star in its middle.</summary>
    internal bool HasInfixStar => _hasInfixStar ??= HasValue(v => v is TextValue { HasInfixStar: true });

    /// <summary>Whether it tests for equality, or the opposite, with digits that are not in quotes.</summary>
    internal bool HasUnquotedDigits => _hasUnquotedDigits ??= HasValue(v => v is NumberValue);

    /// <summary>The ways to match the JSON form.</summary>
    internal IReadOnlyList<FilterExpression> Ways => _ways ??= Alternative.WaysOf(Root!);

    /// <summary>Whether it matches nearly every event.</summary>
    internal bool MatchesNearlyAll => _matchesNearlyAll ??= CatchAll.Is([this]);

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="FilterSyntaxException">The text is not a filter pattern; the message says where and why.</exception>
    public static FilterPattern Parse(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.StartsWith("{", StringComparison.Ordinal))
        {
            var root = new FilterParser(text).Parse();
            return new FilterPattern(FilterPatternForm.Json, root, $"{{ {root} }}");
        }

        // CloudWatch Logs treats empty quotes, " ", as an empty pattern.
        if (trimmed.Trim('"').Trim().Length == 0 && trimmed.Length != 1)
        {
            return new FilterPattern(FilterPatternForm.Everything, new AllOf([]), "");
        }

        return new FilterPattern(OtherForm(text, trimmed), null, trimmed);
    }

    /// <summary>Reads a pattern; false with the reason when the text is not one.</summary>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out FilterPattern? pattern, [NotNullWhen(false)] out FilterSyntaxException? error)
    {
        try
        {
            pattern = Parse(text);
            error = null;
            return true;
        }
        catch (FilterSyntaxException e)
        {
            pattern = null;
            error = e;
            return false;
        }
    }

    /// <summary>Whether the pattern matches an event: one record of CloudTrail, not a file of them.</summary>
    /// <exception cref="NotSupportedException">The pattern is of a form that looks at an event's text.</exception>
    public bool Matches(JsonElement record) => Matches(record, FilterSemantics.Observed);

    /// <summary>Whether the pattern matches an event under one reading of what AWS does not document.</summary>
    /// <exception cref="NotSupportedException">The pattern is of a form that looks at an event's text.</exception>
    public bool Matches(JsonElement record, FilterSemantics semantics) => Root is null
        ? throw new NotSupportedException($"The filter pattern {_text} has the form {Form}, which matches the text of events and not their fields.")
        : Root.Truth(c => c.Matches(FieldValue.Of(record, c.Selector), semantics)) == true;

    /// <inheritdoc/>
    public bool Equals(FilterPattern? other) => ReferenceEquals(this, other) || (other is not null && _hash == other._hash && Form == other.Form && _text == other._text);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FilterPattern);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <summary>The normal spelling: one for all patterns that are equal, and itself a pattern equal to this.</summary>
    public override string ToString() => _text;

    private bool HasValue(Func<FilterValue, bool> isWanted)
    {
        foreach (var condition in Conditions)
        {
            if (condition is Comparison { Comparator: "=" or "!=" } comparison && isWanted(comparison.Value))
            {
                return true;
            }
        }

        return false;
    }

    private static FilterPatternForm OtherForm(string text, string trimmed)
    {
        var start = text.Length - text.TrimStart().Length;
        if (trimmed[0] != '[')
        {
            return FilterPatternForm.Terms;
        }

        return trimmed[trimmed.Length - 1] == ']'
            ? FilterPatternForm.SpaceDelimited
            : throw new FilterSyntaxException("An unclosed '['", start + 1);
    }
}
