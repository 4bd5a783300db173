using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Programs;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Tells whether a compliance program can be used; Get-CisProgramProblem tells why not.</summary>
/// <returns>True when the program can be used.</returns>
[Cmdlet(VerbsDiagnostic.Test, "CisProgram")]
[OutputType(typeof(bool))]
public sealed class TestCisProgramCommand : ProgramCommand
{
    /// <summary>The program: its name, the path of its file, or what Get-CisProgram gives.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object Name { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            var file = ProgramLookup.FileOf(this, Store, Name);
            var problems = file is null ? [] : Store.ProblemsOf(file);
            foreach (var problem in problems)
            {
                WriteVerbose(problem.ToString());
            }

            WriteObject(problems.All(p => p.Severity != ProblemSeverity.Error));
        }
        catch (ProgramException e)
        {
            // Like Test-Path: what is not there is not in order either.
            WriteVerbose(e.Message);
            WriteObject(false);
        }
    }
}
