using System.Collections.Generic;
using System.Linq;

namespace CisAws.FilterPatterns;

/// <summary>
/// A part of a filter pattern. ToString gives its normal spelling: text in quotes, parentheses around every list of terms and
/// nowhere else.
/// </summary>
internal abstract class FilterExpression;

/// <summary>Terms joined by <c>||</c>. A term is never itself an AnyOf: those are taken into their parent.</summary>
internal sealed class AnyOf(IReadOnlyList<FilterExpression> terms) : FilterExpression
{
    public IReadOnlyList<FilterExpression> Terms { get; } = terms;

    public static FilterExpression Of(IEnumerable<FilterExpression> terms)
    {
        var flat = terms.SelectMany(t => t is AnyOf any ? any.Terms : [t]).ToList();
        return flat.Count == 1 ? flat[0] : new AnyOf(flat);
    }

    public override string ToString() => $"({string.Join(" || ", Terms)})";
}

/// <summary>Terms joined by <c>&amp;&amp;</c>. A term is never itself an AllOf: those are taken into their parent.</summary>
internal sealed class AllOf(IReadOnlyList<FilterExpression> terms) : FilterExpression
{
    public IReadOnlyList<FilterExpression> Terms { get; } = terms;

    public static FilterExpression Of(IEnumerable<FilterExpression> terms)
    {
        var flat = terms.SelectMany(t => t is AllOf all ? all.Terms : [t]).ToList();
        return flat.Count == 1 ? flat[0] : new AllOf(flat);
    }

    public override string ToString() => $"({string.Join(" && ", Terms)})";
}

/// <summary>A field compared with a value: <c>$.eventName = "CreateTrail"</c>.</summary>
internal sealed class Comparison(string selector, string comparator, FilterValue value) : FilterExpression
{
    /// <summary>The field, as in <c>$.userIdentity.type</c>.</summary>
    public string Selector { get; } = selector;

    /// <summary>=, !=, &lt;, &gt;, &lt;= or &gt;=.</summary>
    public string Comparator { get; } = comparator;

    public FilterValue Value { get; } = value;

    public override string ToString() => $"{Selector} {Comparator} {Value}";
}

/// <summary>A field asked for what it is: <c>$.userIdentity.invokedBy NOT EXISTS</c>.</summary>
internal sealed class StateTest(string selector, FieldState state) : FilterExpression
{
    public string Selector { get; } = selector;

    public FieldState State { get; } = state;

    public override string ToString() => State switch
    {
        FieldState.Null => $"{Selector} IS NULL",
        FieldState.True => $"{Selector} IS TRUE",
        FieldState.False => $"{Selector} IS FALSE",
        _ => $"{Selector} NOT EXISTS",
    };
}

/// <summary>What a field can be asked for.</summary>
internal enum FieldState
{
    Null,
    True,
    False,
    Absent,
}

/// <summary>The kinds of value a field can be compared with.</summary>
internal enum FilterValueKind
{
    /// <summary>Text, quoted or bare; a star at its ends stands for anything.</summary>
    Text,

    /// <summary>A bare number. A quoted one is text.</summary>
    Number,

    /// <summary>A regular expression, <c>%Trail$%</c>.</summary>
    Regex,
}

/// <summary>A value as the pattern means it: without the quotes or percent signs around it.</summary>
internal sealed record FilterValue(FilterValueKind Kind, string Text)
{
    public override string ToString() => Kind switch
    {
        FilterValueKind.Text => $"\"{Text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"",
        FilterValueKind.Regex => $"%{Text}%",
        _ => Text,
    };
}
