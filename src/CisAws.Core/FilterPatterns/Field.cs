using System.Collections.Generic;
using System.Linq;

namespace CisAws.FilterPatterns;

/// <summary>A value that a field can have, and which of the conditions on the field it meets.</summary>
internal sealed record FieldOption(FieldValue Value, IReadOnlyList<bool> Truths);

/// <summary>
/// A field that patterns put conditions on, with a value for each set of the conditions that can be met together. Patterns see
/// no more of an event than that, so that these values stand for all there are.
/// </summary>
internal sealed class Field
{
    // What a second or so allows. AWS's 1,024 characters have room for some sixty conditions.
    private const long MaxAnswers = 2_000_000;

    /// <exception cref="UndecidableException">The values cannot be found within bounds.</exception>
    public Field(FieldDomain domain, IReadOnlyList<Condition> conditions, FilterSemantics semantics)
    {
        (Domain, Conditions) = (domain, conditions);
        var values = new FieldValues(domain, conditions, semantics).ToList();
        if ((long)values.Count * conditions.Count > MaxAnswers)
        {
            throw UndecidableException.TooManyTexts();
        }

        // Objects and arrays, where other fields may be inside, are not interchangeable with what meets the same conditions.
        Options =
        [
            .. values
                .Select(v => new FieldOption(v, [.. conditions.Select(c => c.Matches(v, semantics))]))
                .GroupBy(o => (o.Value.Shape, Truths: string.Concat(o.Truths.Select(t => t ? '1' : '0'))))
                .Select(g => g.First()),
        ];
    }

    public FieldDomain Domain { get; }

    public Selector Selector => Domain.Selector;

    public IReadOnlyList<Condition> Conditions { get; }

    public IReadOnlyList<FieldOption> Options { get; }
}
