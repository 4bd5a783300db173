using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace CisAws.Help;

/// <summary>Writes help in the form that Get-Help reads.</summary>
internal static class Maml
{
    private static readonly XNamespace Items = "http://msh";
    private static readonly XNamespace Text = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static void Write(string file, IEnumerable<CmdletHelp> cmdlets)
    {
        var document = new XDocument(new XElement(Items + "helpItems", new XAttribute("schema", "maml"), cmdlets.Select(Of)));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        using var writer = XmlWriter.Create(file, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) });
        document.Save(writer);
    }

    private static XElement Of(CmdletHelp help) => new(
        Command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Text),
        new XAttribute(XNamespace.Xmlns + "command", Command),
        new XAttribute(XNamespace.Xmlns + "dev", Dev),
        new XElement(
            Command + "details",
            new XElement(Command + "name", help.Name),
            new XElement(Command + "verb", help.Verb),
            new XElement(Command + "noun", help.Noun),
            Description(help.Synopsis)),
        Description([.. help.Description]),
        new XElement(Command + "syntax", help.ParameterSets.Select(set => new XElement(
            Command + "syntaxItem", new XElement(Text + "name", help.Name), set.Select(p => Parameter(p, inSyntax: true))))),
        new XElement(Command + "parameters", help.Parameters.Select(p => Parameter(p, inSyntax: false))),
        new XElement(Command + "inputTypes", help.Inputs.Select(i => Object("inputType", i))),
        new XElement(Command + "returnValues", help.Outputs.Select(o => Object("returnValue", o))),
        new XElement(Command + "examples", help.Examples.Select(Example)),
        // Windows PowerShell opens the first link for -Online.
        new XElement(Command + "relatedLinks", Link("Online Version:", help.Page), help.Links.Select(l => Link(l, ""))));

    private static XElement Link(string text, string uri) =>
        new(Text + "navigationLink", new XElement(Text + "linkText", text), new XElement(Text + "uri", uri));

    private static XElement Parameter(ParameterHelp parameter, bool inSyntax)
    {
        var element = new XElement(
            Command + "parameter",
            new XAttribute("required", parameter.IsMandatory),
            new XAttribute("variableLength", parameter.IsList),
            new XAttribute("globbing", parameter.TakesWildcards),
            new XAttribute("pipelineInput", Pipeline(parameter)),
            new XAttribute("position", parameter.Position is { } position ? position : "named"),
            new XAttribute("aliases", parameter.Aliases.Count > 0 ? string.Join(", ", parameter.Aliases) : "none"),
            new XElement(Text + "name", parameter.Name),
            parameter.Choices.Count > 0
                ? Description(parameter.Description, $"One of {string.Join(", ", parameter.Choices)}.")
                : Description(parameter.Description));
        if (inSyntax && parameter.Choices.Count > 0)
        {
            element.Add(new XElement(Command + "parameterValueGroup", parameter.Choices.Select(c => Value(c, parameter.IsList, required: false))));
        }

        // A switch has no value to type; in the list of parameters its type is shown all the same.
        if (!(inSyntax && parameter.IsSwitch))
        {
            element.Add(Value(parameter.TypeName, parameter.IsList, required: !parameter.IsSwitch));
        }

        element.Add(Type(parameter.TypeName));
        element.Add(new XElement(Dev + "defaultValue", parameter.Default.Length > 0 ? parameter.Default : "None"));
        return element;
    }

    private static string Pipeline(ParameterHelp parameter) => (parameter.FromPipeline, parameter.FromPipelineByName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    private static XElement Value(string text, bool isList, bool required) => new(
        Command + "parameterValue", new XAttribute("required", required), new XAttribute("variableLength", isList), text);

    private static XElement Object(string name, ObjectHelp help) => new(Command + name, Type(help.Type), Description(help.Description));

    private static XElement Type(string name) => new(Dev + "type", new XElement(Text + "name", name), new XElement(Text + "uri"));

    private static XElement Example(ExampleHelp example, int index) => new(
        Command + "example",
        new XElement(Text + "title", $"--------- Example {index + 1}: {example.Title} ---------"),
        new XElement(Dev + "code", example.Code),
        // The empty line at the end parts it from the next.
        new XElement(Dev + "remarks", example.Remarks.Append("").Select(Paragraph)));

    private static XElement Description(params IEnumerable<string> paragraphs) => new(Text + "description", paragraphs.Select(Paragraph));

    private static XElement Paragraph(string text) => new(Text + "para", text);
}
