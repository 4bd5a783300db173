using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using CisAws.Core.Tests.Results;
using CisAws.Core.Tests.Rules;
using CisAws.Evidence;
using CisAws.Reports;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Text;
using CsCheck;
using CsvHelper;
using CsvHelper.Configuration;

namespace CisAws.Core.Tests.Reports;

/// <summary>The CSV report, read with CsvHelper.</summary>
public sealed class CsvReportTests
{
    private const string Formula = "=+-@\t\r\n＝＋－＠";

    [Fact]
    public void It_has_a_row_for_each_finding_and_the_same_columns_whatever_is_in_them() => ResultGenerator.Any.Sample(results =>
    {
        var content = ReportContent.Of(results, [], [], RuleTester.Now);
        var rows = Read(content);
        Assert.Equal(content.Rows.Select(r => r.Id.ToString()), rows.Skip(1).Select(r => Cell(rows, r, "FindingId")));
        Assert.All(rows, r => Assert.Equal(rows[0].Length, r.Length));
        Assert.Equal(content.Rows.Select(r => Plain(TerminalText.Escape(r.ResourceId))), rows.Skip(1).Select(r => Plain(Cell(rows, r, "ResourceId"))));
        Assert.Equal(content.Rows.Select(r => Plain(r.Finding?.Exemption?.Owner ?? "")), rows.Skip(1).Select(r => Plain(Cell(rows, r, "ExemptionOwner"))));
        Assert.DoesNotContain(rows.SelectMany(r => r), c => c.Length > 0 && Formula.Contains(c[0], StringComparison.Ordinal));
        Assert.DoesNotContain(rows.SelectMany(r => r).SelectMany(c => c.Split(';', '\t')), c => c.TrimStart() is { Length: > 0 } text && Formula.Contains(text[0], StringComparison.Ordinal));
    });

    /// <summary>In many countries Excel begins a cell after a semicolon.</summary>
    [Theory]
    [InlineData("=1", "'=1")]
    [InlineData(" =1", "' =1")]
    [InlineData("\u200b\ufeff+1", "'\u200b\ufeff+1")]
    [InlineData("x;=1+1;y", "x;'=1+1;y")]
    [InlineData("x; \"@A1\";\t-1", "x;' \"@A1\";\t'-1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a-b;c=d; e@f", "a-b;c=d; e@f")]
    [InlineData("'a;'b", "'a;'b")]
    public void A_formula_has_an_apostrophe_before_it(string text, string written)
    {
        using var writer = new StringWriter();
        Csv.WriteRow(writer, [text]);
        var cell = Assert.Single(Assert.Single(Csv.Read(new StringReader(writer.ToString()), ',')));
        Assert.Equal(written, cell);
        Assert.Equal(text, Csv.Plain(cell));
    }

    [Fact]
    public void What_is_missing_is_a_row_that_no_filter_by_status_hides()
    {
        var rows = Read(ReportContent.Of([SampleResults.Result("4.1", CisStatus.Pass, resources: "sg-1")], [], ["The pipeline was stopped."], RuleTester.Now));
        Assert.Equal(["Unknown", "Pass"], rows.Skip(1).Select(r => Cell(rows, r, "Status")));
        Assert.Equal("The pipeline was stopped.", Cell(rows, rows[1], "Reason"));
    }

    [Fact]
    public void Without_results_there_is_a_header() => Assert.Single(Read(ReportContent.Of([], [], [], RuleTester.Now)));

    /// <summary>Scripts read the columns by these names, and some by their places: new ones come last.</summary>
    [Fact]
    public void The_columns_are_fixed() => Assert.StartsWith(
        "AccountId,Benchmark,Program,ProgramVersion,ControlId,SortKey,Title,Section,Level,Scored,Severity,ControlStatus,Incomplete,Status,ReasonCode,Reason,Region," +
        "ResourceType,ResourceId,ResourceArn,RuleId,Facts,Warnings,Tags,ExemptionReason,ExemptionOwner,ExemptionTicket,ExemptionExpires,AttestedBy,AttestedOn," +
        "AttestationExpires,Remediation,Settings,AssessedAt,CollectedAt,RunId,FindingId,AccountName,OrganizationalUnit",
        ReportFormats.Of(ReportFormat.Csv).ToText(ReportContent.Of([], [], [], RuleTester.Now)), StringComparison.Ordinal);

    private static string Plain(string text) => text.Replace("'", "", StringComparison.Ordinal);

    private static string Cell(List<string[]> rows, string[] row, string column) => row[Array.IndexOf(rows[0], column)];

    private static List<string[]> Read(ReportContent content)
    {
        using var stream = new MemoryStream();
        ReportFormats.Of(ReportFormat.Csv).Write(content, stream);
        Assert.Equal([0xEF, 0xBB, 0xBF], stream.ToArray()[..3]);
        stream.Position = 0;
        using var parser = new CsvParser(new StreamReader(stream), new CsvConfiguration(CultureInfo.InvariantCulture) { Mode = CsvMode.RFC4180, NewLine = "\r\n" });
        var rows = new List<string[]>();
        while (parser.Read())
        {
            rows.Add(parser.Record!);
        }

        return rows;
    }
}
