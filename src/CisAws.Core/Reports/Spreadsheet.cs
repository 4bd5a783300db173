using System.Collections.Generic;
using System.IO;

namespace CisAws.Reports;

/// <summary>Writes and reads workbooks (.xlsx). CisAws.Spreadsheets implements it; reports know it by this interface only, so that its libraries load apart.</summary>
internal interface ISpreadsheetLibrary
{
    /// <summary>Writes a workbook row by row.</summary>
    /// <param name="sheets">The sheets, at least one.</param>
    /// <param name="stream">Takes it; stays open.</param>
    void Write(IReadOnlyList<SpreadsheetSheet> sheets, Stream stream);

    /// <summary>The rows of each sheet as text, the first one first: dates as 2027-03-31, numbers as in .NET's invariant culture, and empty texts for empty cells.</summary>
    /// <param name="stream">The file, which can be read at any place; stays open.</param>
    /// <exception cref="InvalidDataException">It is not a workbook.</exception>
    IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> Read(Stream stream);
}

/// <summary>A sheet with a header row, which stays in view and filters the rows.</summary>
/// <param name="Name">Its name, at most 31 characters.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows, with a cell for each column: a text, a number, a date, or null for an empty cell. A text is never a formula.</param>
internal sealed record SpreadsheetSheet(string Name, IReadOnlyList<SpreadsheetColumn> Columns, IEnumerable<IReadOnlyList<object?>> Rows)
{
    /// <summary>The most rows that a sheet can have, with its header (ECMA-376; Excel specifications and limits).</summary>
    public const int MaxRows = 1_048_576;

    /// <summary>The most characters that a cell can have.</summary>
    public const int MaxText = 32_767;

    /// <summary>How many rows there are, without the header.</summary>
    public required int RowCount { get; init; }

    /// <summary>How many columns on the left stay in view.</summary>
    public int FrozenColumns { get; init; }
}

/// <summary>A column of a sheet.</summary>
/// <param name="Name">The text of its header.</param>
/// <param name="Width">In characters of the default font.</param>
/// <param name="Kind">How its cells look.</param>
internal sealed record SpreadsheetColumn(string Name, double Width, SpreadsheetColumnKind Kind = SpreadsheetColumnKind.Text)
{
    /// <summary>The texts that a cell can have, as a list to choose from; empty for any.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}

/// <summary>How the cells of a column look.</summary>
internal enum SpreadsheetColumnKind
{
    /// <summary>Text in one line, or a number.</summary>
    Text,

    /// <summary>Text that is wrapped.</summary>
    Wrapped,

    /// <summary>A status, in its colour.</summary>
    Status,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A day and a time (UTC).</summary>
    Time,

    /// <summary>A share of 1, as a percentage.</summary>
    Percentage,

    /// <summary>To be filled in with text.</summary>
    Input,

    /// <summary>To be filled in with a day.</summary>
    DateInput,
}
