using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using CisAws.Assessments;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Reports;

/// <summary>
/// Markdown in GitHub's dialect, for the summary of a job or a comment: for each account and program the counts, the controls that need attention, and
/// the first resources of each. Text of the account is never markup.
/// </summary>
internal sealed class MarkdownReport : TextReportWriter
{
    /// <summary>How many resources of a control are listed: a summary is to be read, and CSV and HTML have all of them.</summary>
    private const int ShownResources = 20;

    /// <summary>GitHub shows no summary of more than 1 MiB: beyond this many bytes, resources are left out.</summary>
    private const int DetailedBytes = 700_000;

    private static readonly CisStatus[] Statuses = [CisStatus.Fail, CisStatus.Unknown, CisStatus.Manual, CisStatus.Exempt, CisStatus.Pass, CisStatus.NotApplicable];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".md", ".markdown"];

    /// <inheritdoc/>
    protected override void Write(ReportContent content, TextWriter writer)
    {
        writer.Write("# CisAws assessment\n");
        foreach (var omission in content.Omissions)
        {
            writer.Write($"\n**This report is incomplete.** {Text(omission)}\n");
        }

        if (content.Results.Count == 0)
        {
            writer.Write("\nNothing was assessed.\n");
        }

        var written = 0;
        foreach (var group in content.Results.GroupBy(r => (r.AccountId, r.Program)))
        {
            WriteAccount(writer, [.. group], ref written);
        }
    }

    private static void WriteAccount(TextWriter writer, List<CisResult> results, ref int written)
    {
        var summary = new CisSummary([.. results.Select(CountedResult.Of)], calls: null, duration: null);
        var first = results[0];
        var name = first.AccountName.Length > 0 ? $" ({Text(first.AccountName)})" : "";
        writer.Write($"\n## Account {Code(first.AccountId)}{name}, {Text(first.Program)}\n\n");
        writer.Write(summary.PassRate is { } rate
            ? FormattableString.Invariant($"{rate:0.0} % of the scored controls pass ({summary.ScoredPass} of {summary.ScoredCounted}).")
            : "No scored control was decided.");
        writer.Write($" Assessed at {UtcTime.Minute(results[0].Run.StartedAt)}.\n\n");
        WriteRow(writer, Statuses.Select(s => s.ToString()));
        WriteRow(writer, Statuses.Select(_ => "---:"));
        WriteRow(writer, Statuses.Select(s => Number(results.Count(r => r.Status == s))));

        if (UnassessedAccount.ReasonOf(results) is { } reason)
        {
            writer.Write($"\n**No control could be decided.** {Text(reason)}\n");
            return;
        }

        var open = results.Where(r => r.Status is CisStatus.Fail or CisStatus.Unknown or CisStatus.Manual).OrderBy(r => Array.IndexOf(Statuses, r.Status)).ToList();
        if (open.Count == 0)
        {
            return;
        }

        writer.Write("\n### Controls that need attention\n\n");
        WriteRow(writer, ["Control", "Status", "Severity", "Failed", "Title"]);
        WriteRow(writer, ["---", "---", "---", "---:", "---"]);
        foreach (var result in open)
        {
            WriteRow(writer, [
                result.ControlId.ToString(), result.Status.ToString(), result.Status == CisStatus.Fail ? ReportContent.SeverityOf(result).ToString() : "",
                result.FailCount > 0 ? $"{Number(result.FailCount)} of {Number(result.Findings.Count - result.NotApplicableCount)}" : "", Text(result.Title),
            ]);
        }

        foreach (var result in open)
        {
            WriteDetails(writer, result, ref written);
        }
    }

    private static void WriteDetails(TextWriter writer, CisResult result, ref int written)
    {
        // Within the line of a tag nothing is Markdown.
        writer.Write($"\n<details>\n<summary>{result.ControlId} {WebUtility.HtmlEncode(Line(result.Title))}: {result.Status}</summary>\n\n{Text(result.Reason)}\n");
        var rows = result.Findings.Count == 0 ? [] : ReportRow.Of(result).Where(r => r.Status == result.Status).ToList();
        if (rows.Count > 0 && written > DetailedBytes)
        {
            writer.Write($"\n{Quantity.Of(rows.Count, "resource")} left out, because the report would be too large.\n");
        }
        else if (rows.Count > 0)
        {
            written += WriteResources(writer, rows);
        }

        if (result.Status == CisStatus.Fail)
        {
            writer.Write($"\n**Remediation:** {Text(result.Remediation)}\n");
        }

        writer.Write("\n</details>\n");
    }

    /// <summary>Writes the first resources, and returns how many bytes they took.</summary>
    private static int WriteResources(TextWriter writer, List<ReportRow> rows)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        text.Write("\n");
        WriteRow(text, ["Resource", "Region", "Reason"]);
        WriteRow(text, ["---", "---", "---"]);
        foreach (var row in rows.Take(ShownResources))
        {
            WriteRow(text, [Code(TerminalText.Escape(row.ResourceId)), row.Region, Text(row.Reason)]);
        }

        if (rows.Count > ShownResources)
        {
            text.Write($"\nAnd {Number(rows.Count - ShownResources)} more.\n");
        }

        writer.Write(text.ToString());
        return Encoding.UTF8.GetByteCount(text.ToString());
    }

    private static void WriteRow(TextWriter writer, IEnumerable<string> cells) => writer.Write($"| {string.Join(" | ", cells)} |\n");

    private static string Number(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>Text that means nothing else: no emphasis, no link, no HTML, no new cell.</summary>
    private static string Text(string text)
    {
        var escaped = new StringBuilder();
        var line = Line(text);
        for (var i = 0; i < line.Length; i++)
        {
            var isLink = (line[i] == ':' && i + 1 < line.Length && line[i + 1] == '/') || (line[i] == '.' && i >= 3 && string.Compare(line, i - 3, "www", 0, 3, StringComparison.OrdinalIgnoreCase) == 0);
            if (isLink || line[i] is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '~' or '&' or '$' or '!')
            {
                escaped.Append('\\');
            }

            escaped.Append(line[i]);
        }

        // GitHub would notify whoever has the name.
        return escaped.Replace("@", "@<!-- -->").Replace("#", "\\#").ToString();
    }

    /// <summary>A name as code, in which nothing but its end has a meaning; as text if it has a vertical bar, which programs read in different ways within code.</summary>
    private static string Code(string text)
    {
        if (text.IndexOfAny(['|']) >= 0)
        {
            return Text(text);
        }

        var (longest, length) = (0, 0);
        foreach (var c in text)
        {
            length = c == '`' ? length + 1 : 0;
            longest = Math.Max(longest, length);
        }

        var fence = new string('`', longest + 1);
        var padding = longest > 0 ? " " : "";
        return text.Length == 0 ? "" : $"{fence}{padding}{Line(text)}{padding}{fence}";
    }

    /// <summary>Text on one line.</summary>
    private static string Line(string text) => string.Join(" ", TerminalText.EscapeLines(text).Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
