using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Gets everything that is wrong with compliance programs: where it stands, and what would be right.</summary>
[Cmdlet(VerbsCommon.Get, "CisProgramProblem")]
[OutputType(typeof(CisProgramProblem))]
public sealed class GetCisProgramProblemCommand : ProgramCommand
{
    /// <summary>Names, wildcards, paths of files, or what Get-CisProgram gives; every program in the store by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object Name { get; set; } = "*";

    /// <summary>Error: what keeps a program from being used. Warning: what has no effect.</summary>
    [Parameter]
    public ProblemSeverity[]? Severity { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var program in Named())
        {
            Try(program, () =>
            {
                if (ProgramLookup.FileOf(this, Store, program) is { } file)
                {
                    WriteObject(Store.ProblemsOf(file).Where(p => Severity is null || Severity.Contains(p.Severity)), enumerateCollection: true);
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
        return Store.Names().Where(n => n.File is not null && pattern.IsMatch(n.Name)).Select(n => n.Name).ToList();
    }
}
