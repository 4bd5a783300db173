using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Reads a compliance program from a file into the program store.</summary>
/// <remarks>
/// <para>Validates the file of a program and writes the program to the store, which is the first of your program folders. The file itself is not
/// changed. A file that is not valid is refused; the error shows the line and how to fix it.</para>
/// <para>An existing program of the same name is overwritten only with -Force. To assess an account against a file without importing it, use
/// Invoke-CisAssessment -Program with the path.</para>
/// </remarks>
/// <example>
/// <code>Import-CisProgram ./programs/retail.json</code>
/// <para>Import a program.</para>
/// </example>
/// <example>
/// <code>Import-CisProgram ./programs/retail.json retail-test</code>
/// <para>Import a program under another name, to test it beside the one in use.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem ./programs -Filter *.json | Import-CisProgram -Force</code>
/// <para>Import all programs of a git checkout.</para>
/// </example>
/// <example>
/// <code>
/// Import-CisProgram ./programs/retail.json -Force -ErrorAction Stop
/// exit (Invoke-CisAssessment -Program retail | Measure-CisAssessment).ExitCode
/// </code>
/// <para>Assess every night against the program in git. If the file is not valid, the script ends and does not assess against an old version.</para>
/// </example>
/// <returns>The program as it was stored, with -PassThru.</returns>
/// <seealso cref="ExportCisProgramCommand"/>
/// <seealso cref="GetCisProgramProblemCommand"/>
/// <seealso href="about_CisAws_Programs"/>
[Cmdlet(VerbsData.Import, "CisProgram", SupportsShouldProcess = true, HelpUri = HelpPages.Address + "Import-CisProgram.md")]
[OutputType(typeof(CisProgram))]
public sealed class ImportCisProgramCommand : ProgramCommand
{
    /// <summary>The path of the file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LiteralPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Another name for the program in the store.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Name { get; set; }

    /// <summary>Overwrites an existing program of that name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the program as it was stored.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Try(Path, () =>
    {
        var program = Store.GetFile(GetUnresolvedProviderPathFromPSPath(Path));
        program = program with { Name = Name ?? program.Name };
        if (Write(Store.FileForNew(program.Name), $"Import program from {Path}", Force, _ => program) is { } written && PassThru)
        {
            WriteObject(written);
        }
    });
}
