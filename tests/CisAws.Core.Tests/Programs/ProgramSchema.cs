using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CisAws.Benchmarks;
using CisAws.Programs;
using CisAws.Rules;

namespace CisAws.Core.Tests.Programs;

/// <summary>Writes the schema of program files from the catalogue: module/schemas/cis-program.schema.json has to be what comes out here.</summary>
internal static class ProgramSchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static string Text()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "CisAws compliance program",
            ["description"] = "Which controls of the CIS AWS Foundations Benchmark v1.2.0 an organisation assesses, with which settings, and which failures it accepts.",
            ["type"] = "object",
            ["required"] = new JsonArray("schemaVersion", "name"),
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject
            {
                ["$schema"] = Text("Where this schema is."),
                ["schemaVersion"] = new JsonObject { ["description"] = "The version of the format.", ["const"] = ProgramReader.SchemaVersion },
                ["name"] = Text(ProgramName.Rule, ProgramName.Pattern),
                ["description"] = Text("What the program is for."),
                ["owner"] = Text("Who answers for it."),
                ["version"] = Text("The program's own version."),
                ["basedOn"] = Text("The program it builds on, by name; the benchmark itself when there is none. What this program says goes before what that one says."),
                ["controls"] = Object("Which controls it has.", new JsonObject
                {
                    ["ids"] = List("Ids and wildcards of the controls it takes from its base; all by default.", Ref("controlPattern")),
                    ["sections"] = List("The sections it takes from its base; all by default.", Enum([.. Benchmark.Default.Sections.Values])),
                    ["levels"] = List("The levels it takes from its base; both by default.", new JsonObject { ["enum"] = new JsonArray(1, 2) }),
                    ["scored"] = Boolean("Whether it takes the scored or the unscored controls of its base; both by default."),
                    ["add"] = List("Ids and wildcards of controls it takes besides, whether its base has them or not.", Ref("controlPattern")),
                    ["exclude"] = List("Controls it leaves out.", Object("A control that is left out, and why.", new JsonObject
                    {
                        ["id"] = Ref("controlPattern"),
                        ["reason"] = Text("Why it is left out."),
                    }, "id", "reason")),
                }),
                ["settings"] = Ref("settings"),
                ["accountSettings"] = new JsonObject
                {
                    ["description"] = "Settings of single accounts, which go before the program's.",
                    ["type"] = "object",
                    ["patternProperties"] = new JsonObject { [Formats.AccountIdPattern] = Ref("settings") },
                    ["additionalProperties"] = false,
                },
                ["scope"] = Object("What the program is for.", new JsonObject
                {
                    ["accounts"] = List("Account ids; every account by default.", Ref("accountId")),
                    ["regions"] = List("Regions; every enabled one by default.", Ref("region")),
                }),
                ["severities"] = new JsonObject
                {
                    ["description"] = "How much failures matter, by control; an id goes before a wildcard.",
                    ["type"] = "object",
                    ["propertyNames"] = Ref("controlPattern"),
                    ["additionalProperties"] = Enum([.. ProgramReader.SeverityNames.Keys]),
                },
                ["allowPermanentExemptions"] = Boolean("Lets this program's exemptions go without a last day."),
                ["exemptions"] = List("Failures that are accepted.", Ref("exemption")),
                ["attestations"] = List("What people say of controls that only a person can judge. The field names are those of MITRE SAF.", Ref("attestation")),
            },
            ["if"] = new JsonObject
            {
                ["properties"] = new JsonObject { ["allowPermanentExemptions"] = new JsonObject { ["const"] = true } },
                ["required"] = new JsonArray("allowPermanentExemptions"),
            },
            ["else"] = new JsonObject
            {
                ["properties"] = new JsonObject { ["exemptions"] = new JsonObject { ["items"] = new JsonObject { ["required"] = new JsonArray("expires") } } },
            },
            ["definitions"] = new JsonObject
            {
                ["controlPattern"] = new JsonObject
                {
                    ["description"] = "The id of a control, or a wildcard with *, ? and [ ].",
                    ["anyOf"] = new JsonArray(
                        Enum([.. DefaultPrograms.Benchmark.Controls.Select(c => c.ControlId.ToString())]),
                        new JsonObject { ["type"] = "string", ["pattern"] = "[*?\\[]" }),
                },
                ["accountId"] = Text("An account id: 12 digits, as text.", Formats.AccountIdPattern),
                ["region"] = Text("A region such as eu-west-1.", Formats.RegionPattern),
                ["day"] = Text("A day (UTC) such as 2027-03-31.", "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T.*)?$"),
                ["settings"] = Settings(),
                ["exemption"] = Object("A failure that is accepted.", new JsonObject
                {
                    ["control"] = Ref("controlPattern"),
                    ["resource"] = Text("The ARN or the id of the resource, wildcards allowed; every resource by default."),
                    ["account"] = Ref("accountId"),
                    ["region"] = Ref("region"),
                    ["tag"] = Text("A tag the resource must have: key, or key=value with wildcards in the value.", "^[^=]"),
                    ["reason"] = Text("Why the failure is accepted."),
                    ["owner"] = Text("Who accepts it."),
                    ["ticket"] = Text("Where it was decided."),
                    ["expires"] = Ref("day"),
                    ["coversEverything"] = Boolean("Says that it is meant to cover every resource of every control."),
                }, "control", "reason", "owner"),
                ["attestation"] = Attestation(),
            },
        };
        return schema.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Attestation()
    {
        var attestation = Object("What a person says of a control.", new JsonObject
        {
            ["control_id"] = Enum([.. DefaultPrograms.Benchmark.Controls.Select(c => c.ControlId.ToString())]),
            ["status"] = Enum(["passed", "failed"]),
            ["explanation"] = Text("How the person came to say so."),
            ["updated"] = Ref("day"),
            ["updated_by"] = Text("Who says so."),
            ["frequency"] = Text("How long it is good for: annually, quarterly, monthly ..., or a number with d, w, m or y such as 90d.", Frequencies.Pattern),
            ["expires"] = Ref("day"),
            ["evidence"] = Text("Where to look it up."),
            ["account_id"] = Ref("accountId"),
        }, "control_id", "status", "explanation", "updated", "updated_by");
        attestation["anyOf"] = new JsonArray(
            new JsonObject { ["required"] = new JsonArray("frequency") }, new JsonObject { ["required"] = new JsonArray("expires") });
        return attestation;
    }

    private static JsonObject Settings()
    {
        var controls = new JsonObject();
        foreach (var control in DefaultPrograms.Benchmark.Controls)
        {
            var settings = new JsonObject();
            foreach (var setting in control.SettingDefinitions)
            {
                settings[setting.Name] = Setting(setting);
            }

            controls[control.ControlId.ToString()] = Object($"{control.ControlId} {control.Title}", settings);
        }

        // What wildcards may set is the sum of all: that a control they match has the setting is for the reader to tell.
        var every = new JsonObject();
        foreach (var setting in DefaultPrograms.Benchmark.Controls.SelectMany(c => c.SettingDefinitions).GroupBy(d => d.Name).Select(g => g.First()))
        {
            every[setting.Name] = Setting(setting);
        }

        return new JsonObject
        {
            ["description"] = "Settings by control; an id goes before a wildcard.",
            ["type"] = "object",
            ["properties"] = controls,
            ["patternProperties"] = new JsonObject { ["[*?\\[]"] = Object("The settings of every control that matches and has them.", every) },
            ["additionalProperties"] = false,
        };
    }

    private static JsonObject Setting(SettingDefinition setting)
    {
        var schema = new JsonObject { ["description"] = setting.Description };
        switch (setting.Type)
        {
            case SettingType.Integer:
                schema["type"] = "integer";
                schema["minimum"] = setting.Minimum;
                schema["maximum"] = setting.Maximum;
                break;
            case SettingType.Boolean:
                schema["type"] = "boolean";
                break;
            case SettingType.Choice:
                schema["enum"] = new JsonArray([.. setting.Choices!.Select(c => (JsonNode)c)]);
                break;
            case SettingType.TextList:
                schema["type"] = "array";
                schema["uniqueItems"] = true;
                schema["items"] = new JsonObject { ["type"] = "string", ["pattern"] = setting.ItemPattern };
                break;
            case SettingType.FilterPattern:
                schema["type"] = "string";
                break;
            default:
                throw new InvalidOperationException($"{setting.Name} is of an unknown type.");
        }

        schema["default"] = JsonSerializer.SerializeToNode(setting.Default, setting.Default.GetType());
        return schema;
    }

    private static JsonObject Ref(string name) => new() { ["$ref"] = "#/definitions/" + name };

    private static JsonObject Enum(IReadOnlyList<string> words) => new() { ["enum"] = new JsonArray([.. words.Select(w => (JsonNode)w)]) };

    private static JsonObject Boolean(string description) => new() { ["description"] = description, ["type"] = "boolean" };

    private static JsonObject Text(string description, string? pattern = null)
    {
        var schema = new JsonObject { ["description"] = description, ["type"] = "string", ["maxLength"] = Formats.LongestText };
        schema["pattern"] = pattern ?? @"\S";
        return schema;
    }

    private static JsonObject List(string description, JsonObject items) =>
        new() { ["description"] = description, ["type"] = "array", ["uniqueItems"] = true, ["items"] = items };

    private static JsonObject Object(string description, JsonObject properties, params string[] required)
    {
        var schema = new JsonObject { ["description"] = description, ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray([.. required.Select(r => (JsonNode)r)]);
        }

        return schema;
    }
}
