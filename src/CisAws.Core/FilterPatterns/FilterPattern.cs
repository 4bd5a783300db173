using System;
using System.Diagnostics.CodeAnalysis;

namespace CisAws.FilterPatterns;

/// <summary>
/// A filter pattern of CloudWatch Logs in its JSON form: <c>{ ($.eventName = CreateTrail) || ($.eventName = DeleteTrail) }</c>.
/// Two patterns are equal when they say the same in the same order, however they are spaced, quoted and parenthesised.
/// </summary>
internal sealed class FilterPattern : IEquatable<FilterPattern>
{
    private FilterPattern(FilterExpression root) => Root = root;

    /// <summary>What stands between the braces.</summary>
    public FilterExpression Root { get; }

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="FilterSyntaxException">The text is not a pattern of the JSON form; says where.</exception>
    public static FilterPattern Parse(string text) => new(new FilterParser(text).Parse());

    /// <summary>Reads a pattern, or says where and why the text is none of the JSON form.</summary>
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

    /// <inheritdoc/>
    public bool Equals(FilterPattern? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FilterPattern);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    /// <summary>The normal spelling: one for all patterns that are equal.</summary>
    public override string ToString() => $"{{ {Root} }}";
}
