using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Reports;

/// <summary>
/// Compliance Findings of the Open Cybersecurity Schema Framework, version 1.8.0, with its profile for clouds: an array with an event for each finding,
/// for SIEMs and data lakes.
/// </summary>
internal sealed class OcsfReport : JsonReportWriter
{
    private const string SchemaVersion = "1.8.0";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".ocsf.json"];

    /// <inheritdoc/>
    protected override void Write(ReportContent content, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var row in content.Rows)
        {
            WriteEvent(json, row, content);
            json.Flush();
        }

        foreach (var omission in content.Omissions)
        {
            WriteOmission(json, omission, content);
        }

        json.WriteEndArray();
    }

    private static void WriteEvent(Utf8JsonWriter json, ReportRow row, ReportContent content) => WriteObject(json, () =>
    {
        var severity = row.Status is CisStatus.Fail or CisStatus.Exempt ? ReportContent.SeverityOf(row.Result) : CisSeverity.Informational;
        WriteClass(json, row.Result.AssessedAt, severity, row.Reason, row.ReasonCode, row.Status == CisStatus.Exempt);
        WriteMetadata(json, row.Result.Run.CisAwsVersion, content);
        WriteObject(json, "cloud", () =>
        {
            json.WriteString("provider", "AWS");
            WriteText(json, "cloud_partition", row.ResourceArn.Split(':') is { Length: > 1 } arn ? arn[1] : null);
            WriteText(json, "region", row.Region);
            WriteObject(json, "account", () =>
            {
                WriteText(json, "uid", row.Result.AccountId);
                WriteText(json, "name", row.Result.AccountName);
                json.WriteNumber("type_id", 10);
                json.WriteString("type", "AWS Account");
            });
        });
        WriteFindingInfo(json, row.Id, row.Result.AssessedAt, $"{row.Result.ControlId} {row.Result.Title}", row);
        WriteCompliance(json, row);
        WriteArray(json, "resources", [row], r => WriteResource(json, r));
        if (row.Finding is { Facts.Count: > 0 } finding)
        {
            WriteArray(json, "evidences", [finding], f => WriteObject(json, () => WriteObject(json, "data", () =>
            {
                foreach (var fact in f.Facts.GroupBy(x => x.Name, StringComparer.Ordinal))
                {
                    json.WriteString(JsonText.WellFormed(fact.Key), JsonText.WellFormed(string.Join("; ", fact.Select(x => x.Value))));
                }
            })));
        }

        if (row.Result.Remediation.Length > 0)
        {
            WriteObject(json, "remediation", () =>
            {
                WriteText(json, "desc", row.Result.Remediation);
                if (ReportContent.ControlOf(row.Result) is { References.Count: > 0 } control)
                {
                    WriteTexts(json, "references", control.References);
                }
            });
        }

        // What the schema has no attribute for.
        WriteObject(json, "unmapped", () =>
        {
            json.WriteString("status", row.Status.ToString());
            WriteText(json, "benchmark", row.Result.Benchmark);
            WriteText(json, "program", row.Result.Program);
            WriteText(json, "program_version", row.Result.ProgramVersion);
            WriteText(json, "rule_id", row.Finding?.RuleId ?? row.Result.RuleId.ToString());
            WriteText(json, "run_id", row.Result.RunId.ToString());
            WriteText(json, "exemption", row.Finding?.Exemption?.ToString());
            WriteText(json, "attestation", row.Finding?.Attestation?.ToString());
        });
    });

    /// <summary>What is missing is a finding about the report itself, whose result is not known.</summary>
    private static void WriteOmission(Utf8JsonWriter json, string omission, ReportContent content) => WriteObject(json, () =>
    {
        WriteClass(json, content.CreatedAt.UtcDateTime, CisSeverity.Medium, omission, "ReportIncomplete", isSuppressed: false);
        WriteMetadata(json, ReportContent.Version, content);
        WriteObject(json, "cloud", () => json.WriteString("provider", "AWS"));
        WriteFindingInfo(json, NamedGuid.Of(ReportRow.Space, omission), content.CreatedAt.UtcDateTime, "The report is not complete", row: null);
        WriteObject(json, "compliance", () => WriteStatus(json, CisStatus.Unknown, omission));
    });

    private static void WriteClass(Utf8JsonWriter json, DateTime time, CisSeverity severity, string message, string code, bool isSuppressed)
    {
        json.WriteNumber("activity_id", 1);
        json.WriteString("activity_name", "Create");
        json.WriteNumber("category_uid", 2);
        json.WriteString("category_name", "Findings");
        json.WriteNumber("class_uid", 2003);
        json.WriteString("class_name", "Compliance Finding");
        json.WriteNumber("type_uid", 200301);
        json.WriteString("type_name", "Compliance Finding: Create");
        json.WriteNumber("time", Milliseconds(time));
        json.WriteNumber("severity_id", (int)severity + 1);
        json.WriteString("severity", severity.ToString());
        json.WriteNumber("status_id", isSuppressed ? 3 : 1);
        json.WriteString("status", isSuppressed ? "Suppressed" : "New");
        WriteText(json, "status_code", code);
        WriteText(json, "message", message);
    }

    private static void WriteMetadata(Utf8JsonWriter json, string version, ReportContent content) => WriteObject(json, "metadata", () =>
    {
        json.WriteString("version", SchemaVersion);
        WriteTexts(json, "profiles", ["cloud"]);
        json.WriteNumber("logged_time", Milliseconds(content.CreatedAt.UtcDateTime));
        WriteObject(json, "product", () =>
        {
            json.WriteString("name", "CisAws");
            json.WriteString("vendor_name", "CisAws");
            json.WriteString("version", version);
            json.WriteString("url_string", ReportContent.ProjectUrl);
        });
    });

    private static void WriteFindingInfo(Utf8JsonWriter json, Guid id, DateTime seen, string title, ReportRow? row) => WriteObject(json, "finding_info", () =>
    {
        json.WriteString("uid", id);
        WriteText(json, "title", title);
        WriteText(json, "desc", row is { } r ? ReportContent.ControlOf(r.Result)?.Description : null);
        json.WriteNumber("last_seen_time", Milliseconds(seen));
        WriteTexts(json, "types", ["Software and Configuration Checks"]);
    });

    private static void WriteCompliance(Utf8JsonWriter json, ReportRow row) => WriteObject(json, "compliance", () =>
    {
        var benchmark = Benchmark.Find(row.Result.Benchmark);
        var standard = benchmark?.Title ?? row.Result.Benchmark;
        WriteTexts(json, "standards", [standard]);
        WriteText(json, "control", $"{row.Result.ControlId} {row.Result.Title}");
        WriteText(json, "category", row.Result.Section);
        WriteStatus(json, row.Status, row.Reason);
        WriteText(json, "status_code", row.ReasonCode);
        WriteArray(json, "checks", [row], r => WriteObject(json, () =>
        {
            WriteText(json, "uid", r.Result.ControlId.ToString());
            WriteText(json, "name", r.Result.Title);
            WriteText(json, "version", benchmark?.Version);
            WriteTexts(json, "standards", [standard]);
            json.WriteString("severity", $"Level {r.Result.Level}");
            // As the schema has it.
            json.WriteNumber("severity_id", r.Result.Level == 1 ? 3 : 4);
            var (id, caption) = StatusOf(r.Status);
            json.WriteNumber("status_id", id);
            json.WriteString("status", caption);
        }));
        if (row.Result.Settings.Count > 0)
        {
            WriteArray(json, "control_parameters", row.Result.Settings, s => WriteObject(json, () =>
            {
                WriteText(json, "name", s.Name);
                json.WriteString("value", JsonText.WellFormed(SettingValues.Print(s.Value)));
            }));
        }
    });

    private static void WriteStatus(Utf8JsonWriter json, CisStatus status, string reason)
    {
        var (id, caption) = StatusOf(status);
        json.WriteNumber("status_id", id);
        json.WriteString("status", caption);
        WriteTexts(json, "status_details", [reason]);
    }

    private static void WriteResource(Utf8JsonWriter json, ReportRow row) => WriteObject(json, () =>
    {
        WriteText(json, "uid", row.ResourceArn.Length > 0 ? row.ResourceArn : row.ResourceId);
        WriteText(json, "name", row.ResourceId);
        WriteText(json, "type", row.ResourceType);
        WriteText(json, "region", row.Region);
        if (row.Finding?.Tags is { Count: > 0 } tags)
        {
            WriteArray(json, "tags", tags, t => WriteObject(json, () =>
            {
                json.WriteString("name", JsonText.WellFormed(t.Key));
                json.WriteString("value", JsonText.WellFormed(t.Value));
            }));
        }
    });

    private static (int Id, string Caption) StatusOf(CisStatus status) => status switch
    {
        CisStatus.Pass => (1, "Pass"),
        CisStatus.Fail or CisStatus.Exempt => (3, "Fail"),
        CisStatus.NotApplicable => (99, "Not Applicable"),
        _ => (2, "Warning"),
    };

    private static long Milliseconds(DateTime time) => new DateTimeOffset(time.ToUniversalTime()).ToUnixTimeMilliseconds();
}
