using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Errors;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Reads attestations from a file of MITRE SAF (saf attest create, as JSON). Pipe them into Set-CisProgram.</summary>
/// <remarks>
/// <para>Reads the attestations that MITRE SAF writes with 'saf attest create', as a JSON list or inside the configuration of the InSpec
/// reporter. SAF's control ids for this benchmark, such as cis-aws-foundations-1.17, are taken for the control's.</para>
/// <para>One that is not in order keeps the whole file from being read. Nothing is stored: pipe what comes out into Set-CisProgram.</para>
/// </remarks>
/// <example>
/// <code>Import-CisAttestation ./attestations.json</code>
/// <para>See what a file attests.</para>
/// </example>
/// <example>
/// <code>Import-CisAttestation ./attestations.json | Set-CisProgram norrvik</code>
/// <para>Take attestations into a program.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem ./attested -Filter *.json | Import-CisAttestation | Where-Object Status -eq Failed</code>
/// <para>Find in a folder of files what people say is not met.</para>
/// </example>
/// <example>
/// <code>
/// Import-CisAttestation ./attestations.json -ErrorAction Stop | Set-CisProgram norrvik -ErrorAction Stop
/// exit (Invoke-CisAssessment -Program norrvik | Measure-CisAssessment).ExitCode
/// </code>
/// <para>Take in the latest attestations before each nightly assessment. A file that cannot be read ends the script, before anything is assessed
/// by old statements.</para>
/// </example>
/// <seealso cref="NewCisAttestationCommand"/>
/// <seealso cref="SetCisProgramCommand"/>
/// <seealso href="about_CisAws_Programs"/>
[Cmdlet(VerbsData.Import, "CisAttestation")]
[OutputType(typeof(CisAttestation))]
public sealed class ImportCisAttestationCommand : CisCmdlet
{
    /// <summary>The file.</summary>
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
