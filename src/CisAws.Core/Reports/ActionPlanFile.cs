using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using CisAws.Benchmarks;
using CisAws.Programs;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Reports;

/// <summary>What is decided in a row of an action plan.</summary>
internal enum ActionPlanDecision
{
    /// <summary>Nothing is decided yet.</summary>
    None,

    /// <summary>The failure is to be remediated; nothing is stored in a program.</summary>
    Fix,

    /// <summary>The failure is accepted: an exemption.</summary>
    Accept,

    /// <summary>The requirement of a Manual control is met: an attestation.</summary>
    Passed,

    /// <summary>The requirement of a Manual control is not met: an attestation.</summary>
    Failed,
}

/// <summary>A row of an action plan that was filled in.</summary>
/// <param name="Number">Its number in the file, as a spreadsheet counts: the header is row 1.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="Entry">The exemption or the attestation; null for none.</param>
/// <param name="Expires">The last day on which the entry is valid; null for none.</param>
/// <param name="Problems">What is wrong; then there is no entry.</param>
internal sealed record ActionPlanRow(int Number, ActionPlanDecision Decision, object? Entry, DateTime? Expires, IReadOnlyList<ActionPlanProblem> Problems);

/// <summary>What is wrong with a cell of an action plan.</summary>
/// <param name="Column">The column.</param>
/// <param name="Message">What is wrong, as a sentence.</param>
/// <param name="Fix">What is valid, as a sentence.</param>
internal sealed record ActionPlanProblem(string Column, string Message, string Fix);

/// <summary>
/// Reads action plans that were filled in: in a spreadsheet, which may have changed the separator, the encoding, numbers and dates, or by a script. Only
/// FindingKey identifies a row, because a spreadsheet cannot take it for something else.
/// </summary>
internal sealed class ActionPlanFile
{
    private const string DecisionsOfFailures = "Valid values: Fix, Accept.";

    private static readonly string[] Required =
    [
        ActionPlanReport.FindingKey, ActionPlanReport.Status, ActionPlanReport.Decision, ActionPlanReport.DecisionReason, ActionPlanReport.Owner,
        ActionPlanReport.DueDate, ActionPlanReport.Ticket,
    ];

    private readonly DateTime _today;

    private readonly IReadOnlyList<string> _header;

    private readonly Dictionary<string, (int Row, ActionPlanDecision Decision, object? Entry)> _decided = new(StringComparer.OrdinalIgnoreCase);

    private ActionPlanFile(IReadOnlyList<string> header, DateTime today) => (_header, _today) = (header, today);

    /// <summary>Reads the rows of a plan.</summary>
    /// <param name="stream">The file, which can be read at any place: a workbook, or else text; stays open.</param>
    /// <param name="now">The time; attestations are of its day (UTC).</param>
    /// <param name="library">Loads what reads workbooks.</param>
    /// <exception cref="InvalidDataException">It is not an action plan, or a quotation mark is not closed.</exception>
    public static IEnumerable<ActionPlanRow> Read(Stream stream, DateTimeOffset now, Func<ISpreadsheetLibrary> library)
    {
        var (header, first, rows) = IsWorkbook(stream) ? Sheet(library().Read(stream)) : Text(stream);
        var plan = new ActionPlanFile(header, now.UtcDateTime.Date);
        return rows.Select((cells, i) => (Number: first + i, Cells: cells)).Where(r => r.Cells.Any(c => c.Trim().Length > 0)).Select(r => plan.RowOf(r.Number, r.Cells));
    }

    /// <summary>A workbook is a ZIP archive, whatever its name.</summary>
    private static bool IsWorkbook(Stream stream)
    {
        var start = stream.Position;
        var isArchive = stream.ReadByte() == 'P' && stream.ReadByte() == 'K' && stream.ReadByte() == 3;
        stream.Position = start;
        return isArchive;
    }

    /// <summary>People add sheets of their own: the plan is the first one that has its columns.</summary>
    private static (IReadOnlyList<string> Header, int First, IEnumerable<IReadOnlyList<string>> Rows) Sheet(IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> sheets)
    {
        var plans = sheets.Select(s => (Header: (IReadOnlyList<string>)[.. s.Take(1).SelectMany(r => r).Select(c => c.Trim())], Rows: s.Skip(1))).ToList();
        var (header, rows) = plans.Find(p => p.Header.Count > 0 && Missing(p.Header).Count == 0);
        return (Checked(header ?? plans.Select(p => p.Header).FirstOrDefault() ?? []), 2, rows);
    }

    private static (IReadOnlyList<string> Header, int First, IEnumerable<IReadOnlyList<string>> Rows) Text(Stream stream)
    {
        // Excel's "CSV" is in the encoding of the system, in which names would become other names.
        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, 64 * 1024, leaveOpen: true);
        var text = new StringReader(ReadAll(reader));
        var number = 1;
        var first = text.ReadLine() ?? "";
        if (first.StartsWith("#TYPE ", StringComparison.Ordinal) || first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
        {
            // Export-Csv of Windows PowerShell and Excel write a line before the header.
            (first, number) = (text.ReadLine() ?? "", 2);
        }

        var (header, separator) = HeaderOf(first);
        return (header, number + 1, Csv.Read(text, separator, number + 1));
    }

    private static string ReadAll(StreamReader reader)
    {
        try
        {
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException("The file is not in UTF-8 or UTF-16. In Excel, save it as 'CSV UTF-8'.", e);
        }
    }

    private static (IReadOnlyList<string> Header, char Separator) HeaderOf(string line)
    {
        char[] separators = [',', ';', '\t'];
        var best = separators
            .Select(s => (Header: (IReadOnlyList<string>)[.. Csv.Read(new StringReader(line), s).FirstOrDefault()?.Select(c => c.Trim()) ?? []], Separator: s))
            .OrderBy(h => Missing(h.Header).Count).First();
        return (Checked(best.Header), best.Separator);
    }

    private static IReadOnlyList<string> Checked(IReadOnlyList<string> header)
    {
        if (Missing(header) is { Count: > 0 } missing)
        {
            throw new InvalidDataException($"The first row does not have the columns of an action plan. Missing: {string.Join(", ", missing)}.");
        }

        return header.GroupBy(c => c, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Key.Length > 0 && g.Count() > 1) is { } twice
            ? throw new InvalidDataException($"The first row has the column {twice.Key} more than once.")
            : header;
    }

    private static List<string> Missing(IReadOnlyList<string> header) => [.. Required.Where(c => !header.Contains(c, StringComparer.OrdinalIgnoreCase))];

    private ActionPlanRow RowOf(int number, IReadOnlyList<string> cells)
    {
        var row = new Row(_header, cells);
        var decision = ActionPlanDecision.None;
        if (row[ActionPlanReport.Decision] is { Length: > 0 } word && (int.TryParse(word, out _) || !Enum.TryParse(word, ignoreCase: true, out decision) || decision == ActionPlanDecision.None))
        {
            row.Report(ActionPlanReport.Decision, $"'{word}' is not a decision.", "Valid values: Fix, Accept, Passed, Failed, or empty.");
            decision = ActionPlanDecision.None;
        }

        if (cells.Skip(_header.Count).Any(c => c.Trim().Length > 0))
        {
            row.Report(ActionPlanReport.Decision, $"The row has more cells than the {_header.Count} columns of the first row.", "Enclose a text that contains the separator in quotation marks.");
        }

        if (decision == ActionPlanDecision.None || KeyOf(row, decision) is not { } key)
        {
            return new(number, decision, null, null, row.Problems);
        }

        CheckStatus(row, decision);
        var (entry, expires) = EntryOf(row, decision, key);
        if (row.Problems.Count == 0)
        {
            entry = Once(row, number, decision, key, entry);
        }

        return row.Problems.Count == 0 ? new(number, decision, entry, expires, []) : new(number, decision, null, null, row.Problems);
    }

    private static ActionPlanKey? KeyOf(Row row, ActionPlanDecision decision)
    {
        var text = row[ActionPlanReport.FindingKey];
        var key = ActionPlanKey.TryRead(text);
        if (key is null || !ControlId.TryParse(key.ControlId, out var id) || (decision != ActionPlanDecision.Fix && !IsAccount(key.AccountId)))
        {
            row.Report(ActionPlanReport.FindingKey, text.Length == 0 ? "The row does not identify a finding." : $"'{text}' does not identify a finding.", "Restore the value from the report.");
            return null;
        }

        if (Benchmark.Find(key.Benchmark) is { } benchmark && benchmark.Find(id!) is null)
        {
            row.Report(ActionPlanReport.FindingKey, $"{id} is not a control of {benchmark.Id}.", "Restore the value from the report.");
            return null;
        }

        // Sorting some of the columns gives each decision to another finding.
        if (row[ActionPlanReport.ResourceArn] is { Length: > 0 } arn && key.Resource != arn)
        {
            row.Report(ActionPlanReport.FindingKey, $"{ActionPlanReport.FindingKey} and {ActionPlanReport.ResourceArn} are of different findings.", "Restore the rows from the report. If only some of the columns were sorted, the decisions are in the wrong rows.");
            return null;
        }

        return key;
    }

    /// <summary>An account that could not be reached is reported by the name of its profile.</summary>
    private static bool IsAccount(string text) => Regex.IsMatch(text, "^[0-9]{12}\\z", RegexOptions.CultureInvariant);

    private static void CheckStatus(Row row, ActionPlanDecision decision)
    {
        var status = row[ActionPlanReport.Status];
        if (!Enum.TryParse<CisStatus>(status, ignoreCase: true, out var value) || value is not (CisStatus.Fail or CisStatus.Manual or CisStatus.Unknown))
        {
            row.Report(ActionPlanReport.Status, $"'{status}' is not a status of an action plan.", "Restore the value from the report: Fail, Manual or Unknown.");
            return;
        }

        var valid = decision switch
        {
            ActionPlanDecision.Accept => value == CisStatus.Fail,
            ActionPlanDecision.Passed or ActionPlanDecision.Failed => value == CisStatus.Manual,
            _ => true,
        };
        if (!valid)
        {
            row.Report(
                ActionPlanReport.Decision, $"{decision} is not a decision about a row that is {value}.",
                value switch { CisStatus.Fail => DecisionsOfFailures, CisStatus.Manual => "Valid values: Fix, Passed, Failed.", _ => "Valid value: Fix. Allow what could not be read, and assess again." });
        }
    }

    private (object? Entry, DateTime? Expires) EntryOf(Row row, ActionPlanDecision decision, ActionPlanKey key)
    {
        if (decision == ActionPlanDecision.Fix)
        {
            return (null, null);
        }

        var control = new ControlSelector(ControlId.Parse(key.ControlId));
        var what = decision == ActionPlanDecision.Accept ? "An accepted failure" : "An attestation";
        var reason = row.Needed(ActionPlanReport.DecisionReason, what, decision == ActionPlanDecision.Accept ? "Specify why the failure is accepted." : "Specify how this was established.");
        var owner = row.Needed(ActionPlanReport.Owner, what, "Specify who is responsible for the decision.");
        var day = row.Needed(ActionPlanReport.DueDate, what, "Specify the last day on which the decision is valid, such as 2027-03-31.");
        var expires = IsoDate.TryRead(day);
        if (day.Length > 0 && expires is null)
        {
            row.Report(ActionPlanReport.DueDate, $"'{day}' is not a date in ISO 8601.", "Specify year, month and day, such as 2027-03-31. In a spreadsheet, format the column as text.");
        }

        var ticket = row[ActionPlanReport.Ticket] is { Length: > 0 } t ? t : null;
        return decision == ActionPlanDecision.Accept
            ? (new CisExemption
            {
                ControlId = control,
                Resource = Wildcard.Literal(key.Resource),
                AccountId = key.AccountId,
                Region = key.Region.Length > 0 ? key.Region : null,
                Reason = reason,
                Owner = owner,
                Ticket = ticket,
                Expires = expires,
            }, expires)
            : (new CisAttestation
            {
                ControlId = control,
                Status = decision == ActionPlanDecision.Passed ? AttestationStatus.Passed : AttestationStatus.Failed,
                AccountId = key.AccountId,
                Explanation = reason,
                Updated = _today,
                UpdatedBy = owner,
                Evidence = ticket,
                Expires = expires,
            }, expires);
    }

    /// <summary>Several findings of a control can be about one resource: an exemption covers all of them, and is needed once.</summary>
    private object? Once(Row row, int number, ActionPlanDecision decision, ActionPlanKey key, object? entry)
    {
        if (!_decided.TryGetValue(key.ToString(), out var earlier))
        {
            _decided[key.ToString()] = (number, decision, entry);
            return entry;
        }

        if (earlier.Decision != decision || !Equals(earlier.Entry, entry))
        {
            row.Report(ActionPlanReport.Decision, $"Row {earlier.Row} is about the same control and resource, and its decision is not the same.", "Decide both rows in the same way.");
        }

        return null;
    }

    /// <summary>The cells of a row, and what is wrong with them.</summary>
    private sealed class Row(IReadOnlyList<string> header, IReadOnlyList<string> cells)
    {
        private readonly List<ActionPlanProblem> _problems = [];

        public IReadOnlyList<ActionPlanProblem> Problems => _problems;

        /// <summary>The text of a cell; empty where there is none.</summary>
        public string this[string column] => Enumerable.Range(0, Math.Min(header.Count, cells.Count))
            .Where(i => header[i].Equals(column, StringComparison.OrdinalIgnoreCase)).Select(i => Csv.Plain(cells[i].Trim())).FirstOrDefault() ?? "";

        public void Report(string column, string message, string fix) => _problems.Add(new(column, message, fix));

        public string Needed(string column, string what, string fix)
        {
            if (this[column].Length == 0)
            {
                Report(column, $"{what} needs a value.", fix);
            }

            return this[column];
        }
    }
}
