using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using CisAws.Reports;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Core.Tests.Reports;

/// <summary>What is imported, archived and suppressed in Security Hub, by what it has.</summary>
public sealed class SecurityHubPlanTests
{
    [Fact]
    public void A_finding_keeps_the_time_at_which_it_was_created()
    {
        var before = Existing(SampleResults.Result("4.1", CisStatus.Fail, day: 0, resources: "sg-1"));
        var finding = Assert.Single(Plan([SampleResults.Result("4.1", CisStatus.Pass, day: 1, resources: "sg-1")], before).Imports);
        Assert.Equal(Text(before[0], "Id"), Text(finding, "Id"));
        Assert.Equal("2026-03-01T12:00:00.000Z", Text(finding, "CreatedAt"));
        Assert.Equal("2026-03-02T12:00:00.000Z", Text(finding, "UpdatedAt"));
    }

    [Fact]
    public void A_finding_whose_resource_is_gone_is_archived_as_it_was()
    {
        var before = Existing(SampleResults.Result("4.1", CisStatus.Fail, day: 0, resources: "sg-1 sg-2"));
        var archived = Assert.Single(Plan([SampleResults.Result("4.1", CisStatus.Pass, day: 1, resources: "sg-2")], before).Archives);
        Assert.Equal(Text(before[0], "Id"), Text(archived, "Id"));
        Assert.Equal("ARCHIVED", Text(archived, "RecordState"));
        Assert.Equal("2026-03-02T12:00:00.000Z", Text(archived, "UpdatedAt"));
        // What Security Hub has added is not sent back.
        Assert.False(archived.TryGetProperty("Workflow", out _));
        Assert.Equal("FAILED", archived.GetProperty("Compliance").GetProperty("Status").GetString());
    }

    public static TheoryData<string> NotAssessed => ["another control", "another program", "another benchmark", "Unknown", "incomplete", "older", "archived"];

    [Theory]
    [MemberData(nameof(NotAssessed))]
    public void Nothing_is_archived_outside_of_what_was_assessed(string what)
    {
        var gone = SampleResults.Result("4.1", CisStatus.Fail, day: 1, resources: "sg-1");
        var now = what switch
        {
            "another control" => SampleResults.Result("4.2", CisStatus.Pass, day: 2, resources: "sg-2"),
            "another program" => SampleResults.Result("4.1", CisStatus.Pass, day: 2, resources: "sg-2", program: "norrvik"),
            "another benchmark" => SampleResults.Result("4.1", CisStatus.Pass, day: 2, resources: "sg-2", benchmark: "cis-aws-3.0.0"),
            "Unknown" => SampleResults.Result("4.1", CisStatus.Unknown, day: 2, resources: "sg-2"),
            "older" => SampleResults.Result("4.1", CisStatus.Pass, day: 0, resources: "sg-2"),
            _ => SampleResults.Result("4.1", CisStatus.Pass, day: 2, resources: "sg-2"),
        };
        if (what == "incomplete")
        {
            now = new CisResult(now.Values with { Incomplete = true }, now.Run);
        }

        Assert.Empty(Plan([now], Existing(gone, recordState: what == "archived" ? "ARCHIVED" : "ACTIVE")).Archives);
    }

    [Fact]
    public void Findings_of_other_products_are_left_alone()
    {
        var other = Existing(SampleResults.Result("4.1", CisStatus.Fail, day: 0, resources: "sg-1"), isOurs: false);
        Assert.Empty(Plan([SampleResults.Result("4.1", CisStatus.Pass, day: 1, resources: "sg-2")], other).Archives);
    }

    [Fact]
    public void Exempt_findings_are_suppressed_once_and_reopened_if_they_are_not_exempt_any_more()
    {
        var exempt = SampleResults.Result("4.1", CisStatus.Exempt, day: 0, resources: "sg-1");
        var id = ReportRow.Of(exempt).Single().Id.ToString();
        Assert.Equal([id], Plan([exempt], []).Suppressions);
        Assert.Empty(Plan([exempt], Existing(exempt, workflow: "SUPPRESSED")).Suppressions);
        Assert.Equal([id], Plan([SampleResults.Result("4.1", CisStatus.Fail, day: 1, resources: "sg-1")], Existing(exempt, workflow: "SUPPRESSED")).Reopenings);
        // A person suppressed this one.
        var fails = SampleResults.Result("4.1", CisStatus.Fail, day: 0, resources: "sg-1");
        Assert.Empty(Plan([SampleResults.Result("4.1", CisStatus.Fail, day: 1, resources: "sg-1")], Existing(fails, workflow: "SUPPRESSED")).Reopenings);
    }

    [Theory]
    [InlineData(0, 10, "")]
    [InlineData(100, 10, "100")]
    [InlineData(250, 10, "100 100 50")]
    [InlineData(5, 2_000_000, "2 2 1")]
    [InlineData(2, 6_000_000, "1 1")]
    public void A_batch_has_100_findings_and_5_MB_at_most(int count, int size, string expected)
    {
        using var document = JsonDocument.Parse(JsonSerializer.Serialize(new string('x', size)));
        Assert.Equal(expected, string.Join(' ', SecurityHubPlan.Batches(Enumerable.Repeat(document.RootElement, count)).Select(b => b.Count)));
    }

    private static SecurityHubPlan Plan(IReadOnlyList<CisResult> results, IReadOnlyList<JsonElement> existing) => SecurityHubPlan.Of(results, existing, "eu-north-1");

    /// <summary>Findings as Security Hub returns them, with members of its own.</summary>
    private static IReadOnlyList<JsonElement> Existing(CisResult result, string workflow = "NEW", string recordState = "ACTIVE", bool isOurs = true) =>
        [.. Plan([result], []).Imports.Select(f =>
        {
            var finding = JsonObject.Create(f)!;
            finding["Workflow"] = new JsonObject { ["Status"] = workflow };
            finding["RecordState"] = recordState;
            if (!isOurs)
            {
                finding.Remove("ProductFields");
            }

            return JsonDocument.Parse(finding.ToJsonString()).RootElement;
        })];

    private static string Text(JsonElement finding, string name) => finding.GetProperty(name).GetString()!;
}
