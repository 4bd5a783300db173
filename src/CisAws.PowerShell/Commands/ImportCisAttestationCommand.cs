using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Errors;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Reads attestations from a file of MITRE SAF (saf attest create, as JSON). Pipe them into Set-CisProgram.</summary>
[Cmdlet(VerbsData.Import, "CisAttestation")]
[OutputType(typeof(CisAttestation))]
public sealed class ImportCisAttestationCommand : PSCmdlet
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
