using System;
using System.Collections.Generic;

namespace CisAws.FilterPatterns;

/// <summary>
/// A part of a filter pattern. ToString gives its normal spelling: text in quotes, parentheses around every list of terms and
/// nowhere else.
/// </summary>
internal abstract class FilterExpression
{
    private IReadOnlyList<Condition>? _conditions;
    private string? _text;

    /// <summary>The conditions in it, in their order.</summary>
    public IReadOnlyList<Condition> Conditions
    {
        get
        {
            if (_conditions is null)
            {
                var all = new List<Condition>();
                AddTo(all);
                _conditions = all;
            }

            return _conditions;
        }
    }

    /// <summary>Whether it holds, given what is known of its conditions; null when that is not enough.</summary>
    public abstract bool? Truth(Func<Condition, bool?> known);

    public sealed override string ToString() => _text ??= Spell();

    /// <summary>The normal spelling.</summary>
    protected abstract string Spell();

    /// <summary>Adds the conditions to a list.</summary>
    protected abstract void AddTo(List<Condition> conditions);

    /// <summary>Adds the conditions of some terms to a list.</summary>
    protected static void AddTo(List<Condition> conditions, IReadOnlyList<FilterExpression> terms)
    {
        foreach (var term in terms)
        {
            term.AddTo(conditions);
        }
    }
}

/// <summary>Terms joined by <c>||</c>. A term is never itself an AnyOf: those are taken into their parent.</summary>
internal sealed class AnyOf(IReadOnlyList<FilterExpression> terms) : FilterExpression
{
    public IReadOnlyList<FilterExpression> Terms { get; } = terms;

    public static FilterExpression Of(IEnumerable<FilterExpression> terms)
    {
        var flat = new List<FilterExpression>();
        foreach (var term in terms)
        {
            if (term is AnyOf any)
            {
                flat.AddRange(any.Terms);
            }
            else
            {
                flat.Add(term);
            }
        }

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

    protected override string Spell() => $"({string.Join(" || ", Terms)})";

    protected override void AddTo(List<Condition> conditions) => AddTo(conditions, Terms);
}

/// <summary>
/// Terms joined by <c>&amp;&amp;</c>. A term is never itself an AllOf: those are taken into their parent. Without terms it
/// always holds.
/// </summary>
internal sealed class AllOf(IReadOnlyList<FilterExpression> terms) : FilterExpression
{
    public IReadOnlyList<FilterExpression> Terms { get; } = terms;

    public static FilterExpression Of(IEnumerable<FilterExpression> terms)
    {
        var flat = new List<FilterExpression>();
        foreach (var term in terms)
        {
            if (term is AllOf all)
            {
                flat.AddRange(all.Terms);
            }
            else
            {
                flat.Add(term);
            }
        }

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

    protected override string Spell() => $"({string.Join(" && ", Terms)})";

    protected override void AddTo(List<Condition> conditions) => AddTo(conditions, Terms);
}
