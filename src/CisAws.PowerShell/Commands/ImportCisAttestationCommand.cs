using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Errors;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Reads attestations from a MITRE SAF file. Pipe them to Set-CisProgram.</summary>
/// <remarks>
/// <para>Reads the JSON that 'saf attest create' writes: a list of attestations, or the configuration of the InSpec reporter that contains one. The
/// control IDs that SAF uses for this benchmark, such as cis-aws-foundations-1.17, are accepted.</para>
/// <para>If one attestation in a file is not valid, none of the file is read. The attestations are not stored; pipe them to Set-CisProgram.</para>
/// </remarks>
/// <example>
/// <code>Import-CisAttestation ./attestations.json</code>
/// <para>Show the attestations in a file.</para>
/// </example>
/// <example>
/// <code>Import-CisAttestation ./attestations.json | Set-CisProgram norrvik</code>
/// <para>Add the attestations in a file to a program.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem ./attested -Filter *.json | Import-CisAttestation | Where-Object Status -eq Failed</code>
/// <para>Find attestations with the status Failed in a folder of files.</para>
/// </example>
/// <example>
/// <code>
/// Import-CisAttestation ./attestations.json -ErrorAction Stop | Set-CisProgram norrvik -ErrorAction Stop
/// exit (Invoke-CisAssessment -Program norrvik | Measure-CisAssessment).ExitCode
/// </code>
/// <para>Import the latest attestations before a nightly assessment. If the file cannot be read, the script ends before anything is assessed.</para>
/// </example>
/// <returns>An attestation.</returns>
/// <seealso cref="NewCisAttestationCommand"/>
/// <seealso cref="SetCisProgramCommand"/>
/// <seealso href="about_CisAws_Programs"/>
[Cmdlet(VerbsData.Import, "CisAttestation", HelpUri = HelpPages.Address + "Import-CisAttestation.md")]
[OutputType(typeof(CisAttestation))]
public sealed class ImportCisAttestationCommand : CisCmdlet
{
    /// <summary>The path of the file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LiteralPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            var (attestations, warnings) = AttestationFile.Read(GetUnresolvedProviderPathFromPSPath(Path), System.DateTimeOffset.UtcNow);
            foreach (var warning in warnings)
            {
                WriteWarning(warning.ToString());
            }

            WriteObject(attestations, enumerateCollection: true);
        }
        catch (ProgramException e)
        {
            WriteError(CisErrors.NoProgram(e, Path));
        }
    }
}
