using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Core.Tests.Rules;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Text;
using CsCheck;

namespace CisAws.Core.Tests.Results;

/// <summary>
/// Comparisons as tables. A result is written as the letters of its resources: a=F is a failing resource a. F is Fail, P Pass, U Unknown, M Manual,
/// N NotApplicable, X Exempt, f a failure of another cause; ~ makes the result incomplete, - is no result.
/// </summary>
public sealed class AssessmentComparisonTests
{
    [Theory]
    [InlineData("a=P", "a=F", "New a:New")]
    [InlineData("a=U", "a=F", "New a:New")]
    [InlineData("a=M", "a=F", "New a:New")]
    [InlineData("a=N", "a=F", "New a:New")]
    [InlineData("-", "a=F", "New a:New")]
    [InlineData("a=F", "a=F", "Unchanged a:Unchanged")]
    [InlineData("a=F", "a=f", "Changed a:Changed")]
    [InlineData("a=F", "a=F b=F", "Changed a:Unchanged b:New")]
    [InlineData("a=F b=F", "a=F b=P", "Changed a:Unchanged b:Fixed")]
    [InlineData("a=F b=F", "a=F b=U", "Changed a:Unchanged b:NotAssessed")]
    [InlineData("a=F", "a=P", "Fixed a:Fixed")]
    [InlineData("a=F", "a=N", "Fixed a:Fixed")]
    [InlineData("a=X", "a=P", "Fixed a:Fixed")]
    [InlineData("a=X", "a=F", "Changed a:Changed")]
    [InlineData("a=F", "a=X", "Changed a:Changed")]
    [InlineData("a=P", "a=X", "Changed a:Changed")]
    [InlineData("a=F", "a=M", "Changed a:Changed")]
    // What could not be assessed is never fixed.
    [InlineData("a=F", "a=U", "NotAssessed a:NotAssessed")]
    [InlineData("a=P", "a=U", "NotAssessed a:NotAssessed")]
    [InlineData("a=M", "a=U", "NotAssessed a:NotAssessed")]
    [InlineData("a=F", "-", "NotAssessed a:NotAssessed")]
    [InlineData("a=U", "a=U", "Unchanged a:Unchanged")]
    [InlineData("a=U", "-", "Changed a:Changed")]
    [InlineData("a=U", "a=P", "Changed a:Changed")]
    [InlineData("-", "a=P", "Changed a:Unchanged")]
    // A resource that is gone, if everything could be read; and what passes comes and goes.
    [InlineData("a=F b=P", "b=P", "Fixed a:Fixed b:Unchanged")]
    [InlineData("a=F b=P", "b=P ~", "Fixed a:NotAssessed b:Unchanged")]
    [InlineData("a=F b=F", "b=F ~", "Changed a:NotAssessed b:Unchanged")]
    [InlineData("a=F b=P", "c=U", "NotAssessed a:NotAssessed b:NotAssessed c:Changed")]
    [InlineData("a=P b=P", "b=P c=P", "Unchanged a:Unchanged b:Unchanged c:Unchanged")]
    [InlineData("a=P b=P", "b=P ~", "Changed a:NotAssessed b:Unchanged")]
    [InlineData("a=F", "", "Fixed a:Fixed")]
    // Of several findings about one resource the worst counts.
    [InlineData("a=P a=F", "a=P a=P", "Fixed a:Fixed")]
    [InlineData("a=P a=F", "a=F a=P", "Unchanged a:Unchanged")]
    public void A_change_follows_from_the_statuses(string before, string now, string expected)
    {
        var difference = Assert.Single(new AssessmentComparison([.. Results(before, 0), Other], [.. Results(now, 1), Other]).Differences(true), d => d.ControlId.ToString() == "4.1");
        Assert.Equal(expected, string.Join(' ', difference.Findings.OrderBy(f => f.ResourceId, StringComparer.Ordinal).Select(f => $"{f.ResourceId}:{f.Change}").Prepend($"{difference.Change}")));
        Assert.Equal(difference.Findings.Count(f => f.Change == CisChange.New), difference.NewCount);
        Assert.Equal(difference.Findings.Count(f => f.Change == CisChange.Fixed), difference.FixedCount);
        Assert.Equal(difference.Findings.Count(f => f.Change == CisChange.NotAssessed), difference.NotAssessedCount);
    }

    /// <summary>Whatever the statuses: fixed is only what was seen to pass, or to be gone in a result that is complete.</summary>
    [Fact]
    public void Nothing_is_fixed_that_is_not_known_to_be() => Gen.Select(Side, Side).Sample((before, now) =>
    {
        foreach (var difference in new AssessmentComparison([.. Results(before, 0), Other], [.. Results(now, 1), Other]).Differences(true))
        {
            Assert.True(difference.Change != CisChange.Fixed || difference.DifferenceStatus is CisStatus.Pass or CisStatus.NotApplicable);
            Assert.All(difference.Findings, f =>
            {
                Assert.True(f.Change != CisChange.Fixed || f.DifferenceStatus is CisStatus.Pass or CisStatus.NotApplicable || (f.DifferenceStatus is null && !now.Contains('~') && !now.Contains('U')));
                Assert.True(f.Change == CisChange.NotAssessed || f.DifferenceStatus != CisStatus.Unknown || f.ReferenceStatus is null or CisStatus.Unknown);
            });
        }
    });

    [Theory]
    [InlineData("a=P", "", "a=F", "2026-03-03 0")]
    [InlineData("a=F", "", "a=F", "2026-03-01 2")]
    [InlineData("a=F", "a=F", "a=F", "2026-03-01 2")]
    [InlineData("a=F", "a=P", "a=F", "2026-03-03 0")]
    [InlineData("a=F", "a=U", "a=F", "2026-03-01 2")]
    [InlineData("a=X", "a=F", "a=F", "2026-03-01 2")]
    [InlineData("a=P", "a=F", "a=F", "2026-03-02 1")]
    [InlineData("a=F", "a=F", "a=P", "2026-03-01 2")]
    [InlineData("a=P", "a=F", "a=U", "2026-03-02 1")]
    [InlineData("a=P", "a=P", "a=P", " ")]
    [InlineData("a=F", "a=P", "a=P", " ")]
    public void The_age_of_a_failure_begins_where_it_was_seen_without_a_pass_since(string first, string second, string now, string expected)
    {
        IEnumerable<CisResult> reference = second.Length == 0 ? Results(first, 0) : [.. Results(second, 1), .. Results(first, 0)];
        var difference = Assert.Single(new AssessmentComparison(reference, Results(now, 2)).Differences(true));
        Assert.Equal(expected, $"{difference.FirstSeen:yyyy-MM-dd} {difference.AgeDays}");
        Assert.Equal(expected, Assert.Single(difference.Findings) is var finding ? $"{finding.FirstSeen:yyyy-MM-dd} {finding.AgeDays}" : "");
    }

    [Fact]
    public void What_is_equal_is_left_out_unless_it_is_wanted()
    {
        var comparison = new AssessmentComparison([.. Results("a=F b=F c=P", 0), Other], [.. Results("a=F b=P c=P", 1), Other]);
        Assert.Equal("b", Assert.Single(Assert.Single(comparison.Differences(false)).Findings).ResourceId);
        Assert.Equal([3, 0], comparison.Differences(true).Select(d => d.Findings.Count).OrderDescending());
    }

    [Fact]
    public void Accounts_are_never_matched_with_one_another()
    {
        var comparison = new AssessmentComparison([.. Results("a=F", 0), .. Results("a=F", 0, account: "222233334444")], [.. Results("a=P", 1), .. Results("a=F", 1, account: "333344445555")]);
        Assert.Equal(
            ["111122223333 Fixed", "222233334444 NotAssessed", "333344445555 New"],
            comparison.Differences(false).Select(d => $"{d.AccountId} {d.Change}"));
        Assert.Equal(
            ["111122223333: 0 New, 1 Fixed, 0 Changed, 0 NotAssessed, 0 Unchanged", "222233334444: 0 New, 0 Fixed, 0 Changed, 1 NotAssessed, 0 Unchanged", "333344445555: 1 New, 0 Fixed, 0 Changed, 0 NotAssessed, 0 Unchanged"],
            comparison.Counts.Select(c => c.ToString()));
        Assert.Equal((0.0, 100.0), comparison.Counts.First() is var count ? (count.ReferencePassRate, count.DifferencePassRate) : default);
    }

    [Fact]
    public void Without_an_account_in_common_there_is_nothing_to_compare()
    {
        var comparison = new AssessmentComparison(Results("a=F", 0), Results("a=F", 1, account: "222233334444"));
        Assert.Equal(
            "The reference and the difference have no account in common. Accounts of the reference: 111122223333. Accounts of the difference: 222233334444.", comparison.Problem);
        Assert.Empty(comparison.Differences(true));
        Assert.EndsWith("Accounts of the difference: none.", new AssessmentComparison(Results("a=F", 0), []).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Controls_of_different_benchmarks_are_not_compared()
    {
        var comparison = new AssessmentComparison(
            [.. Results("a=F", 0), .. Results("a=F", 0, account: "222233334444")],
            [.. Results("a=F", 1), .. Results("a=F", 1, account: "222233334444", benchmark: "cis-aws-3.0.0")]);
        Assert.Null(comparison.Problem);
        Assert.Equal(["222233334444"], comparison.OtherBenchmarks);
        Assert.Equal("reference cis-aws-1.2.0, difference cis-aws-3.0.0", comparison.BenchmarksOf("222233334444"));
        Assert.Equal("111122223333", Assert.Single(comparison.Differences(true)).AccountId);
    }

    [Fact]
    public void Programs_and_settings_that_differ_are_shown()
    {
        var (before, now) = (Results("a=P", 0).Single(), Results("a=F", 1).Single());
        var stricter = RuleTester.With("1.3", [("MaxUnusedCredentialDays", 45)]);
        now = new CisResult(now.Values with { Control = AssessedControl.Of(stricter) with { Program = "norrvik", ProgramVersion = "2" } }, now.Run);
        before = new CisResult(before.Values with { Control = AssessedControl.Of(RuleTester.With("1.3")) with { Program = "cis-aws-1.2.0" } }, before.Run);
        var comparison = new AssessmentComparison([before], [now]);
        Assert.Equal(("cis-aws-1.2.0", "norrvik 2"), comparison.Programs);
        var difference = Assert.Single(comparison.Differences(false));
        Assert.Equal("MaxUnusedCredentialDays: 90 -> 45", Assert.Single(difference.ChangedSettings));
        Assert.Equal(("cis-aws-1.2.0", "norrvik 2"), (difference.ReferenceProgram, difference.DifferenceProgram));
        Assert.Null(new AssessmentComparison([before], [before]).Programs);
    }

    [Fact]
    public void A_difference_that_is_older_than_the_reference_is_noticed()
    {
        Assert.True(new AssessmentComparison(Results("a=F", 1), Results("a=F", 0)).IsReversed);
        Assert.False(new AssessmentComparison(Results("a=F", 0), Results("a=F", 1)).IsReversed);
    }

    private static CisResult Other { get; } = Results("", 0, control: "1.9").Single();

    private static Gen<string> Side { get; } =
        from resources in Gen.Select(Pick("abc"), Pick("FPUMNXf"), (id, status) => $"{id}={status}").Array[0, 4]
        from incomplete in Gen.Bool
        select string.Join(' ', resources) + (incomplete ? " ~" : "");

    private static Gen<char> Pick(string letters) => Gen.Int[0, letters.Length - 1].Select(i => letters[i]);

    /// <summary>The result of a control, some days after 1 March; none for -.</summary>
    private static IReadOnlyList<CisResult> Results(string text, int day, string account = RuleTester.AccountId, string control = "4.1", string benchmark = "cis-aws-1.2.0")
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var findings = words.Where(w => w.Length == 3).Select(w => new FindingValues
        {
            Status = w[2] switch { 'F' or 'f' => CisStatus.Fail, 'P' => CisStatus.Pass, 'U' => CisStatus.Unknown, 'M' => CisStatus.Manual, 'N' => CisStatus.NotApplicable, _ => CisStatus.Exempt },
            ReasonCode = w[2] == 'f' ? "OtherCode" : "Code",
            Resource = new CisResource("Test::Box", w[..1], "", "eu-west-1"),
        }).ToList();
        var run = new AssessmentRun(RuleTester.Now.AddDays(day));
        return text == "-" ? [] :
        [
            new CisResult(
                ResultValues.Of(AssessedControl.Of(DefaultPrograms.Benchmark.Find(ControlId.Parse(control))!) with { Benchmark = benchmark }, account, run) with
                {
                    Status = findings.Count == 0 ? CisStatus.NotApplicable : findings.Select(f => f.Status).MinBy(s => s.Precedence()),
                    Incomplete = words.Contains("~"),
                    Findings = findings,
                },
                run),
        ];
    }
}
