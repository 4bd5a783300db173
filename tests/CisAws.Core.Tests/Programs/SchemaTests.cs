using System.Linq;
using System.Text.Json.Nodes;
using CisAws.Benchmarks;
using CisAws.Programs;
using CisAws.Rules;

namespace CisAws.Core.Tests.Programs;

public sealed class SchemaTests
{
    // By hand, and not by what wrote the schema: a mistake there must show.
    [Fact]
    public void Every_setting_is_in_the_schema_with_its_bounds()
    {
        var controls = JsonNode.Parse(ProgramSchema.Text())!["definitions"]!["settings"]!["properties"]!.AsObject();
        Assert.Equal(
            Benchmark.All.SelectMany(b => b.Controls).Select(c => c.ControlId).Distinct().Order().Select(id => id.ToString()),
            controls.Select(c => c.Key).Where(id => !id.Contains('*')));
        Assert.All(DefaultPrograms.Benchmark.Controls, control =>
        {
            var settings = controls[control.ControlId.ToString()]!["properties"]!.AsObject();
            Assert.False((bool)controls[control.ControlId.ToString()]!["additionalProperties"]!);
            // Another benchmark may have another control of the same id, with settings of its own.
            Assert.Subset(settings.Select(s => s.Key).ToHashSet(), control.SettingDefinitions.Select(d => d.Name).ToHashSet());
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
}
