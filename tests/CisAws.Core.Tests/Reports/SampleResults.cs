using System;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Core.Tests.Rules;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Core.Tests.Reports;

/// <summary>Results for reports.</summary>
internal static class SampleResults
{
    /// <summary>The result of a control in a run of its own, some days after 1 March.</summary>
    /// <param name="resources">The IDs of its resources, each with the status of the result.</param>
    public static CisResult Result(
        string control, CisStatus status, int day = 0, string account = RuleTester.AccountId, string program = "cis-aws-1.2.0", string benchmark = "cis-aws-1.2.0",
        string resources = "", bool isComplete = true)
    {
        var run = new AssessmentRun(RuleTester.Now.AddDays(day)) { IsComplete = isComplete };
        var values = AssessedControl.Of(DefaultPrograms.Benchmark.Find(ControlId.Parse(control))!) with { Program = program, Benchmark = benchmark };
        return new CisResult(
            ResultValues.Of(values, account, run) with
            {
                Status = status,
                ReasonCode = "Code",
                Reason = $"It is {status}.",
                Findings = [.. resources.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => new FindingValues
                {
                    RuleId = values.RuleId[0],
                    Status = status,
                    ReasonCode = "Code",
                    Reason = $"{id} is {status}.",
                    Resource = new CisResource("AWS::EC2::SecurityGroup", id, $"arn:aws:ec2:eu-north-1:{account}:security-group/{id}", "eu-north-1"),
                })],
            },
            run);
    }
}
