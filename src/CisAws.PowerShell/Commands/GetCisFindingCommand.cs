using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Errors;

namespace CisAws.PowerShell.Commands;

/// <summary>Gets the findings of results: one resource's verdict each.</summary>
[Cmdlet(VerbsCommon.Get, "CisFinding")]
[OutputType(typeof(CisFinding))]
public sealed class GetCisFindingCommand : PSCmdlet
{
    /// <summary>Results of Invoke-CisAssessment, live or read back from a file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>Only findings with one of these statuses.</summary>
    [Parameter]
    public CisStatus[]? Status { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var result in InputObject)
        {
            var findings = result.Properties["Findings"]?.Value;
            if ((findings is PSObject wrapped ? wrapped.BaseObject : findings) is IEnumerable list and not string)
            {
                WriteObject(list.Cast<object>().Where(IsWanted), enumerateCollection: true);
            }
            else
            {
                WriteError(CisErrors.NotAResult(result.BaseObject));
            }
        }
    }

    private bool IsWanted(object finding) =>
        Status is null ||
        (LanguagePrimitives.TryConvertTo<CisStatus>(PSObject.AsPSObject(finding).Properties["Status"]?.Value, out var status) && Status.Contains(status));
}
