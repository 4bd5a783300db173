using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Programs;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Tests whether a compliance program can be used; Get-CisProgramProblem shows why not.</summary>
/// <remarks>
/// <para>A program with an error cannot be used; one with warnings can. A program that does not exist is false too, and not an error, as of
/// Test-Path. With wildcards it is true when there are such programs and all of them can be used. -Verbose shows the problems.</para>
/// </remarks>
/// <example>
/// <code>Test-CisProgram norrvik -Verbose</code>
/// <para>Test a program after you edited its file.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem ./programs -Filter *.json | Where-Object { -not (Test-CisProgram $_.FullName) }</code>
/// <para>Find the files of a folder that cannot be used.</para>
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
/// <returns>True when every program that -Name names can be used.</returns>
/// <seealso cref="GetCisProgramProblemCommand"/>
/// <seealso href="about_CisAws_Programs"/>
[Cmdlet(VerbsDiagnostic.Test, "CisProgram")]
[OutputType(typeof(bool))]
public sealed class TestCisProgramCommand : ProgramCommand
{
    /// <summary>The program: its name, a wildcard, the path of its file, or what Get-CisProgram gives.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object Name { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            var programs = ProgramLookup.Named(Store, Name, _ => true).ToList();
            var files = programs.Select(p => ProgramLookup.FileOf(this, Store, p)).OfType<string>();
            var problems = files.SelectMany(Store.ProblemsOf).ToList();
            foreach (var problem in problems)
            {
                WriteVerbose($"{problem.File}, {problem}");
            }

            WriteObject(programs.Count > 0 && problems.All(p => p.Severity != ProblemSeverity.Error));
        }
        catch (ProgramException e)
        {
            // As of Test-Path: what does not exist cannot be used either.
            WriteVerbose(e.Message);
            WriteObject(false);
        }
    }
}
