using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Programs;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Gets compliance programs: the default ones and your own.</summary>
/// <remarks>
/// <para>Three programs come with the module for each benchmark, such as cis-aws-1.2.0, cis-aws-1.2.0-level-1 and cis-aws-1.2.0-scored. Your own are
/// one file each, in your folder, in the machine's, or in those that -ProgramPath or the environment variable CISAWS_PROGRAM_PATH names.</para>
/// <para>A file that is not in order is an error about that file; Get-CisProgramProblem tells all that is wrong with it.</para>
/// </remarks>
/// <example>
/// <code>Get-CisProgram</code>
/// <para>List the programs there are.</para>
/// </example>
/// <example>
/// <code>(Get-CisProgram norrvik).Exemptions</code>
/// <para>See which failures a program accepts, for whom and how long. Path is the file, to be edited.</para>
/// </example>
/// <example>
/// <code>Get-CisProgram norrvik | Invoke-CisAssessment</code>
/// <para>Assess by a program.</para>
/// </example>
/// <example>
/// <code>
/// $soon = (Get-CisProgram norrvik).Exemptions | Where-Object Expires -lt ([datetime]::Today.AddDays(14))
/// $soon | ForEach-Object { "$_" }
/// if ($soon) { exit 1 }
/// </code>
/// <para>Have a scheduled task say which exemptions end within two weeks, so that they can be renewed in time.</para>
/// </example>
/// <seealso cref="NewCisProgramCommand"/>
/// <seealso cref="SetCisProgramCommand"/>
/// <seealso cref="GetCisProgramProblemCommand"/>
/// <seealso href="about_CisAws_Programs"/>
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
