using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.FilterPatterns.Automata;

namespace CisAws.FilterPatterns;

/// <summary>A field of the event that is searched for: its current value, and the conditions on it.</summary>
internal sealed class SearchField
{
    private readonly FilterSemantics _semantics;
    private readonly WorkBudget _budget;
    private readonly List<FieldDemand> _demands = [];

    private bool _isFrozen;

    // By shape, as far as they have been searched for since the last demand.
    private readonly FieldValue?[] _values = new FieldValue?[4];
    private readonly bool[] _areKnown = new bool[4];

    public SearchField(FieldDomain domain, FilterSemantics semantics, WorkBudget budget)
    {
        (Domain, _semantics, _budget) = (domain, semantics, budget);
        Forget();
        Value = Initial();
    }

    public FieldDomain Domain { get; }

    public Selector Selector => Domain.Selector;

    public FieldValue Value { get; set; }

    /// <summary>This field and those whose shapes depend on each other, from the outermost to the innermost.</summary>
    public IReadOnlyList<SearchField> Group { get; set; } = [];

    /// <summary>How many demands there are.</summary>
    public int Demands => _demands.Count;

    /// <summary>Whether no other value than this is possible.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>Whether it has to get another value before conditions on other fields are considered.</summary>
    public bool IsChanged { get; set; }

    /// <summary>Gives it a value that may not change.</summary>
    public void Freeze(FieldValue value)
    {
        (Value, _isFrozen) = (value, true);
        Forget();
    }

    public bool Holds(Condition condition)
    {
        _budget.Spend(condition is Comparison { Value: RegexValue regex } ? 4 + (Value.Text.Length * regex.Regex.Nfa.Cost([])) : 1);
        return condition.Matches(Value, _semantics);
    }

    public void Demand(Condition condition, bool wanted)
    {
        _demands.Add(new FieldDemand(condition, wanted));
        Forget();
    }

    /// <summary>Removes all demands but the first ones.</summary>
    public void Retract(int demands)
    {
        _demands.RemoveRange(demands, _demands.Count - demands);
        Forget();
    }

    /// <summary>The only text that can meet the demands; null when there may be several.</summary>
    private string? Exact
    {
        get
        {
            foreach (var demand in _demands)
            {
                if (demand.Wanted && demand.Condition is Comparison { Comparator: "=" } comparison && comparison.Value.Parts(_semantics) is { Count: 1 } parts)
                {
                    return parts[0];
                }
            }

            return null;
        }
    }

    /// <summary>A value of a shape that meets the demands; null when there is none.</summary>
    /// <exception cref="UndecidableException">The budget is used up.</exception>
    public FieldValue? ValueOf(FieldShape shape)
    {
        if (_isFrozen)
        {
            return Value.Shape == shape && IsMetBy(Value) ? Value : null;
        }

        if (!_areKnown[(int)shape])
        {
            (_areKnown[(int)shape], _values[(int)shape]) = (true, OfShape(shape));
        }

        return _values[(int)shape];
    }

    private FieldValue Initial()
    {
        foreach (var shape in Domain.Shapes)
        {
            if (ValueOf(shape) is { } value)
            {
                return value;
            }
        }

        throw new InvalidOperationException($"No value of {Selector} is possible.");
    }

    private FieldValue? OfShape(FieldShape shape)
    {
        foreach (var kind in Domain.Kinds)
        {
            if (FieldValue.ShapeOf(kind) == shape && OfKind(kind) is { } value)
            {
                return value;
            }
        }

        return null;
    }

    private void Forget()
    {
        Array.Clear(_areKnown, 0, _areKnown.Length);
        IsSettled = _isFrozen || Domain.Only is not null || (Exact is { } exact && (!Domain.CanBe(FieldKind.Number) || !FieldValue.MayBeNumber(exact)));
    }

    private bool IsMetBy(FieldValue value)
    {
        foreach (var demand in _demands)
        {
            _budget.Spend();
            if (demand.Condition.Matches(value, _semantics) != demand.Wanted)
            {
                return false;
            }
        }

        return true;
    }

    private FieldValue? OfKind(FieldKind kind)
    {
        if (kind is not (FieldKind.Text or FieldKind.Number))
        {
            return IsMetBy(FieldValue.Of(kind)) ? FieldValue.Of(kind) : null;
        }

        if (Exact is { } exact)
        {
            var value = new FieldValue(kind, exact);
            return GrammarOf(kind).Reads(exact) && (Domain.Values?.Contains(exact) != false) && IsMetBy(value) ? value : null;
        }

        IReadOnlyList<string> known = kind == FieldKind.Text ? Domain.Values ?? Domain.Samples : [];
        foreach (var text in known)
        {
            var value = new FieldValue(kind, text);
            if (IsMetBy(value))
            {
                return value;
            }
        }

        return kind == FieldKind.Text && Domain.Values is not null ? null : Shortest(kind);
    }

    /// <summary>A text or number that is not among those that are known from real events.</summary>
    private FieldValue? Shortest(FieldKind kind)
    {
        var tests = new List<TextTest>();
        var others = new List<string>();
        foreach (var demand in _demands)
        {
            var wanted = demand.Wanted;
            if (demand.Condition is not Comparison comparison || (kind == FieldKind.Text && comparison.Comparator is not ("=" or "!=")))
            {
                // No text or number meets a condition on a state (IS NULL), and no text one on an order (<).
                if (wanted)
                {
                    return null;
                }

                continue;
            }

            if (comparison.Comparator is not ("=" or "!="))
            {
                tests.Add(new TextTest(OrderTo((NumberValue)comparison.Value), order => comparison.IsInOrder(order) == wanted));
                continue;
            }

            var equal = (comparison.Comparator == "=") == wanted;
            switch (comparison.Value)
            {
                case var value when value.Parts(_semantics) is { Count: 1 } parts && !equal:
                    others.Add(parts[0]);
                    break;
                case TextValue { Text: "*" }:
                    if (!equal)
                    {
                        return null;
                    }

                    break;
                case var value when value.Parts(_semantics) is { } parts:
                    tests.Add(TextTest.Of(parts.Count == 1 ? new LiteralAutomaton(parts) : ((TextValue)value).Automaton(_semantics), equal));
                    break;
                case RegexValue regex:
                    tests.Add(TextTest.Of(new RegexAutomaton(regex.Regex.Nfa, _budget), equal));
                    break;
                case NumberValue number when kind == FieldKind.Number:
                    tests.Add(new TextTest(OrderTo(number), order => order == 0 == equal));
                    break;
                default:
                    if (equal)
                    {
                        return null;
                    }

                    break;
            }
        }

        if (others.Count > 0)
        {
            tests.Add(TextTest.Of(new LiteralAutomaton(others), matches: false));
        }

        return ShortestText.Find(GrammarOf(kind), tests, _budget) is { } text ? new FieldValue(kind, text) : null;
    }

    // What nearly every event has is never empty.
    private ValueGrammar GrammarOf(FieldKind kind) =>
        kind == FieldKind.Number ? ValueGrammar.Number : Domain.IsUsual ? ValueGrammar.NonEmptyText : ValueGrammar.Text;

    private Automaton OrderTo(NumberValue value) => NumberAutomaton.CanRead(value.Number)
        ? new NumberAutomaton(value.Number, _budget)
        : throw new UndecidableException($"the number {value} is too large or too small");
}

/// <summary>A condition that the value of a field has to meet, or not to meet.</summary>
internal sealed class FieldDemand(Condition condition, bool wanted)
{
    public Condition Condition { get; } = condition;

    public bool Wanted { get; } = wanted;
}
