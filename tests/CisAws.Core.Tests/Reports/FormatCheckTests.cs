using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CisAws.Reports;
using CisAws.Testing;
using Json.Schema;

namespace CisAws.Core.Tests.Reports;

/// <summary>
/// Reports, checked by programs of others; a report that is broken on purpose shows that they do check. For OSCAL and OCSF no checker is available as
/// a package: their golden files were validated by hand, with NIST's JSON schema 1.2.1 and with the sources of OCSF 1.8.0. The same was done for JUnit
/// with the XSD of Jenkins; here another reader of the format reads it.
/// </summary>
public sealed class FormatCheckTests
{
    private const string Hdf = """
        const { convertFileContextual } = require('inspecjs');
        const report = convertFileContextual(require('fs').readFileSync(0, 'utf8'));
        for (const profile of report.contains) for (const control of profile.contains) console.log(control.data.id, control.hdf.status, control.hdf.segments.length);
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

    [Fact]
    public async Task Hdf_is_read_by_inspecjs()
    {
        var read = await NodeAsync("inspecjs@2.12.6", Hdf, Text(ReportFormat.Hdf, "sample"));
        Assert.Equal(
            ["report-complete Profile Error 1", "1.2 Failed 3", "1.17 Passed 1", "1.19 Not Reviewed 1", "2.1 Profile Error 1", "2.7 Not Applicable 1", "4.1 Failed 2"],
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
