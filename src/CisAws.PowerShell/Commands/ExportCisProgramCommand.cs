using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Programs;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Writes a compliance program to a JSON file.</summary>
/// <remarks>
/// <para>Import-CisProgram reads the file, and Invoke-CisAssessment -Program accepts its path. The JSON schema is in the folder schemas of the
/// module.</para>
/// <para>An existing file is overwritten only with -Force. If the program is based on another program of your own, a warning reminds you to export
/// that program as well.</para>
/// </remarks>
/// <example>
/// <code>Export-CisProgram norrvik ./norrvik.json</code>
/// <para>Write a program to a file.</para>
/// </example>
/// <example>
/// <code>Get-CisProgram -Type Custom | ForEach-Object { Export-CisProgram $_ "./backup/$($_.Name).json" -Force }</code>
/// <para>Write all your programs to a folder.</para>
/// </example>
/// <example>
/// <code>
/// $written = Export-CisProgram norrvik ./programs/norrvik.json -Force -PassThru -ErrorAction Stop
/// "Wrote $written to $($written.Path)"
/// exit 0
/// </code>
/// <para>Write the program in use to a git checkout every night. With -ErrorAction Stop an error ends the script, so that the task reports a
/// failure.</para>
/// </example>
/// <returns>The program as it was written, if -PassThru is specified.</returns>
/// <seealso cref="ImportCisProgramCommand"/>
/// <seealso cref="CompareCisProgramCommand"/>
/// <seealso href="about_CisAws_Programs"/>
[Cmdlet(VerbsData.Export, "CisProgram", SupportsShouldProcess = true, HelpUri = HelpPages.Address + "Export-CisProgram.md")]
[OutputType(typeof(CisProgram))]
public sealed class ExportCisProgramCommand : ProgramCommand
{
    /// <summary>The program: its name, the path of its file, or an object from Get-CisProgram.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object Name { get; set; } = "";

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Overwrites an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the program as it was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Try(Name, () =>
    {
        var program = Get(Name);
        var written = Write(
            GetUnresolvedProviderPathFromPSPath(Path), $"Export program {program.Name}", Force, _ => program,
            "Choose another path, or add -Force to overwrite the file.");
        if (written is not null && program.Base?.Type == ProgramType.Custom)
        {
            WriteWarning($"Program {program.Name} is based on {program.BasedOn}, which this file does not include. Export {program.BasedOn} too.");
        }

        if (written is not null && PassThru)
        {
            WriteObject(written);
        }
    });
}
