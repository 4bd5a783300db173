using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CisAws.Core.Tests.Results;
using CisAws.Core.Tests.Rules;
using CisAws.Reports;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Testing;
using CsCheck;

namespace CisAws.Core.Tests.Reports;

/// <summary>The HTML report as a file. How it looks and behaves in a browser is tested in CisAws.Browser.Tests.</summary>
public sealed class HtmlReportTests
{
    private static readonly Regex Data = new("<script type=\"application/json\" id=\"results\">(.*?)</script>", RegexOptions.Singleline);

    [Fact]
    public void Whatever_the_results_contain_the_page_around_them_stays_the_same()
    {
        var empty = Data.Replace(Write([]), "");
        ResultGenerator.Any.Sample(
            results =>
            {
                var page = Write([.. results]);
                Assert.Equal(empty, Data.Replace(page, ""));
                var data = Data.Match(page).Groups[1].Value;
                Assert.DoesNotMatch(@"[<>&\u007f-\uffff]", data);
                var read = JsonDocument.Parse(data).RootElement;
                var content = ReportContent.Of([.. results], [], [], RuleTester.Now);
                Assert.Equal(
                    content.Results.Select(r => (r.AccountId, r.ControlId.ToString(), r.Status.ToString(), r.Findings.Count)),
                    read.GetProperty("results").EnumerateArray().Select(r => (
                        r.GetProperty("account").GetString()!,
                        read.GetProperty("controls")[r.GetProperty("control").GetInt32()].GetProperty("id").GetString()!,
                        r.GetProperty("status").GetString()!,
                        r.GetProperty("findings").GetArrayLength())));
            },
            iter: LongTests.Iterations(40, 2000));
    }

    [Fact]
    public void The_policy_of_the_page_allows_its_script_and_its_styles_by_their_hashes()
    {
        var page = Write(SampleResults.Result("4.1", CisStatus.Fail, resources: "sg-1"));
        var script = Regex.Match(page, "<script>(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;
        var style = Regex.Match(page, "<style>(.*?)</style>", RegexOptions.Singleline).Groups[1].Value;
        Assert.Contains($"script-src '{Hash(script)}'; style-src '{Hash(style)}';", page, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(page, "<script"));
        Assert.DoesNotMatch("(src|href)=[\"']?(https?:)?//", page);

        static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Commands_are_included_for_what_needs_remediation()
    {
        var data = JsonDocument.Parse(Data.Match(Write(SampleResults.Result("4.1", CisStatus.Fail), SampleResults.Result("1.9", CisStatus.Pass))).Groups[1].Value);
        var controls = data.RootElement.GetProperty("controls");
        Assert.True(controls[0].TryGetProperty("cli", out var commands) && commands.GetArrayLength() > 0);
        Assert.False(controls[1].TryGetProperty("cli", out _));
    }

    private static string Write(params CisResult[] results) => ReportFormats.Of(ReportFormat.Html).ToText(ReportContent.Of(results, [], [], RuleTester.Now));
}
