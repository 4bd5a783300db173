using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CisAws.Help;

/// <summary>What the documentation comments say, by the compiler's IDs of types and members.</summary>
internal sealed class DocComments(IEnumerable<string> files)
{
    private readonly Dictionary<string, XElement> _members = files
        .SelectMany(f => XDocument.Load(f, LoadOptions.PreserveWhitespace).Descendants("member"))
        // The compiler's own attributes are in every assembly.
        .Where(m => m.Attribute("name")!.Value.Contains(":CisAws.", StringComparison.Ordinal))
        .ToDictionary(m => m.Attribute("name")!.Value, StringComparer.Ordinal);

    /// <summary>The summary of a type or member.</summary>
    /// <exception cref="InvalidDataException">It has none.</exception>
    public string Summary(string id) => Find(id)?.Element("summary") is { } summary && Text(summary) is { Length: > 0 } text
        ? text
        : throw new InvalidDataException($"{id} has no <summary>, from which its help is generated.");

    /// <summary>The description of a parameter: what the class says in a <c>parameter</c> about one that it inherits, or the summary of the property.</summary>
    /// <exception cref="InvalidDataException">There is neither.</exception>
    public string Parameter(Type type, PropertyInfo property) =>
        Find("T:" + type.FullName)?.Elements("parameter").FirstOrDefault(p => p.Attribute("name")!.Value == property.Name) is { } own
            ? Text(own)
            : Summary($"P:{property.DeclaringType!.FullName}.{property.Name}");

    /// <summary>The comment of a type or member; null when there is none.</summary>
    public XElement? Find(string id) => _members.GetValueOrDefault(id);

    /// <summary>The paragraphs of an element; one without any is a paragraph itself.</summary>
    public static IEnumerable<string> Paragraphs(XElement? element) => element is null ? []
        : element.Elements("para").Any() ? element.Elements("para").Select(Text)
        : [Text(element)];

    /// <summary>Code as it is typed: the lines without the indentation that all have.</summary>
    public static string Code(XElement element)
    {
        var lines = element.Value.TrimEnd().Split('\n').Select(l => l.TrimEnd()).SkipWhile(l => l.Length == 0).ToList();
        var indent = lines.Where(l => l.Length > 0).Select(l => l.Length - l.TrimStart().Length).DefaultIfEmpty().Min();
        return string.Join('\n', lines.Select(l => l.Length > 0 ? l[indent..] : l));
    }

    /// <summary>The name that a cref means: the last part of <c>T:CisAws.CisResult</c>.</summary>
    public static string NameOf(string cref) => cref[(cref.LastIndexOfAny(['.', ':']) + 1)..];

    private static string Text(XElement element) => Regex.Replace(string.Concat(element.Nodes().Select(Text)), @"\s+", " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see when see.Attribute("cref") is { } cref => NameOf(cref.Value),
        XElement other => other.Value,
        _ => "",
    };
}
