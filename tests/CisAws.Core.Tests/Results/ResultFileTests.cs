using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using CisAws.Assessments;
using CisAws.Benchmarks;
using CisAws.Core.Tests.Rules;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Testing;
using CisAws.Text;
using CsCheck;
using Json.Schema;

namespace CisAws.Core.Tests.Results;

/// <summary>Result documents: what is written is read, exactly, and nothing else is.</summary>
public sealed class ResultFileTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(ResultSchema.Text());

    [Theory]
    [InlineData("")]
    [InlineData("tr-TR")] // I and i are not a pair.
    [InlineData("th-TH")] // The Buddhist calendar.
    [InlineData("fa-IR")] // The Persian calendar, and a decimal separator of its own.
    [InlineData("sv-SE")] // A minus sign of its own.
    public void Every_property_is_read_as_it_was_written_in_every_culture(string culture) => ResultGenerator.Any.Sample(
        results =>
        {
            var text = ResultFile.Write(results);
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            try
            {
                Assert.Equal(text, ResultFile.Write(results));
                var read = ResultFile.Read(text);
                Assert.Null(read.Warning);
                Assert.Equal(results.SelectMany(Properties), read.Results.SelectMany(Properties));
                Assert.Equal(results.Select(r => r.Run.Values), read.Results.Select(r => r.Run.Values));
                Assert.Equal(results.SelectMany(r => r.ReadFailures), read.Results.SelectMany(r => r.ReadFailures));
                Assert.Equal(text, ResultFile.Write(read.Results));
            }
            finally
            {
                CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            }
        },
        iter: LongTests.Iterations(40, 2000),
        // The culture belongs to the thread.
        threads: 1);

    [Fact]
    public void A_document_is_of_its_schema_and_ASCII() => ResultGenerator.Any.Sample(
        results =>
        {
            var text = ResultFile.Write(results);
            Assert.All(text, c => Assert.True(c is '\n' or >= ' ' and <= '~'));
            using var json = JsonDocument.Parse(text);
            Assert.True(Schema.Evaluate(json.RootElement).IsValid, text);
        },
        iter: LongTests.Iterations(40, 1000));

    [Fact]
    public async System.Threading.Tasks.Task Results_of_the_demo_account_are_read_as_they_were_written()
    {
        var results = new List<CisResult>();
        var demo = DemoAccount.Load();
        await new Assessment(EveryRule.Controls, [], demo.CollectedAt).RunAsync(demo, results.Add, TestContext.Current.CancellationToken);
        Assert.Equal(results.SelectMany(Properties), ResultFile.Read(ResultFile.Write(results)).Results.SelectMany(Properties));
    }

    [Fact]
    public void What_a_run_took_may_be_known_after_its_results_are_written()
    {
        var run = new AssessmentRun(RuleTester.Now);
        using var text = new StringWriter();
        var writer = new ResultFile.Writer(text);
        writer.Add(Result(run));
        run.End(181, TimeSpan.FromSeconds(3.25));
        writer.End();
        Assert.EndsWith($$"""
              "runs":[
                {"runId":"{{run.RunId}}","cisAwsVersion":"{{run.CisAwsVersion}}","calls":181,"seconds":3.25}
              ]
            }
            """.ReplaceLineEndings("\n"), text.ToString());
    }

    [Fact]
    public void No_results_are_a_document_too() => Assert.Empty(ResultFile.Read(ResultFile.Write([])).Results);

    /// <summary>No JSON can contain half of a surrogate pair, and no API of AWS returns one: it is written in the form in which texts are shown.</summary>
    [Fact]
    public void Half_of_a_surrogate_pair_is_written_as_the_text_of_its_escape()
    {
        var finding = new FindingValues { Resource = new CisResource("T", "a\ud83d", "\udc00b", "") };
        var read = ResultFile.Read(ResultFile.Write([Result(new(RuleTester.Now), finding)])).Results[0].Findings[0];
        Assert.Equal((@"a\ud83d", @"\udc00b"), (read.ResourceId, read.ResourceArn));
    }

    [Fact]
    public void Texts_of_a_document_are_safe_to_show()
    {
        var text = Document().Replace("Reason.", @"\u001b[2J").Replace("cis-aws-1.2.0\",\"programVersion", "x\\u001b[2J\",\"programVersion");
        var result = ResultFile.Read(text).Results[0];
        Assert.Equal((@"\u001b[2J", @"x\u001b[2J"), (result.Reason, result.Program));
    }

    [Theory]
    [InlineData("", "line 1, $: The file is empty. Write an object: { ... }.")]
    [InlineData("[]", "$.schema is missing; this version of CisAws reads \"cisaws-results/1\" and its minor versions.")]
    [InlineData("{}", "$.schema is missing; this version of CisAws reads \"cisaws-results/1\" and its minor versions.")]
    [InlineData("{\"schema\":\"cisaws-results/2\"}", "$.schema is \"cisaws-results/2\"; this version of CisAws reads \"cisaws-results/1\" and its minor versions.")]
    [InlineData("{\"schema\":\"cisaws-results/1.0\"}", "$.schema is \"cisaws-results/1.0\"; this version of CisAws reads \"cisaws-results/1\" and its minor versions.")]
    [InlineData("{\"schema\":1}", "$.schema is 1; this version of CisAws reads \"cisaws-results/1\" and its minor versions.")]
    [InlineData("{\"schema\":\"cisaws-results/1\"}", "$.results is missing.")]
    [InlineData("{\"schema\":\"cisaws-results/1\",\"results\":{},\"runs\":[]}", "$.results must be a list.")]
    [InlineData("{\"schema\":\"cisaws-results/1\",\"results\":[1],\"runs\":[]}", "$.results[0] must be an object.")]
    [InlineData("{\"schema\":\"cisaws-results/1\",\"results\":[],\"runs\":[],\"a b\":1}", "$['a b'] is not known in a result document.")]
    [InlineData("{\"schema\":\"cisaws-results/1\",\"results\":[],\"runs\":[],\"\\ud800\":1}", "$ contains a string that is not valid Unicode.")]
    [InlineData("{\"schema\":\"cisaws-results/1\",\"results\":[\n", "line 2, $.results: The file ends inside a list that begins on line 1. Complete it, or close it with ].")]
    public void What_is_not_a_document_is_refused_with_its_place(string text, string problem) => Refused(text, problem);

    [Theory]
    [InlineData("\"status\":\"Fail\",\"reasonCode\"", "\"status\":\"fail\",\"reasonCode\"", "$.results[0].status must be one of Pass, Fail, Unknown, Manual, NotApplicable, Exempt.")]
    [InlineData("\"status\":\"Fail\",\"reasonCode\"", "\"status\":1,\"reasonCode\"", "$.results[0].status must be one of Pass, Fail, Unknown, Manual, NotApplicable, Exempt.")]
    [InlineData("\"controlId\":\"1.9\"", "\"controlId\":1.9", "$.results[0].controlId must be a control ID such as \"1.10\", in quotes.")]
    [InlineData("\"controlId\":\"1.9\"", "\"controlId\":\"1\"", "$.results[0].controlId must be a control ID such as \"1.10\", in quotes.")]
    [InlineData("\"controlId\":\"1.9\"", "\"controlId\":\"\\udc00\"", "$.results[0].controlId contains a string that is not valid Unicode.")]
    [InlineData("\"level\":1", "\"level\":1.5", "$.results[0].level must be a whole number that is not negative.")]
    [InlineData("\"level\":1", "\"level\":\"1\"", "$.results[0].level must be a whole number that is not negative.")]
    [InlineData("\"scored\":true", "\"scored\":\"true\"", "$.results[0].scored must be true or false.")]
    [InlineData("\"scored\":true", "\"scored\":null", "$.results[0].scored must be true or false.")]
    [InlineData("\"scored\":true,", "", "$.results[0].scored is missing.")]
    [InlineData("\"scored\":true", "\"scored\":true,\"scored\":true", "$.results[0].scored appears more than once.")]
    [InlineData("\"scored\":true", "\"scored\":true,\"Scored\":true", "$.results[0].Scored is not known in a result.")]
    [InlineData("\"assessedAt\":\"2026-03-01T12:00:00Z\"", "\"assessedAt\":\"2026-03-01\"", "$.results[0].assessedAt must be a time in UTC such as 2027-03-31T12:00:00Z.")]
    [InlineData("\"assessedAt\":\"2026-03-01T12:00:00Z\"", "\"assessedAt\":\"2026-03-01T12:00:00+01:00\"", "$.results[0].assessedAt must be a time in UTC such as 2027-03-31T12:00:00Z.")]
    [InlineData("\"collectedAt\":\"2026-03-01T12:00:00Z\"", "\"collectedAt\":\"2026-02-30T12:00:00Z\"", "$.results[0].collectedAt must be a time in UTC such as 2027-03-31T12:00:00Z.")]
    [InlineData("\"value\":14", "\"value\":\"14\"", "$.results[0].settings[0] has a value or a default that is not of its type, Integer.")]
    [InlineData("\"value\":14", "\"value\":{}", "$.results[0].settings[0].value must be a string.")]
    [InlineData("\"resourceId\":\"alice\"", "\"resourceId\":5", "$.results[0].findings[0].resourceId must be a string.")]
    [InlineData("{\"name\":\"n\",\"value\":\"v\"}", "\"n=v\"", "$.results[0].findings[0].facts[0] must be an object.")]
    [InlineData("\"Owner\":\"ops\"", "\"Owner\":5", "$.results[0].findings[0].tags.Owner must be a string.")]
    [InlineData("\"Owner\":\"ops\"", "\"Owner\":\"ops\",\"Owner\":\"ops\"", "$.results[0].findings[0].tags.Owner appears more than once.")]
    [InlineData("\"expires\":\"2027-03-31\"", "\"expires\":\"31.3.2027\"", "$.results[0].findings[0].exemption.expires must be a date such as 2027-03-31.")]
    [InlineData("\"seconds\":3.25", "\"seconds\":-1", "$.runs[0].seconds must be a number of seconds.")]
    [InlineData("\"seconds\":3.25", "\"seconds\":1e30", "$.runs[0].seconds must be a number of seconds.")]
    [InlineData("\"calls\":181", "\"calls\":null", "$.runs[0].calls must be a whole number that is not negative.")]
    [InlineData("{\"runId\":\"6f9619ff-8b86-d011-b42d-00c04fc964ff\",\"cis", "{\"runId\":\"{6f9619ff}\",\"cis", "$.runs[0].runId must be a UUID such as 0f8fad5b-d9cb-469f-a165-70867728950e.")]
    [InlineData("{\"runId\":\"6f9619ff-8b86-d011-b42d-00c04fc964ff\",\"cis", "{\"runId\":\"00000000-0000-0000-0000-000000000000\",\"cis", "$.results[0].runId is not in $.runs.")]
    public void A_document_with_something_else_in_it_is_refused_with_its_place(string valid, string changed, string problem)
    {
        var document = Document();
        Assert.Equal(2, document.Split(valid).Length);
        Refused(document.Replace(valid, changed), problem);
    }

    [Fact]
    public void The_results_of_a_run_have_one_time()
    {
        var run = new AssessmentRun(RuleTester.Now);
        var text = ResultFile.Write([Result(run), Result(run)]);
        var at = text.LastIndexOf("T12:00:00Z", StringComparison.Ordinal);
        Refused(text.Remove(at, 3).Insert(at, "T13"), "$.results[1] has another assessedAt or collectedAt than the results of the same run before it.");
    }

    [Fact]
    public void A_run_is_described_once()
    {
        var text = ResultFile.Write([Result(new(RuleTester.Now))]);
        var run = text.Split("\"runs\":[")[1].Split(']')[0].Trim();
        Refused(text.Replace(run, $"{run},{run}"), "$.runs[1].runId appears more than once.");
    }

    [Fact]
    public void Of_a_newer_minor_version_what_is_not_known_is_ignored_with_a_warning()
    {
        var text = Document().Replace("cisaws-results/1\"", "cisaws-results/1.12\"").Replace("\"scored\":true", "\"scored\":true,\"mood\":{\"a\":[1]}").Replace("{\"name\":\"n\"", "{\"\\u001b\":1,\"name\":\"n\"");
        var read = ResultFile.Read(text);
        Assert.Equal(ResultFile.Read(Document()).Results.SelectMany(Properties), read.Results.SelectMany(Properties));
        Assert.Equal(
            @"The result document has schema cisaws-results/1.12, written by a newer version of CisAws. This version reads cisaws-results/1 and ignores \u001b, mood. Update CisAws to use all of the document.",
            read.Warning);
        Assert.Null(ResultFile.Read(Document().Replace("cisaws-results/1\"", "cisaws-results/1.12\"")).Warning);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void A_file_is_read_in_the_encoding_of_its_byte_order_mark(string encoding)
    {
        var file = Path.GetTempFileName();
        try
        {
            // What another program wrote may have other characters than ASCII.
            File.WriteAllText(file, Document().Replace("alice", "åsa"), Encoding.GetEncoding(encoding));
            Assert.Equal("åsa", ResultFile.ReadFile(file).Results[0].Findings[0].ResourceId);
            File.WriteAllBytes(file, [.. File.ReadAllBytes(file), 0]);
            Assert.Throws<InvalidDataException>(() => ResultFile.TryReadFile(file));
            File.WriteAllText(file, "{\"name\":\"schema\", \"a\":{\"schema\":\"cisaws-results/1\"}, \"schema\":\"cisaws-evidence/1\"}", Encoding.GetEncoding(encoding));
            Assert.Null(ResultFile.TryReadFile(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Every byte of a document changed in turn: it is refused or read as something, and nothing else is thrown.</summary>
    [Fact]
    public void A_damaged_document_is_refused_or_read_and_nothing_else()
    {
        var valid = Encoding.UTF8.GetBytes(Document());
        var file = Path.GetTempFileName();
        try
        {
            for (var at = 0; at < valid.Length; at += LongTests.Wanted ? 1 : 7)
            {
                foreach (var value in new byte[] { 0, (byte)'"', (byte)'}', 0xff })
                {
                    var bytes = (byte[])valid.Clone();
                    bytes[at] = value;
                    File.WriteAllBytes(file, bytes);
                    var thrown = Record.Exception(() => ResultFile.ReadFile(file));
                    Assert.True(thrown is null or InvalidDataException, thrown?.ToString());
                }
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Text_with_half_of_a_surrogate_pair_is_refused() => Refused(Document().Replace("alice", "\ud83d"), "the text contains half of a surrogate pair.");

    private static void Refused(string text, string problem) =>
        Assert.Equal($"The result document is not valid: {problem}", Assert.Throws<InvalidDataException>(() => ResultFile.Read(text)).Message);

    /// <summary>A document of one result with every member but those that the tests above do not change.</summary>
    private static string Document()
    {
        var exemption = new CisExemption { ControlId = ControlSelector.Parse("1.*"), Expires = new DateTime(2027, 3, 31, 0, 0, 0, DateTimeKind.Utc) };
        var finding = new FindingValues
        {
            Status = CisStatus.Exempt,
            Resource = new CisResource("AWS::IAM::User", "alice", "", "", new Dictionary<string, string> { ["Owner"] = "ops" }),
            Facts = new([new CisFact("n", "v")]),
            Exemption = exemption,
        };
        var run = new AssessmentRun(
            new RunValues { RunId = new Guid("6f9619ff-8b86-d011-b42d-00c04fc964ff"), CisAwsVersion = "1.0.0", Calls = 181, Duration = TimeSpan.FromSeconds(3.25) }, RuleTester.Now, RuleTester.Now);
        return ResultFile.Write([Result(run, finding)]);
    }

    private static CisResult Result(AssessmentRun run, params FindingValues[] findings) => new(
        ResultValues.Of(AssessedControl.Of(DefaultPrograms.Benchmark.Find(ControlId.Parse("1.9"))!), RuleTester.AccountId, run) with
        {
            Status = CisStatus.Fail,
            ReasonCode = "Code",
            Reason = "Reason.",
            Findings = findings,
        },
        run);

    /// <summary>Each public property of a result and of all that it holds, with its value.</summary>
    private static IEnumerable<string> Properties(object? value) => value switch
    {
        null => ["null"],
        string text => [text],
        TextValue id => [$"{id}"],
        DateTime time => [$"{time.Ticks} {time.Kind}"],
        ValueType number => [Convert.ToString(number, CultureInfo.InvariantCulture)!],
        IEnumerable list => list.Cast<object>().SelectMany((item, i) => Properties(item).Select(p => $"[{i}] {p}")).Append($"{list}"),
        _ => value.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0)
            .SelectMany(property => Properties(property.GetValue(value)).Select(p => $"{property.Name}: {p}")).Append($"{value}"),
    };
}
