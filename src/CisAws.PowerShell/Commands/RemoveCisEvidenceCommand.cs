using System;
using System.IO;
using System.Management.Automation;
using CisAws.Evidence;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Programs;
using CisAws.Text;

namespace CisAws.PowerShell.Commands;

/// <summary>Deletes old runs from a folder of evidence.</summary>
/// <remarks>
/// <para>Deletes the files of runs that are older than a time: runs/ACCOUNT/TIME.cisevidence, and results beside them in TIME.json. The time is that in
/// the name of the file. Other files are not touched.</para>
/// </remarks>
/// <example>
/// <code>Remove-CisEvidence ./evidence -OlderThan 400d -WhatIf</code>
/// <para>Show which files are older than 400 days.</para>
/// </example>
/// <example>
/// <code>Remove-CisEvidence ./evidence -OlderThan 2026-01-01</code>
/// <para>Delete all runs before 2026.</para>
/// </example>
/// <example>
/// <code>'./evidence' | ForEach-Object { Remove-CisEvidence $_ -OlderThan 2y -WhatIf -ErrorAction Stop }</code>
/// <para>Show what a scheduled task would delete.</para>
/// </example>
/// <returns>This cmdlet has no output.</returns>
/// <seealso cref="ExportCisEvidenceCommand"/>
/// <seealso cref="InvokeCisAssessmentCommand"/>
[Cmdlet(VerbsCommon.Remove, "CisEvidence", SupportsShouldProcess = true, HelpUri = HelpPages.Address + "Remove-CisEvidence.md")]
public sealed class RemoveCisEvidenceCommand : CisCmdlet
{
    /// <summary>The folder, as in Invoke-CisAssessment -EvidencePath.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The time before which a run is old, or an age such as 90d, 12m or 2y. A time without a zone is local time.</summary>
    [Parameter(Mandatory = true)]
    [DayArgument(AllowAge = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public DateTime OlderThan { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var folder = GetUnresolvedProviderPathFromPSPath(Path);
        if (!Directory.Exists(folder))
        {
            ThrowTerminatingError(CisErrors.NoFolderOfRuns(folder));
        }

        var limit = OlderThan.ToUniversalTime();
        foreach (var (path, time) in EvidenceStore.Files(folder))
        {
            if (time < limit && ShouldProcess(path, $"Delete the run of {UtcTime.Minute(time)}"))
            {
                Delete(path);
            }
        }
    }

    private void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WriteError(CisErrors.NotDeleted(path, e));
        }
    }
}
