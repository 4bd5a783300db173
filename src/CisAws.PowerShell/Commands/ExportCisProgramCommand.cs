using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Programs;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Writes a compliance program to a file, to be kept in git or taken elsewhere.</summary>
/// <remarks>
/// <para>Writes a program into one JSON file that Import-CisProgram reads, and that Invoke-CisAssessment takes by its path. Its schema is in the
/// module's folder schemas.</para>
/// <para>A file that is there is not overwritten without -Force. Where the program builds on another of your own, a warning says to take that one
/// along.</para>
/// </remarks>
/// <example>
/// <code>Export-CisProgram norrvik ./norrvik.json</code>
/// <para>Write a program to a file.</para>
/// </example>
/// <example>
/// <code>Get-CisProgram -Type Custom | ForEach-Object { Export-CisProgram $_ "./backup/$($_.Name).json" -Force }</code>
/// <para>Write all your programs into a folder.</para>
/// </example>
/// <example>
/// <code>
/// $written = Export-CisProgram norrvik ./programs/norrvik.json -Force -PassThru -ErrorAction Stop
/// "Wrote $written to $($written.Path)"
/// exit 0
/// </code>
/// <para>Bring what is in force into a git checkout every night. With -ErrorAction Stop a failure ends the script, and the task shows it by its
/// exit code.</para>
/// </example>
/// <returns>The program as it was written, with -PassThru.</returns>
/// <seealso cref="ImportCisProgramCommand"/>
/// <seealso cref="CompareCisProgramCommand"/>
/// <seealso href="about_CisAws_Programs"/>
[Cmdlet(VerbsData.Export, "CisProgram", SupportsShouldProcess = true)]
[OutputType(typeof(CisProgram))]
public sealed class ExportCisProgramCommand : ProgramCommand
{
    /// <summary>The program: its name, the path of its file, or what Get-CisProgram gives.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object Name { get; set; } = "";

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Overwrites the file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the program as it was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Try(Name, () =>
    {
        var program = Get(Name);
        var written = Write(GetUnresolvedProviderPathFromPSPath(Path), $"Export program {program.Name}", Force, _ => program);
        if (written is not null && program.Base?.Type == ProgramType.Custom)
        {
            WriteWarning($"{program.Name} builds on {program.BasedOn}, which is not in this file: take it along.");
        }

        if (written is not null && PassThru)
        {
            WriteObject(written);
        }
    });
}
