using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using CisAws.Shell;

namespace CisAws.PowerShell.Tests.Help;

/// <summary>The help as it lies in the module's folder.</summary>
internal static class HelpFile
{
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Text = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static string Folder => Path.Combine(ModuleLocation.Find(), "en-US");

    /// <summary>The cmdlets by name.</summary>
    public static IReadOnlyDictionary<string, XElement> Commands { get; } = XDocument.Load(Path.Combine(Folder, "CisAws.PowerShell.dll-Help.xml"))
        .Root!.Elements(Command + "command").ToDictionary(c => c.Element(Command + "details")!.Element(Command + "name")!.Value);

    public static string Synopsis(XElement command) => Description(command.Element(Command + "details")!);

    public static string Description(XElement of) =>
        string.Join('\n', of.Element(Text + "description")!.Elements(Text + "para").Select(p => p.Value));

    /// <summary>What is typed, example by example.</summary>
    public static IReadOnlyList<string> Examples(XElement command) => command.Descendants(Dev + "code").Select(c => c.Value).ToList();

    public static IReadOnlyList<string> Titles(XElement command) => command.Descendants(Text + "title").Select(t => t.Value).ToList();

    public static IReadOnlyList<XElement> Parameters(XElement command) => command.Element(Command + "parameters")!.Elements().ToList();

    public static IReadOnlyList<XElement> Inputs(XElement command) => command.Element(Command + "inputTypes")!.Elements().ToList();

    public static IReadOnlyList<XElement> Outputs(XElement command) => command.Element(Command + "returnValues")!.Elements().ToList();

    /// <summary>The addresses of the related links; empty for the names of cmdlets and topics.</summary>
    public static IReadOnlyList<string> Links(XElement command) => command.Descendants(Text + "uri").Where(u => u.Parent!.Name.LocalName == "navigationLink").Select(u => u.Value).ToList();

    /// <summary>The names of each syntax's parameters.</summary>
    public static IEnumerable<IReadOnlyList<string>> Syntaxes(XElement command) => command.Element(Command + "syntax")!.Elements()
        .Select(s => s.Elements(Command + "parameter").Select(Name).ToList());

    public static string Name(XElement of) => of.Element(Text + "name")!.Value;
}
