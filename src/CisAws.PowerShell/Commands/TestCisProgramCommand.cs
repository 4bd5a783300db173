using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Programs;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Tells whether a compliance program can be used; Get-CisProgramProblem tells why not.</summary>
/// <remarks>
/// <para>A program with an error cannot be used; one with warnings can. A program that is not there is not in order either, so this is never an
/// error, like Test-Path. -Verbose tells the problems.</para>
/// </remarks>
/// <example>
/// <code>Test-CisProgram norrvik -Verbose</code>
/// <para>Test a program after you edited its file.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem ./programs -Filter *.json | Where-Object { -not (Test-CisProgram $_.FullName) }</code>
/// <para>Find the files of a folder that are not in order.</para>
/// </example>
/// <example>
/// <code>
/// if (-not (Test-CisProgram ./programs/retail.json)) {
///     Get-CisProgramProblem ./programs/retail.json
///     exit 1
/// }
/// </code>
/// <para>Test a program before it is merged, and show what is wrong with it.</para>
/// </example>
/// <returns>True when the program can be used.</returns>
/// <seealso cref="GetCisProgramProblemCommand"/>
/// <seealso href="about_CisAws_Programs"/>
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
