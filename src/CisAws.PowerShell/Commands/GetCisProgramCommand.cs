using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Gets compliance programs: the default ones and your own.</summary>
[Cmdlet(VerbsCommon.Get, "CisProgram")]
[OutputType(typeof(CisProgram))]
public sealed class GetCisProgramCommand : ProgramCommand
{
    /// <summary>Names, or wildcards; every program by default. The path of a file works too.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Default: those that come with the module. Custom: your own.</summary>
    [Parameter]
    public ProgramType[]? Type { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            if (ProgramLookup.IsPath(name) || !WildcardPattern.ContainsWildcardCharacters(name))
            {
                Try(name, () => Show(Get(name)));
                continue;
            }

            var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
            foreach (var (found, file) in Store.Names().Where(n => pattern.IsMatch(n.Name) && IsWanted(n.File is null ? ProgramType.Default : ProgramType.Custom)))
            {
                Try(file ?? found, () => Show(Store.Get(found)));
            }
        }
    }

    private void Show(CisProgram program)
    {
        if (IsWanted(program.Type))
        {
            WriteObject(program);
        }
    }

    private bool IsWanted(ProgramType type) => Type is null || Type.Contains(type);
}
