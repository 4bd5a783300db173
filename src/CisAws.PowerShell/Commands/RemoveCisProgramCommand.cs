using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Programs;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Removes compliance programs of your own.</summary>
[Cmdlet(VerbsCommon.Remove, "CisProgram", SupportsShouldProcess = true)]
public sealed class RemoveCisProgramCommand : ProgramCommand
{
    /// <summary>Names, wildcards, paths of files, or what Get-CisProgram gives. Default programs stay.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object Name { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var program in Named().ToList())
        {
            Try(program, () =>
            {
                var file = ProgramLookup.FileOf(this, Store, program) ?? throw new ProgramException(
                    "DefaultProgram", $"{program} is a default program, which cannot be removed.", "Leave it out by using another program.");
                if (ShouldProcess(file, "Remove program"))
                {
                    ProgramStore.Delete(file);
                }
            });
        }
    }

    private IEnumerable<object> Named()
    {
        if (Name is not string text || ProgramLookup.IsPath(text) || !WildcardPattern.ContainsWildcardCharacters(text))
        {
            return [Name];
        }

        var pattern = new WildcardPattern(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        return Store.Names().Where(n => n.File is not null && pattern.IsMatch(n.Name)).Select(n => n.Name);
    }
}
