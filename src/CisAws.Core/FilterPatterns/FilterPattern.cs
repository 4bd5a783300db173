using System;
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

    private FilterPattern(FilterPatternForm form, FilterExpression? root, string text)
    {
        (Form, Root, _text) = (form, root, text);
        Terms = form == FilterPatternForm.Terms ? new TermPattern(text) : null;
    }

    /// <summary>The form of the pattern.</summary>
    public FilterPatternForm Form { get; }

    /// <summary>The condition on an event; null for the forms that look at an event's text.</summary>
    internal FilterExpression? Root { get; }

    /// <summary>What it looks for in an event's text; null for other forms.</summary>
    internal TermPattern? Terms { get; }

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
    public bool Equals(FilterPattern? other) => other is not null && Form == other.Form && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FilterPattern);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text);

    /// <summary>The normal spelling: one for all patterns that are equal, and itself a pattern equal to this.</summary>
    public override string ToString() => _text;

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
