using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using CisAws.Benchmarks;
using CisAws.Programs;
using CisAws.Rules;

namespace CisAws.Core.Tests.Programs;

public sealed class SchemaTests
{
    /// <summary>With CISAWS_ACCEPT=1 the file is written anew instead: what a changed catalogue asks for.</summary>
    [Fact]
    public void The_published_schema_is_what_the_catalogue_says()
    {
        if (Environment.GetEnvironmentVariable("CISAWS_ACCEPT") == "1")
        {
            File.WriteAllText(Path.Combine(Repository(), "module", "schemas", "cis-program.schema.json"), ProgramSchema.Text());
        }

        Assert.True(
            ProgramStore.Schema() == ProgramSchema.Text(),
            "module/schemas/cis-program.schema.json differs from the catalogue. Write it anew: CISAWS_ACCEPT=1 dotnet test tests/CisAws.Core.Tests, then build again.");
    }

    // By hand, and not by what wrote the schema: a mistake there must show.
    [Fact]
    public void Every_setting_is_in_the_schema_with_its_bounds()
    {
        var controls = JsonNode.Parse(ProgramStore.Schema())!["definitions"]!["settings"]!["properties"]!.AsObject();
        Assert.Equal(DefaultPrograms.Benchmark.Controls.Select(c => c.ControlId.ToString()), controls.Select(c => c.Key));
        Assert.All(DefaultPrograms.Benchmark.Controls, control =>
        {
            var settings = controls[control.ControlId.ToString()]!["properties"]!.AsObject();
            Assert.False((bool)controls[control.ControlId.ToString()]!["additionalProperties"]!);
            Assert.Equal(control.SettingDefinitions.Select(d => d.Name), settings.Select(s => s.Key));
            Assert.All(control.SettingDefinitions, definition =>
            {
                var schema = settings[definition.Name]!;
                Assert.Equal(definition.Minimum, (int?)schema["minimum"]);
                Assert.Equal(definition.Maximum, (int?)schema["maximum"]);
                Assert.Equal(definition.Choices, schema["enum"]?.AsArray().Select(c => (string)c!));
                Assert.Equal(definition.ItemPattern, (string?)schema["items"]?["pattern"]);
                Assert.Equal(definition.Description, (string?)schema["description"]);
                Assert.Equal(
                    definition.Type switch { SettingType.Integer => "integer", SettingType.Boolean => "boolean", SettingType.Choice => null, SettingType.TextList => "array", _ => "string" },
                    (string?)schema["type"]);
            });
        });
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "CisAws.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
