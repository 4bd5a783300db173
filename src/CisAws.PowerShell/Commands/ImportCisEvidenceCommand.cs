using System;
using System.IO;
using System.Management.Automation;
using CisAws.Evidence;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Evidence;

namespace CisAws.PowerShell.Commands;

/// <summary>Reads evidence from files.</summary>
/// <remarks>
/// <para>Only files that are complete and unchanged since they were written are read; anything else is an error that names the file and what is wrong.
/// A signature must be valid, but its certificate need not be trusted: Test-CisEvidence shows whether it is. Nothing is extracted to disk.</para>
/// <para>Evidence files in JSON (cisaws-evidence/1), such as the demo account of the module, are read as well.</para>
/// <para>The cmdlet does not connect to AWS.</para>
/// </remarks>
/// <parameter name="Path">Files of evidence (.cisevidence). Wildcards are accepted.</parameter>
/// <parameter name="LiteralPath">Files of evidence. Wildcard characters are read literally.</parameter>
/// <example>
/// <code>Import-CisEvidence ./account.cisevidence | Invoke-CisAssessment</code>
/// <para>Assess an account from its evidence, as of the time of the collection.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem ./evidence -Recurse -Filter *.cisevidence | Import-CisEvidence | Where-Object Unreadable</code>
/// <para>Find evidence that is incomplete.</para>
/// </example>
/// <example>
/// <code>if ((Import-CisEvidence ./account.cisevidence -ErrorAction Stop).Unreadable) { exit 3 }</code>
/// <para>Fail a scheduled task if the evidence is incomplete.</para>
/// </example>
/// <returns>The evidence of one account.</returns>
/// <seealso cref="GetCisEvidenceCommand"/>
/// <seealso cref="TestCisEvidenceCommand"/>
/// <seealso cref="InvokeCisAssessmentCommand"/>
[Cmdlet(VerbsData.Import, "CisEvidence", DefaultParameterSetName = PathSet, HelpUri = HelpPages.Address + "Import-CisEvidence.md")]
[OutputType(typeof(CisEvidence))]
public sealed class ImportCisEvidenceCommand : PathCommand
{
    private protected override void OnFile(string file)
    {
        if (Read(file, () => EvidenceLoader.LoadUsable(file)) is not { } evidence)
        {
            return;
        }

        foreach (var warning in evidence.Warnings)
        {
            WriteWarning(warning);
        }

        WriteObject(evidence);
    }

    private protected override ErrorRecord NotRead(string from, Exception e) => CisErrors.NoEvidence(from, e);
}
