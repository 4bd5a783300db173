using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Reports;

/// <summary>
/// Comma-separated values for those who decide what is done about failures: one row a failing finding, one a control that is Manual or Unknown, the most
/// severe first, and empty columns for the decision. <see cref="ActionPlanFile"/> reads what was filled in.
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

    private static readonly (string Name, Func<ReportRow, string> Value)[] Columns =
    [
        ("AccountId", r => r.Result.AccountId),
        ("ControlId", r => r.Result.ControlId.ToString()),
        ("Title", r => r.Result.Title),
        ("Severity", r => ReportContent.SeverityOf(r.Result).ToString()),
        (Status, r => r.Status.ToString()),
        ("ResourceId", r => TerminalText.Escape(r.ResourceId)),
        ("Region", r => r.Region),
        ("Reason", r => r.Reason),
        (Decision, _ => ""),
        (DecisionReason, _ => ""),
        (Owner, _ => ""),
        (DueDate, _ => ""),
        (Ticket, _ => ""),
        ("Remediation", r => r.Result.Remediation),
        ("ResourceType", r => r.ResourceType),
        (ResourceArn, r => TerminalText.Escape(r.ResourceArn)),
        ("Program", r => r.Result.Program),
        (FindingKey, r => ActionPlanKey.Of(r).ToString()),
        ("FindingId", r => r.Id.ToString()),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".plan.csv"];

    /// <summary>Excel and Windows PowerShell read a file without one in the encoding of the system.</summary>
    protected override bool HasByteOrderMark => true;

    /// <inheritdoc/>
    protected override void Write(ReportContent content, TextWriter writer)
    {
        Csv.WriteRow(writer, Columns.Select(c => c.Name));
        foreach (var omission in content.Omissions)
        {
            Csv.WriteRow(writer, Columns.Select(c => c.Name is Status ? "Unknown" : c.Name is "Reason" ? omission : ""));
        }

        foreach (var row in content.Results.OrderByDescending(ReportContent.SeverityOf).SelectMany(RowsOf))
        {
            Csv.WriteRow(writer, Columns.Select(c => c.Value(row)));
        }
    }

    /// <summary>An attestation, and a permission to read, are for a control of an account and not for a resource.</summary>
    private static IEnumerable<ReportRow> RowsOf(CisResult result) => result.Status is CisStatus.Manual or CisStatus.Unknown
        ? [ReportRow.OfControl(result)]
        : ReportRow.Of(result).Where(r => r.Status == CisStatus.Fail);
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
