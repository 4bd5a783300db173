using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using CisAws.Benchmarks;
using CisAws.PowerShell.Controls;
using CisAws.PowerShell.Evidence;
using CisAws.Programs;

namespace CisAws.PowerShell.Programs;

/// <summary>
/// Takes a program as an object, a name, a path or a file. Anything else is refused in the way that lets the pipeline's binder go
/// on to the other parameters: an account's row or a control is not a program.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class ProgramArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether several may be given, as a list.</summary>
    public bool Many { get; set; }

    /// <summary>Whether control IDs are taken too, as their text.</summary>
    public bool AllowControlId { get; set; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Many && Unwrapped(inputData) is object[] list
        ? list.Select(One).ToArray()
        : One(inputData);

    private object One(object item)
    {
        var value = Unwrapped(item);
        return value is CisProgram or FileInfo || (value is string text && !EvidenceArgumentAttribute.IsPath(text)) ? value
            : AllowControlId && value is ControlId or ControlSelector or double or decimal ? ControlIdArgumentAttribute.TextOf(item)
            : throw new ArgumentTransformationMetadataException(
                $"{value?.GetType().Name ?? "Nothing"} is not a program. Specify a name, the path of a file, or an object from Get-CisProgram.",
                new PSInvalidCastException("The value is not a program."));
    }

    private static object? Unwrapped(object? item) => item is PSObject wrapped ? wrapped.BaseObject : item;
}
