using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace CisAws.Help;

/// <summary>Writes the pages that <c>Get-Help -Online</c> opens: one for each cmdlet, and a table of them.</summary>
internal static class Markdown
{
    public static void Write(string folder, IReadOnlyList<CmdletHelp> cmdlets)
    {
        Directory.CreateDirectory(folder);
        foreach (var cmdlet in cmdlets)
        {
            File.WriteAllText(Path.Combine(folder, $"{cmdlet.Name}.md"), Page(cmdlet));
        }

        File.WriteAllText(Path.Combine(folder, "README.md"), Index(cmdlets));
    }

    private static string Index(IReadOnlyList<CmdletHelp> cmdlets) => Lines(
    [
        "# Cmdlets", "", "| Cmdlet | Description |", "|---|---|",
        .. cmdlets.Select(c => $"| [{c.Name}]({c.Name}.md) | {Escape(c.Synopsis).Replace("|", @"\|", StringComparison.Ordinal)} |"),
    ]);

    private static string Page(CmdletHelp help) => Lines(
    [
        $"# {help.Name}", "", Escape(help.Synopsis), "",
        "## Syntax", "", .. help.Syntaxes.SelectMany(Syntax),
        "## Description", "", .. help.Description.SelectMany(Paragraph),
        "## Examples", "", .. help.Examples.SelectMany(Example),
        "## Parameters", "", .. help.Parameters.SelectMany(Parameter),
        "## Inputs", "", .. help.Inputs.SelectMany(Object),
        "## Outputs", "", .. help.Outputs.SelectMany(Object),
        "## Related links", "", .. help.Links.Select(l => $"- [{l}]({Target(l)})"),
    ]);

    // A parameter to a line.
    private static IEnumerable<string> Syntax(string syntax) => Code(Regex.Replace(syntax, @" (?=\[*-|\[<)", "\n    "));

    private static IEnumerable<string> Example(ExampleHelp example, int index) =>
        [$"### {index + 1}. {Escape(example.Title)}", "", .. Code(example.Code), .. example.Remarks.SelectMany(Paragraph)];

    private static IEnumerable<string> Parameter(ParameterHelp parameter)
    {
        string[] facts =
        [
            $"Type `{parameter.TypeName}`",
            parameter.IsMandatory ? "required" : "optional",
            parameter.Position is { } position ? $"position {position}" : "named",
            .. parameter.Default.Length > 0 ? [$"default `{parameter.Default}`"] : Array.Empty<string>(),
            .. parameter.Aliases.Count > 0 ? [$"aliases {string.Join(", ", parameter.Aliases)}"] : Array.Empty<string>(),
            .. parameter.FromPipeline ? ["from the pipeline"] : Array.Empty<string>(),
            .. parameter.FromPipelineByName ? ["from the pipeline by property name"] : Array.Empty<string>(),
            .. parameter.TakesWildcards ? ["wildcards"] : Array.Empty<string>(),
        ];
        return
        [
            $"### -{parameter.Name}", "", .. Paragraph(parameter.Description),
            .. parameter.Choices.Count > 0 ? Paragraph($"One of {string.Join(", ", parameter.Choices)}.") : [],
            .. Paragraph($"{string.Join("; ", facts)}.", isMarkdown: true),
        ];
    }

    private static IEnumerable<string> Object(ObjectHelp help) => Paragraph($"`{help.Type}`: {Escape(help.Description)}", isMarkdown: true);

    private static IEnumerable<string> Code(string code) => ["```powershell", code, "```", ""];

    private static IEnumerable<string> Paragraph(string text) => Paragraph(text, isMarkdown: false);

    private static IEnumerable<string> Paragraph(string text, bool isMarkdown) => [isMarkdown ? text : Escape(text), ""];

    // about_CisAws_Statuses is docs/statuses.md; about_CisAws is the index of docs.
    private static string Target(string link) => Regex.Match(link, "^about_CisAws(_(?<topic>.+))?$") switch
    {
        { Success: false } => $"{link}.md",
        var about when about.Groups["topic"].Success => $"../{about.Groups["topic"].Value.ToLowerInvariant()}.md",
        _ => "../README.md",
    };

    private static string Escape(string text) => Regex.Replace(text, @"[\\`*<\[]", @"\$0");

    private static string Lines(IEnumerable<string> lines) => new StringBuilder().AppendJoin('\n', lines).ToString().TrimEnd() + "\n";
}
