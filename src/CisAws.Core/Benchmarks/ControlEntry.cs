using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using CisAws.Assessments;
using CisAws.Rules;

namespace CisAws.Benchmarks;

/// <summary>A control's entry as its file holds it: Catalog/Entries/1.9.json.</summary>
internal sealed record ControlEntry(
    string Id,
    string Title,
    int Level,
    bool Scored,
    [property: JsonConverter(typeof(JsonStringEnumConverter<ControlAssessment>))] ControlAssessment Assessment,
    string[] Services,
    string Description,
    string Rationale,
    string Audit,
    ControlRemediation Remediation,
    SettingDefinition[] Settings,
    string[] References);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ControlEntry))]
internal sealed partial class CatalogJson : JsonSerializerContext;
