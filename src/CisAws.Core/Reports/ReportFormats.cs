using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace CisAws.Reports;

/// <summary>The writers of all formats, and the formats by the names of files.</summary>
internal static class ReportFormats
{
    private const string Workbook = ".xlsx";

    private static readonly IReadOnlyDictionary<ReportFormat, ReportWriter> Writers = new Dictionary<ReportFormat, ReportWriter>
    {
        [ReportFormat.ActionPlan] = new ActionPlanReport(),
        [ReportFormat.Asff] = new AsffReport(),
        [ReportFormat.Csv] = new CsvReport(),
        [ReportFormat.Hdf] = new HdfReport(),
        [ReportFormat.Html] = new HtmlReport(),
        [ReportFormat.JUnit] = new JUnitReport(),
        [ReportFormat.Markdown] = new MarkdownReport(),
        [ReportFormat.Ocsf] = new OcsfReport(),
        [ReportFormat.Oscal] = new OscalReport(),
        [ReportFormat.Sarif] = new SarifReport(),
        [ReportFormat.Xlsx] = WorkbookOf(ReportFormat.Xlsx, () => throw new InvalidOperationException("What writes workbooks is not loaded.")),
    };

    /// <summary>Every format, in the order of their names.</summary>
    public static IEnumerable<ReportFormat> All => Writers.Keys.OrderBy(f => f.ToString(), StringComparer.Ordinal);

    /// <summary>Every extension that identifies a format, in the order of the formats.</summary>
    public static IEnumerable<string> Extensions => All.SelectMany(f => Writers[f].Extensions);

    /// <summary>The writer of a format; an action plan is text.</summary>
    public static ReportWriter Of(ReportFormat format) => Writers[format];

    /// <summary>The writer of a file: Xlsx is a workbook, and so is an action plan whose name ends with .xlsx.</summary>
    /// <param name="format">The format.</param>
    /// <param name="path">The file.</param>
    /// <param name="library">Loads what writes workbooks.</param>
    public static ReportWriter Of(ReportFormat format, string path, Func<ISpreadsheetLibrary> library) =>
        format == ReportFormat.Xlsx || (format == ReportFormat.ActionPlan && path.EndsWith(Workbook, StringComparison.OrdinalIgnoreCase))
            ? WorkbookOf(format, library)
            : Of(format);

    /// <summary>The format that the name of a file ends with, such as .csv; null where it ends with none.</summary>
    public static ReportFormat? OfFile(string path)
    {
        var name = Path.GetFileName(path);
        var known =
            from writer in Writers
            from extension in writer.Value.Extensions
            where name.EndsWith(extension, StringComparison.OrdinalIgnoreCase)
            // .junit.xml takes precedence over .xml.
            orderby extension.Length descending
            select (ReportFormat?)writer.Key;
        return known.FirstOrDefault();
    }

    private static SpreadsheetReport WorkbookOf(ReportFormat format, Func<ISpreadsheetLibrary> library) => format == ReportFormat.ActionPlan
        ? new([ActionPlanReport.WorkbookExtension], ActionPlanReport.Sheets, library)
        : new([Workbook], content => XlsxReport.Sheets(content), library);
}
