using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Assessments;
using CisAws.Core.Tests.Rules;
using CisAws.Core.Tests.Style;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Core.Tests.Assessments;

/// <summary>
/// The Reason of a control, from findings about boxes. In the table a finding is its status, its name and its plural: <c>F a: are open</c>; F, P, M, U, X and N
/// stand for Fail, Pass, Manual, Unknown, Exempt and NotApplicable, and a name that is a region for that region.
/// </summary>
public sealed class ControlReasonTests
{
    [Theory]
    [InlineData("F a: are open|F b: are open|P c: are closed", "2 of 3 boxes are open: a, b.")]
    [InlineData("F a: are open|P b: are closed|P c: are closed", "1 of 3 boxes is open: a.")]
    [InlineData("F a: have no lid|P b: have a lid", "1 of 2 boxes has no lid: a.")]
    [InlineData("F a: do not close|P b: close", "1 of 2 boxes does not close: a.")]
    [InlineData("F a: open by themselves|P b: close", "1 of 2 boxes opens by themselves: a.")]
    [InlineData("F a: are open|F b: are open|F c: are open|F d: are open", "4 of 4 boxes are open: a, b, c and 1 more.")]
    [InlineData("F a: are open", "Box a is open.")]
    [InlineData("F a: are open|N b: are flat", "Box a is open.")]
    [InlineData("F a: are open|F b: have no lid|P c: are closed", "2 of 3 boxes fail: a is open; b has no lid.")]
    [InlineData("F a: are open|F b: are open|F c: are open|F d: have no lid", "4 of 4 boxes fail: a, b are open; d has no lid; and 1 more.")]
    [InlineData("F a: are open|F b: have no lid|F c: leak|F d: smell", "4 of 4 boxes fail: a is open; b has no lid; c leaks; and 1 more.")]
    [InlineData("F a: are open|U b: b was denied|X c: are open|P d: are closed", "1 of 4 boxes is open: a; 1 is not decided; 1 is exempt.")]
    [InlineData("F a: are open|U eu-west-1: x was denied|U us-east-1: x was denied|P b: are closed", "1 of 2 boxes is open: a; 2 regions could not be read.")]
    public void A_failure_says_how_many_what_and_which(string findings, string reason) => Assert.Equal(reason, Of(findings));

    [Theory]
    [InlineData("P a: are closed|P b: are closed|P c: are closed", "All 3 boxes are closed.")]
    [InlineData("P a: are closed|P b: are closed|N c: are flat", "Both boxes are closed.")]
    [InlineData("P a: are closed", "Box a is closed.")]
    [InlineData("P a: are closed|P b: have a lid", "Both boxes pass.")]
    [InlineData("P a: do not leak|P b: do not leak", "None of the 2 boxes leaks.")]
    [InlineData("P a: are not open|P b: are not open|P c: are not open", "None of the 3 boxes is open.")]
    [InlineData("P a: are closed|P b: are closed|X c: are open", "1 of 3 boxes is open and is exempt: c.")]
    public void A_pass_says_what_is_right(string findings, string reason) => Assert.Equal(reason, Of(findings));

    [Theory]
    [InlineData("U a: x was denied|P b: are closed", "1 of 2 boxes is not decided: x was denied (a).")]
    [InlineData("U a: x was denied|U b: x was denied|U c: y was denied", "3 of 3 boxes are not decided: x was denied (a, b); 1 more for other reasons.")]
    [InlineData("U a: x was denied", "Not decided: x was denied.")]
    [InlineData("U eu-west-1: x was denied|P b: are closed", "Not decided in eu-west-1: x was denied.")]
    [InlineData("U eu-west-1: x was denied|U us-east-1: x was denied", "Not decided in eu-west-1, us-east-1: x was denied.")]
    [InlineData("U a: x was denied|U eu-west-1: y was denied|P b: are closed", "1 of 2 boxes is not decided: x was denied (a); 1 region could not be read.")]
    public void What_was_not_decided_has_its_cause(string findings, string reason) => Assert.Equal(reason, Of(findings));

    [Theory]
    [InlineData("N a: are flat|N b: are flat", "No boxes to assess: 2 are flat.")]
    [InlineData("N a: are flat|N b: are locked", "No boxes to assess: 1 is flat, 1 is locked.")]
    [InlineData("N a: are flat|N me-south-1: are not enabled", "No boxes to assess: 1 is flat, 1 region is not enabled.")]
    [InlineData("M a: are sealed|M b: are sealed|P c: are closed", "2 of 3 boxes are sealed and require a review: a, b.")]
    [InlineData("M a: are sealed|P b: are closed", "1 of 2 boxes is sealed and requires a review: a.")]
    [InlineData("M a: are sealed|M b: are taped|M c: are taped", "3 of 3 boxes require a review: 1 is sealed, 2 are taped.")]
    public void What_does_not_apply_and_what_to_review_is_counted(string findings, string reason) => Assert.Equal(reason, Of(findings));

    [Theory]
    [InlineData("F a: are open|P b: are closed", "1 of 2 boxes in 2 of 17 regions is open: a.")]
    [InlineData("P a: are closed|P b: are closed", "Both boxes in 2 of 17 regions are closed.")]
    [InlineData("F a: are open", "Box a is open. Assessed in 2 of 17 regions.")]
    [InlineData("U eu-west-1: x was denied", "Not decided in eu-west-1: x was denied. Assessed in 2 of 17 regions.")]
    [InlineData("N a: are flat", "No boxes in 2 of 17 regions to assess: 1 is flat.")]
    public void Only_the_regions_that_were_assessed_are_spoken_of(string findings, string reason) => Assert.Equal(reason, Of(findings, "2 of 17 regions"));

    [Theory]
    [InlineData("F a/1: have a hole|F a/2: have a hole|P a/3: are whole|P b/1: are whole", "1 of 2 boxes has a hole: a.")]
    [InlineData("F a/1: have a hole|F a/2: leak", "Box a has a hole.")]
    [InlineData("P a/1: are whole|P a/2: are whole|P b/1: are whole", "Both boxes are whole.")]
    [InlineData("U a/1: x was denied|U a/2: x was denied|P b/1: are whole", "1 of 2 boxes is not decided: x was denied (a).")]
    [InlineData("U a/1: x was denied|U a/2: y was denied", "Not decided: x was denied.")]
    [InlineData("F a/1: have a hole|U b/1: x was denied|U b/2: x was denied", "1 of 2 boxes has a hole: a; 1 is not decided.")]
    public void Parts_of_one_are_one(string findings, string reason) => Assert.Equal(reason, Of(findings));

    [Fact]
    public void Names_that_are_long_make_way_for_each_other()
    {
        var names = Enumerable.Range(0, 5).Select(i => new string((char)('a' + i), 50)).ToList();
        Assert.Equal($"5 of 5 boxes are open: {names[0]}, {names[1]} and 3 more.", Of(string.Join('|', names.Select(n => $"F {n}: are open"))));
        var longer = names.ConvertAll(n => n + n + n + n);
        Assert.Equal($"5 of 5 boxes are open: {longer[0]} and 4 more.", Of(string.Join('|', longer.Select(n => $"F {n}: are open"))));
    }

    [Fact]
    public void Two_of_a_name_are_distinguished()
    {
        CisResource Box(string id, string region, string? name) => new("Test::Box", id, $"arn:{region}:{id}", region) { Name = name };
        Assert.Equal(
            "4 of 4 boxes are open: web (b-1), web (b-2), main (eu-west-1) and 1 more.",
            Of(
                [
                    Finding(CisStatus.Fail, Box("b-1", "eu-west-1", "web"), "are open"), Finding(CisStatus.Fail, Box("b-2", "eu-west-1", "web"), "are open"),
                    Finding(CisStatus.Fail, Box("main", "eu-west-1", null), "are open"), Finding(CisStatus.Fail, Box("main", "us-east-1", null), "are open"),
                ]));
    }

    [Fact]
    public void What_is_about_the_account_is_not_counted()
    {
        var account = new CisResource("AWS::Account", RuleTester.AccountId, "", "");
        var box = Finding(CisStatus.Fail, new CisResource("Test::Box", "a", "", ""), "are open");
        var none = Finding(CisStatus.Fail, account, "no box is red");
        Assert.Equal("Box a is open; no box is red.", Of([box, none]));
        Assert.Equal("Not so.", Of([Finding(CisStatus.Pass, new CisResource("Test::Box", "a", "", ""), "are closed"), none]));
    }

    [Fact]
    public void Every_reason_of_the_demo_account_is_short()
    {
        var demo = CisAws.Testing.DemoAccount.Load();
        var results = DefaultPrograms.Benchmark.Controls.Select(c => RuleTester.Replay(c, demo, [], demo.CollectedAt).Result).ToList();
        // Keys are described by their owners, in their own words.
        Assert.All(
            results.SelectMany(r => r.Findings.Where(f => f.ResourceType != "AWS::KMS::Key").Select(f => f.Reason).Append(r.Reason)),
            reason => Assert.Empty(ReasonStyle.FaultsOf(reason)));
        Assert.All(results, r => Assert.InRange(r.Reason.Length, 1, 160));
        Assert.InRange(results.Average(r => r.Reason.Length), 1, 90);
    }

    private static string Of(string findings, string? scope = null) => Of([.. findings.Split('|').Select(Parse)], scope);

    private static string Of(CisFinding[] findings, string? scope = null)
    {
        var reason = ControlReason.Of(RollUp.Worst(findings.Select(f => f.Status)), findings, new BoxRule(), scope);
        Assert.DoesNotContain(ReasonStyle.FaultsOf(reason), f => !f.Contains("characters", StringComparison.Ordinal));
        return reason;
    }

    private static CisFinding Parse(string text)
    {
        var (status, name, plural) = (text[0], text[2..text.IndexOf(':')], text[(text.IndexOf(':') + 2)..]);
        var isRegion = AwsRegion.Find(name) is not null;
        return Finding(
            status switch
            {
                'F' => CisStatus.Fail,
                'P' => CisStatus.Pass,
                'M' => CisStatus.Manual,
                'U' => CisStatus.Unknown,
                'X' => CisStatus.Exempt,
                _ => CisStatus.NotApplicable,
            },
            new CisResource(isRegion ? "AWS::Region" : "Test::Box", name, "", isRegion ? name : ""), plural);
    }

    private static CisFinding Finding(CisStatus status, CisResource resource, string plural) => new(
        AssessedControl.Of(DefaultPrograms.Benchmark.Controls[0]), RuleTester.AccountId,
        FindingValues.Of("box", new RuleFinding(resource, status, "Code", status == CisStatus.Unknown ? $"Not decided: {plural}." : "Not so.", plural: plural)),
        new AssessmentRun(RuleTester.Now));

    private sealed class BoxRule : Rule
    {
        public override (string One, string Several) ResourceNoun => ("box", "boxes");

        /// <summary>The box of a part: of a/1 it is a.</summary>
        public override CisResource SubjectOf(CisResource resource) => resource with { Id = resource.Id.Split('/')[0] };

        public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [];

        public override IEnumerable<RuleFinding> Evaluate(RuleContext context) => [];
    }
}
