using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using CisAws.Evidence;

namespace CisAws.PowerShell.Evidence;

/// <summary>
/// Takes evidence as objects, files and paths. Anything else is refused in the way that lets the pipeline's binder go on to the other parameters:
/// a control, an ID or a program is not evidence.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class EvidenceArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether a text is the path of evidence: its extension says so.</summary>
    public static bool IsPath(string text) => text.EndsWith(EvidenceArchive.Extension, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Unwrapped(inputData) is object[] list ? list.Select(One).ToArray() : new[] { One(inputData) };

    private static object One(object item) => Unwrapped(item) switch
    {
        CisEvidence evidence => evidence,
        FileInfo file when IsPath(file.Name) => file.FullName,
        string text when IsPath(text) => text,
        var other => throw new ArgumentTransformationMetadataException(
            $"{(other is string text ? $"'{text}'" : other?.GetType().Name ?? "Nothing")} is not evidence. Specify the path of a {EvidenceArchive.Extension} file, or an object from " +
            "Import-CisEvidence or Get-CisEvidence.", new PSInvalidCastException("The value is not evidence.")),
    };

    private static object? Unwrapped(object? item) => item is PSObject wrapped ? wrapped.BaseObject : item;
}
