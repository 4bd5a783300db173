using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.FilterPatterns;

/// <summary>
/// A part of a filter pattern. ToString gives its normal spelling: text in quotes, parentheses around every list of terms and
/// nowhere else.
/// </summary>
internal abstract class FilterExpression
{
    /// <summary>The conditions in it, in their order.</summary>
    public abstract IEnumerable<Condition> Conditions { get; }

    /// <summary>Whether it holds, given what is known of its conditions; null when that is not enough.</summary>
    public abstract bool? Truth(Func<Condition, bool?> known);
}

/// <summary>Terms joined by <c>||</c>. A term is never itself an AnyOf: those are taken into their parent.</summary>
internal sealed class AnyOf(IReadOnlyList<FilterExpression> terms) : FilterExpression
{
    public IReadOnlyList<FilterExpression> Terms { get; } = terms;

    public override IEnumerable<Condition> Conditions => Terms.SelectMany(t => t.Conditions);

    public static FilterExpression Of(IEnumerable<FilterExpression> terms)
    {
        var flat = terms.SelectMany(t => t is AnyOf any ? any.Terms : [t]).ToList();
        return flat.Count == 1 ? flat[0] : new AnyOf(flat);
    }

    public override bool? Truth(Func<Condition, bool?> known)
    {
        bool? truth = false;
        foreach (var term in Terms)
        {
            switch (term.Truth(known))
            {
                case true:
                    return true;
                case null:
                    truth = null;
                    break;
            }
        }

        return truth;
    }

    public override string ToString() => $"({string.Join(" || ", Terms)})";
}

/// <summary>
/// Terms joined by <c>&amp;&amp;</c>. A term is never itself an AllOf: those are taken into their parent. Without terms it
/// always holds.
/// </summary>
internal sealed class AllOf(IReadOnlyList<FilterExpression> terms) : FilterExpression
{
    public IReadOnlyList<FilterExpression> Terms { get; } = terms;

    public override IEnumerable<Condition> Conditions => Terms.SelectMany(t => t.Conditions);

    public static FilterExpression Of(IEnumerable<FilterExpression> terms)
    {
        var flat = terms.SelectMany(t => t is AllOf all ? all.Terms : [t]).ToList();
        return flat.Count == 1 ? flat[0] : new AllOf(flat);
    }

    public override bool? Truth(Func<Condition, bool?> known)
    {
        bool? truth = true;
        foreach (var term in Terms)
        {
            switch (term.Truth(known))
            {
                case false:
                    return false;
                case null:
                    truth = null;
                    break;
            }
        }

        return truth;
    }

    public override string ToString() => $"({string.Join(" && ", Terms)})";
}
