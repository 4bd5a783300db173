using System.Collections.Generic;
using System.Drawing;
using CisAws.Reports;
using SpreadCheetah;
using SpreadCheetah.Styling;

namespace CisAws.Spreadsheets;

/// <summary>How the cells of a workbook look.</summary>
internal sealed class WorkbookStyles
{
    private static readonly Color Rule = Color.FromArgb(0xBF, 0xBF, 0xBF);

    private readonly Dictionary<SpreadsheetColumnKind, StyleId> _kinds = [];

    private readonly Dictionary<string, StyleId> _words = [];

    public WorkbookStyles(Spreadsheet workbook)
    {
        Header = workbook.AddStyle(new Style
        {
            Font = { Bold = true, Color = Color.White },
            Fill = { Color = Color.FromArgb(0x23, 0x2F, 0x3E) },
            Alignment = { WrapText = true, Vertical = VerticalAlignment.Center },
        });
        Add(SpreadsheetColumnKind.Text, new Style());
        Add(SpreadsheetColumnKind.Wrapped, new Style { Alignment = { WrapText = true } });
        Add(SpreadsheetColumnKind.Status, new Style());
        Add(SpreadsheetColumnKind.Date, new Style { Format = NumberFormat.Custom("yyyy-mm-dd") });
        Add(SpreadsheetColumnKind.Time, new Style { Format = NumberFormat.Custom("yyyy-mm-dd hh:mm") });
        Add(SpreadsheetColumnKind.Percentage, new Style { Format = NumberFormat.Custom("0.0 %") });
        Add(SpreadsheetColumnKind.Input, Input(new Style { Alignment = { WrapText = true } }));
        Add(SpreadsheetColumnKind.DateInput, Input(new Style { Format = NumberFormat.Custom("yyyy-mm-dd") }));

        // Text on fill: a contrast of at least 4.5 (WCAG 2.1, AA).
        AddWords(0x006100, 0xC6EFCE, "Pass");
        AddWords(0x9C0006, 0xFFC7CE, "Fail");
        AddWords(0x7A4A00, 0xFFEB9C, "Unknown");
        AddWords(0x1F4E79, 0xDDEBF7, "Manual");
        AddWords(0x404040, 0xEDEDED, "Exempt", "NotApplicable");

        void Add(SpreadsheetColumnKind kind, Style style)
        {
            style.Alignment.Vertical = VerticalAlignment.Top;
            _kinds[kind] = workbook.AddStyle(style);
        }

        void AddWords(int text, int fill, params string[] words)
        {
            var style = workbook.AddStyle(new Style { Font = { Color = Opaque(text) }, Fill = { Color = Opaque(fill) }, Alignment = { Vertical = VerticalAlignment.Top } });
            foreach (var word in words)
            {
                _words[word] = style;
            }
        }
    }

    /// <summary>The style of the first row.</summary>
    public StyleId Header { get; }

    /// <summary>The style of a cell.</summary>
    public StyleId Of(SpreadsheetColumnKind kind, object? value) =>
        kind == SpreadsheetColumnKind.Status && value is string word && _words.TryGetValue(word, out var style) ? style : _kinds[kind];

    private static Style Input(Style style)
    {
        var edge = new EdgeBorder { BorderStyle = BorderStyle.Thin, Color = Rule };
        style.Fill.Color = Color.FromArgb(0xFF, 0xFD, 0xE7);
        style.Border = new Border { Left = edge, Right = edge, Top = edge, Bottom = edge };
        return style;
    }

    private static Color Opaque(int color) => Color.FromArgb(255, Color.FromArgb(color));
}
