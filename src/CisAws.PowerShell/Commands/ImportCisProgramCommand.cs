using System.Management.Automation;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Reads a compliance program from a file into the store.</summary>
/// <remarks>
/// <para>Checks a program's file and takes it into the store, the first folder that programs are kept in. The file stays as it is. A program that
/// is not in order is refused with the line and what would be right.</para>
/// <para>A program of the name is not overwritten without -Force. Invoke-CisAssessment takes a program by its file's path too, without an
/// import.</para>
/// </remarks>
/// <example>
/// <code>Import-CisProgram ./programs/retail.json</code>
/// <para>Take a program into the store.</para>
/// </example>
/// <example>
/// <code>Import-CisProgram ./programs/retail.json retail-test</code>
/// <para>Take it in under another name, to try it beside the one in use.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem ./programs -Filter *.json | Import-CisProgram -Force</code>
/// <para>Take in all programs of a git checkout.</para>
/// </example>
/// <example>
/// <code>
/// Import-CisProgram ./programs/retail.json -Force -ErrorAction Stop
/// exit (Invoke-CisAssessment -Program retail | Measure-CisAssessment).ExitCode
/// </code>
/// <para>Assess every night by the program as git has it. A program that is not in order ends the script instead of assessing by
/// yesterday's.</para>
/// </example>
/// <seealso cref="ExportCisProgramCommand"/>
/// <seealso cref="GetCisProgramProblemCommand"/>
/// <seealso href="about_CisAws_Programs"/>
[Cmdlet(VerbsData.Import, "CisProgram", SupportsShouldProcess = true)]
[OutputType(typeof(CisProgram))]
public sealed class ImportCisProgramCommand : ProgramCommand
{
    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LiteralPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Another name for it in the store.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Overwrites a program of that name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Try(Path, () =>
    {
        var program = Store.GetFile(GetUnresolvedProviderPathFromPSPath(Path));
        program = program with { Name = Name ?? program.Name };
        if (Write(Store.FileForNew(program.Name), $"Import program from {Path}", Force, _ => program) is { } written)
        {
            WriteObject(written);
        }
    });
}
