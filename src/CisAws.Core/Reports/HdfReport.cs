using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CisAws.Benchmarks;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Reports;

/// <summary>
/// The Heimdall Data Format of MITRE SAF (InSpec's exec-json), for Heimdall and the SAF CLI: a profile for each program, a control for each control, and
/// a result for each finding of all accounts.
/// </summary>
internal sealed class HdfReport : JsonReportWriter
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".hdf.json", ".hdf"];

    /// <inheritdoc/>
    protected override void Write(ReportContent content, Utf8JsonWriter json) => WriteObject(json, () =>
    {
        WriteObject(json, "platform", () =>
        {
            json.WriteString("name", "AWS");
            json.WriteString("release", "");
            WriteText(json, "target_id", string.Join(", ", content.Results.Select(r => r.AccountId).Distinct()));
        });
        json.WriteString("version", ReportContent.Version);
        WriteObject(json, "statistics", () =>
        {
            var runs = content.Results.Select(r => r.Run).Distinct().ToList();
            if (runs.Count > 0 && runs.TrueForAll(r => r.Duration is not null))
            {
                json.WriteNumber("duration", runs.Sum(r => r.Duration!.Value.Ticks / (decimal)TimeSpan.TicksPerSecond));
            }
        });
        WriteArray(json, "profiles", ProfilesOf(content), write => write(json));
    });

    /// <summary>What is missing is a profile too, with an error in it.</summary>
    private static IEnumerable<Action<Utf8JsonWriter>> ProfilesOf(ReportContent content)
    {
        if (content.Omissions.Count > 0)
        {
            yield return json => WriteOmissions(json, content);
        }

        foreach (var program in content.Results.GroupBy(r => (r.Benchmark, r.Program)))
        {
            var results = program.ToList();
            yield return json => WriteProfile(json, results);
        }
    }

    private static void WriteProfile(Utf8JsonWriter json, List<CisResult> results) => WriteObject(json, () =>
    {
        var first = results[0];
        var controls = results.GroupBy(r => r.ControlId).Select(g => g.ToList()).ToList();
        json.WriteString("name", JsonText.WellFormed(first.Program));
        json.WriteString("title", JsonText.WellFormed(Benchmark.Find(first.Benchmark)?.Title ?? first.Benchmark));
        WriteText(json, "version", first.ProgramVersion);
        json.WriteString("sha256", Hash(string.Join("\n", controls.Select(c => c[0].ControlId.ToString()).Prepend(first.ProgramVersion).Prepend(first.Program).Prepend(first.Benchmark))));
        json.WriteString("status", "loaded");
        WriteTexts(json, "supports", []);
        var settings = controls.SelectMany(c => c[0].Settings.Select(s => (c[0].ControlId, Setting: s)));
        WriteArray(json, "attributes", settings, s => WriteAttribute(json, $"{s.ControlId} {s.Setting.Name}", s.Setting));
        WriteArray(json, "groups", controls.GroupBy(c => c[0].Section), g => WriteObject(json, () =>
        {
            json.WriteString("id", g.Key);
            json.WriteString("title", g.Key);
            WriteTexts(json, "controls", g.Select(c => c[0].ControlId.ToString()));
        }));
        WriteArray(json, "controls", controls, c => WriteControl(json, c));
    });

    private static void WriteAttribute(Utf8JsonWriter json, string name, CisSetting setting) => WriteObject(json, () =>
    {
        json.WriteString("name", name);
        WriteObject(json, "options", () =>
        {
            json.WriteString("value", JsonText.WellFormed(SettingValues.Print(setting.Value)));
            json.WriteString("description", setting.Description);
            json.WriteString("source", setting.Source);
        });
    });

    private static void WriteControl(Utf8JsonWriter json, List<CisResult> results) => WriteObject(json, () =>
    {
        var first = results[0];
        var control = ReportContent.ControlOf(first);
        json.WriteString("id", first.ControlId.ToString());
        json.WriteString("title", JsonText.WellFormed(first.Title));
        json.WriteString("desc", JsonText.WellFormed(control?.Description ?? first.Title));
        var texts = new[] { ("rationale", control?.Rationale), ("check", control?.Audit), ("fix", first.Remediation) };
        WriteArray(json, "descriptions", texts.Where(t => !string.IsNullOrEmpty(t.Item2)), t => WriteObject(json, () =>
        {
            json.WriteString("label", t.Item1);
            json.WriteString("data", JsonText.WellFormed(t.Item2!));
        }));
        // For what does not apply the format has an impact of nothing.
        json.WriteNumber("impact", results.TrueForAll(r => r.Status == CisStatus.NotApplicable) ? 0 : ImpactOf(ReportContent.SeverityOf(first)));
        WriteArray(json, "refs", control?.References ?? PrintableList<string>.None, r => WriteObject(json, () => json.WriteString("url", r)));
        WriteObject(json, "tags", () =>
        {
            json.WriteString("benchmark", first.Benchmark);
            json.WriteString("section", first.Section);
            json.WriteNumber("level", first.Level);
            json.WriteBoolean("scored", first.Scored);
            if (ReportContent.BenchmarkControlOf(first) is { Nist.Count: > 0 } mapped)
            {
                // The last one is not a control, but how the format states the revision.
                WriteTexts(json, "nist", [.. mapped.Nist, "Rev_4"]);
            }

            WriteTexts(json, "security_hub", ReportContent.BenchmarkControlOf(first)?.SecurityHub ?? []);
            WriteTexts(json, "rules", first.RuleId);
        });
        WriteText(json, "code", string.Join("\n", control?.Remediation.Cli ?? []));
        WriteObject(json, "source_location", () => { });
        WriteExemption(json, results);
        WriteAttestation(json, results);
        WriteArray(json, "results", results.SelectMany(ReportRow.Of), row => WriteResult(json, row));
    });

    /// <summary>A waiver is of the control as a whole: one for some of its failures would hide the others.</summary>
    private static void WriteExemption(Utf8JsonWriter json, List<CisResult> results)
    {
        if (IsWaived(results) && results.SelectMany(r => r.Findings).Select(f => f.Exemption).OfType<CisExemption>().FirstOrDefault() is { } exemption)
        {
            WriteObject(json, "waiver_data", () =>
            {
                json.WriteString("justification", JsonText.WellFormed($"{exemption.Reason} ({exemption.Owner})"));
                json.WriteBoolean("run", true);
                json.WriteBoolean("skipped_due_to_waiver", false);
                json.WriteString("message", "");
                WriteText(json, "expiration_date", exemption.Expires is { } day ? IsoDate.Write(day) : null);
            });
        }
    }

    private static void WriteAttestation(Utf8JsonWriter json, List<CisResult> results)
    {
        if (results.SelectMany(r => r.Findings).Select(f => f.Attestation).OfType<CisAttestation>().FirstOrDefault() is { } attestation)
        {
            WriteObject(json, "attestation_data", () =>
            {
                json.WriteString("control_id", results[0].ControlId.ToString());
                json.WriteString("explanation", JsonText.WellFormed(attestation.Explanation));
                json.WriteString("frequency", JsonText.WellFormed(attestation.Frequency ?? $"until {IsoDate.Write(attestation.ValidUntil)}"));
                json.WriteString("status", attestation.Status == AttestationStatus.Passed ? "passed" : "failed");
                json.WriteString("updated", IsoDate.Write(attestation.Updated));
                json.WriteString("updated_by", JsonText.WellFormed(attestation.UpdatedBy));
            });
        }
    }

    private static void WriteResult(Utf8JsonWriter json, ReportRow row) => WriteObject(json, () =>
    {
        var status = StatusOf(row);
        json.WriteString("status", status);
        json.WriteString("code_desc", JsonText.WellFormed($"{row.ResourceType} {row.Place}"));
        json.WriteString("start_time", Time(row.Result.AssessedAt));
        var facts = row.Finding is { Facts.Count: > 0 } finding ? "\n" + string.Join("\n", finding.Facts) : "";
        WriteText(json, status == "skipped" ? "skip_message" : "message", row.Reason + facts);
        WriteText(json, "resource_id", row.ResourceArn);
    });

    private static void WriteOmissions(Utf8JsonWriter json, ReportContent content) => WriteObject(json, () =>
    {
        json.WriteString("name", "cisaws-report");
        json.WriteString("title", "Completeness of the report");
        json.WriteString("sha256", Hash("cisaws-report"));
        json.WriteString("status", "loaded");
        WriteTexts(json, "supports", []);
        WriteTexts(json, "attributes", []);
        WriteTexts(json, "groups", []);
        WriteArray(json, "controls", [content], c => WriteObject(json, () =>
        {
            json.WriteString("id", "report-complete");
            json.WriteString("title", "The report is complete");
            json.WriteString("desc", "Everything that was assessed is in the report.");
            json.WriteNumber("impact", 0.5m);
            WriteTexts(json, "refs", []);
            WriteObject(json, "tags", () => { });
            WriteObject(json, "source_location", () => { });
            WriteArray(json, "results", c.Omissions, o => WriteObject(json, () =>
            {
                json.WriteString("status", "error");
                json.WriteString("code_desc", "The report is complete");
                json.WriteString("start_time", Time(c.CreatedAt.UtcDateTime));
                json.WriteString("message", JsonText.WellFormed(o));
            }));
        }));
    });

    private static string StatusOf(ReportRow row) => row.Status switch
    {
        CisStatus.Pass => "passed",
        CisStatus.Fail => "failed",
        CisStatus.Unknown => "error",
        CisStatus.Exempt when row.Result.Status == CisStatus.Exempt => "failed",
        _ => "skipped",
    };

    private static bool IsWaived(List<CisResult> results) => results.TrueForAll(r => r.Status is CisStatus.Exempt or CisStatus.Pass or CisStatus.NotApplicable);

    // Not a double: .NET Framework writes 0.7 as 0.69999999999999996.
    private static decimal ImpactOf(CisSeverity severity) => severity switch
    {
        CisSeverity.Critical => 0.9m,
        CisSeverity.High => 0.7m,
        CisSeverity.Medium => 0.5m,
        CisSeverity.Low => 0.3m,
        _ => 0,
    };

    private static string Hash(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
#if NET
        var hash = SHA256.HashData(bytes);
#else
        using var sha = SHA256.Create();
        var hash = sha.ComputeHash(bytes);
#endif
        return string.Concat(hash.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
