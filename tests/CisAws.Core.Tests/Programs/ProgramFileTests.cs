using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using CisAws.Programs;
using CisAws.Text;
using CsCheck;
using Json.Schema;

namespace CisAws.Core.Tests.Programs;

public sealed class ProgramFileTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(ProgramSchema.Text());

    [Fact]
    public void A_program_comes_back_from_its_file() => ProgramGenerator.Programs.Sample(
        program =>
        {
            var text = ProgramFormat.Write(program);
            var reading = Read.Text(text);
            // A random choice may come to no control, or name one that it does not have.
            if (reading.Problems.All(p => p.Code is "NoEffect" or "Expired"))
            {
                Assert.Equal(program, reading.Program);
                Assert.Equal(text, ProgramFormat.Write(reading.Program!));
            }
            else
            {
                Assert.Equal("NoControls", Assert.Single(reading.Problems).Code);
            }
        },
        iter: 300);

    /// <summary>A property without a line in the table would be lost in the file.</summary>
    [Fact]
    public void Every_property_of_an_entry_is_a_field()
    {
        Assert.Equal(Settable<CisExemption>(), ProgramFormat.Exemption.Count());
        Assert.Equal(Settable<CisAttestation>(), ProgramFormat.Attestation.Count());
        Assert.Equal(Settable<CisExclusion>(), ProgramFormat.Exclusion.Count());

        static int Settable<T>() => typeof(T).GetProperties().Count(p => p.CanWrite);
    }

    [Fact]
    public void Entries_are_about_the_same_where_their_keys_are()
    {
        Assert.Equal("control resource account region tag", Keys(ProgramFormat.Exemption));
        Assert.Equal("control_id account_id", Keys(ProgramFormat.Attestation));
        Assert.Equal("id", Keys(ProgramFormat.Exclusion));
        ProgramGenerator.Programs.Sample(
            program => Assert.All(program.Exemptions, e =>
            {
                Assert.True(ProgramFormat.Exemption.IsSame(e, e with { Reason = "another", Owner = "another", Ticket = "another", Expires = null }));
                Assert.False(ProgramFormat.Exemption.IsSame(e, e with { Resource = e.Resource + "x" }));
            }),
            iter: 100);

        static string Keys<T>(FieldTable<T> table) where T : class => string.Join(' ', table.Where(f => f.Use.HasFlag(FieldUse.Key)).Select(f => f.Name));
    }

    [Fact]
    public void What_is_written_is_valid_by_the_schema() => ProgramGenerator.Programs.Sample(program => Assert.True(IsValid(ProgramFormat.Write(program))), iter: 100);

    [Fact]
    public void Default_programs_come_back_from_their_files() => Assert.All(DefaultPrograms.All, program =>
    {
        var back = Read.Text(ProgramFormat.Write(program));
        Assert.Empty(back.Problems);
        Assert.Equal(program, back.Program! with { Type = ProgramType.Default, Path = "" });
        Assert.True(IsValid(ProgramFormat.Write(program)));
    });

    /// <summary>
    /// A program with one value put where it does not belong: whatever the schema refuses the reader refuses too, and never
    /// crashes. (The reader refuses more: what spans several places, and what only the catalogue knows.)
    /// </summary>
    [Fact]
    public void What_the_schema_refuses_the_reader_refuses() => Gen.Select(ProgramGenerator.Programs, Gen.Int[0, 10_000], ProgramGenerator.Pick(
        "null", "7", "-1", "4.5", "true", "\"\"", "\"x\"", "[]", "{}", "[null]", "{\"x\":1}", "\"1.3\"", "[\"1.3\",\"1.3\"]", "\"2026-13-01\"")).Sample(
        (program, at, value) =>
        {
            var root = JsonNode.Parse(ProgramFormat.Write(program))!;
            var places = root.AsObject().SelectMany(p => Places(root.AsObject(), p.Key)).ToList();
            places[at % places.Count](JsonNode.Parse(value));
            var text = root.ToJsonString();
            var refused = Read.Text(text).Problems.Any(p => p.Severity == ProblemSeverity.Error);
            Assert.True(refused || IsValid(text), text);
        },
        iter: 500);

    [Fact]
    public void Damaged_files_never_crash_the_reader() => Gen.Select(ProgramGenerator.Programs, Gen.Int[0, 100_000], Gen.Int[0, 40], Gen.String[0, 4]).Sample(
        (program, at, cut, put) =>
        {
            var text = ProgramFormat.Write(program);
            var start = at % text.Length;
            var reading = Read.Text(text.Remove(start, Math.Min(cut, text.Length - start)).Insert(start, put));
            Assert.True(reading.Program is not null || reading.Problems.Count > 0);
        },
        iter: 1000);

    [Fact]
    public void Noise_never_crashes_the_reader() => Gen.String.Sample(text => Assert.NotEmpty(Read.Text(text).Problems), iter: 1000);

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    public void A_culture_changes_nothing(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        var program = Read.Program(
            """
            "settings": { "1.3": { "MaxUnusedCredentialDays": 45 } }, "severities": { "1.3": "Informational" }, "scope": { "regions": [ "ap-southeast-1" ] },
            "exemptions": [ { "control": "4.1", "resource": "i-0İı", "reason": "r", "owner": "o", "expires": "2027-02-22" } ],
            "attestations": [ { "control_id": "1.17", "status": "passed", "explanation": "e", "updated": "2026-11-01", "updated_by": "u", "frequency": "90d" } ]
            """);
        var text = ProgramFormat.Write(program);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(text, ProgramFormat.Write(program));
            Assert.Equal(program, Read.Text(text).Program);
            Assert.Equal("2027-02-22", IsoDate.Write(IsoDate.TryRead("2027-02-22")!.Value));
            Assert.Equal("IAM", Assert.Single(Read.Program("\"controls\": {\"ids\": [\"1.1\"]}").Controls).Section);
            Assert.NotNull(DefaultPrograms.Find("CIS-AWS-1.2.0"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static bool IsValid(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Schema.Evaluate(document.RootElement).IsValid;
    }

    private static System.Collections.Generic.IEnumerable<Action<JsonNode?>> Places(JsonObject parent, string key)
    {
        yield return value => parent[key] = value;
        if (parent[key] is JsonObject child)
        {
            foreach (var place in child.SelectMany(p => Places(child, p.Key)))
            {
                yield return place;
            }
        }
        else if (parent[key] is JsonArray list)
        {
            for (var i = 0; i < list.Count; i++)
            {
                var at = i;
                yield return value => list[at] = value;
                if (list[i] is JsonObject item)
                {
                    foreach (var place in item.SelectMany(p => Places(item, p.Key)))
                    {
                        yield return place;
                    }
                }
            }
        }
    }
}
