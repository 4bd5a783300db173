using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CisAws.Help;

/// <summary>One of the kinds of objects that a cmdlet takes or gives.</summary>
internal sealed record ObjectHelp(string Type, string Description);

/// <summary>An example: what it is for, in a line; what is typed; what else to say.</summary>
internal sealed record ExampleHelp(string Title, string Code, IReadOnlyList<string> Remarks);

/// <summary>
/// A cmdlet's help. What it takes is asked of the engine, so that it agrees with what the engine does; the texts are the
/// comments'.
/// </summary>
internal sealed class CmdletHelp
{
    private const string None = "None";

    private readonly Type _type;
    private readonly XElement? _comment;

    public CmdletHelp(Type type, DocComments docs)
    {
        _type = type;
        _comment = docs.Find("T:" + type.FullName);
        var attribute = type.GetCustomAttribute<CmdletAttribute>()!;
        (Verb, Noun, Page) = (attribute.VerbName, attribute.NounName, attribute.HelpUri);
        Synopsis = docs.Summary("T:" + type.FullName);
        var cmdlet = Activator.CreateInstance(type)!;
        var sets = new CmdletInfo(Name, type).ParameterSets.OrderByDescending(s => s.IsDefault).ToList();
        Syntaxes = sets.Select(s => $"{Name} {s}").ToList();
        ParameterSets = sets
            .Select(s => (IReadOnlyList<ParameterHelp>)s.Parameters
                .Where(p => !Cmdlet.CommonParameters.Contains(p.Name))
                .Select(p => new ParameterHelp(p, type, cmdlet, docs))
                .OrderBy(p => p.Position ?? int.MaxValue).ThenByDescending(p => p.IsMandatory).ThenBy(p => p.IsOfEngine)
                .ToList())
            .ToList();
        if ((_comment?.Elements("parameter") ?? []).Select(p => p.Attribute("name")!.Value).Except(Parameters.Select(p => p.Name)).FirstOrDefault() is { } unknown)
        {
            throw new InvalidDataException($"{type.FullName} describes a parameter {unknown}, which it does not have.");
        }
    }

    public string Verb { get; }

    public string Noun { get; }

    public string Name => $"{Verb}-{Noun}";

    /// <summary>The address of its page on line.</summary>
    public string Page { get; }

    public string Synopsis { get; }

    public IEnumerable<string> Description => DocComments.Paragraphs(_comment?.Element("remarks"));

    /// <summary>What can be typed, a line for each set of parameters, the default set first.</summary>
    public IReadOnlyList<string> Syntaxes { get; }

    /// <summary>The parameters by set, the default set first.</summary>
    public IReadOnlyList<IReadOnlyList<ParameterHelp>> ParameterSets { get; }

    /// <summary>Each parameter once, as the first set has it that has it.</summary>
    public IEnumerable<ParameterHelp> Parameters => ParameterSets
        .SelectMany(s => s).DistinctBy(p => p.Name).OrderBy(p => p.IsOfEngine).ThenBy(p => p.Name, StringComparer.Ordinal);

    /// <summary>What can be piped in.</summary>
    public IEnumerable<ObjectHelp> Inputs
    {
        get
        {
            var inputs = Parameters.Where(p => p.FromPipeline)
                .Select(p => new ObjectHelp(p.ElementType.FullName!, p.Description))
                .ToList();
            var named = Parameters.Where(p => p.FromPipelineByName).Select(p => p.Name).ToList();
            if (named.Count > 0)
            {
                inputs.Add(new ObjectHelp(
                    typeof(PSObject).FullName!, $"Objects with properties named after these parameters: {string.Join(", ", named)}."));
            }

            return inputs.Count > 0 ? inputs : [new ObjectHelp(None, "This cmdlet does not accept pipeline input.")];
        }
    }

    /// <summary>The output, as the comment's <c>returns</c> describes it.</summary>
    public IEnumerable<ObjectHelp> Outputs
    {
        get
        {
            var description = DocComments.Paragraphs(_comment?.Element("returns")).FirstOrDefault()
                ?? throw new InvalidDataException($"{_type.FullName} has no <returns>, which the help describes the output with.");
            var outputs = _type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(o => o.Type)
                .Select(t => new ObjectHelp(t.Name, description))
                .ToList();
            return outputs.Count > 0 ? outputs : [new ObjectHelp(None, description)];
        }
    }

    public IEnumerable<ExampleHelp> Examples => (_comment?.Elements("example") ?? []).Select(e =>
    {
        var paragraphs = DocComments.Paragraphs(e).ToList();
        var sentence = Regex.Match(paragraphs[0], @"^(?<first>.+?)[.:](\s+(?<rest>[-\p{Lu}].*))?$");
        return new ExampleHelp(
            sentence.Groups["first"].Value,
            DocComments.Code(e.Element("code")!),
            [.. new[] { sentence.Groups["rest"].Value }.Where(r => r.Length > 0), .. paragraphs.Skip(1)]);
    });

    /// <summary>Where to read on: other cmdlets by cref, anything else by href.</summary>
    public IEnumerable<string> Links => (_comment?.Elements("seealso") ?? []).Select(s => s.Attribute("cref") is { } cref
        ? NameOfCmdlet(DocComments.NameOf(cref.Value))
        : s.Attribute("href")!.Value);

    // GetCisControlCommand is Get-CisControl.
    private static string NameOfCmdlet(string type) => Regex.Replace(type, "^([A-Z][A-Za-z]+?)(Cis.*)Command$", "$1-$2");
}
