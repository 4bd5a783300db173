using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Reports;

/// <summary>
/// Comma-separated values, or a sheet, for those who decide what is done about failures: one row a failing finding, one a control that is Manual or Unknown,
/// the most severe first, and empty columns for the decision. <see cref="ActionPlanFile"/> reads what was filled in.
/// </summary>
internal sealed class ActionPlanReport : TextReportWriter
{
    public const string FindingKey = "FindingKey";
    public const string Status = "Status";
    public const string ResourceArn = "ResourceArn";
    public const string Decision = "Decision";
    public const string DecisionReason = "DecisionReason";
    public const string Owner = "Owner";
    public const string DueDate = "DueDate";
    public const string Ticket = "Ticket";

    /// <summary>What the name of a plan ends with that is a workbook.</summary>
    public const string WorkbookExtension = ".plan.xlsx";

    private static readonly (SpreadsheetColumn Column, Func<ReportRow, string> Value)[] Columns =
    [
        (new("AccountId", 16), r => r.Result.AccountId),
        (new("ControlId", 10), r => r.Result.ControlId.ToString()),
        (new("Title", 44, SpreadsheetColumnKind.Wrapped), r => r.Result.Title),
        (new("Severity", 12), r => ReportContent.SeverityOf(r.Result).ToString()),
        (new(Status, 12, SpreadsheetColumnKind.Status), r => r.Status.ToString()),
        (new("ResourceId", 36), r => TerminalText.Escape(r.ResourceId)),
        (new("Region", 15), r => r.Region),
        (new("Reason", 50, SpreadsheetColumnKind.Wrapped), r => r.Reason),
        (new(Decision, 12, SpreadsheetColumnKind.Input) { Choices = ["Fix", "Accept", "Passed", "Failed"] }, _ => ""),
        (new(DecisionReason, 36, SpreadsheetColumnKind.Input), _ => ""),
        (new(Owner, 20, SpreadsheetColumnKind.Input), _ => ""),
        (new(DueDate, 13, SpreadsheetColumnKind.DateInput), _ => ""),
        (new(Ticket, 16, SpreadsheetColumnKind.Input), _ => ""),
        (new("Remediation", 60, SpreadsheetColumnKind.Wrapped), r => r.Result.Remediation),
        (new("ResourceType", 26), r => r.ResourceType),
        (new(ResourceArn, 50), r => TerminalText.Escape(r.ResourceArn)),
        (new("Program", 18), r => r.Result.Program),
        (new(FindingKey, 50), r => ActionPlanKey.Of(r).ToString()),
        (new("FindingId", 38), r => r.Id.ToString()),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".plan.csv", WorkbookExtension];

    /// <summary>Excel and Windows PowerShell read a file without one in the encoding of the system.</summary>
    protected override bool HasByteOrderMark => true;

    /// <inheritdoc/>
    protected override void Write(ReportContent content, TextWriter writer)
    {
        Csv.WriteRow(writer, Columns.Select(c => c.Column.Name));
        foreach (var row in CellsOf(content))
        {
            Csv.WriteRow(writer, row);
        }
    }

    /// <summary>The sheets of a plan that is a workbook.</summary>
    /// <param name="content">What it is about.</param>
    public static IReadOnlyList<SpreadsheetSheet> Sheets(ReportContent content)
    {
        const int room = SpreadsheetSheet.MaxRows - 1;
        var rows = CellsOf(content).ToList();
        if (rows.Count > room)
        {
            // First, where it is seen.
            rows.Insert(0, OmissionOf(FormattableString.Invariant(
                $"A sheet has at most {room + 1:#,0} rows: this plan is not complete, with {rows.Count:#,0} rows. Write it as .plan.csv, or for fewer accounts.")));
        }

        return [new("Action plan", [.. Columns.Select(c => c.Column)], rows.Take(room)) { RowCount = Math.Min(rows.Count, room), FrozenColumns = 2 }];
    }

    private static IEnumerable<IReadOnlyList<string>> CellsOf(ReportContent content) => content.Omissions.Select(OmissionOf)
        .Concat(content.Results.OrderByDescending(ReportContent.SeverityOf).SelectMany(RowsOf).Select(row => Array.ConvertAll(Columns, c => c.Value(row))));

    private static string[] OmissionOf(string text) =>
        Array.ConvertAll(Columns, c => c.Column.Name is Status ? "Unknown" : c.Column.Name is "Reason" ? text : "");

    /// <summary>
    /// An attestation, and a permission to read, are for a control of an account and not for a resource. Of a control that fails, what could not be read
    /// has a row too: it is Unknown once the failures are remediated or accepted.
    /// </summary>
    private static IEnumerable<ReportRow> RowsOf(CisResult result) => result.Status is CisStatus.Manual or CisStatus.Unknown
        ? [ReportRow.OfControl(result)]
        : ReportRow.Of(result).Where(r => r.Status == CisStatus.Fail || (r.Status == CisStatus.Unknown && result.Status == CisStatus.Fail));
}

/// <summary>
/// Identifies the row of an action plan in one text, such as <c>cis-aws-1.2.0/1.10/111122223333/eu-north-1/arn:aws:...</c>: a spreadsheet turns the cell
/// 1.10 into the number 1.1 or a day in October, and an account ID into 1.11E+11.
/// </summary>
/// <param name="Benchmark">The ID of the benchmark.</param>
/// <param name="ControlId">The ID of the control.</param>
/// <param name="AccountId">The account.</param>
/// <param name="Region">The region; empty for none.</param>
/// <param name="Resource">The ARN, or else the ID; without characters that cannot be shown.</param>
internal sealed record ActionPlanKey(string Benchmark, string ControlId, string AccountId, string Region, string Resource)
{
    public static ActionPlanKey Of(ReportRow row) => new(
        row.Result.Benchmark, row.Result.ControlId.ToString(), row.Result.AccountId, row.Region,
        TerminalText.Escape(row.ResourceArn.Length > 0 ? row.ResourceArn : row.ResourceId));

    /// <summary>Reads what <see cref="ToString"/> returns; null for anything else.</summary>
    public static ActionPlanKey? TryRead(string text) =>
        text.Split(['/'], 5) is [var benchmark, var control, var account, var region, var resource] && resource.Length > 0
            ? new(benchmark, control, account, region, resource)
            : null;

    public override string ToString() => string.Join("/", Benchmark, ControlId, AccountId, Region, Resource);
}
