using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text.Json;
using CisAws.FilterPatterns;
using CisAws.Testing;
using CsCheck;

namespace CisAws.Core.Tests.FilterPatterns;

/// <summary>The decision against every event of a small world: a yes has no exception among them, and a no has a witness.</summary>
public sealed class CoverageOracleTests
{
    private static readonly Universe World = new();

    private static readonly Gen<Node> Tree = Patterns.TreeOf(Universe.Leaves, 2);

    [Fact]
    public void Every_leaf_matches_the_events_that_it_should()
    {
        foreach (var leaf in Universe.Leaves)
        {
            var pattern = Patterns.Parse(leaf);
            var matched = World.Matches(leaf);
            Assert.All(World.Events, (e, i) => Assert.Equal(!(matched >> i).IsEven, pattern.Matches(e)));
        }
    }

    [Fact]
    public void What_is_decided_holds_for_every_event_there_is() =>
        Gen.Select(Tree, Tree.List[1, 3]).Sample(
            (reference, filters) => Holds(EventDomain.Unrestricted, reference, filters, World.All),
            iter: LongTests.Iterations(1_500, 14_000));

    [Fact]
    public void What_is_decided_for_some_events_holds_for_every_one_of_them()
    {
        var domain = EventDomain.Unrestricted.With("$.a", "a", "ba");
        var events = World.Matches(new Branch(true, [new Leaf("$.a", "=", "a"), new Leaf("$.a", "=", "ba")]));
        Gen.Select(Tree, Tree).Sample((reference, filter) => Holds(domain, reference, [filter], events), iter: LongTests.Iterations(1_000, 6_000));
    }

    private static bool Holds(EventDomain domain, Node reference, IReadOnlyList<Node> filters, BigInteger events)
    {
        var wanted = World.Matches(reference) & events;
        var got = World.Matches(new Branch(true, filters)) & events;
        var result = Coverage.Decide(Patterns.Parse(reference), [.. filters.Select(f => Patterns.Parse(f))], domain);
        return result.Outcome switch
        {
            CoverageOutcome.Equivalent => wanted == got,
            CoverageOutcome.Broader => (wanted & got) == wanted && Shows(result, filters, [reference]),
            CoverageOutcome.Narrower => Shows(result, [reference], filters),
            CoverageOutcome.Dead => got.IsZero && Shows(result, [reference], filters),
            _ => result.Obstacle == CoverageObstacle.ReferenceIsDead && wanted.IsZero,
        };
    }

    /// <summary>The witness is matched by some of the one side and none of the other.</summary>
    private static bool Shows(CoverageResult result, IEnumerable<Node> matched, IEnumerable<Node> unmatched)
    {
        using var witness = JsonDocument.Parse(result.Witness!);
        var record = witness.RootElement.Clone();
        return matched.Any(p => Patterns.Parse(p).Matches(record)) && !unmatched.Any(p => Patterns.Parse(p).Matches(record));
    }
}
