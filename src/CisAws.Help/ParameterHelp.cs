using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace CisAws.Help;

/// <summary>A parameter in one of its sets.</summary>
internal sealed class ParameterHelp
{
    // What the engine adds to a cmdlet that changes something has no comment of ours.
    private static readonly Dictionary<string, string> OfEngine = new(StringComparer.Ordinal)
    {
        ["WhatIf"] = "Shows what would happen, and does nothing.",
        ["Confirm"] = "Prompts for confirmation before each change.",
    };

    private readonly CommandParameterInfo _info;

    /// <param name="info">What the engine knows of it.</param>
    /// <param name="type">The cmdlet's class.</param>
    /// <param name="cmdlet">A new cmdlet, whose properties have their default values.</param>
    /// <param name="docs">The texts.</param>
    public ParameterHelp(CommandParameterInfo info, Type type, object cmdlet, DocComments docs)
    {
        _info = info;
        ElementType = info.ParameterType.IsArray ? info.ParameterType.GetElementType()! : info.ParameterType;
        ElementType = Nullable.GetUnderlyingType(ElementType) ?? ElementType;
        if (IsOfEngine)
        {
            Description = OfEngine[info.Name];
            Default = Print(default(SwitchParameter));
        }
        else
        {
            var property = type.GetProperty(info.Name)!;
            Description = docs.Parameter(type, property);
            Default = IsMandatory ? "" : Print(property.GetValue(cmdlet));
        }
    }

    public string Name => _info.Name;

    public string Description { get; }

    /// <summary>True for those that the engine itself adds.</summary>
    public bool IsOfEngine => OfEngine.ContainsKey(Name);

    public bool IsMandatory => _info.IsMandatory;

    public bool IsSwitch => ElementType == typeof(SwitchParameter);

    public bool IsList => _info.ParameterType.IsArray;

    public bool TakesWildcards => _info.Attributes.OfType<SupportsWildcardsAttribute>().Any();

    public bool FromPipeline => _info.ValueFromPipeline;

    public bool FromPipelineByName => _info.ValueFromPipelineByPropertyName;

    /// <summary>The place without a name, from 0; null where the name is needed.</summary>
    public int? Position => _info.Position >= 0 ? _info.Position : null;

    public IReadOnlyList<string> Aliases => _info.Aliases;

    /// <summary>What one value is.</summary>
    public Type ElementType { get; }

    /// <summary>The type as it is shown: String[], Int32, CisStatus[].</summary>
    public string TypeName => ElementType.Name + (IsList ? "[]" : "");

    /// <summary>The value it has when it is not given; empty for none.</summary>
    public string Default { get; }

    /// <summary>The values there are; empty where any will do.</summary>
    public IReadOnlyList<string> Choices => ElementType.IsEnum
        ? Enum.GetNames(ElementType)
        : _info.Attributes.OfType<ValidateSetAttribute>().SelectMany(s => s.ValidValues).ToList();

    private static string Print(object? value) => value switch
    {
        SwitchParameter => "False",
        // The one date that a cmdlet can have of itself; the build's would be a wrong one tomorrow.
        DateTime => "Today",
        IEnumerable list and not string => string.Join(", ", list.Cast<object>()),
        _ => value?.ToString() ?? "",
    };
}
