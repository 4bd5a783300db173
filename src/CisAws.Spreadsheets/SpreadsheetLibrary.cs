using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using System.Xml;
using CisAws.Reports;
using CisAws.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Validations;
using SpreadCheetah.Worksheets;

namespace CisAws.Spreadsheets;

/// <summary>Writes workbooks with SpreadCheetah, row by row and with all texts as texts, and reads them with ExcelDataReader.</summary>
internal sealed class SpreadsheetLibrary : ISpreadsheetLibrary
{
    // The earliest time that an archive can have: the same sheets are the same bytes.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // The properties of a document have the time at which it was created.
    private static readonly SpreadCheetahOptions Options = new() { DocumentProperties = null };

#if NET
    // ExcelDataReader asks for the encoding 1252, which old formats have, even if it does not use it.
    static SpreadsheetLibrary() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

#endif
    /// <inheritdoc/>
    public void Write(IReadOnlyList<SpreadsheetSheet> sheets, Stream stream)
    {
        // Compressed, a workbook takes a small part of the memory that its results take.
        using var workbook = new MemoryStream();
        // The pipeline thread waits; nothing here comes back to it.
        Task.Run(() => WriteAsync(sheets, workbook)).GetAwaiter().GetResult();
        RemoveTimes(workbook);
        workbook.WriteTo(stream);
    }

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> Read(Stream stream)
    {
        try
        {
            using var reader = ExcelReaderFactory.CreateOpenXmlReader(stream, new ExcelReaderConfiguration { LeaveOpen = true });
            var sheets = new List<IReadOnlyList<IReadOnlyList<string>>>();
            do
            {
                var rows = new List<IReadOnlyList<string>>();
                while (reader.Read())
                {
                    rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => TextOf(reader.GetValue(i)))]);
                }

                sheets.Add(rows);
            }
            while (reader.NextResult());
            return sheets;
        }
        catch (Exception e) when (e is ExcelReaderException or XmlException or InvalidDataException or FormatException or ArgumentException or InvalidOperationException or NullReferenceException)
        {
            // What the library throws for an archive that is no workbook depends on what is missing in it.
            throw new InvalidDataException("The file is not a workbook in the format .xlsx.", e);
        }
    }

    private static string TextOf(object? value) => value switch
    {
        null => "",
        DateTime { TimeOfDay.Ticks: 0 } day => IsoDate.Write(day),
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>SpreadCheetah has no option for the times of the parts. They stay compressed.</summary>
    private static void RemoveTimes(Stream workbook)
    {
        using var archive = new ZipArchive(workbook, ZipArchiveMode.Update, leaveOpen: true);
        foreach (var part in archive.Entries)
        {
            part.LastWriteTime = NoTime;
        }
    }

    private static async Task WriteAsync(IReadOnlyList<SpreadsheetSheet> sheets, Stream stream)
    {
        using var workbook = await Spreadsheet.CreateNewAsync(stream, Options).ConfigureAwait(false);
        var styles = new WorkbookStyles(workbook);
        foreach (var sheet in sheets)
        {
            await WriteAsync(workbook, sheet, styles).ConfigureAwait(false);
        }

        await workbook.FinishAsync().ConfigureAwait(false);
    }

    private static async Task WriteAsync(Spreadsheet workbook, SpreadsheetSheet sheet, WorkbookStyles styles)
    {
        var last = SpreadsheetUtility.GetColumnName(sheet.Columns.Count);
        var options = new WorksheetOptions { FrozenRows = 1, AutoFilter = new AutoFilterOptions($"A1:{last}{Invariant(Math.Max(2, sheet.RowCount + 1))}") };
        if (sheet.FrozenColumns > 0)
        {
            options.FrozenColumns = sheet.FrozenColumns;
        }

        for (var i = 0; i < sheet.Columns.Count; i++)
        {
            options.Column(i + 1).Width = sheet.Columns[i].Width;
        }

        await workbook.StartWorksheetAsync(sheet.Name, options).ConfigureAwait(false);
        await workbook.AddRowAsync([.. sheet.Columns.Select(c => new Cell(c.Name, styles.Header))]).ConfigureAwait(false);
        var cells = new Cell[sheet.Columns.Count];
        foreach (var row in sheet.Rows)
        {
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = CellOf(row[i], styles.Of(sheet.Columns[i].Kind, row[i]));
            }

            await workbook.AddRowAsync(cells).ConfigureAwait(false);
        }

        for (var i = 0; i < sheet.Columns.Count; i++)
        {
            if (sheet.Columns[i].Choices is { Count: > 0 } choices && sheet.RowCount > 0)
            {
                var column = SpreadsheetUtility.GetColumnName(i + 1);
                workbook.AddDataValidation($"{column}2:{column}{Invariant(sheet.RowCount + 1)}", DataValidation.ListValues(choices));
            }
        }
    }

    private static Cell CellOf(object? value, StyleId style) => value switch
    {
        null or "" => new Cell((string?)null, style),
        string text => new Cell(Plain(text), style),
        int number => new Cell(number, style),
        double number => new Cell(number, style),
        DateTime time => new Cell(time, style),
        _ => throw new ArgumentException($"A cell cannot have a value of the type {value.GetType().Name}."),
    };

    /// <summary>Without characters that XML cannot have, and no longer than a cell can be.</summary>
    private static string Plain(string text)
    {
        var safe = TerminalText.EscapeForXml(text);
        return safe.Length <= SpreadsheetSheet.MaxText ? safe : safe.Substring(0, char.IsHighSurrogate(safe[SpreadsheetSheet.MaxText - 2]) ? SpreadsheetSheet.MaxText - 2 : SpreadsheetSheet.MaxText - 1) + "…";
    }

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
