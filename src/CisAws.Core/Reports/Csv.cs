using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace CisAws.Reports;

/// <summary>
/// Comma-separated values as RFC 4180 has them. What a spreadsheet would take for a formula is written with an apostrophe before it.
/// </summary>
/// <remarks>
/// Without a library: the format is one rule of quoting, and a library would have to be loaded apart from those of other modules. The tests read what
/// is written with CsvHelper and with PowerShell, and what PowerShell and spreadsheets write.
/// </remarks>
internal static class Csv
{
    // If a spreadsheet has one of them as its list separator, a cell starts after it, also within a text.
    private static readonly char[] OtherSeparators = [';', '\t'];

    /// <summary>Writes a row.</summary>
    public static void WriteRow(TextWriter writer, IEnumerable<string> cells)
    {
        var separator = "";
        foreach (var cell in cells)
        {
            writer.Write(separator);
            WriteCell(writer, Neutral(cell));
            separator = ",";
        }

        writer.Write("\r\n");
    }

    /// <summary>Reads rows as they come. An empty line is a row with one empty cell, so that rows count as in a spreadsheet.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="separator">What is between cells.</param>
    /// <param name="number">The number of the first row, for errors.</param>
    /// <exception cref="InvalidDataException">A quotation mark is not closed.</exception>
    public static IEnumerable<IReadOnlyList<string>> Read(TextReader reader, char separator, int number = 1)
    {
        var row = new List<string>();
        while (reader.Peek() >= 0)
        {
            var cell = ReadCell(reader, separator, number);
            row.Add(cell);
            if (reader.Peek() == separator)
            {
                _ = reader.Read();
                if (reader.Peek() >= 0)
                {
                    continue;
                }

                row.Add("");
            }

            SkipLineEnd(reader);
            yield return row;
            (row, number) = ([], number + 1);
        }
    }

    /// <summary>A cell without the apostrophes before what looks like a formula.</summary>
    public static string Plain(string cell) =>
        AtEachStart(cell, static (t, start) => start < t.Length && t[start] == '\'' && IsFormula(t, start + 1) ? t.Remove(start, 1) : t);

    private static string ReadCell(TextReader reader, char separator, int row)
    {
        var text = new StringBuilder();
        if (reader.Peek() == '"')
        {
            _ = reader.Read();
            ReadQuoted(reader, text, row);
        }

        // A quotation mark within a cell that does not begin with one stands for itself.
        while (reader.Peek() is var c && c >= 0 && c != separator && c is not ('\r' or '\n'))
        {
            text.Append((char)reader.Read());
        }

        return text.ToString();
    }

    private static void ReadQuoted(TextReader reader, StringBuilder text, int row)
    {
        for (var c = reader.Read(); c >= 0; c = reader.Read())
        {
            if (c != '"')
            {
                text.Append((char)c);
            }
            else if (reader.Peek() == '"')
            {
                text.Append((char)reader.Read());
            }
            else
            {
                return;
            }
        }

        throw new InvalidDataException($"A quotation mark in row {row} is not closed.");
    }

    private static void SkipLineEnd(TextReader reader)
    {
        if (reader.Peek() == '\r')
        {
            _ = reader.Read();
        }

        if (reader.Peek() == '\n')
        {
            _ = reader.Read();
        }
    }

    private static void WriteCell(TextWriter writer, string text)
    {
        if (text.IndexOfAny([',', '"', '\r', '\n']) < 0)
        {
            writer.Write(text);
            return;
        }

        writer.Write('"');
        writer.Write(text.Replace("\"", "\"\""));
        writer.Write('"');
    }

    /// <summary>A spreadsheet shows a text that begins with an apostrophe as it is, and does not compute it.</summary>
    private static string Neutral(string text) => AtEachStart(text, static (t, start) => IsFormula(t, start) ? t.Insert(start, "'") : t);

    /// <summary>Changes a text wherever a spreadsheet can start a cell, from the end on: what was found before stays where it is.</summary>
    private static string AtEachStart(string text, Func<string, int, string> change)
    {
        for (var end = text.Length; end > 0;)
        {
            var start = text.LastIndexOfAny(OtherSeparators, end - 1) + 1;
            text = change(text, start);
            end = start - 1;
        }

        return text;
    }

    /// <summary>White space, also without a width, and quotation marks can be before the sign.</summary>
    private static bool IsFormula(string text, int start)
    {
        var sign = start;
        while (sign < text.Length && (char.IsWhiteSpace(text[sign]) || text[sign] is '"' or '\u200B' or '\uFEFF'))
        {
            sign++;
        }

        return (start == 0 && text is ['\t' or '\r' or '\n', ..]) || (sign < text.Length && text[sign] is ('=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠'));
    }
}
