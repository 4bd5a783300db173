using System;
using System.Management.Automation;

namespace CisAws.PowerShell.Programs;

/// <summary>
/// Takes a program as an object, a name or a path. Anything else is refused in the way that lets the pipeline's binder go
/// on to the other parameters: an account's row or a control is no program.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class ProgramArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is string or CisProgram
            ? value
            : throw new ArgumentTransformationMetadataException(
                $"{value?.GetType().Name ?? "Nothing"} is not a program. Give its name, the path of its file, or what Get-CisProgram gives.",
                new PSInvalidCastException("It is not a program."));
    }
}
