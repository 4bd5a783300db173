using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using CisAws.Assessments;
using CisAws.Core.Tests.Results;
using CisAws.Core.Tests.Rules;
using CisAws.Programs;
using CisAws.Reports;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Spreadsheets;
using CsCheck;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace CisAws.Core.Tests.Reports;

/// <summary>Workbooks, validated and read by the Open XML SDK of Microsoft, which does not write them.</summary>
public sealed class XlsxReportTests
{
    private static readonly Func<ISpreadsheetLibrary> Library = () => new SpreadsheetLibrary();

    public static TheoryData<ReportFormat, string> Workbooks => new MatrixTheoryData<ReportFormat, string>(
        [ReportFormat.Xlsx, ReportFormat.ActionPlan], ["sample", "complete", "empty", "omissions"]);

    [Theory]
    [MemberData(nameof(Workbooks))]
    public void A_workbook_is_valid(ReportFormat format, string sample)
    {
        using var stream = Write(format, Sample(sample));
        using var workbook = SpreadsheetDocument.Open(stream, isEditable: true);
        Assert.Empty(new OpenXmlValidator().Validate(workbook, TestContext.Current.CancellationToken));

        SheetOf(workbook, 0).Descendants<Cell>().First().StyleIndex = 999;
        Assert.NotEmpty(new OpenXmlValidator().Validate(workbook, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Every_report_can_be_written() => ResultGenerator.Any.Sample(
        results =>
        {
            using var workbook = SpreadsheetDocument.Open(Write(ReportFormat.Xlsx, ReportContent.Of(results, [], [], RuleTester.Now)), isEditable: false);
            Assert.Empty(new OpenXmlValidator().Validate(workbook, TestContext.Current.CancellationToken));
        },
        iter: 20);

    /// <summary>So that a folder under version control, or a backup, has a new file only where there are new results.</summary>
    [Theory]
    [MemberData(nameof(Workbooks))]
    public void The_same_results_are_the_same_bytes(ReportFormat format, string sample)
    {
        var bytes = Write(format, Sample(sample)).ToArray();
        Assert.Equal(bytes, Write(format, Sample(sample)).ToArray());
        using var archive = new ZipArchive(new MemoryStream(bytes));
        Assert.All(archive.Entries, e => Assert.Equal(new DateTime(1980, 1, 1), e.LastWriteTime.DateTime));
        Assert.DoesNotContain(archive.Entries, e => e.FullName == "docProps/core.xml");
    }

    /// <summary>The header of each sheet stays in view and filters the rows.</summary>
    [Theory]
    [InlineData(0, "Summary", "Account Program Pass rate")]
    [InlineData(1, "Controls", "Account Program Control")]
    [InlineData(2, "Findings", "Account Control Status")]
    [InlineData(3, "Not seen", "Account Action Region")]
    public void A_sheet_has_a_header(int index, string name, string columns)
    {
        using var workbook = SpreadsheetDocument.Open(Write(ReportFormat.Xlsx, SampleReport.Content), isEditable: false);
        var sheet = SheetOf(workbook, index);
        Assert.Equal(name, workbook.WorkbookPart!.Workbook!.Sheets!.Elements<Sheet>().ElementAt(index).Name!.Value);
        Assert.StartsWith(columns, string.Join(" ", Rows(sheet)[0]), StringComparison.Ordinal);
        Assert.Equal(1, sheet.Descendants<Pane>().Single().VerticalSplit!.Value);
        Assert.StartsWith("A1:", sheet.Elements<AutoFilter>().Single().Reference!.Value, StringComparison.Ordinal);
        Assert.All(sheet.Descendants<Column>(), c => Assert.InRange(c.Width!.Value, 8, 80));
    }

    [Fact]
    public void Texts_are_texts_and_never_formulas()
    {
        using var workbook = SpreadsheetDocument.Open(Write(ReportFormat.Xlsx, SampleReport.Content), isEditable: false);
        Assert.DoesNotContain(workbook.WorkbookPart!.WorksheetParts, p => p.Worksheet!.Descendants<CellFormula>().Any());
        var resources = Rows(SheetOf(workbook, 2)).Select(r => r[5]).ToList();
        Assert.Contains("=cmd|' /C calc'!A0", resources);
        Assert.Contains("<script>alert(1)</script>", resources);
        Assert.Contains(resources, r => r.StartsWith("Ünïcode\\u001b[2J\\u0000\\uffff\\ud800", StringComparison.Ordinal));
        Assert.Contains("1.10", Rows(SheetOf(Open(SampleResults.Result("1.10", CisStatus.Fail, resources: "a")), 1)).Select(r => r[2]));
    }

    [Fact]
    public void Counts_rates_and_times_are_numbers()
    {
        using var workbook = Open(SampleResults.Result("1.2", CisStatus.Fail, resources: "a b"), SampleResults.Result("1.3", CisStatus.Pass, resources: "c"));
        var summary = SheetOf(workbook, 0).Descendants<Row>().ElementAt(1).Elements<Cell>().ToList();
        Assert.Equal(["0.5", "2", "1", "1"], summary.Skip(2).Take(4).Select(c => c.InnerText));
        Assert.All(summary.Skip(2).Take(11), c => Assert.True(c.DataType is null || c.DataType.Value == CellValues.Number));
        Assert.Equal(RuleTester.Now.UtcDateTime.ToOADate(), double.Parse(summary[11].InnerText, CultureInfo.InvariantCulture));
        Assert.Equal(["0.0 %", "yyyy-mm-dd hh:mm"], new[] { summary[2], summary[11] }.Select(c => FormatOf(workbook, c)));
    }

    /// <summary>WCAG 2.1: at least 4.5 for text.</summary>
    [Fact]
    public void Colours_have_enough_contrast()
    {
        using var workbook = Open(SampleResults.Result("1.2", CisStatus.Fail, resources: "a"));
        var styles = workbook.WorkbookPart!.WorkbookStylesPart!.Stylesheet!;
        var fonts = styles.Fonts!.Elements<Font>().ToList();
        var fills = styles.Fills!.Elements<Fill>().ToList();
        var contrasts = styles.CellFormats!.Elements<CellFormat>()
            .Select(f => (Text: fonts[(int)f.FontId!.Value].Color?.Rgb?.Value, Fill: fills[(int)f.FillId!.Value].PatternFill?.ForegroundColor?.Rgb?.Value))
            .Where(c => c.Fill is not null).Select(c => Contrast(c.Text ?? "FF000000", c.Fill!)).ToList();
        Assert.True(contrasts.Count >= 7);
        Assert.All(contrasts, c => Assert.True(c >= 4.5, $"A contrast is {c}."));
    }

    [Fact]
    public void What_has_no_room_is_left_out_and_the_summary_says_so()
    {
        var content = ReportContent.Of([SampleResults.Result("4.1", CisStatus.Fail, resources: "a b c d")], [], [], RuleTester.Now);
        var sheets = XlsxReport.Sheets(content, maxRows: 3);
        Assert.Equal(["a", "b"], sheets[2].Rows.Select(r => r[5]));
        Assert.Contains("A sheet has at most 3 rows: it contains the first 2 of 4 findings. A CSV report contains all.", sheets[0].Rows.Select(r => r[^1]));
        Assert.DoesNotContain(XlsxReport.Sheets(content)[0].Rows, r => r[0] is "This report is incomplete.");
    }

    [Fact]
    public void What_could_not_be_read_has_the_action_and_the_controls()
    {
        using var workbook = SpreadsheetDocument.Open(Write(ReportFormat.Xlsx, SampleReport.Content), isEditable: false);
        var rows = Rows(SheetOf(workbook, 3));
        Assert.Equal(["The pipeline was stopped."], rows.Where(r => r[3] == "ReportIncomplete").Select(r => r[5]));
        Assert.Contains(rows, r => r.SequenceEqual([RuleTester.AccountId, "cloudtrail:DescribeTrails", "eu-north-1", "AccessDenied", "2.1", "Denied."]));
    }

    [Fact]
    public void An_account_that_could_not_be_assessed_is_what_could_not_be_seen()
    {
        var controls = DefaultPrograms.Benchmark.Controls.Take(2);
        var results = UnassessedAccount.Results(controls, RuleTester.AccountId, UnassessedAccount.Unreachable, "Not assessed: no role.", new AssessmentRun(RuleTester.Now) { IsComplete = true });
        using var workbook = Open([.. results]);
        Assert.Equal([RuleTester.AccountId, "", "", "AccountUnreachable", "1.1, 1.2", "Not assessed: no role."], Rows(SheetOf(workbook, 3))[1]);
    }

    [Fact]
    public void An_account_has_its_name_where_it_is_known()
    {
        var result = SampleResults.Result("4.1", CisStatus.Pass);
        using var workbook = Open(new CisResult(result.Values with { AccountName = "Norrvik", OrganizationalUnit = "Root/Production" }, result.Run));
        Assert.Equal(["Norrvik", "Root/Production", ""], Rows(SheetOf(workbook, 0))[1][^3..]);
    }

    [Fact]
    public void A_report_without_results_says_so()
    {
        using var workbook = Open();
        Assert.Equal("Nothing was assessed.", Rows(SheetOf(workbook, 0))[1][0]);
    }

    [Fact]
    public void A_text_is_cut_to_what_a_cell_can_have()
    {
        var text = Rows(SheetOf(Open(SampleResults.Result("4.1", CisStatus.Fail, resources: new string('x', 40_000))), 2))[1][5];
        Assert.Equal((SpreadsheetSheet.MaxText, '…'), (text.Length, text[^1]));
    }

    /// <summary>A spreadsheet saves a date as a number with the format of a date.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_action_plan_that_is_filled_in_is_read(bool isDate)
    {
        var stream = Write(ReportFormat.ActionPlan, ReportContent.Of([SampleResults.Result("1.10", CisStatus.Fail, resources: "sg-1")], [], [], RuleTester.Now));
        using (var workbook = SpreadsheetDocument.Open(stream, isEditable: true))
        {
            var rows = SheetOf(workbook, 0).Descendants<Row>().ToList();
            var header = rows[0].Elements<Cell>().Select(c => c.InnerText).ToList();
            Assert.Equal("\"Fix,Accept,Passed,Failed\"", SheetOf(workbook, 0).Descendants<Formula1>().Single().InnerText);
            Fill("Decision", "Accept");
            Fill("DecisionReason", "=1+1");
            Fill("Owner", "J. Ek");
            Fill("DueDate", "2027-03-31");
            if (isDate)
            {
                var cell = CellOf("DueDate");
                cell.RemoveAllChildren();
                cell.DataType = null;
                cell.CellValue = new CellValue(new DateTime(2027, 3, 31).ToOADate());
            }

            Cell CellOf(string column) => rows[1].Elements<Cell>().ElementAt(header.IndexOf(column));

            void Fill(string column, string value) => (CellOf(column).DataType, CellOf(column).InlineString) = (CellValues.InlineString, new InlineString(new DocumentFormat.OpenXml.Spreadsheet.Text(value)));
        }

        stream.Position = 0;
        var row = Assert.Single(ActionPlanFile.Read(stream, RuleTester.Now, Library));
        var exemption = Assert.IsType<CisExemption>(row.Entry);
        Assert.Equal(
            (2, "1.10", "J. Ek", "=1+1", new DateTime(2027, 3, 31)),
            (row.Number, exemption.ControlId.ToString(), exemption.Owner, exemption.Reason, exemption.Expires));
    }

    [Fact]
    public void The_plan_may_be_on_any_sheet()
    {
        var plan = ActionPlanReport.Sheets(ReportContent.Of([SampleResults.Result("4.1", CisStatus.Fail, resources: "sg-1")], [], [], RuleTester.Now))[0];
        using var stream = new MemoryStream();
        Library().Write([new("Notes", [new("About", 20)], [["ours"]]) { RowCount = 1 }, plan], stream);
        stream.Position = 0;
        Assert.Equal(2, Assert.Single(ActionPlanFile.Read(stream, RuleTester.Now, Library)).Number);
    }

    [Fact]
    public void What_is_no_workbook_or_no_plan_is_refused()
    {
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("xl/other.xml");
        }

        Assert.Equal("The file is not a workbook in the format .xlsx.", Refused(archive));
        Assert.Equal("The file is not a workbook in the format .xlsx.", Refused(new MemoryStream([(byte)'P', (byte)'K', 3, 4, 0, 1])));
        Assert.StartsWith("The first row does not have the columns of an action plan.", Refused(Write(ReportFormat.Xlsx, SampleReport.Content)), StringComparison.Ordinal);

        static string Refused(MemoryStream stream)
        {
            stream.Position = 0;
            return Assert.Throws<InvalidDataException>(() => ActionPlanFile.Read(stream, RuleTester.Now, Library).ToList()).Message;
        }
    }

    private static ReportContent Sample(string name) => name switch
    {
        "sample" => SampleReport.Content,
        "complete" => SampleReport.Complete,
        "empty" => SampleReport.Empty,
        _ => SampleReport.OmissionsOnly,
    };

    private static MemoryStream Write(ReportFormat format, ReportContent content)
    {
        var stream = new MemoryStream();
        ReportFormats.Of(format, "report.xlsx", Library).Write(content, stream);
        stream.Position = 0;
        return stream;
    }

    private static SpreadsheetDocument Open(params CisResult[] results) =>
        SpreadsheetDocument.Open(Write(ReportFormat.Xlsx, ReportContent.Of(results, [], [], RuleTester.Now)), isEditable: false);

    private static Worksheet SheetOf(SpreadsheetDocument workbook, int index)
    {
        var sheet = workbook.WorkbookPart!.Workbook!.Sheets!.Elements<Sheet>().ElementAt(index);
        return ((WorksheetPart)workbook.WorkbookPart.GetPartById(sheet.Id!.Value!)).Worksheet!;
    }

    private static List<string[]> Rows(Worksheet sheet) => [.. sheet.Descendants<Row>().Select(r => r.Elements<Cell>().Select(c => c.InnerText).ToArray())];

    private static string FormatOf(SpreadsheetDocument workbook, Cell cell)
    {
        var styles = workbook.WorkbookPart!.WorkbookStylesPart!.Stylesheet!;
        var id = styles.CellFormats!.Elements<CellFormat>().ElementAt((int)cell.StyleIndex!.Value).NumberFormatId!.Value;
        return styles.NumberingFormats!.Elements<NumberingFormat>().Single(f => f.NumberFormatId!.Value == id).FormatCode!.Value!;
    }

    private static double Contrast(string a, string b)
    {
        var light = new[] { Luminance(a), Luminance(b) }.Order().ToArray();
        return (light[1] + 0.05) / (light[0] + 0.05);

        static double Luminance(string argb)
        {
            var parts = Enumerable.Range(1, 3).Select(i => int.Parse(argb.AsSpan(2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
                .Select(c => c <= 0.03928 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)).ToArray();
            return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
        }
    }
}
