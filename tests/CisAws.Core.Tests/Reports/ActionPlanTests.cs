using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using CisAws.Assessments;
using CisAws.Benchmarks;
using CisAws.Core.Tests.Results;
using CisAws.Core.Tests.Rules;
using CisAws.Programs;
using CisAws.Reports;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Text;
using CsCheck;
using CsvHelper;
using CsvHelper.Configuration;

namespace CisAws.Core.Tests.Reports;

/// <summary>Action plans: what is in one, and what is read from one that was filled in. CsvHelper reads and writes them as a spreadsheet does.</summary>
public sealed class ActionPlanTests
{
    private const string Accepted = "4.1 arn:aws:ec2:eu-north-1:111122223333:security-group/sg-1, 111122223333, eu-north-1 until 2027-03-31 (J. Ek): It goes.";

    [Fact]
    public void It_has_a_row_for_each_failing_finding_and_each_control_that_is_manual_or_unknown_the_most_severe_first()
    {
        var rows = Rows(Plan(
            SampleResults.Result("1.17", CisStatus.Manual, resources: "a b"), SampleResults.Result("2.1", CisStatus.Unknown), SampleResults.Result("1.2", CisStatus.Pass, resources: "c"),
            SampleResults.Result("3.1", CisStatus.Fail, resources: "log"), SampleResults.Result("4.1", CisStatus.Fail, resources: "sg-1 sg-2")));
        Assert.Equal(
            ["1.17 Manual 111122223333", "2.1 Unknown 111122223333", "3.1 Fail log", "4.1 Fail sg-1", "4.1 Fail sg-2"],
            rows.Select(r => $"{r["ControlId"]} {r["Status"]} {r["ResourceId"]}").Order(StringComparer.Ordinal));
        var severities = rows.Select(r => Enum.Parse<CisSeverity>(r["Severity"])).ToList();
        Assert.Equal(severities.OrderDescending(), severities);
        Assert.All(rows, r => Assert.All(["Decision", "DecisionReason", "Owner", "DueDate", "Ticket"], c => Assert.Equal("", r[c])));
    }

    [Theory]
    [InlineData("4.1", CisStatus.Fail, "Accept", "It goes.", "J. Ek", "2027-03-31", "", Accepted)]
    [InlineData("4.1", CisStatus.Fail, " accept ", " It goes. ", " J. Ek ", " 2027-03-31 ", "", Accepted)]
    [InlineData("1.10", CisStatus.Fail, "Accept", "It goes.", "J. Ek", "2027-03-31", "", "1.10 arn:aws:ec2:eu-north-1:111122223333:security-group/sg-1, 111122223333, eu-north-1 until 2027-03-31 (J. Ek): It goes.")]
    [InlineData("4.1", CisStatus.Fail, "Accept", "'=1", "J. Ek", "2027-03-31", "", "4.1 arn:aws:ec2:eu-north-1:111122223333:security-group/sg-1, 111122223333, eu-north-1 until 2027-03-31 (J. Ek): =1")]
    [InlineData("1.17", CisStatus.Manual, "Passed", "Compared.", "A. Lind", "2027-03-31", "", "1.17 Passed, A. Lind on 2026-03-01, valid until 2027-03-31: Compared.")]
    [InlineData("1.17", CisStatus.Manual, "Failed", "Old.", "A. Lind", "2027-03-31", "", "1.17 Failed, A. Lind on 2026-03-01, valid until 2027-03-31: Old.")]
    [InlineData("4.1", CisStatus.Fail, "Fix", "", "J. Ek", "next week", "SEC-1", "")]
    [InlineData("2.1", CisStatus.Unknown, "Fix", "", "", "", "", "")]
    [InlineData("4.1", CisStatus.Fail, "", "", "", "", "", "")]
    [InlineData("4.1", CisStatus.Fail, "Later", "", "", "", "", "Decision: 'Later' is not a decision. Valid values: Fix, Accept, Passed, Failed, or empty.")]
    [InlineData("4.1", CisStatus.Fail, "2", "", "", "", "", "Decision: '2' is not a decision. Valid values: Fix, Accept, Passed, Failed, or empty.")]
    [InlineData("4.1", CisStatus.Fail, "None", "", "", "", "", "Decision: 'None' is not a decision. Valid values: Fix, Accept, Passed, Failed, or empty.")]
    [InlineData("4.1", CisStatus.Fail, "Passed", "x", "x", "2027-03-31", "", "Decision: Passed is not a decision about a row that is Fail. Valid values: Fix, Accept.")]
    [InlineData("1.17", CisStatus.Manual, "Accept", "x", "x", "2027-03-31", "", "Decision: Accept is not a decision about a row that is Manual. Valid values: Fix, Passed, Failed.")]
    [InlineData("2.1", CisStatus.Unknown, "Accept", "x", "x", "2027-03-31", "", "Decision: Accept is not a decision about a row that is Unknown. Valid value: Fix. Allow what could not be read, and assess again.")]
    [InlineData("4.1", CisStatus.Fail, "Accept", "", "", "", "", "DecisionReason: An accepted failure needs a value. Specify why the failure is accepted.|Owner: An accepted failure needs a value. Specify who is responsible for the decision.|DueDate: An accepted failure needs a value. Specify the last day on which the decision is valid, such as 2027-03-31.")]
    [InlineData("4.1", CisStatus.Fail, "Accept", "x", "x", "31.03.2027", "", "DueDate: '31.03.2027' is not a date in ISO 8601. Specify year, month and day, such as 2027-03-31. In a spreadsheet, format the column as text.")]
    [InlineData("4.1", CisStatus.Fail, "Accept", "x", "x", "03/04/2027", "", "DueDate: '03/04/2027' is not a date in ISO 8601. Specify year, month and day, such as 2027-03-31. In a spreadsheet, format the column as text.")]
    public void A_decision_is_an_exemption_or_an_attestation_or_nothing_or_an_error(string control, CisStatus status, string decision, string reason, string owner, string day, string ticket, string expected)
    {
        var row = Assert.Single(Read(Text(Filled(Plan(SampleResults.Result(control, status, resources: status == CisStatus.Fail ? "sg-1" : "")), (_, r) =>
        {
            (r["Decision"], r["DecisionReason"], r["Owner"], r["DueDate"], r["Ticket"]) = (decision, reason, owner, day, ticket);
        }))));
        Assert.Equal(2, row.Number);
        Assert.Equal(expected, row.Problems.Count > 0 ? string.Join("|", row.Problems.Select(p => $"{p.Column}: {p.Message} {p.Fix}")) : row.Entry?.ToString() ?? "");
        Assert.True(row.Problems.Count == 0 || row.Entry is null);
    }

    /// <summary>Excel shows the account 111122223333 as 1.11E+11, and saves what it shows.</summary>
    [Fact]
    public void What_a_spreadsheet_makes_of_numbers_and_dates_does_not_matter()
    {
        var rows = Filled(Plan(SampleResults.Result("1.10", CisStatus.Fail, resources: "sg-1")), (_, r) => Accept(r));
        (rows[0]["ControlId"], rows[0]["AccountId"], rows[0]["ResourceId"]) = ("10. Jan", "1.11E+11", "1");
        var exemption = Assert.IsType<CisExemption>(Assert.Single(Read(Text(rows))).Entry);
        Assert.Equal(("1.10", "111122223333"), (exemption.ControlId.ToString(), exemption.AccountId));
    }

    [Theory]
    [InlineData("", "The row does not identify a finding.")]
    [InlineData("1.1", "'1.1' does not identify a finding.")]
    [InlineData("cis-aws-1.2.0/1.1/1.11E+11//x", "'cis-aws-1.2.0/1.1/1.11E+11//x' does not identify a finding.")]
    [InlineData("cis-aws-1.2.0/1.99/111122223333//x", "1.99 is not a control of cis-aws-1.2.0.")]
    [InlineData("cis-aws-1.2.0/4.1/111122223333/eu-north-1/sg-9", "FindingKey and ResourceArn are of different findings.")]
    public void A_row_that_identifies_no_finding_is_refused_and_the_others_are_read(string key, string expected)
    {
        var rows = Filled(Plan(SampleResults.Result("4.1", CisStatus.Fail, resources: "sg-1 sg-2 sg-3")), (_, r) => Accept(r));
        rows[1]["FindingKey"] = key;
        var read = Read(Text(rows));
        Assert.Equal(expected, Assert.Single(read[1].Problems).Message);
        Assert.Equal([true, false, true], read.Select(r => r.Entry is CisExemption));
    }

    [Fact]
    public void Two_findings_about_one_resource_are_one_exemption_and_must_be_decided_in_the_same_way()
    {
        var rows = Filled(Plan(SampleResults.Result("4.1", CisStatus.Fail, resources: "sg-1 sg-1 sg-1")), (_, r) => Accept(r));
        Assert.Equal([true, false, false], Read(Text(rows)).Select(r => r.Entry is CisExemption));
        rows[2]["Decision"] = "Fix";
        var read = Read(Text(rows));
        Assert.Equal("Row 2 is about the same control and resource, and its decision is not the same.", Assert.Single(read[2].Problems).Message);
        Assert.Empty(read[1].Problems);
    }

    [Theory]
    [InlineData(",", "utf-8", true, "")]
    [InlineData(",", "utf-8", false, "")]
    [InlineData(";", "utf-8", true, "")]
    [InlineData(";", "utf-8", false, "sep=;\r\n")]
    [InlineData("\t", "utf-16", true, "")]
    [InlineData("\t", "utf-16BE", true, "")]
    [InlineData(",", "utf-8", false, "#TYPE System.Management.Automation.PSCustomObject\r\n")]
    public void Files_of_spreadsheets_are_read(string separator, string encoding, bool mark, string before)
    {
        var rows = Filled(Plan(SampleResults.Result("4.1", CisStatus.Fail, resources: "sg-1")), (_, r) => { Accept(r); r["DecisionReason"] = "Frühjahr; \"so\",\r\nand on"; });
        var text = Encoding.GetEncoding(encoding);
        var read = Assert.Single(Read([.. mark ? text.GetPreamble() : [], .. text.GetBytes(before + Text(rows, separator))]));
        Assert.Equal("Frühjahr; \"so\",\r\nand on", Assert.IsType<CisExemption>(read.Entry).Reason);
        Assert.Equal(before.Length > 0 ? 3 : 2, read.Number);
    }

    [Theory]
    [InlineData("", "Missing: FindingKey, Status, Decision, DecisionReason, Owner, DueDate, Ticket.")]
    [InlineData("FindingKey,Status,Decision,DecisionReason,Owner,DueDate", "Missing: Ticket.")]
    [InlineData("FindingKey,Status,Decision,DecisionReason,Owner,DueDate,Ticket,Owner", "The first row has the column Owner more than once.")]
    [InlineData("FindingKey,Status,Decision,DecisionReason,Owner,DueDate,Ticket\n\"a", "A quotation mark in row 2 is not closed.")]
    public void What_is_no_action_plan_is_refused(string text, string expected) =>
        Assert.EndsWith(expected, Assert.Throws<InvalidDataException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_encoding_of_the_system_is_refused() =>
        Assert.Contains("CSV UTF-8", Assert.Throws<InvalidDataException>(() => Read(Encoding.Latin1.GetBytes("Frühjahr"))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_row_with_too_many_cells_is_refused() => Assert.Equal(
        "The row has more cells than the 7 columns of the first row.",
        Assert.Single(Assert.Single(Read("FindingKey,Status,Decision,DecisionReason,Owner,DueDate,Ticket\n,,,,,,,x")).Problems).Message);

    /// <summary>
    /// Whatever the resources are called: each accepted finding is exempt then, and no other one. An exemption names a resource by its ARN or ID, and a
    /// region if there is one. So two resources of a control that share a name, of which one has no ARN or no region, are left out; AWS has no such pair.
    /// </summary>
    [Fact]
    public void Exemptions_cover_the_findings_that_were_accepted_and_no_others() => ResultGenerator.Any.Sample(results =>
    {
        var content = ReportContent.Of(results, [], [], RuleTester.Now);
        var plan = Rows(content);
        for (var i = 0; i < plan.Count; i += 2)
        {
            Accept(plan[i]);
        }

        var exemptions = Read(Text(plan)).Where(r => r.Entry is CisExemption).Select(r => (Key: plan[r.Number - 2]["FindingKey"], Exemption: (CisExemption)r.Entry!)).ToList();
        var keys = exemptions.Select(e => e.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var rows = content.Rows.Where(r => r.Finding?.Status == CisStatus.Fail).ToList();
        foreach (var row in rows.Where(r => IsPlain(r) && rows.TrueForAll(o => KeyOf(o) == KeyOf(r) || !ShareAName(o, r))))
        {
            Assert.Equal(keys.Contains(KeyOf(row)), exemptions.Exists(e => ExemptionScope.Covers(e.Exemption, row.Finding!)));
        }
    }, iter: 200);

    [Fact]
    public void A_name_with_wildcard_characters_is_exempt_alone()
    {
        var result = SampleResults.Result("4.1", CisStatus.Fail, resources: "a*[b]`? axb");
        var rows = Filled(Plan(result), (i, r) =>
        {
            if (i == 0)
            {
                Accept(r);
            }
        });
        var exemption = Assert.IsType<CisExemption>(Read(Text(rows))[0].Entry);
        Assert.Equal([true, false], result.Findings.Select(f => ExemptionScope.Covers(exemption, f)));
        Assert.False(ExemptionScope.Covers(exemption, SampleResults.Result("4.1", CisStatus.Fail, resources: "axxb`x").Findings[0]));
    }

    [Fact]
    public void Csv_is_read_as_CsvHelper_writes_it() => Gen.OneOf(new[] { "", "a", "\"", ",", "\r\n", "\n", " x ", "a\"b", "ü" }.Select(Gen.Const).ToArray()).Array[1, 3].Select(string.Concat).Array[2, 4].Array[1, 5].Sample(rows =>
    {
        using var text = new StringWriter();
        using var csv = new CsvWriter(text, CultureInfo.InvariantCulture);
        foreach (var row in rows)
        {
            Array.ForEach(row, csv.WriteField);
            csv.NextRecord();
        }

        csv.Flush();
        Assert.Equal(rows, Csv.Read(new StringReader(text.ToString()), ','));
    });

    private static string KeyOf(ReportRow row) => ActionPlanKey.Of(row).ToString();

    private static bool ShareAName(ReportRow a, ReportRow b) =>
        (a.Result.ControlId, a.Result.AccountId) == (b.Result.ControlId, b.Result.AccountId) &&
        new[] { a.ResourceId, a.ResourceArn }.Intersect([b.ResourceId, b.ResourceArn], StringComparer.OrdinalIgnoreCase).Any(n => n.Length > 0);

    private static bool IsPlain(ReportRow row) => TerminalText.Escape(row.ResourceId + row.ResourceArn) == row.ResourceId + row.ResourceArn;

    private static void Accept(Dictionary<string, string> row) =>
        (row["Decision"], row["DecisionReason"], row["Owner"], row["DueDate"]) = ("Accept", "It goes.", "J. Ek", "2027-03-31");

    private static ReportContent Plan(params CisResult[] results) => ReportContent.Of(results, [], [], RuleTester.Now);

    private static List<Dictionary<string, string>> Filled(ReportContent content, Action<int, Dictionary<string, string>> fill)
    {
        var rows = Rows(content);
        for (var i = 0; i < rows.Count; i++)
        {
            fill(i, rows[i]);
        }

        return rows;
    }

    private static List<Dictionary<string, string>> Rows(ReportContent content)
    {
        using var parser = new CsvParser(
            new StringReader(ReportFormats.Of(ReportFormat.ActionPlan).ToText(content)), new CsvConfiguration(CultureInfo.InvariantCulture) { Mode = CsvMode.RFC4180, NewLine = "\r\n" });
        Assert.True(parser.Read());
        var header = parser.Record!;
        var rows = new List<Dictionary<string, string>>();
        while (parser.Read())
        {
            rows.Add(header.Zip(parser.Record!).ToDictionary(c => c.First, c => c.Second));
        }

        return rows;
    }

    private static string Text(List<Dictionary<string, string>> rows, string separator = ",")
    {
        using var text = new StringWriter();
        using var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = separator, NewLine = "\r\n" });
        foreach (var row in rows.Select(r => r.Values.AsEnumerable()).Prepend(rows.Count > 0 ? rows[0].Keys : Rows(SampleReport.Complete)[0].Keys))
        {
            row.ToList().ForEach(csv.WriteField);
            csv.NextRecord();
        }

        csv.Flush();
        return text.ToString();
    }

    private static List<ActionPlanRow> Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private static List<ActionPlanRow> Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return [.. ActionPlanFile.Read(stream, RuleTester.Now, () => throw new InvalidOperationException())];
    }
}
