using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CisAws.Benchmarks;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Reports;

/// <summary>
/// SARIF 2.1.0, for code scanning and its viewers: a run for each account and program, a rule for each control, and a result for each finding that needs
/// attention. What passes is left out: GitHub and most viewers show every result as a problem, whatever its kind.
/// </summary>
internal sealed class SarifReport : JsonReportWriter
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".sarif", ".sarif.json"];

    /// <inheritdoc/>
    protected override void Write(ReportContent content, Utf8JsonWriter json) => WriteObject(json, () =>
    {
        json.WriteString("$schema", Schema);
        json.WriteString("version", "2.1.0");
        var runs = content.Results.GroupBy(r => (r.AccountId, r.Program)).Select(g => g.ToList()).ToList();
        // What is missing has to be somewhere, also if everything is.
        WriteArray(json, "runs", runs.Count == 0 && content.Omissions.Count > 0 ? [[]] : runs, results => WriteRun(json, results, content));
    });

    private static void WriteRun(Utf8JsonWriter json, List<CisResult> results, ReportContent content) => WriteObject(json, () =>
    {
        var controls = results.GroupBy(RuleIdOf).Select(g => g.First()).ToList();
        WriteObject(json, "tool", () => WriteObject(json, "driver", () =>
        {
            json.WriteString("name", "CisAws");
            json.WriteString("semanticVersion", results.FirstOrDefault()?.Run.CisAwsVersion ?? ReportContent.Version);
            json.WriteString("informationUri", ReportContent.ProjectUrl);
            WriteArray(json, "rules", controls, c => WriteRule(json, c));
        }));
        if (results.Count > 0)
        {
            // By it code scanning tells the accounts apart.
            WriteObject(json, "automationDetails", () => WriteText(json, "id", $"cisaws/{results[0].AccountId}/{results[0].Program}/"));
        }

        WriteArray(json, "invocations", [results], _ => WriteInvocation(json, results, content));
        var indexes = controls.Select((c, i) => (Id: RuleIdOf(c), Index: i)).ToDictionary(c => c.Id, c => c.Index, StringComparer.Ordinal);
        WriteArray(json, "results", results.SelectMany(ReportRow.Of).Where(NeedsAttention), row => WriteResult(json, row, indexes[RuleIdOf(row.Result)]));
        WriteObject(json, "properties", () =>
        {
            foreach (var status in results.SelectMany(ReportRow.Of).GroupBy(r => r.Status).OrderBy(g => g.Key))
            {
                json.WriteNumber($"findings{status.Key}", status.Count());
            }
        });
    });

    private static void WriteInvocation(Utf8JsonWriter json, List<CisResult> results, ReportContent content) => WriteObject(json, () =>
    {
        json.WriteBoolean("executionSuccessful", content.Omissions.Count == 0 && results.TrueForAll(r => r.Status != CisStatus.Unknown));
        if (results.Count > 0)
        {
            json.WriteString("startTimeUtc", Time(results.Min(r => r.AssessedAt)));
        }

        var failures = results.SelectMany(r => r.ReadFailures).GroupBy(f => (f.Action, f.Region, f.ErrorCode)).Select(g => $"{g.Key.Action} failed{(g.Key.Region.Length > 0 ? $" in {g.Key.Region}" : "")}: {g.Key.ErrorCode}.");
        var notifications = content.Omissions.Select(o => (Level: "error", Text: o)).Concat(failures.Select(f => (Level: "warning", Text: f)));
        WriteArray(json, "toolExecutionNotifications", notifications, n => WriteObject(json, () =>
        {
            json.WriteString("level", n.Level);
            WriteMessage(json, "message", n.Text);
        }));
    });

    private static void WriteRule(Utf8JsonWriter json, CisResult result) => WriteObject(json, () =>
    {
        var control = ReportContent.ControlOf(result);
        var severity = ReportContent.SeverityOf(result);
        WriteText(json, "id", RuleIdOf(result));
        WriteText(json, "name", NameOf(result));
        WriteMessage(json, "shortDescription", $"{result.ControlId} {result.Title}");
        WriteMessage(json, "fullDescription", control?.Description is { Length: > 0 } description ? description : result.Title);
        WriteObject(json, "help", () =>
        {
            WriteText(json, "text", HelpText(result, control?.Rationale, control?.Remediation));
            WriteText(json, "markdown", HelpMarkdown(result, control?.Rationale, control?.Remediation));
        });
        WriteText(json, "helpUri", control?.References.FirstOrDefault());
        WriteObject(json, "defaultConfiguration", () => json.WriteString("level", LevelOf(severity)));
        WriteObject(json, "properties", () =>
        {
            json.WriteString("security-severity", ScoreOf(severity));
            json.WriteString("precision", "very-high");
            json.WriteString("problem.severity", LevelOf(severity) == "note" ? "recommendation" : LevelOf(severity));
            WriteTexts(json, "tags", new[] { "security", result.Benchmark, result.Section, $"level-{result.Level}" }.Concat(ReportContent.BenchmarkControlOf(result)?.SecurityHub ?? []));
        });
    });

    private static void WriteResult(Utf8JsonWriter json, ReportRow row, int ruleIndex) => WriteObject(json, () =>
    {
        var kind = KindOf(row.Status);
        WriteText(json, "ruleId", RuleIdOf(row.Result));
        json.WriteNumber("ruleIndex", ruleIndex);
        json.WriteString("kind", kind);
        // The standard: what is not a failure has no level.
        json.WriteString("level", kind == "fail" ? LevelOf(ReportContent.SeverityOf(row.Result)) : "none");
        WriteMessage(json, "message", row.Finding is null ? row.Reason : $"{TerminalText.Escape(row.ResourceId)}: {row.Reason}");
        WriteArray(json, "locations", [row], r => WriteLocation(json, r));
        WriteObject(json, "partialFingerprints", () => json.WriteString("findingId/v1", row.Id));
        if (row.Finding?.Exemption is { } exemption)
        {
            WriteArray(json, "suppressions", [exemption], e => WriteObject(json, () =>
            {
                json.WriteString("kind", "external");
                json.WriteString("status", "accepted");
                WriteText(json, "justification", $"{e.Reason} ({e.Owner}, {e.Until})");
            }));
        }

        WriteObject(json, "properties", () =>
        {
            json.WriteString("status", row.Status.ToString());
            WriteText(json, "reasonCode", row.ReasonCode);
            WriteText(json, "accountId", row.Result.AccountId);
            WriteText(json, "region", row.Region);
            WriteText(json, "resourceType", row.ResourceType);
            if (row.Finding is { Facts.Count: > 0 } finding)
            {
                WriteTexts(json, "facts", finding.Facts.Select(f => f.ToString()));
            }
        });
    });

    /// <summary>Code scanning needs a file: a path that is the same in every run stands for the resource.</summary>
    private static void WriteLocation(Utf8JsonWriter json, ReportRow row) => WriteObject(json, () =>
    {
        var path = new[] { "aws", row.Result.AccountId, row.Region.Length > 0 ? row.Region : "global" }
            .Concat(row.ResourceType.Split(["::"], StringSplitOptions.None).Skip(1)).Append(row.ResourceId);
        WriteObject(json, "physicalLocation", () =>
        {
            WriteObject(json, "artifactLocation", () => WriteText(json, "uri", string.Join("/", path.Where(p => p.Length > 0).Select(p => Uri.EscapeDataString(JsonText.WellFormed(p))))));
            WriteObject(json, "region", () => json.WriteNumber("startLine", 1));
        });
        WriteArray(json, "logicalLocations", [row], r => WriteObject(json, () =>
        {
            WriteText(json, "name", r.ResourceId);
            WriteText(json, "fullyQualifiedName", r.ResourceArn.Length > 0 ? r.ResourceArn : $"{r.ResourceType}/{r.ResourceId}");
            json.WriteString("kind", "resource");
        }));
    });

    private static void WriteMessage(Utf8JsonWriter json, string name, string text) => WriteObject(json, name, () => json.WriteString("text", JsonText.WellFormed(text)));

    private static string HelpText(CisResult result, string? rationale, ControlRemediation? remediation) =>
        string.Join("\n\n", new[] { rationale, result.Remediation }.Concat(remediation?.Cli ?? []).Where(t => !string.IsNullOrEmpty(t)));

    private static string HelpMarkdown(CisResult result, string? rationale, ControlRemediation? remediation) => string.Join(
        "\n\n",
        new[] { rationale, result.Remediation }.Where(t => !string.IsNullOrEmpty(t)).Concat((remediation?.Cli ?? []).Select(c => $"```bash\n{c}\n```")));

    private static bool NeedsAttention(ReportRow row) => row.Status is not (CisStatus.Pass or CisStatus.NotApplicable);

    private static string KindOf(CisStatus status) => status switch
    {
        CisStatus.Manual => "open",
        CisStatus.Unknown => "review",
        _ => "fail",
    };

    private static string LevelOf(CisSeverity severity) => severity switch
    {
        CisSeverity.Critical or CisSeverity.High => "error",
        CisSeverity.Medium => "warning",
        _ => "note",
    };

    /// <summary>The middle of what GitHub takes for critical, high, medium and low.</summary>
    private static string ScoreOf(CisSeverity severity) => severity switch
    {
        CisSeverity.Critical => "9.5",
        CisSeverity.High => "8.0",
        CisSeverity.Medium => "5.5",
        CisSeverity.Low => "2.0",
        _ => "0.0",
    };

    private static string RuleIdOf(CisResult result) => $"{result.Benchmark}_{result.ControlId}";

    /// <summary>iam-root-usage as IamRootUsage: a name for people has no punctuation.</summary>
    private static string NameOf(CisResult result) => string.Concat(
        (result.RuleId.Count > 0 ? result.RuleId[0] : "control").Split(['-'], StringSplitOptions.RemoveEmptyEntries).Select(w => char.ToUpperInvariant(w[0]) + w.Substring(1)));
}
