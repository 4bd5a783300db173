using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.FilterPatterns.Automata;

namespace CisAws.FilterPatterns;

/// <summary>What is asked of an event: that an expression matches it, or does not.</summary>
internal readonly record struct Demand(FilterExpression Expression, bool Matches);

/// <summary>
/// The search for an event that meets some demands. It starts from an event, and where that fails a demand it adds the demand's
/// conditions to those of the fields, with a branch for each way to meet it. So only relevant conditions are compared with each
/// other. The search is exact: conditions ask for one field each, and a field's value is found, or known not to exist, by automata.
/// </summary>
internal sealed class EventSearch
{
    private const int MaxFields = 200;

    // Each level is a frame of the stack.
    private const int MaxBranches = 1_000;

    private readonly WorkBudget _budget;
    private readonly Dictionary<Selector, SearchField> _fields = [];
    private readonly List<Clause?> _clauses = [];

    // Conditions that are required, or required not to be met, by their spelling.
    private readonly Dictionary<string, bool> _required = new(StringComparer.Ordinal);
    private readonly bool _isPossible;

    // What is undone after a branch.
    private readonly Stack<(SearchField Field, int Demands, FieldValue Value)> _changes = new();
    private readonly Stack<(int Place, Clause Clause)> _replaced = new();
    private readonly Stack<string> _requirements = new();

    /// <param name="demands">What is asked of the event.</param>
    /// <param name="domain">The events that can occur.</param>
    /// <param name="semantics">How to read what AWS does not document.</param>
    /// <param name="budget">The work to spend.</param>
    /// <param name="around">An event that may only be changed in one field; null for any event.</param>
    /// <param name="changing">That field.</param>
    /// <exception cref="UndecidableException">The fields are too many.</exception>
    public EventSearch(
        IReadOnlyList<Demand> demands, EventDomain domain, FilterSemantics semantics, WorkBudget budget,
        ExampleEvent? around = null, Selector? changing = null)
    {
        _budget = budget;
        var selectors = demands.SelectMany(d => d.Expression.Conditions).Select(c => c.Selector);
        foreach (var field in domain.Of(around is null ? selectors : selectors.Concat(around.Selectors)))
        {
            _fields.Add(field.Selector, new SearchField(field, semantics, budget));
            if (_fields.Count > MaxFields)
            {
                throw new UndecidableException("the patterns use too many fields");
            }
        }

        if (around is not null)
        {
            foreach (var field in _fields.Values.Where(f => !f.Selector.Equals(changing)))
            {
                field.Freeze(around.ValueOf(field.Selector));
            }
        }

        Group();
        _isPossible = demands.All(d => Require(Compile(d.Expression, d.Matches)));
    }

    /// <summary>Such an event; null when there is none.</summary>
    /// <exception cref="UndecidableException">The budget is used up.</exception>
    public ExampleEvent? Find() => _isPossible && _fields.Values.All(Settle) && Solve(0)
        ? new ExampleEvent([.. _fields.Values.Select(f => new ExampleField(f.Domain, f.Value))])
        : null;

    /// <summary>An event that meets some demands; null when there is none.</summary>
    /// <exception cref="UndecidableException">The budget is used up.</exception>
    public static ExampleEvent? Find(IReadOnlyList<Demand> demands, EventDomain domain, FilterSemantics semantics, WorkBudget budget) =>
        new EventSearch(demands, domain, semantics, budget).Find();

    private void Group()
    {
        // Chains of fields whose shapes depend on each other: $.a.b on $.a, and $.a on $.a.c.
        var left = _fields.Values.ToList();
        while (left.Count > 0)
        {
            var group = new List<SearchField> { left[0] };
            left.RemoveAt(0);
            for (var i = 0; i < group.Count; i++)
            {
                var near = left.Where(f => f.Selector.BearsOn(group[i].Selector)).ToList();
                left.RemoveAll(near.Contains);
                group.AddRange(near);
            }

            group = [.. group.OrderBy(f => f.Selector.Steps.Count)];
            group.ForEach(f => f.Group = group);
        }
    }

    private Clause Compile(FilterExpression expression, bool matches) => expression switch
    {
        Condition condition => new Clause(_fields[condition.Selector], condition, matches, [], false),
        AnyOf any => new Clause(null, null, matches, [.. any.Terms.Select(t => Compile(t, matches))], !matches),
        _ => new Clause(null, null, matches, [.. ((AllOf)expression).Terms.Select(t => Compile(t, matches))], matches),
    };

    /// <summary>Adds a clause to those to be met; false when it contradicts another.</summary>
    private bool Require(Clause clause)
    {
        if (clause.Condition is { } condition)
        {
            if (_required.TryGetValue(condition.Key, out var required))
            {
                return required == clause.Matches;
            }

            _required.Add(condition.Key, clause.Matches);
            _requirements.Push(condition.Key);
        }
        else if (clause.IsAll)
        {
            return clause.Terms.All(Require);
        }

        _clauses.Add(clause);
        return true;
    }

    /// <summary>Requires a way to meet a clause in the clause's place.</summary>
    private bool Replace(int place, Clause way)
    {
        _replaced.Push((place, _clauses[place]!));
        _clauses[place] = null;
        return Require(way);
    }

    /// <summary>Whether the event can be changed so that it meets all clauses; it then does.</summary>
    private bool Solve(int depth)
    {
        if (depth > MaxBranches)
        {
            throw new UndecidableException("the patterns' conditions can be combined in too many ways");
        }

        while (true)
        {
            Clause? regex = null;
            var (open, fewest) = (-1, int.MaxValue);
            var changed = new HashSet<SearchField>();
            for (var place = 0; place < _clauses.Count; place++)
            {
                if (_clauses[place] is not { } clause || clause.IsMet)
                {
                    continue;
                }

                if (clause.Field is null)
                {
                    // Terms depend on the fields' values, which must be settled first.
                    if (changed.Count > 0)
                    {
                        continue;
                    }

                    var ways = clause.Terms.Count(t => Settled(t) != false);
                    if (ways == 0)
                    {
                        return false;
                    }

                    (open, fewest) = ways < fewest ? (place, ways) : (open, fewest);
                }
                else if (clause.Condition is Comparison { Value: RegexValue })
                {
                    // Expensive to compare with others, so it comes last.
                    regex ??= clause;
                }
                else
                {
                    Demand(clause);
                    changed.Add(clause.Field);
                }
            }

            if (changed.Count > 0)
            {
                if (!changed.All(Settle))
                {
                    return false;
                }
            }
            else if (fewest == 1)
            {
                if (!Replace(open, _clauses[open]!.Terms.First(t => Settled(t) != false)))
                {
                    return false;
                }
            }
            else if (regex is not null)
            {
                Demand(regex);
                if (!Settle(regex.Field!))
                {
                    return false;
                }
            }
            else
            {
                return open < 0 || Branch(open, depth);
            }
        }
    }

    private bool Branch(int open, int depth)
    {
        foreach (var way in _clauses[open]!.Terms.Where(t => Settled(t) != false).ToList())
        {
            var (clauses, changes, replaced, requirements) = (_clauses.Count, _changes.Count, _replaced.Count, _requirements.Count);
            if (Replace(open, way) && Solve(depth + 1))
            {
                return true;
            }

            Undo(clauses, changes, replaced, requirements);

            // All events of this branch have been tried.
            if (!Require(way.Opposite()))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Whether a clause is met by every event that is still possible (true) or by none (false); null when that is not known.</summary>
    private bool? Settled(Clause clause)
    {
        if (clause.Field is not null)
        {
            _budget.Spend();
            return _required.TryGetValue(clause.Condition!.Key, out var required) ? required == clause.Matches
                : clause.Field.IsSettled ? clause.IsMet
                : null;
        }

        bool? settled = clause.IsAll;
        foreach (var term in clause.Terms)
        {
            var one = Settled(term);
            if (one == !clause.IsAll)
            {
                return one;
            }

            settled = one is null ? null : settled;
        }

        return settled;
    }

    private void Demand(Clause clause)
    {
        var field = clause.Field!;
        _changes.Push((field, field.Demands, field.Value));
        field.Demand(clause.Condition!, clause.Matches);
    }

    private void Undo(int clauses, int changes, int replaced, int requirements)
    {
        while (_replaced.Count > replaced)
        {
            var (place, clause) = _replaced.Pop();
            _clauses[place] = clause;
        }

        while (_requirements.Count > requirements)
        {
            _required.Remove(_requirements.Pop());
        }

        _clauses.RemoveRange(clauses, _clauses.Count - clauses);
        while (_changes.Count > changes)
        {
            var (field, demands, value) = _changes.Pop();
            field.Retract(demands);
            field.Value = value;
        }
    }

    /// <summary>Gives a field a value that meets its demands, and others to the fields whose shapes depend on it if necessary; false when there is none.</summary>
    private bool Settle(SearchField field)
    {
        var group = field.Group;
        var chosen = new FieldValue[group.Count];
        if (!Choose(group, chosen, 0))
        {
            return false;
        }

        for (var i = 0; i < chosen.Length; i++)
        {
            if (group[i].Value != chosen[i])
            {
                _changes.Push((group[i], group[i].Demands, group[i].Value));
                group[i].Value = chosen[i];
            }
        }

        return true;
    }

    private bool Choose(IReadOnlyList<SearchField> group, FieldValue[] chosen, int at)
    {
        if (at == group.Count)
        {
            return true;
        }

        var field = group[at];
        foreach (var shape in field.ShapesByUse)
        {
            _budget.Spend();
            if (field.ValueOf(shape) is { } value
                && Enumerable.Range(0, at).All(i => group[i].Selector.CanBe(chosen[i].Shape, field.Selector, shape))
                && group.Skip(at + 1).All(g => CanFollow(field, shape, g)))
            {
                chosen[at] = value;
                if (Choose(group, chosen, at + 1))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool CanFollow(SearchField field, FieldShape shape, SearchField other)
    {
        _budget.Spend();
        return other.ShapesByUse.Any(s => field.Selector.CanBe(shape, other.Selector, s) && other.ValueOf(s) is not null);
    }

    /// <summary>A condition that is to be met or not to be met, or terms of which any or all are to be met.</summary>
    private sealed record Clause(SearchField? Field, Condition? Condition, bool Matches, IReadOnlyList<Clause> Terms, bool IsAll)
    {
        /// <summary>Whether the event meets it.</summary>
        public bool IsMet
        {
            get
            {
                if (Field is not null)
                {
                    return Field.Holds(Condition!) == Matches;
                }

                foreach (var term in Terms)
                {
                    if (term.IsMet != IsAll)
                    {
                        return !IsAll;
                    }
                }

                return IsAll;
            }
        }

        public Clause Opposite() => new(Field, Condition, !Matches, [.. Terms.Select(t => t.Opposite())], !IsAll);
    }
}
