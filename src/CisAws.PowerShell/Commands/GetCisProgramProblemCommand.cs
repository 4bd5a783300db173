using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Programs;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Gets everything that is wrong with compliance programs: where it stands, and what would be right.</summary>
/// <remarks>
/// <para>A program with an error cannot be used, so that nothing misspelt is ever passed over: unknown controls, settings out of bounds,
/// exemptions without an owner. A warning is about what has no effect, such as an exemption that has expired.</para>
/// <para>Each problem has the file, the line, the place in the file as JSONPath, what is wrong and what would be right. Nothing comes out where
/// all is in order.</para>
/// </remarks>
/// <example>
/// <code>Get-CisProgramProblem norrvik</code>
/// <para>See what is wrong with a program after you edited its file.</para>
/// </example>
/// <example>
/// <code>Get-CisProgramProblem -Severity Error</code>
/// <para>Look through all your programs for what keeps them from being used.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem ./programs -Filter *.json | ForEach-Object FullName | Get-CisProgramProblem | Group-Object Code</code>
/// <para>Count the problems of a folder's programs by their kind.</para>
/// </example>
/// <example>
/// <code>
/// $errors = Get-CisProgramProblem ./programs/retail.json -Severity Error
/// $errors | ForEach-Object { "$($_.File):$($_.Line): $($_.Message) $($_.Fix)" }
/// if ($errors) { exit 1 }
/// </code>
/// <para>Check a program before it is merged. The log has a line for each error, with the place in the file.</para>
/// </example>
/// <seealso cref="TestCisProgramCommand"/>
/// <seealso cref="SetCisProgramCommand"/>
/// <seealso href="about_CisAws_Programs"/>
[Cmdlet(VerbsCommon.Get, "CisProgramProblem")]
[OutputType(typeof(CisProgramProblem))]
public sealed class GetCisProgramProblemCommand : ProgramCommand
{
    /// <summary>Names, wildcards, paths of files, or what Get-CisProgram gives; every program in the store by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ProgramArgument(Many = true)]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object[] Name { get; set; } = ["*"];

    /// <summary>Error: what keeps a program from being used. Warning: what has no effect.</summary>
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
