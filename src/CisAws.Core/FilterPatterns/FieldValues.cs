using System.Collections.Generic;
using System.Linq;
using CisAws.FilterPatterns.Automata;

namespace CisAws.FilterPatterns;

/// <summary>The values that a field has to be tried with: one at least for each set of conditions that can be met together.</summary>
internal sealed class FieldValues
{
    private readonly FieldDomain _domain;
    private readonly IReadOnlyList<FilterValue> _compared;
    private readonly IReadOnlyList<IReadOnlyList<string>> _literals;
    private readonly IReadOnlyList<Automaton> _automata;

    public FieldValues(FieldDomain domain, IReadOnlyList<Condition> conditions, FilterSemantics semantics)
    {
        _domain = domain;
        _compared = [.. conditions.OfType<Comparison>().Select(c => c.Value).GroupBy(v => v.ToString()).Select(g => g.First())];

        // "*" alone says no more than that there is a value, which is true of every text and number.
        _literals = [.. _compared.OfType<TextValue>().Where(t => t.Text != "*").Select(t => t.Parts(semantics))];
        _automata =
        [
            new LiteralAutomaton([.. ExactTexts]),
            .. _literals.Where(t => t.Count > 1).Select(t => new RegexAutomaton(Nfa.OfParts(t))),
            .. _compared.OfType<RegexValue>().Select(r => new RegexAutomaton(r.Regex.Nfa)),
        ];
    }

    private IEnumerable<string> ExactTexts => _literals.Where(t => t.Count == 1).Select(t => t[0]);

    /// <exception cref="UndecidableException">They cannot be found within bounds.</exception>
    public IReadOnlyList<FieldValue> ToList() => [.. _domain.Kinds.SelectMany(OfKind)];

    private IEnumerable<FieldValue> OfKind(FieldKind kind) => kind switch
    {
        FieldKind.Text => (_domain.Values ?? Texts()).Select(t => new FieldValue(kind, t)),
        FieldKind.Number => Numbers().Select(n => new FieldValue(kind, n)),
        _ => [new FieldValue(kind)],
    };

    private IReadOnlyList<string> Texts()
    {
        // What every event has is never empty.
        var grammar = _domain.IsOptional ? ValueGrammar.Text : ValueGrammar.NonEmptyText;
        return ShortestTexts.Of(grammar, _automata, [.. ExactTexts, .. _domain.Samples]);
    }

    private IReadOnlyList<string> Numbers() =>
        ShortestTexts.Of(ValueGrammar.Number, [.. _automata, .. _compared.OfType<NumberValue>().Select(OrderTo)], []);

    private static Automaton OrderTo(NumberValue value) => NumberAutomaton.CanRead(value.Number)
        ? new NumberAutomaton(value.Number)
        : throw new UndecidableException($"the number {value} is too large or too small");
}
