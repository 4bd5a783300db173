using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Programs;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Copies a compliance program under another name. The copy of a default program is based on it.</summary>
/// <remarks>
/// <para>The copy of your own program contains everything that the original contains. Default programs cannot be changed; the copy of a default
/// program is a program of your own that is based on it.</para>
/// <para>An existing program with the new name is overwritten only with -Force.</para>
/// </remarks>
/// <example>
/// <code>Copy-CisProgram norrvik norrvik-2027</code>
/// <para>Copy a program to prepare the next year's version.</para>
/// </example>
/// <example>
/// <code>Copy-CisProgram cis-aws-1.2.0-scored ours -PassThru | Set-CisProgram -Owner 'J. Ek'</code>
/// <para>Start your own program from a default program, and set its owner.</para>
/// </example>
/// <example>
/// <code>Get-CisProgram norrvik | Copy-CisProgram -NewName norrvik-before -Force -ErrorAction Stop</code>
/// <para>Back up a program before a script changes it. -Force overwrites the previous copy without a prompt.</para>
/// </example>
/// <returns>The copy, if -PassThru is specified.</returns>
/// <seealso cref="NewCisProgramCommand"/>
/// <seealso cref="ExportCisProgramCommand"/>
/// <seealso href="about_CisAws_Programs"/>
[Cmdlet(VerbsCommon.Copy, "CisProgram", SupportsShouldProcess = true, HelpUri = HelpPages.Address + "Copy-CisProgram.md")]
[OutputType(typeof(CisProgram))]
public sealed class CopyCisProgramCommand : ProgramCommand
{
    /// <summary>The program: its name, the path of its file, or an object from Get-CisProgram.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object Name { get; set; } = "";

    /// <summary>The name of the copy.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string NewName { get; set; } = "";

    /// <summary>Overwrites an existing program with the new name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the copy.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Try(Name, () =>
    {
        var source = Get(Name);
        var copy = source.Type == ProgramType.Default
            ? new CisProgram { Name = NewName, Description = source.Description, BasedOn = source.Name }
            : source with { Name = NewName };
        if (Write(Store.FileForNew(NewName), $"Copy program {source.Name}", Force, _ => copy) is { } written && PassThru)
        {
            WriteObject(written);
        }
    });
}
