using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Programs;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Tests whether a compliance program is valid. Get-CisProgramProblem lists what is wrong.</summary>
/// <remarks>
/// <para>A program that has an error is not valid; one that has only warnings is. For a program that does not exist the result is False without an
/// error, as for Test-Path. With wildcards the result is True if at least one program matches and all that match are valid. -Verbose shows the
/// problems.</para>
/// </remarks>
/// <example>
/// <code>Test-CisProgram norrvik -Verbose</code>
/// <para>Test a program after you edited its file.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem ./programs -Filter *.json | Where-Object { -not (Test-CisProgram $_.FullName) }</code>
/// <para>Find the files in a folder that are not valid.</para>
/// </example>
/// <example>
/// <code>
/// if (-not (Test-CisProgram ./programs/retail.json)) {
///     Get-CisProgramProblem ./programs/retail.json
///     exit 1
/// }
/// </code>
/// <para>Test a program before it is merged, and show its problems.</para>
/// </example>
/// <returns>True if every program that -Name identifies is valid.</returns>
/// <seealso cref="GetCisProgramProblemCommand"/>
/// <seealso href="about_CisAws_Programs"/>
[Cmdlet(VerbsDiagnostic.Test, "CisProgram", HelpUri = HelpPages.Address + "Test-CisProgram.md")]
[OutputType(typeof(bool))]
public sealed class TestCisProgramCommand : ProgramCommand
{
    /// <summary>The program: its name, a wildcard, the path of its file, or an object from Get-CisProgram.</summary>
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
