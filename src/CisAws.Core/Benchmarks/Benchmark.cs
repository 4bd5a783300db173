using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using CisAws.Assessments;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Benchmarks;

/// <summary>
/// A published, numbered list of controls: a file in Benchmarks, which is found by being there. It has all controls of its version, each with the rules
/// that decide it and settings that differ from the rules' own defaults: a version is added when its last rule exists. IDs, levels and assessment types
/// are as published (for later versions by Prowler, https://github.com/prowler-cloud/prowler, and Powerpipe, https://github.com/turbot/steampipe-mod-aws-compliance,
/// which agree on the IDs); the titles are our own words.
/// </summary>
internal sealed class Benchmark
{
    /// <summary>The benchmark that is meant where none is named.</summary>
    public const string DefaultId = "cis-aws-1.2.0";

    private const string Folder = "Benchmarks/";

    private static readonly Lazy<IReadOnlyList<Benchmark>> Benchmarks = new(Load);

    private Benchmark(BenchmarkFile file)
    {
        Id = file.Id;
        Title = file.Title;
        Version = file.Version;
        Url = file.Url;
        Sections = file.Sections;
        Controls = [.. file.Controls.Select(c => new BenchmarkControl(this, c)).OrderBy(c => c.ControlId)];
    }

    /// <summary>Every benchmark, by ID.</summary>
    public static IReadOnlyList<Benchmark> All => Benchmarks.Value;

    /// <summary>The controls of every benchmark.</summary>
    public static IEnumerable<BenchmarkControl> AllControls => All.SelectMany(b => b.Controls);

    /// <summary>The benchmark that is meant where none is named.</summary>
    public static Benchmark Default => Find(DefaultId)!;

    /// <summary>The ID that programs and results name it by, such as cis-aws-1.2.0.</summary>
    public string Id { get; }

    /// <summary>The title that it was published under.</summary>
    public string Title { get; }

    /// <summary>Its version, such as 1.2.0.</summary>
    public string Version { get; }

    /// <summary>Where it is published.</summary>
    public string Url { get; }

    /// <summary>The names of its sections by their numbers, in their order.</summary>
    public IReadOnlyDictionary<string, string> Sections { get; }

    /// <summary>Its controls, ordered by ID.</summary>
    public IReadOnlyList<BenchmarkControl> Controls { get; }

    /// <summary>The benchmark of an ID, whatever its case; null when there is none.</summary>
    public static Benchmark? Find(string id) => All.FirstOrDefault(b => string.Equals(b.Id, id, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a benchmark's file.</summary>
    /// <exception cref="InvalidOperationException">It names a rule or a setting that does not exist.</exception>
    public static Benchmark Read(string json) => new(JsonSerializer.Deserialize(json, BenchmarkJson.Default.BenchmarkFile)!);

    /// <summary>The control of an ID; null when there is none.</summary>
    public BenchmarkControl? Find(ControlId id) => Controls.FirstOrDefault(c => c.ControlId == id);

    /// <summary>The controls whose ID matches an ID or a wildcard, ordered by ID.</summary>
    public IReadOnlyList<BenchmarkControl> Matching(string idOrWildcard) => ControlSelector.TryParse(idOrWildcard, out var selector) ? Matching(selector!) : [];

    /// <summary>The controls that a selector names, ordered by ID.</summary>
    public IReadOnlyList<BenchmarkControl> Matching(ControlSelector selector) => [.. Controls.Where(c => selector.Matches(c.ControlId))];

    /// <summary>How texts name a rule: by the number of its control; where the benchmark has no such control, by the rule's ID.</summary>
    public string ControlOf(string ruleId) => Controls.FirstOrDefault(c => c.Rules.Any(r => r.Id == ruleId))?.ControlId.ToString() ?? $"rule {ruleId}";

    /// <inheritdoc/>
    public override string ToString() => Id;

    private static IReadOnlyList<Benchmark> Load()
    {
        var assembly = typeof(Benchmark).GetTypeInfo().Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Folder, StringComparison.Ordinal))
            .Select(n =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!);
                return Read(reader.ReadToEnd());
            })
            .OrderBy(b => b.Id, StringComparer.Ordinal)];
    }
}

/// <summary>A benchmark's file.</summary>
internal sealed record BenchmarkFile(
    string Id, string Title, string Version, string Url, Dictionary<string, string> Sections, IReadOnlyList<ControlEntry> Controls);

/// <summary>
/// A control in a benchmark's file. A rule is an ID, or an object with the ID and settings. SecurityHub has the IDs of the Security Hub controls that
/// AWS maps to the control (https://docs.aws.amazon.com/securityhub/latest/userguide/cis-aws-foundations-benchmark.html); absent where there are none.
/// Severity is that of the Security Hub control (https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-controls-reference.html); absent
/// where a related control has it, or where it is Medium. Nist has the controls of NIST SP 800-53 Rev. 4 that MITRE maps to the control
/// (https://github.com/mitre/aws-foundations-cis-baseline, tag v1.2.0); absent where there is no such source.
/// </summary>
internal sealed record ControlEntry(
    string Id,
    int Level,
    bool Scored,
    [property: JsonConverter(typeof(JsonStringEnumConverter<ControlAssessment>))] ControlAssessment Assessment,
    string Title,
    IReadOnlyList<JsonElement> Rules,
    IReadOnlyList<string>? SecurityHub = null,
    IReadOnlyList<string>? Nist = null,
    [property: JsonConverter(typeof(JsonStringEnumConverter<CisSeverity>))] CisSeverity? Severity = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(BenchmarkFile))]
internal sealed partial class BenchmarkJson : JsonSerializerContext;
