using System;
using System.Linq;
using System.Text.Json;
using CisAws.FilterPatterns;
using CsCheck;

namespace CisAws.Core.Tests.FilterPatterns;

public sealed class CoveragePropertyTests
{
    private static readonly Leaf Fresh = new("$.requestParameters.fresh", "=", "only");

    [Fact]
    public void A_pattern_covers_itself_however_it_is_ordered_and_spelt() =>
        Gen.Select(Patterns.Tree, Gen.Int, Gen.Int).Sample((tree, order, spelling) =>
        {
            var result = Decide(tree, Patterns.Parse(Patterns.Reorder(tree, order), spelling));
            return NeverMatches(tree) || result.Outcome == CoverageOutcome.Equivalent ? true : throw new InvalidOperationException($"{Patterns.Spell(tree, 0)}: {result.Explanation}");
        });

    [Fact]
    public void A_pattern_with_another_disjunct_still_covers() =>
        Gen.Select(Patterns.Tree, Patterns.Tree).Sample((tree, other) =>
        {
            var result = Decide(tree, Patterns.Parse(new Branch(true, [other, tree])));
            return NeverMatches(tree) || result.Outcome is CoverageOutcome.Equivalent or CoverageOutcome.Broader;
        });

    [Fact]
    public void The_disjuncts_of_a_pattern_cover_it_as_filters_of_their_own() =>
        Gen.Select(Patterns.Tree, Patterns.Tree).Sample((one, other) =>
        {
            var both = new Branch(true, [one, other]);
            return NeverMatches(both) || Decide(both, Patterns.Parse(one), Patterns.Parse(other)).Outcome == CoverageOutcome.Equivalent;
        });

    [Fact]
    public void A_pattern_without_one_of_its_disjuncts_misses_an_event() =>
        Patterns.Tree.Sample(tree => Misses(new Branch(true, [tree, Fresh]), Patterns.Parse(tree)));

    [Fact]
    public void A_pattern_with_another_conjunct_misses_an_event() =>
        Patterns.Tree.Sample(tree => NeverMatches(tree) || Misses(tree, Patterns.Parse(new Branch(false, [tree, Fresh]))));

    [Fact]
    public void What_two_patterns_have_to_do_with_each_other_shows_in_an_event() =>
        Gen.Select(Patterns.Tree, Patterns.Tree).Sample((reference, filter) =>
        {
            var (wanted, got) = (Patterns.Parse(reference), Patterns.Parse(filter));
            var result = Coverage.Decide(wanted, [got], EventDomain.CloudTrail);
            return result.Outcome switch
            {
                CoverageOutcome.Narrower or CoverageOutcome.NeverMatches => Shows(result, wanted, got),
                CoverageOutcome.Broader => Shows(result, got, wanted),
                _ => result.ExampleEvent is null,
            };
        });

    private static CoverageResult Decide(Node reference, params FilterPattern[] filters) =>
        Coverage.Decide(Patterns.Parse(reference), filters, EventDomain.CloudTrail);

    /// <summary>Random patterns may ask for two names of one event.</summary>
    private static bool NeverMatches(Node tree) =>
        Coverage.Decide(FilterPattern.Parse(""), [Patterns.Parse(tree)], EventDomain.CloudTrail).Outcome == CoverageOutcome.NeverMatches;

    private static bool Misses(Node reference, FilterPattern filter)
    {
        var result = Decide(reference, filter);
        return result.Outcome is CoverageOutcome.Narrower or CoverageOutcome.NeverMatches && Shows(result, Patterns.Parse(reference), filter);
    }

    private static bool Shows(CoverageResult result, FilterPattern matched, FilterPattern unmatched)
    {
        using var example = JsonDocument.Parse(result.ExampleEvent!);
        return matched.Matches(example.RootElement) && !unmatched.Matches(example.RootElement) && result.ExampleInWords!.Length > 0;
    }
}
