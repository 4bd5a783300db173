using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CisAws.Assessments;
using CisAws.Core.Tests.Rules;
using CisAws.Programs;
using CisAws.Reports;
using CisAws.Results;
using CisAws.Rules;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CisAws.Core.Tests.Reports;

/// <summary>Markdown, read by another program: Markdig with the extensions that GitHub's dialect has.</summary>
public sealed class MarkdownReportTests
{
    private static readonly MarkdownPipeline GitHub = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().UseEmphasisExtras().UseMathematics().Build();

    public static TheoryData<string> Hostile =>
    [
        "[x](http://evil.example)", "![i](http://evil.example/i.png)", "<script>alert(1)</script>", "<img src=x>", "</details>", "a|b", "| - |", @"a\|b", @"ends with \", "`code`", "``",
        "`", "http://evil.example/x", "HTTPS://evil.example", "www.evil.example", "mailto:x@evil.example", "<http://evil.example>", "**bold**", "_a_", "~~s~~", "$x$", "&lt;", "# x", "a@b.example",
        "[x]: http://evil.example",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Text_of_the_account_is_only_text(string text)
    {
        var document = Read(Of(text));
        Assert.Empty(document.Descendants<LinkInline>());
        Assert.Empty(document.Descendants<AutolinkInline>());
        Assert.Equal(["Remediation:"], document.Descendants<EmphasisInline>().Select(TextOf));
        Assert.All(document.Descendants<HtmlInline>(), h => Assert.Equal("<!-- -->", h.Tag));
        Assert.Equal(3, document.Descendants<HtmlBlock>().Sum(b => b.Lines.Lines.Count(l => l.ToString().StartsWith('<'))));
        var tables = document.Descendants<Table>().ToList();
        Assert.Equal([6, 5, 3], tables.Select(t => t.ColumnDefinitions.Count(c => c is not null)).Select((_, i) => ((TableRow)tables[i][0]).Count));
        Assert.All(tables, t => Assert.All(t.Cast<TableRow>(), r => Assert.Equal(((TableRow)t[0]).Count, r.Count)));
        var row = tables[2].Cast<TableRow>().Last().Cast<TableCell>().Select(TextOf).ToList();
        Assert.Equal([text, "eu-north-1", $"{text} fails."], row);
    }

    [Fact]
    public void It_notifies_nobody() => Assert.DoesNotContain("@octocat", Of("@octocat").Split('\n').Single(l => l.StartsWith("| ", StringComparison.Ordinal) && l.Contains("fails", StringComparison.Ordinal)).Split('|')[3]);

    [Fact]
    public void Resources_that_are_not_listed_are_counted()
    {
        var text = Text(SampleResults.Result("4.1", CisStatus.Fail, resources: string.Join(' ', Enumerable.Range(0, 25).Select(i => $"sg-{i}"))));
        Assert.Contains("| `sg-19` |", text, StringComparison.Ordinal);
        Assert.DoesNotContain("sg-20", text, StringComparison.Ordinal);
        Assert.Contains("\nAnd 5 more.\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reason_of_an_account_that_could_not_be_assessed_is_written_once()
    {
        var results = UnassessedAccount.Results(
            DefaultPrograms.Benchmark.Controls, RuleTester.AccountId, UnassessedAccount.Unreachable, "Not assessed: no role.", new AssessmentRun(RuleTester.Now) { IsComplete = true });
        var text = Text([.. results]);
        Assert.Contains("\n**No control could be decided.** Not assessed: no role.\n", text, StringComparison.Ordinal);
        Assert.Contains("| 0 | 49 | 0 | 0 | 0 | 0 |", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<details>", text, StringComparison.Ordinal);
        Assert.Contains("<details>", Text([.. results, SampleResults.Result("4.1", CisStatus.Pass)]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_summary_of_many_accounts_is_not_larger_than_GitHub_shows()
    {
        var resources = string.Join(' ', Enumerable.Range(0, 20).Select(i => $"sg-{i}-{new string('å', 200)}"));
        var text = Text([.. Enumerable.Range(0, 150).Select(i => SampleResults.Result("4.1", CisStatus.Fail, account: FormattableString.Invariant($"{i:d12}"), resources: resources))]);
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 700_000, 1 << 20);
        Assert.Contains("\n20 resources left out, because the report would be too large.\n", text, StringComparison.Ordinal);
        Assert.Contains("## Account `000000000149`", text, StringComparison.Ordinal);
    }

    private static string Of(string text)
    {
        var result = SampleResults.Result("4.1", CisStatus.Fail, resources: "x");
        var finding = result.Values.Findings[0];
        return Text(new CisResult(
            result.Values with { Findings = [finding with { Resource = finding.Resource with { Id = text }, Reason = $"{text} fails." }] }, result.Run));
    }

    private static string Text(params CisResult[] results) => ReportFormats.Of(ReportFormat.Markdown).ToText(ReportContent.Of(results, [], [], RuleTester.Now));

    private static MarkdownDocument Read(string text) => Markdown.Parse(text, GitHub);

    private static string TextOf(MarkdownObject node) => string.Concat(node.Descendants().Select(d => d switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        _ => "",
    }));
}
