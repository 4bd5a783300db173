using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.FilterPatterns.Automata;

namespace CisAws.FilterPatterns;

/// <summary>What is asked of an event: that an expression matches it, or does not.</summary>
internal sealed class Demand(FilterExpression expression, bool matches)
{
    public FilterExpression Expression { get; } = expression;

    public bool Matches { get; } = matches;
}

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
    private readonly List<SearchField> _fields = [];
    private readonly Dictionary<Selector, SearchField> _bySelector = [];
    private readonly List<Clause?> _clauses = [];

    // Conditions that are required, or required not to be met, by their spelling.
    private readonly Dictionary<string, bool> _required = new(StringComparer.Ordinal);
    private readonly bool _isPossible;


    // What is undone after a branch.
    private readonly Stack<Change> _changes = new();
    private readonly Stack<Clause> _replaced = new();
    private readonly Stack<string> _requirements = new();

    /// <param name="demands">What is asked of the event.</param>
    /// <param name="domain">The events that can occur.</param>
    /// <param name="semantics">How to read what AWS does not document.</param>
    /// <param name="budget">The work to spend.</param>
    /// <param name="around">An event that may only be changed in one field; null for any event.</param>
    /// <param name="changing">That field.</param>
    /// <param name="isExample">Whether the event is shown: it then has the fields that nearly every event has.</param>
    /// <exception cref="UndecidableException">The fields are too many.</exception>
    public EventSearch(
        IReadOnlyList<Demand> demands, EventDomain domain, FilterSemantics semantics, WorkBudget budget,
        ExampleEvent? around = null, Selector? changing = null, bool isExample = true)
    {
        _budget = budget;
        foreach (var field in domain.Of(SelectorsOf(demands, around), isExample))
        {
            var searched = new SearchField(field, semantics, budget);
            _fields.Add(searched);
            _bySelector.Add(field.Selector, searched);
            if (_fields.Count > MaxFields)
            {
                throw new UndecidableException("the patterns use too many fields");
            }

            if (around is not null && !field.Selector.Equals(changing))
            {
                searched.Freeze(around.ValueOf(field.Selector));
            }
        }

        Group();
        _isPossible = RequireAll(demands);
    }

    /// <summary>Such an event; null when there is none.</summary>
    /// <exception cref="UndecidableException">The budget is used up.</exception>
    public ExampleEvent? Find() => _isPossible && SettleAll(_fields) && Solve(0)
        ? new ExampleEvent(_fields.ConvertAll(f => new ExampleField(f.Domain, f.Value)))
        : null;

    /// <summary>An event that meets some demands; null when there is none.</summary>
    /// <exception cref="UndecidableException">The budget is used up.</exception>
    public static ExampleEvent? Find(IReadOnlyList<Demand> demands, EventDomain domain, FilterSemantics semantics, WorkBudget budget) =>
        new EventSearch(demands, domain, semantics, budget).Find();

    /// <summary>Whether an event meets some demands.</summary>
    /// <exception cref="UndecidableException">The budget is used up.</exception>
    public static bool Exists(IReadOnlyList<Demand> demands, EventDomain domain, FilterSemantics semantics, WorkBudget budget)
    {
        var search = new EventSearch(demands, domain, semantics, budget, isExample: false);
        return search._isPossible && search.SettleAll(search._fields) && search.Solve(0);
    }

    private static HashSet<Selector> SelectorsOf(IReadOnlyList<Demand> demands, ExampleEvent? around)
    {
        var selectors = new HashSet<Selector>();
        foreach (var demand in demands)
        {
            foreach (var condition in demand.Expression.Conditions)
            {
                selectors.Add(condition.Selector);
            }
        }

        foreach (var field in around?.Fields ?? [])
        {
            selectors.Add(field.Domain.Selector);
        }

        return selectors;
    }

    private void Group()
    {
        // Chains of fields whose shapes depend on each other: $.a.b on $.a, and $.a on $.a.c.
        foreach (var first in _fields)
        {
            if (first.Group.Count > 0)
            {
                continue;
            }

            var group = new List<SearchField> { first };
            first.Group = group;
            for (var i = 0; i < group.Count; i++)
            {
                foreach (var other in _fields)
                {
                    if (other.Group.Count == 0 && other.Selector.BearsOn(group[i].Selector))
                    {
                        other.Group = group;
                        group.Add(other);
                    }
                }
            }

            if (group.Count > 1)
            {
                var sorted = group.OrderBy(f => f.Selector.Steps.Count).ToList();
                sorted.ForEach(f => f.Group = sorted);
            }
        }
    }

    private Clause Compile(FilterExpression expression, bool matches) => expression switch
    {
        Condition condition => new Clause(_bySelector[condition.Selector], condition, matches, [], false),
        AnyOf any => new Clause(null, null, matches, Compile(any.Terms, matches), !matches),
        _ => new Clause(null, null, matches, Compile(((AllOf)expression).Terms, matches), matches),
    };

    private Clause[] Compile(IReadOnlyList<FilterExpression> terms, bool matches)
    {
        var compiled = new Clause[terms.Count];
        for (var i = 0; i < compiled.Length; i++)
        {
            compiled[i] = Compile(terms[i], matches);
        }

        return compiled;
    }

    private bool RequireAll(IReadOnlyList<Demand> demands)
    {
        foreach (var demand in demands)
        {
            if (!Require(Compile(demand.Expression, demand.Matches)))
            {
                return false;
            }
        }

        return true;
    }

    private bool RequireAll(Clause[] clauses)
    {
        foreach (var clause in clauses)
        {
            if (!Require(clause))
            {
                return false;
            }
        }

        return true;
    }

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
            return RequireAll(clause.Terms);
        }

        _clauses.Add(clause);
        return true;
    }

    /// <summary>Requires a way to meet a clause in the clause's place.</summary>
    private bool Replace(int place, Clause way)
    {
        var clause = _clauses[place]!;
        clause.Place = place;
        _replaced.Push(clause);
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
            List<SearchField>? changed = null;
            for (var place = 0; place < _clauses.Count; place++)
            {
                if (_clauses[place] is not { } clause || clause.IsMet)
                {
                    continue;
                }

                if (clause.Field is null)
                {
                    // Terms depend on the fields' values, which must be settled first.
                    if (changed is not null)
                    {
                        continue;
                    }

                    var ways = CountWays(clause.Terms);
                    if (ways == 0)
                    {
                        return false;
                    }

                    if (ways < fewest)
                    {
                        (open, fewest) = (place, ways);
                    }
                }
                else if (clause.Condition is Comparison { Value: RegexValue })
                {
                    // Expensive to compare with others, so it comes last.
                    regex ??= clause;
                }
                else
                {
                    Demand(clause);
                    if (!clause.Field.IsChanged)
                    {
                        clause.Field.IsChanged = true;
                        (changed ??= []).Add(clause.Field);
                    }
                }
            }

            if (changed is not null)
            {
                changed.ForEach(f => f.IsChanged = false);
                if (!SettleAll(changed))
                {
                    return false;
                }
            }
            else if (fewest == 1)
            {
                if (!Replace(open, FirstWay(_clauses[open]!.Terms)))
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

    private int CountWays(Clause[] terms)
    {
        var ways = 0;
        foreach (var term in terms)
        {
            ways += Settled(term) != false ? 1 : 0;
        }

        return ways;
    }

    private Clause FirstWay(Clause[] terms) => Array.Find(terms, t => Settled(t) != false)!;

    private bool Branch(int open, int depth)
    {
        foreach (var way in Array.FindAll(_clauses[open]!.Terms, t => Settled(t) != false))
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
        _changes.Push(new Change(field));
        field.Demand(clause.Condition!, clause.Matches);
    }

    private void Undo(int clauses, int changes, int replaced, int requirements)
    {
        while (_replaced.Count > replaced)
        {
            var clause = _replaced.Pop();
            _clauses[clause.Place] = clause;
        }

        while (_requirements.Count > requirements)
        {
            _required.Remove(_requirements.Pop());
        }

        _clauses.RemoveRange(clauses, _clauses.Count - clauses);
        while (_changes.Count > changes)
        {
            _changes.Pop().Undo();
        }
    }

    private bool SettleAll(List<SearchField> fields)
    {
        foreach (var field in fields)
        {
            if (!Settle(field))
            {
                return false;
            }
        }

        return true;
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
            if (!group[i].Value.Equals(chosen[i]))
            {
                _changes.Push(new Change(group[i]));
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
        foreach (var shape in field.Domain.Shapes)
        {
            _budget.Spend();
            if (field.ValueOf(shape) is { } value && CanBe(group, chosen, at, shape))
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

    /// <summary>Whether the field at a place can have a shape beside those chosen for the ones before it, and leaves a choice to each after it.</summary>
    private bool CanBe(IReadOnlyList<SearchField> group, FieldValue[] chosen, int at, FieldShape shape)
    {
        for (var i = 0; i < at; i++)
        {
            if (!group[i].Selector.CanBe(chosen[i].Shape, group[at].Selector, shape))
            {
                return false;
            }
        }

        for (var i = at + 1; i < group.Count; i++)
        {
            if (!CanFollow(group[at], shape, group[i]))
            {
                return false;
            }
        }

        return true;
    }

    private bool CanFollow(SearchField field, FieldShape shape, SearchField other)
    {
        _budget.Spend();
        foreach (var otherShape in other.Domain.Shapes)
        {
            if (field.Selector.CanBe(shape, other.Selector, otherShape) && other.ValueOf(otherShape) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A field as it was before a change.</summary>
    private sealed class Change(SearchField field)
    {
        private readonly int _demands = field.Demands;
        private readonly FieldValue _value = field.Value;

        public void Undo()
        {
            field.Retract(_demands);
            field.Value = _value;
        }
    }

    /// <summary>A condition that is to be met or not to be met, or terms of which any or all are to be met.</summary>
    private sealed class Clause(SearchField? field, Condition? condition, bool matches, Clause[] terms, bool isAll)
    {
        public SearchField? Field { get; } = field;

        public Condition? Condition { get; } = condition;

        public bool Matches { get; } = matches;

        public Clause[] Terms { get; } = terms;

        public bool IsAll { get; } = isAll;

        /// <summary>Its place among all clauses, once it was replaced there by a way to meet it.</summary>
        public int Place { get; set; }

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

        public Clause Opposite() => new(Field, Condition, !Matches, Array.ConvertAll(Terms, t => t.Opposite()), !IsAll);
    }
}
