using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CisAws.Benchmarks;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Reports;

/// <summary>
/// Assessment results of NIST OSCAL: a result for each account and program, an observation for each finding, and a finding for each control that was
/// decided. An exemption is a risk whose deviation is approved.
/// </summary>
internal sealed class OscalReport : JsonReportWriter
{
    private const string OscalVersion = "1.2.1";

    // Names of our own need a name space: the standard has its own list.
    private const string Namespace = ReportContent.ProjectUrl + "/ns/oscal";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".oscal.json"];

    /// <inheritdoc/>
    protected override void Write(ReportContent content, Utf8JsonWriter json) => WriteObject(json, () => WriteObject(json, "assessment-results", () =>
    {
        var runs = content.Results.GroupBy(r => (r.AccountId, r.Program)).Select(g => g.ToList()).ToList();
        json.WriteString("uuid", Id("document", Time(content.CreatedAt.UtcDateTime), string.Join(",", content.Results.Select(r => r.RunId).Distinct())));
        WriteObject(json, "metadata", () =>
        {
            json.WriteString("title", "CisAws assessment results");
            json.WriteString("last-modified", Time(content.CreatedAt.UtcDateTime));
            json.WriteString("version", Time(content.CreatedAt.UtcDateTime));
            json.WriteString("oscal-version", OscalVersion);
        });
        WriteObject(json, "import-ap", () => json.WriteString("href", $"#{PlanId(content)}"));
        // The format has no empty lists: what is missing has to be in a result.
        WriteArray(json, "results", runs.Count == 0 ? [[]] : runs, results => WriteResult(json, results, content));
        WriteObject(json, "back-matter", () => WriteArray(json, "resources", [content], c => WriteObject(json, () =>
        {
            json.WriteString("uuid", PlanId(c));
            json.WriteString("title", "Compliance programs");
            json.WriteString("description", JsonText.WellFormed(string.Join("; ", c.Results.Select(r => $"{r.Program} {r.ProgramVersion}".Trim()).Distinct().DefaultIfEmpty("none"))));
        })));
    }));

    private static void WriteResult(Utf8JsonWriter json, List<CisResult> results, ReportContent content) => WriteObject(json, () =>
    {
        var account = results.FirstOrDefault()?.AccountId ?? "none";
        var program = results.FirstOrDefault()?.Program ?? "none";
        json.WriteString("uuid", Id("result", account, program, results.FirstOrDefault()?.RunId.ToString() ?? ""));
        json.WriteString("title", JsonText.WellFormed($"Account {account}, program {program}"));
        json.WriteString("description", JsonText.WellFormed(results.Count == 0 ? "Nothing was assessed." : $"Assessment of AWS account {account} against {program}."));
        json.WriteString("start", Time(results.Count == 0 ? content.CreatedAt.UtcDateTime : results.Min(r => r.AssessedAt)));
        if (results.Count > 0)
        {
            WriteProperties(json, ("account-id", account), ("program", program), ("run-id", results[0].RunId.ToString()), ("cisaws-version", results[0].Run.CisAwsVersion));
        }

        var rows = results.SelectMany(ReportRow.Of).ToList();
        var resources = rows.GroupBy(ResourceId).Select(g => g.First()).ToList();
        if (resources.Count > 0)
        {
            WriteObject(json, "local-definitions", () => WriteArray(json, "inventory-items", resources, r => WriteResource(json, r)));
        }

        WriteObject(json, "reviewed-controls", () => WriteArray(json, "control-selections", [results], selected => WriteObject(json, () =>
        {
            if (selected.Count == 0)
            {
                WriteObject(json, "include-all", () => { });
                return;
            }

            WriteArray(json, "include-controls", selected.Select(ControlId).Distinct(), id => WriteObject(json, () => json.WriteString("control-id", id)));
        })));
        WriteUnlessEmpty(json, "observations", rows, r => WriteObservation(json, r));
        WriteUnlessEmpty(json, "risks", rows.Where(r => r.Finding?.Exemption is not null), r => WriteRisk(json, r));
        WriteUnlessEmpty(json, "findings", results.Where(r => StateOf(r.Status) is not null), r => WriteFinding(json, r));
        if (content.Omissions.Count > 0)
        {
            json.WriteString("remarks", JsonText.WellFormed("These results are not complete. " + string.Join(" ", content.Omissions)));
        }
    });

    private static void WriteResource(Utf8JsonWriter json, ReportRow row) => WriteObject(json, () =>
    {
        json.WriteString("uuid", ResourceId(row));
        json.WriteString("description", Line($"{row.ResourceType} {row.ResourceId}"));
        WriteProperties(json, ("resource-type", row.ResourceType), ("resource-id", row.ResourceId), ("arn", row.ResourceArn), ("region", row.Region));
    });

    private static void WriteObservation(Utf8JsonWriter json, ReportRow row) => WriteObject(json, () =>
    {
        json.WriteString("uuid", row.Id);
        json.WriteString("title", Line($"{row.Result.ControlId} {row.Result.Title}"));
        json.WriteString("description", Line(row.Reason.Length > 0 ? row.Reason : row.Status.ToString()));
        WriteProperties(json, ("status", row.Status.ToString()), ("reason-code", row.ReasonCode), ("control-id", ControlId(row.Result)));
        WriteTexts(json, "methods", [row.Finding?.Attestation is not null ? "INTERVIEW" : row.Status == CisStatus.Manual ? "EXAMINE" : "TEST"]);
        WriteArray(json, "subjects", [row], r => WriteObject(json, () =>
        {
            json.WriteString("subject-uuid", ResourceId(r));
            json.WriteString("type", "inventory-item");
        }));
        if (row.Finding is { Facts.Count: > 0 } finding)
        {
            WriteArray(json, "relevant-evidence", [finding], f => WriteObject(json, () => json.WriteString("description", Line(string.Join("; ", f.Facts)))));
        }

        json.WriteString("collected", Time(row.Result.CollectedAt));
        if (row.Finding?.Attestation is { } attestation)
        {
            // The last day counts as a whole.
            json.WriteString("expires", Time(DateTime.SpecifyKind(attestation.ValidUntil, DateTimeKind.Utc).AddDays(1)));
            json.WriteString("remarks", Line(attestation.ToString()));
        }
    });

    private static void WriteRisk(Utf8JsonWriter json, ReportRow row) => WriteObject(json, () =>
    {
        var exemption = row.Finding!.Exemption!;
        json.WriteString("uuid", RiskId(row));
        json.WriteString("title", Line($"Accepted failure of {row.Result.ControlId}: {row.ResourceId}"));
        json.WriteString("description", Line(row.Reason.Length > 0 ? row.Reason : row.Result.Title));
        json.WriteString("statement", Line($"{exemption.Reason} ({exemption.Owner}, {exemption.Until})"));
        json.WriteString("status", "deviation-approved");
        if (exemption.Expires is { } day)
        {
            json.WriteString("deadline", Time(DateTime.SpecifyKind(day, DateTimeKind.Utc).AddDays(1)));
        }

        WriteArray(json, "related-observations", [row], r => WriteObject(json, () => json.WriteString("observation-uuid", r.Id)));
    });

    private static void WriteFinding(Utf8JsonWriter json, CisResult result) => WriteObject(json, () =>
    {
        var rows = ReportRow.Of(result).ToList();
        json.WriteString("uuid", Id("finding", result.AccountId, result.Program, ControlId(result)));
        json.WriteString("title", Line($"{result.ControlId} {result.Title}"));
        json.WriteString("description", Line(result.Reason.Length > 0 ? result.Reason : result.Status.ToString()));
        WriteProperties(json, ("status", result.Status.ToString()), ("reason-code", result.ReasonCode), ("level", $"{result.Level}"), ("severity", ReportContent.SeverityOf(result).ToString()));
        WriteObject(json, "target", () =>
        {
            json.WriteString("type", "objective-id");
            json.WriteString("target-id", ControlId(result));
            WriteObject(json, "status", () =>
            {
                json.WriteString("state", StateOf(result.Status)!);
                json.WriteString("reason", result.Status == CisStatus.Pass ? "pass" : "fail");
            });
        });
        WriteArray(json, "related-observations", rows, r => WriteObject(json, () => json.WriteString("observation-uuid", r.Id)));
        WriteUnlessEmpty(json, "related-risks", rows.Where(r => r.Finding?.Exemption is not null), r => WriteObject(json, () => json.WriteString("risk-uuid", RiskId(r))));
    });

    /// <summary>What was not decided has no state, and so no finding; its observations say why.</summary>
    private static string? StateOf(CisStatus status) => status switch
    {
        CisStatus.Pass => "satisfied",
        CisStatus.Fail or CisStatus.Exempt => "not-satisfied",
        _ => null,
    };

    private static void WriteUnlessEmpty<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        var list = items as IReadOnlyCollection<T> ?? [.. items];
        if (list.Count > 0)
        {
            WriteArray(json, name, list, write);
        }
    }

    private static void WriteProperties(Utf8JsonWriter json, params (string Name, string Value)[] properties) =>
        WriteUnlessEmpty(json, "props", properties.Select(p => (p.Name, Value: Line(p.Value))).Where(p => p.Value.Length > 0), p => WriteObject(json, () =>
        {
            json.WriteString("name", p.Name);
            json.WriteString("ns", Namespace);
            json.WriteString("value", p.Value);
        }));

    /// <summary>A text in one line, which does not begin or end with a space: as the standard has its strings.</summary>
    private static string Line(string text) => TerminalText.Escape(text).Trim();

    /// <summary>cis-aws-1.2.0_1.4: an ID begins with a letter.</summary>
    private static string ControlId(CisResult result) => $"{result.Benchmark}_{result.ControlId}";

    private static Guid ResourceId(ReportRow row) => Id("resource", row.Result.AccountId, row.Region, row.ResourceType, row.ResourceArn, row.ResourceId);

    private static Guid RiskId(ReportRow row) => Id("risk", row.Id.ToString());

    private static Guid PlanId(ReportContent content) => Id("plan", string.Join(",", content.Results.Select(r => r.Program).Distinct()));

    private static Guid Id(params string[] parts) => NamedGuid.Of(ReportRow.Space, string.Join("\n", parts));
}
