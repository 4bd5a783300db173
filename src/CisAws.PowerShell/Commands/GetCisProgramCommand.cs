using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Programs;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Gets compliance programs: the default programs and your own.</summary>
/// <remarks>
/// <para>Three programs come with the module for each benchmark, such as cis-aws-1.2.0, cis-aws-1.2.0-level-1 and cis-aws-1.2.0-scored. Each of your
/// own programs is a file in your program folder, in the machine's program folder, or in the folders named by -ProgramPath or the environment
/// variable CISAWS_PROGRAM_PATH.</para>
/// <para>A file that is not valid causes an error about that file. Get-CisProgramProblem lists everything that is wrong with it.</para>
/// </remarks>
/// <example>
/// <code>Get-CisProgram</code>
/// <para>List all programs.</para>
/// </example>
/// <example>
/// <code>(Get-CisProgram norrvik).Exemptions</code>
/// <para>Show the failures that a program accepts, with their owners and last days. Path is the program's file.</para>
/// </example>
/// <example>
/// <code>Get-CisProgram norrvik | Invoke-CisAssessment</code>
/// <para>Assess an account against a program.</para>
/// </example>
/// <example>
/// <code>
/// $soon = (Get-CisProgram norrvik).Exemptions | Where-Object Expires -lt ([datetime]::Today.AddDays(14))
/// $soon | ForEach-Object { "$_" }
/// if ($soon) { exit 1 }
/// </code>
/// <para>Report exemptions that expire within two weeks, in a scheduled task.</para>
/// </example>
/// <returns>A compliance program.</returns>
/// <seealso cref="NewCisProgramCommand"/>
/// <seealso cref="SetCisProgramCommand"/>
/// <seealso cref="GetCisProgramProblemCommand"/>
/// <seealso href="about_CisAws_Programs"/>
[Cmdlet(VerbsCommon.Get, "CisProgram", HelpUri = HelpPages.Address + "Get-CisProgram.md")]
[OutputType(typeof(CisProgram))]
public sealed class GetCisProgramCommand : ProgramCommand
{
    /// <summary>Names or wildcards of programs, or the path of a file. Default: all programs.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Default: programs that come with the module. Custom: your own programs.</summary>
    [Parameter]
    public ProgramType[]? Type { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var program in Name.SelectMany(n => ProgramLookup.Named(Store, n, IsWanted)))
        {
            Try(program, () => Show(Get(program)));
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
