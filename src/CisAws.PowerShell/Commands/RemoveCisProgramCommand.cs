using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Programs;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Removes compliance programs of your own.</summary>
/// <remarks>
/// <para>Deletes the files of the programs. Default programs cannot be removed. A program that is based on a removed program can no longer be
/// used.</para>
/// <para>Only files of programs are deleted. A file outside the program store, specified by its path, is deleted after confirmation; -Confirm:$false
/// suppresses the prompt.</para>
/// </remarks>
/// <example>
/// <code>Remove-CisProgram norrvik -WhatIf</code>
/// <para>Show which file would be deleted.</para>
/// </example>
/// <example>
/// <code>Remove-CisProgram 'test-*'</code>
/// <para>Remove programs by name.</para>
/// </example>
/// <example>
/// <code>Get-CisProgram -Type Custom | Where-Object Owner -eq 'J. Ek' | Remove-CisProgram</code>
/// <para>Remove all programs of an owner.</para>
/// </example>
/// <example>
/// <code>Remove-CisProgram 'test-*' -Confirm:$false -ErrorAction Stop</code>
/// <para>Remove test programs at the end of a build. -Confirm:$false suppresses the prompt whatever the value of $ConfirmPreference is.</para>
/// </example>
/// <returns>This cmdlet has no output.</returns>
/// <seealso cref="GetCisProgramCommand"/>
/// <seealso cref="ExportCisProgramCommand"/>
/// <seealso href="about_CisAws_Programs"/>
[Cmdlet(VerbsCommon.Remove, "CisProgram", SupportsShouldProcess = true, HelpUri = HelpPages.Address + "Remove-CisProgram.md")]
public sealed class RemoveCisProgramCommand : ProgramCommand
{
    /// <summary>Names, wildcards, paths of files, or objects from Get-CisProgram. Default programs cannot be removed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ProgramArgument(Many = true)]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object[] Name { get; set; } = [];

    private bool _yesToAll;
    private bool _noToAll;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var program in Name.SelectMany(n => ProgramLookup.Named(Store, n, type => type == ProgramType.Custom)))
        {
            Try(program, () =>
            {
                var file = ProgramLookup.FileOf(this, Store, program) ?? throw new ProgramException(
                    "DefaultProgram", $"{program} is a default program, which cannot be removed.", "To list the programs that can be removed, run Get-CisProgram -Type Custom.");
                if (ShouldProcess(file, "Remove program") && (Store.IsInStore(file) || IsConfirmed(file)))
                {
                    ProgramStore.Delete(file);
                }
            });
        }
    }

    /// <summary>
    /// Asks as a cmdlet with a high ConfirmImpact does. In the store it is medium, as of Remove-Item, so that a script can clear up; PowerShell knows only
    /// one for a cmdlet. With -Confirm, or a $ConfirmPreference of medium, ShouldProcess has asked already.
    /// </summary>
    private bool IsConfirmed(string file)
    {
        if (MyInvocation.BoundParameters.ContainsKey("Confirm") ||
            !LanguagePrimitives.TryConvertTo(GetVariableValue("ConfirmPreference"), out ConfirmImpact preference) || preference != ConfirmImpact.High)
        {
            return true;
        }

        try
        {
            return ShouldContinue(
                $"{file} is outside of the program store. Delete the file?", "Remove program", ref _yesToAll, ref _noToAll);
        }
        catch (Exception e) when (e is PSInvalidOperationException or HostException or NotImplementedException)
        {
            throw new ProgramException(
                "NotConfirmed", $"{file} was not deleted: it is outside of the program store, and this session cannot prompt for confirmation.",
                "Add -Confirm:$false to delete it without a prompt, or specify its folder with -ProgramPath.", null, e);
        }
    }
}
