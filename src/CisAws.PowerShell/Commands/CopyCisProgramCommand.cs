using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Programs;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Copies a compliance program under another name. The copy of a default program builds on it.</summary>
/// <remarks>
/// <para>A copy of your own program has all that the program says. A default program cannot be changed, so its copy is a program of your own that
/// builds on it.</para>
/// <para>A program of the new name is not overwritten without -Force.</para>
/// </remarks>
/// <example>
/// <code>Copy-CisProgram norrvik norrvik-2027</code>
/// <para>Copy a program, to prepare next year's.</para>
/// </example>
/// <example>
/// <code>Copy-CisProgram cis-aws-1.2.0-scored ours -PassThru | Set-CisProgram -Owner 'J. Ek'</code>
/// <para>Begin a program of your own with a default one, and say who answers for it.</para>
/// </example>
/// <example>
/// <code>Get-CisProgram norrvik | Copy-CisProgram -NewName norrvik-before -Force -ErrorAction Stop</code>
/// <para>Keep the program as it was, before a script changes it. -Force overwrites the copy of the last time, and nothing is asked.</para>
/// </example>
/// <returns>The copy, with -PassThru.</returns>
/// <seealso cref="NewCisProgramCommand"/>
/// <seealso cref="ExportCisProgramCommand"/>
/// <seealso href="about_CisAws_Programs"/>
[Cmdlet(VerbsCommon.Copy, "CisProgram", SupportsShouldProcess = true)]
[OutputType(typeof(CisProgram))]
public sealed class CopyCisProgramCommand : ProgramCommand
{
    /// <summary>The program: its name, the path of its file, or what Get-CisProgram gives.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object Name { get; set; } = "";

    /// <summary>The copy's name.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string NewName { get; set; } = "";

    /// <summary>Overwrites a program of the new name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the copy.</summary>
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
