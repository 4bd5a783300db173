using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Reports;

/// <summary>
/// The sheets of a workbook for people: the summary of each account and program, controls, findings, and what could not be seen.
/// </summary>
internal static class XlsxReport
{
    private static readonly (SpreadsheetColumn Column, Func<IReadOnlyList<CisResult>, object?> Value)[] SummaryColumns =
    [
        (new("Account", 16), r => r[0].AccountId),
        (new("Program", 22), r => r[0].Program),
        (new("Pass rate", 11, SpreadsheetColumnKind.Percentage), r => CountOf(r).PassRate / 100),
        (new("Controls", 10), r => r.Count),
        (new("Pass", 8), r => CountOf(r).Pass),
        (new("Fail", 8), r => CountOf(r).Fail),
        (new("Unknown", 10), r => CountOf(r).Unknown),
        (new("Manual", 9), r => CountOf(r).Manual),
        (new("Exempt", 9), r => CountOf(r).Exempt),
        (new("NotApplicable", 14), r => CountOf(r).NotApplicable),
        (new("Failing resources", 17), r => r.Sum(x => x.FailCount)),
        (new("Assessed (UTC)", 17, SpreadsheetColumnKind.Time), r => r.Max(x => x.AssessedAt)),
        (new("Evidence (UTC)", 17, SpreadsheetColumnKind.Time), r => r.Min(x => x.CollectedAt)),
        (new("Account name", 24), r => TerminalText.Escape(r[0].AccountName)),
        (new("Organizational unit", 30), r => TerminalText.Escape(r[0].OrganizationalUnit)),
        (new("Notes", 60, SpreadsheetColumnKind.Wrapped), _ => null),
    ];

    private static readonly (SpreadsheetColumn Column, Func<CisResult, object?> Value)[] ControlColumns =
    [
        (new("Account", 16), r => r.AccountId),
        (new("Program", 18), r => r.Program),
        (new("Control", 9), r => r.ControlId.ToString()),
        (new("Title", 48, SpreadsheetColumnKind.Wrapped), r => r.Title),
        (new("Status", 14, SpreadsheetColumnKind.Status), r => r.Status.ToString()),
        (new("Severity", 12), r => ReportContent.SeverityOf(r).ToString()),
        (new("Failing", 9), r => r.FailCount),
        (new("Resources", 11), r => r.Findings.Count),
        (new("Reason", 60, SpreadsheetColumnKind.Wrapped), r => r.Reason),
        (new("Incomplete", 12), r => r.Incomplete ? "Yes" : "No"),
        (new("Section", 24), r => r.Section),
        (new("Level", 8), r => r.Level),
        (new("Scored", 9), r => r.Scored ? "Yes" : "No"),
        (new("Security Hub", 18), r => string.Join(", ", ReportContent.BenchmarkControlOf(r)?.SecurityHub ?? [])),
        (new("Remediation", 80, SpreadsheetColumnKind.Wrapped), r => r.Remediation),
    ];

    private static readonly (SpreadsheetColumn Column, Func<ReportRow, object?> Value)[] FindingColumns =
    [
        (new("Account", 16), r => r.Result.AccountId),
        (new("Control", 9), r => r.Result.ControlId.ToString()),
        (new("Status", 14, SpreadsheetColumnKind.Status), r => r.Status.ToString()),
        (new("Severity", 12), r => ReportContent.SeverityOf(r.Result).ToString()),
        (new("Region", 15), r => r.Region),
        (new("Resource", 40), r => r.ResourceId),
        (new("Reason", 60, SpreadsheetColumnKind.Wrapped), r => r.Reason),
        (new("Title", 48, SpreadsheetColumnKind.Wrapped), r => r.Result.Title),
        (new("Facts", 60, SpreadsheetColumnKind.Wrapped), r => r.Finding?.Facts.ToString()),
        (new("Warnings", 40, SpreadsheetColumnKind.Wrapped), r => r.Finding?.Warnings.ToString()),
        (new("Exemption", 40, SpreadsheetColumnKind.Wrapped), r => r.Finding?.Exemption?.Reason),
        (new("Exempt by", 20), r => r.Finding?.Exemption?.Owner),
        (new("Exempt until", 13, SpreadsheetColumnKind.Date), r => r.Finding?.Exemption?.Expires),
        (new("Attested by", 20), r => r.Finding?.Attestation?.UpdatedBy),
        (new("Attested on", 13, SpreadsheetColumnKind.Date), r => r.Finding?.Attestation?.Updated),
        (new("Attested until", 14, SpreadsheetColumnKind.Date), r => r.Finding?.Attestation?.ValidUntil),
        (new("Resource type", 28), r => r.ResourceType),
        (new("ARN", 60), r => r.ResourceArn),
        (new("Program", 18), r => r.Result.Program),
        (new("Finding ID", 38), r => r.Id.ToString()),
    ];

    private static readonly SpreadsheetColumn[] UnseenColumns =
    [
        new("Account", 16), new("Action", 40), new("Region", 15), new("Error", 24), new("Controls", 30, SpreadsheetColumnKind.Wrapped),
        new("Message", 80, SpreadsheetColumnKind.Wrapped),
    ];

    /// <summary>The sheets of a report.</summary>
    /// <param name="content">What it is about.</param>
    /// <param name="maxRows">How many rows a sheet can have, with its header. What has no room is left out, and the summary says so.</param>
    public static IReadOnlyList<SpreadsheetSheet> Sheets(ReportContent content, int maxRows = SpreadsheetSheet.MaxRows)
    {
        var room = maxRows - 1;
        var findings = content.Results.Sum(r => Math.Max(1, r.Findings.Count));
        var unseen = Unseen(content).ToList();
        var notes = new List<string>(content.Omissions);
        AddShortage(notes, room, content.Results.Count, "controls");
        AddShortage(notes, room, findings, "findings");
        AddShortage(notes, room, unseen.Count, "rows about what could not be seen");
        return
        [
            Summary(content, notes, room),
            Sheet("Controls", ControlColumns, content.Results, content.Results.Count, room, frozen: 3),
            Sheet("Findings", FindingColumns, content.Rows, findings, room, frozen: 3),
            new("Not seen", UnseenColumns, unseen.Take(room)) { RowCount = Math.Min(unseen.Count, room) },
        ];
    }

    private static SpreadsheetSheet Summary(ReportContent content, List<string> notes, int room)
    {
        var rows = content.Results.GroupBy(r => (r.AccountId, r.Program))
            .Select(g => SummaryColumns.Select(c => c.Value([.. g])).ToArray()).ToList();
        if (rows.Count == 0)
        {
            rows.Add(NoteRow("Nothing was assessed.", null));
        }

        rows.AddRange(notes.Select(n => NoteRow("This report is incomplete.", n)));
        rows.Add(NoteRow(null, FormattableString.Invariant($"Created by CisAws {ReportContent.Version} on {content.CreatedAt:yyyy-MM-dd HH:mm} UTC.")));
        return new("Summary", [.. SummaryColumns.Select(c => c.Column)], rows.Take(room)) { RowCount = Math.Min(rows.Count, room) };
    }

    private static object?[] NoteRow(string? first, string? note) =>
        [first, .. Enumerable.Repeat<object?>(null, SummaryColumns.Length - 2), note];

    private static void AddShortage(List<string> notes, int room, int count, string what)
    {
        if (count > room)
        {
            notes.Add(FormattableString.Invariant($"A sheet has at most {room + 1:#,0} rows: it contains the first {room:#,0} of {count:#,0} {what}. A CSV report contains all."));
        }
    }

    private static SpreadsheetSheet Sheet<T>(
        string name, (SpreadsheetColumn Column, Func<T, object?> Value)[] columns, IEnumerable<T> items, int count, int room, int frozen) =>
        new(name, [.. columns.Select(c => c.Column)], items.Take(room).Select(i => Array.ConvertAll(columns, c => c.Value(i))))
        {
            RowCount = Math.Min(count, room),
            FrozenColumns = frozen,
        };

    private static IEnumerable<object?[]> Unseen(ReportContent content)
    {
        var failures =
            from result in content.Results
            from failure in result.ReadFailures
            group result.ControlId by (Account: failure.AccountId ?? result.AccountId, failure.Action, failure.Region, failure.ErrorCode, failure.Message);
        // An account that could not be assessed has no action that failed.
        var undecided =
            from result in content.Results
            where result.Status == CisStatus.Unknown && result.ReadFailures.Count == 0
            group result.ControlId by (result.AccountId, result.ReasonCode, result.Reason);
        return
        [
            .. content.Omissions.Select(o => (object?[])[null, null, null, "ReportIncomplete", null, o]),
            .. failures.Select(g => (object?[])
                [g.Key.Account, g.Key.Action, g.Key.Region, g.Key.ErrorCode, Controls(g), TerminalText.Escape(g.Key.Message)]),
            .. undecided.Select(g => (object?[])[g.Key.AccountId, null, null, g.Key.ReasonCode, Controls(g), g.Key.Reason]),
        ];

        static string Controls(IEnumerable<ControlId> ids) => string.Join(", ", ids.Distinct().OrderBy(id => id));
    }

    private static CisCount CountOf(IReadOnlyList<CisResult> results) => new CisSummary([.. results.Select(CountedResult.Of)], calls: null, duration: null);
}
