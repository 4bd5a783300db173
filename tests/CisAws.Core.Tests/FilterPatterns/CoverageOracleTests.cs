using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text.Json;
using CisAws.FilterPatterns;
using CisAws.Testing;
using CsCheck;

namespace CisAws.Core.Tests.FilterPatterns;

/// <summary>The decision against every event of a small world: a yes has no exception among them, and a no has a example.</summary>
public sealed class CoverageOracleTests
{
    private static readonly Universe World = new();
    private static readonly Universe TextWorld = new(digitsAreText: true);
    private static readonly FilterSemantics Text = FilterSemantics.Observed with { DigitsAreText = true };

    private static readonly Gen<Node> Tree = Patterns.TreeOf(Universe.Leaves, 2);

    [Fact]
    public void Every_leaf_matches_the_events_that_it_should()
    {
        foreach (var leaf in Universe.Leaves)
        {
            var pattern = Patterns.Parse(leaf);
            var matched = World.Matches(leaf);
            Assert.All(World.Events, (e, i) => Assert.Equal(!(matched >> i).IsEven, pattern.Matches(e)));
            matched = TextWorld.Matches(leaf);
            Assert.All(World.Events, (e, i) => Assert.Equal(!(matched >> i).IsEven, pattern.Matches(e, Text)));
        }
    }

    [Fact]
    public void What_is_decided_holds_for_every_event_there_is() =>
        Gen.Select(Tree, Tree.List[1, 3]).Sample(
            (reference, filters) => Holds(EventDomain.Unrestricted, reference, filters, World.All),
            iter: LongTests.Iterations(600, 14_000));

    [Fact]
    public void What_is_decided_for_some_events_holds_for_every_one_of_them()
    {
        var domain = EventDomain.Unrestricted.With("$.a", "a", "ba");
        var events = World.Matches(new Branch(true, [new Leaf("$.a", "=", "a"), new Leaf("$.a", "=", "ba")]));
        Gen.Select(Tree, Tree).Sample((reference, filter) => Holds(domain, reference, [filter], events), iter: LongTests.Iterations(400, 6_000));
    }

    private static bool Holds(EventDomain domain, Node reference, IReadOnlyList<Node> filters, BigInteger events)
    {
        (BigInteger Wanted, BigInteger Got)[] readings = [.. new[] { World, TextWorld }.Select(w => (w.Matches(reference) & events, w.Matches(new Branch(true, filters)) & events))];
        var covers = readings.Select(r => (r.Wanted & r.Got) == r.Wanted).ToList();
        var result = Coverage.Decide(Patterns.Parse(reference), [.. filters.Select(f => Patterns.Parse(f))], domain);
        var holds = (result.Outcome, result.UndecidableReason) switch
        {
            (CoverageOutcome.Equivalent, _) => readings.All(r => r.Wanted == r.Got),
            (CoverageOutcome.Broader, _) => covers.All(c => c) && Shows(result, filters, [reference]),
            (CoverageOutcome.Narrower, _) => Shows(result, [reference], filters),
            (CoverageOutcome.NeverMatches, _) => readings.All(r => r.Got.IsZero) && Shows(result, [reference], filters),

            // The small world shows every event that is missed by both readings, though not every one that is missed by one.
            (_, UndecidableReason.UnquotedDigits) => covers.Any(c => c),
            (_, UndecidableReason.ReferenceNeverMatches) => readings.Any(r => r.Wanted.IsZero),
            _ => false,
        };
        return holds
            ? holds
            : throw new InvalidOperationException($"{Patterns.Spell(reference, 1)} by {string.Join(" ; ", filters.Select(f => Patterns.Spell(f, 1)))}: {result.Outcome}: {result.Explanation}");
    }

    /// <summary>The example is matched by some of the one side and none of the other, under one of the readings.</summary>
    private static bool Shows(CoverageResult result, IEnumerable<Node> matched, IEnumerable<Node> unmatched)
    {
        using var example = JsonDocument.Parse(result.ExampleEvent!);
        var record = example.RootElement.Clone();
        return new[] { FilterSemantics.Observed, Text }.Any(s =>
            matched.Any(p => Patterns.Parse(p).Matches(record, s)) && !unmatched.Any(p => Patterns.Parse(p).Matches(record, s)));
    }
}
