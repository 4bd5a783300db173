using System;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Programs;

namespace CisAws.Core.Tests.Programs;

/// <summary>The ids in a program belong to its benchmark.</summary>
public sealed class ProgramBenchmarkTests
{
    private static readonly CisProgram Other = new()
    {
        Name = "other",
        NamedBenchmark = Benchmark.Read(
            """
            {
              "id": "other-3.0", "title": "Other", "version": "3.0", "url": "https://example.com", "sections": { "2": "Storage" },
              "controls": [
                { "id": "2.1.1", "level": 1, "scored": true, "assessment": "Automated", "title": "Long passwords", "rules": ["iam-password-length"] },
                { "id": "2.1.2", "level": 2, "scored": true, "assessment": "Automated", "title": "New passwords", "rules": ["iam-password-reuse"] }
              ]
            }
            """),
    };

    [Fact]
    public void Without_a_base_it_is_the_one_that_is_named() => Assert.All(
        [Read.Program(), Read.Program("\"benchmark\": \"cis-aws-1.2.0\"")], p => Assert.Equal(("cis-aws-1.2.0", 49), (p.Benchmark, p.Controls.Count)));

    [Fact]
    public void A_base_gives_its_own_and_ids_and_settings_are_of_it()
    {
        var program = Based(
            """
            "controls": { "sections": ["Storage"], "exclude": [ { "id": "2.1.2", "reason": "r" } ] }, "settings": { "2.1.*": { "MinPasswordLength": 20 } },
            "exemptions": [ { "control": "2.1.1", "resource": "x", "reason": "r", "owner": "o", "expires": "2027-01-01" } ]
            """).Program!;
        Assert.Equal(("other-3.0", "2.1.1"), (program.Benchmark, Read.Ids(program)));
        Assert.Equal("MinPasswordLength=20 (program test)", Assert.Single(program.Controls).Settings.ToString());
    }

    [Theory]
    [InlineData("\"controls\": {\"ids\": [\"1.9\"]}", "$.controls.ids[0] InvalidValue: '1.9' is not valid here.")]
    [InlineData("\"controls\": {\"sections\": [\"IAM\"]}", "$.controls.sections[0] InvalidValue: 'IAM' is not valid here.")]
    [InlineData("\"severities\": {\"1.9\": \"Low\"}", "$.severities['1.9'] UnknownControl: '1.9' is not valid here.")]
    [InlineData("\"settings\": {\"2.1.2\": {\"MinPasswordLength\": 20}}", "$.settings['2.1.2'].MinPasswordLength UnknownSetting: 2.1.2 has no setting 'MinPasswordLength'.")]
    [InlineData("\"benchmark\": \"cis-aws-1.2.0\"", "$.benchmark OtherBenchmark: The program is based on other, which is for other-3.0, and not for cis-aws-1.2.0.")]
    public void What_is_of_another_benchmark_is_refused(string members, string problem)
    {
        var found = Assert.Single(Based(members).Problems);
        Assert.Equal(problem, $"{found.Path} {found.Code}: {found.Message}");
    }

    [Fact]
    public void It_is_written_where_no_base_gives_it()
    {
        Assert.Contains("\"benchmark\": \"other-3.0\"", ProgramFormat.Write(Other));
        var program = Read.Program("\"benchmark\": \"cis-aws-1.2.0\", \"basedOn\": \"cis-aws-1.2.0-level-1\"");
        Assert.DoesNotContain("\"benchmark\"", ProgramFormat.Write(program));
        Assert.Equal(program, Read.Text(ProgramFormat.Write(program)).Program);
    }

    [Fact]
    public void Programs_of_two_benchmarks_are_compared_by_the_rules_of_their_controls() => Assert.Equal(
        [
            "Benchmark: cis-aws-1.2.0 / other-3.0", "Control 1.5: included / removed: The IAM password policy requires an uppercase letter", "Number 1.9: 1.9 / 2.1.1",
            "Number 1.10: 1.10 / 2.1.2", "Level 1.10: 1 / 2", "Scope Regions: eu-west-1 / all",
        ],
        ProgramComparison.Of(Read.Program("\"scope\": {\"regions\": [\"eu-west-1\"]}, \"controls\": {\"ids\": [\"1.5\", \"1.9\", \"1.10\"]}"), Other)
            .Select(d => d.ToString()));

    [Fact]
    public void A_later_version_removes_adds_renumbers_and_asks_for_more()
    {
        var differences = ProgramComparison.Of(DefaultPrograms.Benchmark, DefaultPrograms.Find("cis-aws-3.0.0")!).Select(d => d.ToString()).ToList();
        Assert.Equal("Benchmark: cis-aws-1.2.0 / cis-aws-3.0.0", differences[0]);
        Assert.Contains("Control 1.11: included / removed: The IAM password policy expires passwords within 90 days", differences);
        Assert.Contains("Control 1.13: not included / added: No IAM user has more than one active access key", differences);
        Assert.Contains("Number 1.3: 1.3 / 1.12", differences);
        Assert.Contains("Setting 1.3 MaxUnusedCredentialDays: 90 / 45 (stricter)", differences);
        // One control for both ports, and one for each address family.
        Assert.Equal(
            ["Number 4.1: 4.1 / 5.2", "Number 4.1: 4.1 / 5.3", "Number 4.2: 4.2 / 5.2", "Number 4.2: 4.2 / 5.3"],
            differences.Where(d => d.StartsWith("Number 4.1", StringComparison.Ordinal) || d.StartsWith("Number 4.2", StringComparison.Ordinal)));
        var back = ProgramComparison.Of(DefaultPrograms.Find("cis-aws-3.0.0")!, DefaultPrograms.Benchmark).Select(d => d.ToString());
        Assert.Contains("Setting 1.12 MaxUnusedCredentialDays: 45 / 90 (less strict)", back);
    }

    private static ProgramReading Based(string members) => ProgramReader.Read(Read.Json($"\"basedOn\": \"other\", {members}"), "test.json", _ => Other, Read.Now);
}
