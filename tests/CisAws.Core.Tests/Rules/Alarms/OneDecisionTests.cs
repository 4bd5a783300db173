using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.FilterPatterns;
using CisAws.Programs;
using CisAws.Rules;
using CisAws.Rules.Alarms;
using CisAws.Testing;
using CsCheck;

namespace CisAws.Core.Tests.Rules.Alarms;

/// <summary>The cmdlets that compare filter patterns say what the assessment says of the same filters, control and settings.</summary>
public sealed class OneDecisionTests
{
    private const string LaterSignIn =
        "{ ($.eventName = \"ConsoleLogin\") && ($.additionalEventData.MFAUsed != \"Yes\") && ($.userIdentity.type = \"IAMUser\") && ($.responseElements.ConsoleLogin = \"Success\") }";

    private const string LaterDenied =
        "{ (($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\")) && ($.sourceIPAddress != \"delivery.logs.amazonaws.com\") && ($.eventName != \"HeadBucket\") }";

    private static readonly string[] Controls = [.. BenchmarkPatterns.ByControl.Keys];

    [Theory]
    [InlineData("3.1", LaterDenied)]
    [InlineData("3.2", LaterSignIn)]
    public void The_form_of_a_later_benchmark_covers_where_it_is_accepted_and_says_so(string control, string pattern)
    {
        var accepted = Compare(control, [pattern]);
        Assert.Equal((CoverageOutcome.Narrower, true), (accepted.Outcome, accepted.Covers));
        Assert.Contains("CIS AWS Foundations 1.4.0 and later", accepted.Notes[0]);
        Assert.Contains("AcceptLaterVariants", accepted.Explanation);

        var refused = Compare(control, [pattern], ("AcceptLaterVariants", false));
        Assert.Equal((CoverageOutcome.Narrower, false), (refused.Outcome, refused.Covers));
    }

    [Theory]
    [InlineData("{ ($.eventName=CreateTrail)||($.eventName=UpdateTrail)||($.eventName=DeleteTrail)||($.eventName=StartLogging)||($.eventName=StopLogging) }", true)]
    [InlineData("{ $.eventSource = cloudtrail.amazonaws.com }", false)]
    public void Where_equality_is_asked_for_only_what_is_equal_covers(string pattern, bool covers) =>
        Assert.Equal(covers, Compare("3.5", [pattern], ("PatternMatch", "Exact")).Covers);

    [Fact]
    public void Comparing_and_assessing_agree_on_groups_of_filters() => Gen.Int[0, int.MaxValue].Sample(
        seed =>
        {
            var chance = new Random(seed);
            var control = Pick(chance, Controls);
            var patterns = Enumerable.Range(0, chance.Next(1, 5)).Select(_ => NextPattern(chance, control)).ToList();
            (string, object)[] settings = chance.Next(6) switch
            {
                0 when control is "3.1" or "3.2" => [("AcceptLaterVariants", false)],
                1 => [("PatternMatch", "Exact")],
                2 => [("Pattern", NextPattern(chance, control))],
                _ => [],
            };
            if (settings.Any(s => s.Item1 == "Pattern" && FilterPattern.Parse((string)s.Item2).Form != FilterPatternForm.Json))
            {
                return true;
            }

            var compared = Compare(control, patterns, settings);
            var assessed = new MonitoredAccount(control)
                .Filters([.. patterns.Select((p, i) => MonitoredAccount.NewFilter(p, $"f{i}"))]).Assessed(settings);
            var expected = compared.Covers ? CisStatus.Pass
                : compared.Outcome == CoverageOutcome.Undecidable && compared.Acceptance is null ? CisStatus.Unknown
                : CisStatus.Fail;
            return assessed.Status == expected
                ? true
                : throw new InvalidOperationException($"{control} {string.Join(" ; ", patterns)} {string.Join(",", settings)}: {compared.Explanation} / {assessed.Status} {assessed.Reason}");
        },
        iter: LongTests.Iterations(300, 2_000),
        seed: "0000KOIPe036");

    private static CoverageResult Compare(string control, IReadOnlyList<string> patterns, params (string Name, object Value)[] settings)
    {
        var tested = RuleTester.With(control, settings);
        return PatternRequirement.Of(ReferencePatterns.Of(tested.ControlId), tested.Values, "aws", [], CancellationToken.None).Compare([.. patterns.Select(FilterPattern.Parse)]);
    }

    /// <summary>A filter that is near to the control's, or about something else.</summary>
    private static string NextPattern(Random chance, string control)
    {
        var reference = BenchmarkPatterns.ByControl[control];
        var inside = reference.Trim('{', '}', ' ');
        var names = inside.Split("||").Select(n => n.Trim()).ToList();
        return chance.Next(16) switch
        {
            0 => reference,
            1 => $"{{ ({inside}) && $.{Pick(chance, "errorCode NOT EXISTS", "readOnly IS FALSE", "eventType = AwsApiCall", "userIdentity.type = IAMUser")} }}",
            2 => $"{{ ({inside}) || $.eventName = \"*{Pick(chance, "Instance", "Trail", "Key")}*\" }}",
            3 or 4 or 5 when names.Count > 2 => $"{{ {string.Join(" || ", Part(chance, names)).Trim('(', ')', ' ')} }}",
            6 => LaterSignIn,
            7 => LaterDenied,
            8 => $"{{ $.eventSource = {Pick(chance, "cloudtrail", "iam", "ec2", "signin", "kms", "s3", "config")}.amazonaws.com }}",
            9 => $"{{ $.eventName = %{Pick(chance, "^Create|^Delete", "Trail$|Logging$", "Policy", "Vpc")}% }}",
            10 => Pick(chance, "?CreateTrail ?StopLogging ?ConsoleLogin", "ERROR", "DisableKey", "%CreateVpc|DeleteVpc%", "?eventName", "[a, b]"),
            11 => Pick(chance, "", "{ $.eventName = \"*\" }", "{ $.eventName != DescribeInstances }", "{ $.readOnly IS TRUE }", "{ $.readOnly IS FALSE }"),
            12 => "{ $.eventName = C*e* || $.eventName = *Log*g }",
            13 => $"{{ ({inside}) && $.eventVersion != 1.08 }}",
            14 => "{ $.errorCode = \"AccessDenied*\" }",
            _ => "{ $.eventName = *Trail || $.eventName = *Logging || $.eventName = *Policy* || $.eventName = *Route* }",
        };
    }

    private static IEnumerable<string> Part(Random chance, List<string> names) =>
        names.Select(n => n.Replace("(", "").Replace(")", "").Split("&&")[^1]).Where((_, i) => i == 0 || chance.Next(3) > 0);

    private static T Pick<T>(Random chance, params T[] of) => of[chance.Next(of.Length)];
}
