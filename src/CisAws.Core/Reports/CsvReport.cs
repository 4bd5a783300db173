using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using CisAws.Text;

namespace CisAws.Reports;

/// <summary>
/// Comma-separated values: one header, one row a finding, always the same columns. What is missing in the report is a row too, so that it is seen in a
/// spreadsheet.
/// </summary>
internal sealed class CsvReport : TextReportWriter
{
    private static readonly (string Name, Func<ReportRow, string> Value)[] Columns =
    [
        ("AccountId", r => r.Result.AccountId),
        ("Benchmark", r => r.Result.Benchmark),
        ("Program", r => r.Result.Program),
        ("ProgramVersion", r => r.Result.ProgramVersion),
        ("ControlId", r => r.Result.ControlId.ToString()),
        ("SortKey", r => r.Result.SortKey),
        ("Title", r => r.Result.Title),
        ("Section", r => r.Result.Section),
        ("Level", r => r.Result.Level.ToString(CultureInfo.InvariantCulture)),
        ("Scored", r => r.Result.Scored.ToString()),
        ("Severity", r => ReportContent.SeverityOf(r.Result).ToString()),
        ("ControlStatus", r => r.Result.Status.ToString()),
        ("Incomplete", r => r.Result.Incomplete.ToString()),
        ("Status", r => r.Status.ToString()),
        ("ReasonCode", r => r.ReasonCode),
        ("Reason", r => r.Reason),
        ("Region", r => r.Region),
        ("ResourceType", r => r.ResourceType),
        ("ResourceId", r => TerminalText.Escape(r.ResourceId)),
        ("ResourceArn", r => TerminalText.Escape(r.ResourceArn)),
        ("RuleId", r => r.Finding?.RuleId ?? r.Result.RuleId.ToString()),
        ("Facts", r => r.Finding?.Facts.ToString() ?? ""),
        ("Warnings", r => r.Finding?.Warnings.ToString() ?? ""),
        ("Tags", r => r.Finding?.Tags?.ToString() ?? ""),
        ("ExemptionReason", r => r.Finding?.Exemption?.Reason ?? ""),
        ("ExemptionOwner", r => r.Finding?.Exemption?.Owner ?? ""),
        ("ExemptionTicket", r => r.Finding?.Exemption?.Ticket ?? ""),
        ("ExemptionExpires", r => r.Finding?.Exemption?.Expires is { } day ? IsoDate.Write(day) : ""),
        ("AttestedBy", r => r.Finding?.Attestation?.UpdatedBy ?? ""),
        ("AttestedOn", r => r.Finding?.Attestation is { } attestation ? IsoDate.Write(attestation.Updated) : ""),
        ("AttestationExpires", r => r.Finding?.Attestation is { } attestation ? IsoDate.Write(attestation.ValidUntil) : ""),
        ("Remediation", r => r.Result.Remediation),
        ("Settings", r => r.Result.Settings.ToString()),
        ("AssessedAt", r => Time(r.Result.AssessedAt)),
        ("CollectedAt", r => Time(r.Result.CollectedAt)),
        ("RunId", r => r.Result.RunId.ToString()),
        ("FindingId", r => r.Id.ToString()),
        ("AccountName", r => TerminalText.Escape(r.Result.AccountName)),
        ("OrganizationalUnit", r => TerminalText.Escape(r.Result.OrganizationalUnit)),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".csv"];

    /// <summary>Excel and Windows PowerShell read a file without one in the encoding of the system.</summary>
    protected override bool HasByteOrderMark => true;

    /// <inheritdoc/>
    protected override void Write(ReportContent content, TextWriter writer)
    {
        Csv.WriteRow(writer, Columns.Select(c => c.Name));
        foreach (var omission in content.Omissions)
        {
            Csv.WriteRow(writer, Columns.Select(c => c.Name switch
            {
                "Status" or "ControlStatus" => "Unknown",
                "Incomplete" => "True",
                "ReasonCode" => "ReportIncomplete",
                "Reason" => omission,
                _ => "",
            }));
        }

        foreach (var row in content.Rows)
        {
            Csv.WriteRow(writer, Columns.Select(c => c.Value(row)));
        }
    }

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
