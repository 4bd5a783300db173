using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Programs;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Gets the problems of compliance programs, with the place in the file and how to fix each.</summary>
/// <remarks>
/// <para>A program that has an error cannot be used, so that a mistake is never ignored: an unknown control, a setting that is out of range, an
/// exemption without an owner. A warning is about an entry that has no effect, such as an expired exemption.</para>
/// <para>Each problem has the file, the line, the JSON path, a message and a fix. There is no output if no problem is found.</para>
/// </remarks>
/// <example>
/// <code>Get-CisProgramProblem norrvik</code>
/// <para>Check a program after you edited its file.</para>
/// </example>
/// <example>
/// <code>Get-CisProgramProblem -Severity Error</code>
/// <para>List the errors of all your programs.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem ./programs -Filter *.json | ForEach-Object FullName | Get-CisProgramProblem | Group-Object Code</code>
/// <para>Count the problems of the programs in a folder by code.</para>
/// </example>
/// <example>
/// <code>
/// $errors = Get-CisProgramProblem ./programs/retail.json -Severity Error
/// $errors | ForEach-Object { "$($_.File):$($_.Line): $($_.Message) $($_.Fix)" }
/// if ($errors) { exit 1 }
/// </code>
/// <para>Check a program before it is merged. The log shows each error with its file and line.</para>
/// </example>
/// <returns>One problem of a program.</returns>
/// <seealso cref="TestCisProgramCommand"/>
/// <seealso cref="SetCisProgramCommand"/>
/// <seealso href="about_CisAws_Programs"/>
[Cmdlet(VerbsCommon.Get, "CisProgramProblem", HelpUri = HelpPages.Address + "Get-CisProgramProblem.md")]
[OutputType(typeof(CisProgramProblem))]
public sealed class GetCisProgramProblemCommand : ProgramCommand
{
    /// <summary>Names, wildcards, paths of files, or objects from Get-CisProgram. Default: all programs in the store.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ProgramArgument(Many = true)]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object[] Name { get; set; } = ["*"];

    /// <summary>Error: the program cannot be used. Warning: an entry has no effect.</summary>
    [Parameter]
    public ProblemSeverity[]? Severity { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var program in Name.SelectMany(n => ProgramLookup.Named(Store, n, type => type == ProgramType.Custom)))
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
}
