using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.Json;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Reports;

/// <summary>
/// One HTML file that needs nothing else: the page of Reports/Html, with the results in it as JSON. The page shows, filters and prints them; the
/// members of the JSON are described in model.ts.
/// </summary>
/// <remarks>
/// Nothing of AWS becomes HTML: the page sets it as text. In the JSON, the writer escapes every character but plain ASCII, and of that
/// <c>&lt; &gt; &amp; ' "</c>, so that no text ends the element that holds it. The page's policy (CSP) allows its own script only.
/// </remarks>
internal sealed class HtmlReport : ReportWriter
{
    private const string Place = "{{results}}";

    private static readonly Lazy<(byte[] Before, byte[] After)> Page = new(ReadPage);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".html", ".htm"];

    /// <inheritdoc/>
    public override void Write(ReportContent content, Stream stream)
    {
        var (before, after) = Page.Value;
        stream.Write(before, 0, before.Length);
        using (var json = new Utf8JsonWriter(stream))
        {
            new Data(json).Write(content);
        }

        stream.Write(after, 0, after.Length);
    }

    private static (byte[] Before, byte[] After) ReadPage()
    {
        using var reader = new StreamReader(typeof(HtmlReport).GetTypeInfo().Assembly.GetManifestResourceStream("Reports/report.html")!);
        var page = reader.ReadToEnd();
        var place = page.IndexOf(Place, StringComparison.Ordinal);
        return (Encoding.UTF8.GetBytes(page.Substring(0, place)), Encoding.UTF8.GetBytes(page.Substring(place + Place.Length)));
    }

    /// <summary>Writes what the page shows. What many results share is written once, at the end: only then it is known.</summary>
    private sealed class Data(Utf8JsonWriter json)
    {
        private readonly List<CisResult> _programs = [];
        private readonly List<CisResult> _controls = [];
        private readonly List<AssessmentRun> _runs = [];
        private readonly Dictionary<(string, string), int> _programIndex = [];
        private readonly Dictionary<(string, string, ControlId), int> _controlIndex = [];
        private readonly Dictionary<AssessmentRun, int> _runIndex = [];
        private readonly HashSet<int> _toRemediate = [];

        public void Write(ReportContent content)
        {
            json.WriteStartObject();
            json.WriteString("version", typeof(HtmlReport).Assembly.GetName().Version!.ToString(3));
            json.WriteString("created", content.CreatedAt);
            Texts("notices", content.Omissions);
            Pairs("accountNames", content.Results.Where(r => r.AccountName.Length > 0).Select(r => (r.AccountId, r.AccountName)).Distinct());
            Objects("results", content.Results, Result);
            Objects("earlier", content.EarlierRuns.Where(e => _programIndex.ContainsKey((e.Benchmark, e.Program))), EarlierRun);
            Objects("runs", _runs, Run);
            Objects("controls", _controls, Control);
            Objects("programs", _programs, Program);
            json.WriteEndObject();
        }

        private void Result(CisResult result)
        {
            var program = IndexOf(_programIndex, (result.Benchmark, result.Program), _programs, result);
            var control = IndexOf(_controlIndex, (result.Benchmark, result.Program, result.ControlId), _controls, result);
            if (result.Status is not (CisStatus.Pass or CisStatus.NotApplicable))
            {
                _toRemediate.Add(control);
            }

            json.WriteNumber("control", control);
            json.WriteNumber("run", IndexOf(_runIndex, result.Run, _runs, result.Run));
            Text("account", result.AccountId);
            Text("status", result.Status.ToString());
            Text("code", result.ReasonCode);
            Text("reason", result.Reason);
            Flag("incomplete", result.Incomplete);
            Objects("settings", result.Settings, Setting);
            Objects("readFailures", result.ReadFailures, ReadFailure);
            Objects("findings", result.Findings, Finding);
            // Not later: the text of one result after the other is in memory, instead of that of all.
            json.Flush();
        }

        private void Finding(CisFinding finding)
        {
            Text("status", finding.Status.ToString());
            Text("type", finding.ResourceType);
            json.WriteString("id", TerminalText.Escape(finding.ResourceId));
            Text("arn", finding.ResourceArn);
            Text("region", finding.Region);
            Text("code", finding.ReasonCode);
            Text("reason", finding.Reason);
            Pairs("facts", finding.Facts.Select(f => (f.Name, f.Value)));
            Texts("warnings", finding.Warnings);
            Pairs("tags", finding.Resource.Tags?.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => (t.Key, t.Value)) ?? []);
            Object("exemption", finding.Exemption, Exemption);
            Object("attestation", finding.Attestation, Attestation);
        }

        private void Setting(CisSetting setting)
        {
            Text("name", setting.Name);
            Text("value", SettingValues.Print(setting.Value));
            Text("default", SettingValues.Print(setting.Default));
            Text("source", setting.Source);
            Text("description", setting.Description);
        }

        private void ReadFailure(ReadFailure failure)
        {
            Text("action", failure.Action);
            Text("region", failure.Region);
            Text("errorCode", failure.ErrorCode);
            Text("kind", failure.Kind.ToString());
            Text("message", failure.Message);
            Text("account", failure.AccountId);
        }

        private void Exemption(CisExemption exemption)
        {
            Text("reason", exemption.Reason);
            Text("owner", exemption.Owner);
            Text("ticket", exemption.Ticket);
            Text("expires", exemption.Expires is { } day ? IsoDate.Write(day) : null);
        }

        private void Attestation(CisAttestation attestation)
        {
            Text("status", attestation.Status.ToString());
            Text("explanation", attestation.Explanation);
            Text("updated", IsoDate.Write(attestation.Updated));
            Text("updatedBy", attestation.UpdatedBy);
            Text("validUntil", IsoDate.Write(attestation.ValidUntil));
            Text("evidence", attestation.Evidence);
        }

        private void EarlierRun(CisTrendPoint run)
        {
            json.WriteNumber("program", _programIndex[(run.Benchmark, run.Program)]);
            Text("account", run.AccountId);
            json.WriteString("assessedAt", run.AssessedAt);
            json.WriteNumber("pass", run.ScoredPass);
            json.WriteNumber("counted", run.ScoredCounted);
        }

        private void Run(AssessmentRun run)
        {
            json.WriteString("assessedAt", run.StartedAt.UtcDateTime);
            json.WriteString("collectedAt", run.CollectedAt.UtcDateTime);
            if (run.Calls is { } calls)
            {
                json.WriteNumber("calls", calls);
            }
        }

        private void Program(CisResult first)
        {
            Text("name", first.Program);
            Text("version", first.ProgramVersion);
            Text("benchmark", first.Benchmark);
            var benchmark = Benchmark.Find(first.Benchmark);
            Text("title", benchmark?.Title ?? first.Benchmark);
            json.WriteNumber("size", benchmark?.Controls.Count ?? 0);
        }

        private void Control(CisResult first)
        {
            var control = ReportContent.ControlOf(first);
            Text("id", first.ControlId.ToString());
            json.WriteNumber("program", _programIndex[(first.Benchmark, first.Program)]);
            Text("title", first.Title);
            Text("section", first.Section);
            json.WriteNumber("level", first.Level);
            Flag("scored", first.Scored);
            Text("severity", ReportContent.SeverityOf(first).ToString());
            Texts("rules", first.RuleId);
            Lines("description", control?.Description);
            Lines("rationale", control?.Rationale);
            Lines("audit", control?.Audit);
            Lines("remediation", first.Remediation);
            if (_toRemediate.Contains(_controlIndex[(first.Benchmark, first.Program, first.ControlId)]) && control?.Remediation is { } remediation)
            {
                Texts("console", remediation.Console);
                Texts("cli", remediation.Cli);
                Texts("powerShell", remediation.PowerShell);
            }

            Texts("securityHub", control?.SecurityHub ?? PrintableList<string>.None);
            Texts("related", [.. control?.Related.Select(r => r.ToString()) ?? []]);
            Texts("references", control?.References ?? PrintableList<string>.None);
        }

        private static int IndexOf<TKey, TItem>(Dictionary<TKey, int> indices, TKey key, List<TItem> list, TItem item) where TKey : notnull
        {
            if (!indices.TryGetValue(key, out var index))
            {
                indices[key] = index = list.Count;
                list.Add(item);
            }

            return index;
        }

        private void Objects<T>(string name, IEnumerable<T> items, Action<T> write)
        {
            json.WriteStartArray(name);
            foreach (var item in items)
            {
                json.WriteStartObject();
                write(item);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        private void Object<T>(string name, T? item, Action<T> write) where T : class
        {
            if (item is not null)
            {
                json.WriteStartObject(name);
                write(item);
                json.WriteEndObject();
            }
        }

        /// <summary>Pairs of texts; absent if there are none.</summary>
        private void Pairs(string name, IEnumerable<(string Name, string Value)> pairs)
        {
            var isFirst = true;
            foreach (var pair in pairs)
            {
                if (isFirst)
                {
                    json.WriteStartArray(name);
                    isFirst = false;
                }

                json.WriteStartArray();
                json.WriteStringValue(TerminalText.Escape(pair.Name));
                json.WriteStringValue(TerminalText.Escape(pair.Value));
                json.WriteEndArray();
            }

            if (!isFirst)
            {
                json.WriteEndArray();
            }
        }

        /// <summary>Texts, which may have lines; absent if there are none.</summary>
        private void Texts(string name, IReadOnlyCollection<string> texts)
        {
            if (texts.Count > 0)
            {
                json.WriteStartArray(name);
                foreach (var text in texts)
                {
                    json.WriteStringValue(TerminalText.EscapeLines(text));
                }

                json.WriteEndArray();
            }
        }

        /// <summary>A text in one line, safe to show: it may be from AWS. Absent if it is empty.</summary>
        private void Text(string name, string? text) => Lines(name, text is null ? null : TerminalText.Escape(text));

        /// <summary>A text that may have lines. Absent if it is empty.</summary>
        private void Lines(string name, string? text)
        {
            if (!string.IsNullOrEmpty(text))
            {
                json.WriteString(name, TerminalText.EscapeLines(text));
            }
        }

        private void Flag(string name, bool value)
        {
            if (value)
            {
                json.WriteBoolean(name, value);
            }
        }
    }
}
