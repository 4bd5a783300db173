using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Core.Tests.Results;
using CisAws.Core.Tests.Rules;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Reports;
using CisAws.Results;
using CisAws.Rules;
using CsCheck;

namespace CisAws.Core.Tests.Reports;

/// <summary>What a report is about: the newest results, earlier runs, what is missing, and the IDs of findings.</summary>
public sealed class ReportContentTests
{
    [Fact]
    public void The_newest_result_of_a_control_is_reported_and_older_runs_are_the_trend()
    {
        var old = SampleResults.Result("4.1", CisStatus.Fail, day: 0);
        var content = ReportContent.Of([SampleResults.Result("4.1", CisStatus.Pass, day: 1), old, SampleResults.Result("4.2", CisStatus.Fail, day: 1)], [], [], RuleTester.Now);
        Assert.Equal(["4.1 Pass", "4.2 Fail"], content.Results.Select(r => $"{r.ControlId} {r.Status}"));
        Assert.Equal(old.RunId, Assert.Single(content.EarlierRuns).RunId);
        Assert.Empty(content.Omissions);
    }

    [Fact]
    public void Accounts_and_programs_have_results_of_their_own()
    {
        var content = ReportContent.Of(
            [SampleResults.Result("4.1", CisStatus.Fail), SampleResults.Result("4.1", CisStatus.Pass, account: "222233334444"), SampleResults.Result("4.1", CisStatus.Unknown, program: "norrvik")],
            [], [], RuleTester.Now);
        Assert.Equal([CisStatus.Fail, CisStatus.Pass, CisStatus.Unknown], content.Results.Select(r => r.Status));
    }

    [Fact]
    public void A_run_is_in_the_trend_once_and_the_reported_one_is_not()
    {
        CisResult[] earlier = [SampleResults.Result("4.1", CisStatus.Fail, day: 0), SampleResults.Result("4.1", CisStatus.Fail, day: -1)];
        var now = SampleResults.Result("4.1", CisStatus.Pass, day: 1);
        var points = earlier.Append(now).SelectMany(r => CisTrendPoint.Of([r], "runs/x.json")).ToList();
        var content = ReportContent.Of([earlier[0], now], points, [], RuleTester.Now);
        Assert.Equal([earlier[1].RunId, earlier[0].RunId], content.EarlierRuns.Select(p => p.RunId));
    }

    [Fact]
    public void A_run_whose_results_were_not_all_returned_is_not_complete()
    {
        var content = ReportContent.Of([SampleResults.Result("4.1", CisStatus.Fail, isComplete: false)], [], ["The pipeline was stopped."], RuleTester.Now);
        Assert.Equal(["The pipeline was stopped.", "The assessment of account 111122223333 ended early: 1 control had been assessed by then."], content.Omissions);
    }

    [Fact]
    public void Ids_are_the_same_from_run_to_run_and_never_twice_in_one_report() => ResultGenerator.Any.Sample(results =>
    {
        var first = ReportContent.Of(results, [], [], RuleTester.Now);
        var second = ReportContent.Of(ResultFile.Read(ResultFile.Write(first.Results)).Results, [], [], RuleTester.Now.AddDays(1));
        var ids = first.Rows.Select(r => r.Id).ToList();
        Assert.Equal(ids, second.Rows.Select(r => r.Id));
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(first.Results.Sum(r => Math.Max(1, r.Findings.Count)), ids.Count);
    });

    /// <summary>Programs that import reports know findings by these: a change makes all of them new.</summary>
    [Fact]
    public void The_id_of_a_finding_is_fixed() =>
        Assert.Equal("3f08e558-13f0-5991-81c4-af1e93dbad05", Assert.Single(ReportRow.Of(SampleResults.Result("4.1", CisStatus.Fail, resources: "sg-1"))).Id.ToString());

    [Fact]
    public void The_texts_of_a_control_are_those_of_its_benchmark()
    {
        Assert.Equal(DefaultPrograms.Benchmark.Find(ControlId.Parse("4.1"))!.Rationale, ReportContent.ControlOf(SampleResults.Result("4.1", CisStatus.Fail, program: "norrvik"))!.Rationale);
        Assert.Null(ReportContent.ControlOf(SampleResults.Result("4.1", CisStatus.Fail, benchmark: "cis-aws-9.9.9")));
    }

    /// <summary>People know an account by its name.</summary>
    [Theory]
    [InlineData(ReportFormat.Csv, ",Norrvik *Freight*,Root/Production\r\n")]
    [InlineData(ReportFormat.Markdown, @"## Account `111122223333` (Norrvik \*Freight\*), cis-aws-1.2.0")]
    [InlineData(ReportFormat.Html, """ "accountNames":[["111122223333","Norrvik *Freight*"]] """)]
    [InlineData(ReportFormat.Ocsf, """ "name": "Norrvik *Freight*" """)]
    public void An_account_has_its_name_where_it_is_known(ReportFormat format, string expected)
    {
        var result = SampleResults.Result("4.1", CisStatus.Pass, resources: "sg-1");
        result = new CisResult(result.Values with { AccountName = "Norrvik *Freight*", OrganizationalUnit = "Root/Production" }, result.Run);
        Assert.Contains(expected.Trim(' '), ReportFormats.Of(format).ToText(ReportContent.Of([result], [], [], RuleTester.Now)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("report.csv", ReportFormat.Csv)]
    [InlineData("a.b/REPORT.CSV", ReportFormat.Csv)]
    [InlineData("report.plan.csv", ReportFormat.ActionPlan)]
    [InlineData("report.csv.txt", null)]
    [InlineData("csv", null)]
    [InlineData("report.json", null)]
    public void The_name_of_a_file_identifies_its_format(string path, ReportFormat? expected) => Assert.Equal(expected, ReportFormats.OfFile(path));

    [Fact]
    public void Each_format_has_a_writer_and_an_extension_of_its_own()
    {
        Assert.Equal(Enum.GetValues<ReportFormat>().OrderBy(f => f.ToString(), StringComparer.Ordinal), ReportFormats.All);
        Assert.All(ReportFormats.All, f => Assert.NotEmpty(ReportFormats.Of(f).Extensions));
        Assert.All(ReportFormats.All, f => Assert.All(ReportFormats.Of(f).Extensions, e => Assert.Equal(f, ReportFormats.OfFile("x" + e))));
    }
}
