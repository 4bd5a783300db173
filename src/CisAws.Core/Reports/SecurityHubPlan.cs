using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Reports;

/// <summary>What has to change in Security Hub of one account, so that it has the findings of an assessment.</summary>
internal sealed record SecurityHubPlan
{
    // What the service allows for a call: 100 findings, and 6 MB, of which some are left for the rest of the request.
    private const int BatchCount = 100;
    private const int BatchBytes = 5_000_000;

    /// <summary>New findings and those that change.</summary>
    public IReadOnlyList<JsonElement> Imports { get; private init; } = [];

    /// <summary>Findings about resources that no longer exist: only of controls that were assessed completely, and later than the finding was updated.</summary>
    public IReadOnlyList<JsonElement> Archives { get; private init; } = [];

    /// <summary>The IDs of exempt findings that are not suppressed yet.</summary>
    public IReadOnlyList<string> Suppressions { get; private init; } = [];

    /// <summary>The IDs of findings that were suppressed as exempt, and are not exempt any more.</summary>
    public IReadOnlyList<string> Reopenings { get; private init; } = [];

    /// <summary>The product that the findings are of.</summary>
    public string ProductArn { get; private init; } = "";

    /// <summary>Compares an assessment with Security Hub.</summary>
    /// <param name="results">The newest results of the account.</param>
    /// <param name="existing">The findings of CisAws that Security Hub has of the account.</param>
    /// <param name="region">The region of Security Hub.</param>
    public static SecurityHubPlan Of(IReadOnlyList<CisResult> results, IEnumerable<JsonElement> existing, string region)
    {
        var known = existing.Where(f => Field(f, AsffReport.ProgramField) is not null).GroupBy(f => Text(f, "Id")).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var rows = results.SelectMany(ReportRow.Of).ToList();
        var imports = rows.Select(r => Finding(r, region, known.TryGetValue(r.Id.ToString(), out var before) ? Text(before, "CreatedAt") : null)).ToList();
        var ids = new HashSet<string>(rows.Select(r => r.Id.ToString()), StringComparer.Ordinal);
        var assessed = results.Where(r => !r.Incomplete && r.Status != CisStatus.Unknown)
            .GroupBy(r => (AsffReport.GeneratorPrefix + $"{r.Benchmark}/{r.ControlId}", r.Program)).ToDictionary(g => g.Key, g => g.First().AssessedAt);
        return new SecurityHubPlan
        {
            Imports = imports,
            Archives = [.. known.Values
                .Where(f => !ids.Contains(Text(f, "Id")) && Text(f, "RecordState") != "ARCHIVED")
                .Where(f => assessed.TryGetValue((Text(f, "GeneratorId"), Field(f, AsffReport.ProgramField)!), out var at) && IsBefore(f, at))
                .Select(f => Archived(f, assessed[(Text(f, "GeneratorId"), Field(f, AsffReport.ProgramField)!)]))],
            Suppressions = [.. rows.Where(r => r.Status == CisStatus.Exempt).Select(r => r.Id.ToString()).Where(id => !IsSuppressed(known, id))],
            Reopenings = [.. rows.Where(r => r.Status != CisStatus.Exempt).Select(r => r.Id.ToString())
                .Where(id => IsSuppressed(known, id) && Field(known[id], AsffReport.StatusField) == nameof(CisStatus.Exempt))],
            ProductArn = imports.Count > 0 ? Text(imports[0], "ProductArn") : "",
        };
    }

    /// <summary>Findings in the portions that one call takes.</summary>
    public static IEnumerable<IReadOnlyList<JsonElement>> Batches(IEnumerable<JsonElement> findings)
    {
        var (batch, bytes) = (new List<JsonElement>(), 0);
        foreach (var finding in findings)
        {
            var size = finding.GetRawText().Length;
            if (batch.Count == BatchCount || (batch.Count > 0 && bytes + size > BatchBytes))
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(finding);
            bytes += size;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private static JsonElement Finding(ReportRow row, string region, string? createdAt)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            AsffReport.WriteFinding(json, row, region, createdAt);
        }

        using var document = JsonDocument.Parse(stream.ToArray());
        return document.RootElement.Clone();
    }

    /// <summary>The finding as it was, archived: a product has to send all of it, but not what Security Hub has added.</summary>
    private static JsonElement Archived(JsonElement finding, DateTime assessedAt)
    {
        var archived = new JsonObject();
        foreach (var member in finding.EnumerateObject().Where(m => AsffReport.Members.Contains(m.Name)))
        {
            archived[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        archived["RecordState"] = "ARCHIVED";
        archived["UpdatedAt"] = assessedAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        using var document = JsonDocument.Parse(archived.ToJsonString());
        return document.RootElement.Clone();
    }

    private static bool IsBefore(JsonElement finding, DateTime time) =>
        DateTimeOffset.TryParse(Text(finding, "UpdatedAt"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var updated) && updated < new DateTimeOffset(time);

    private static bool IsSuppressed(Dictionary<string, JsonElement> known, string id) =>
        known.TryGetValue(id, out var finding) && finding.TryGetProperty("Workflow", out var workflow) && workflow.ValueKind == JsonValueKind.Object && Text(workflow, "Status") == "SUPPRESSED";

    private static string? Field(JsonElement finding, string name) =>
        finding.ValueKind == JsonValueKind.Object && finding.TryGetProperty("ProductFields", out var fields) && fields.ValueKind == JsonValueKind.Object &&
        fields.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
