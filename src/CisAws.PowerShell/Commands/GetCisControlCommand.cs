using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CisAws.Assessments;
using CisAws.Benchmarks;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Controls;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Programs;
using CisAws.Programs;
using CisAws.Text;

namespace CisAws.PowerShell.Commands;

/// <summary>Gets controls of the benchmark: what each requires, why, how it is decided and how to remediate a failure.</summary>
/// <remarks>
/// <para>The catalogue contains the benchmark's 49 controls in our own words: what each requires, why, how CisAws decides it, how to remediate a
/// failure in the console, with the AWS CLI and with AWS Tools, which settings it has and which IAM actions it needs. Format-List shows all of
/// it. The AWS CLI commands are for a POSIX shell with jq, such as AWS CloudShell.</para>
/// <para>All given conditions must match. With -Program the controls are those of a compliance program, with the settings in force and where
/// each comes from. It does not connect to AWS.</para>
/// <para>Quote ids. PowerShell reads an unquoted 1.10 in a list as the number 1.1, which is another control; a numeric id that could mean two
/// controls is refused.</para>
/// </remarks>
/// <example>
/// <code>Get-CisControl -Section IAM -Level 1</code>
/// <para>List the controls about IAM that are practical for every account.</para>
/// </example>
/// <example>
/// <code>(Get-CisControl '2.1').Remediation.PowerShell</code>
/// <para>Show how to remediate a failure with AWS Tools for PowerShell. Remediation.Cli has the same for the AWS CLI, Remediation.Console for
/// the console.</para>
/// </example>
/// <example>
/// <code>Get-CisControl '1.3' -Program norrvik | ForEach-Object Settings</code>
/// <para>Show the settings that a program has for a control, where each comes from, and its default.</para>
/// </example>
/// <example>
/// <code>Get-CisControl -Section Networking | Invoke-CisAssessment</code>
/// <para>Assess only the controls of a section.</para>
/// </example>
/// <example>
/// <code>Get-CisControl -Program norrvik | ForEach-Object Actions | Sort-Object -Unique | Set-Content actions.txt</code>
/// <para>Write the IAM actions that a program needs to a file. In a build that creates the auditor's role, this keeps the role at least
/// privilege.</para>
/// </example>
/// <seealso cref="InvokeCisAssessmentCommand"/>
/// <seealso cref="GetCisProgramCommand"/>
[Cmdlet(VerbsCommon.Get, "CisControl")]
[OutputType(typeof(CisControl))]
public sealed class GetCisControlCommand : PSCmdlet
{
    private CisProgram? _program;

    /// <summary>Ids such as '1.10', or wildcards such as '1.*' and '3.1[0-4]'. Quote them: PowerShell reads 1.10 as the number 1.1.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ControlId")]
    [SupportsWildcards]
    [ControlIdArgument]
    [ArgumentCompleter(typeof(ControlIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = ["*"];

    /// <summary>Sections: IAM, Logging, Monitoring, Networking. Wildcards work.</summary>
    [Parameter]
    [SupportsWildcards]
    [ListArgument]
    [ArgumentCompleter(typeof(SectionCompleter))]
    public string[]? Section { get; set; }

    /// <summary>Levels: 1 is practical for every account, 2 is for accounts where security is paramount.</summary>
    [Parameter]
    [ListArgument]
    [ValidateRange(1, 2)]
    public int[]? Level { get; set; }

    /// <summary>Only controls that count towards the score; -Scored:$false for those that do not.</summary>
    [Parameter]
    public SwitchParameter Scored { get; set; }

    /// <summary>AWS services the control is about, such as IAM or CloudTrail. Wildcards work.</summary>
    [Parameter]
    [SupportsWildcards]
    [ListArgument]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string[]? Service { get; set; }

    /// <summary>Automated: a rule decides. Manual: only a person can decide.</summary>
    [Parameter]
    [ListArgument]
    public ControlAssessment[]? Assessment { get; set; }

    /// <summary>A compliance program: its name, the path of its file, or what Get-CisProgram returns. Returns its controls, with the settings in force.</summary>
    [Parameter]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object? Program { get; set; }

    /// <summary>The account whose settings are wanted; the program's own by default.</summary>
    [Parameter]
    public string? AccountId { get; set; }

    /// <summary>Folders to find programs in, instead of the environment variable CISAWS_PROGRAM_PATH, the user's folder and the machine's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? ProgramPath { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Check(nameof(Section), Section, [.. Benchmark.Default.Sections.Values]);
        Check(nameof(Service), Service, [.. Benchmark.Default.Controls.SelectMany(c => c.Services).Distinct().OrderBy(s => s, System.StringComparer.Ordinal)]);
        try
        {
            _program = Program is null ? null : ProgramLookup.Get(this, ProgramLookup.StoreOf(this, ProgramPath), Program);
        }
        catch (ProgramException e)
        {
            ThrowTerminatingError(CisErrors.NoProgram(e, Program));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var id in Id)
        {
            var controls = Benchmark.Default.Matching(id);
            if (controls.Count == 0)
            {
                WriteError(CisErrors.UnknownControl(id));
            }

            foreach (var control in controls.Where(IsWanted))
            {
                Show(control.ControlId, isNamed: !Wildcard.IsIn(id));
            }
        }
    }

    private void Show(ControlId id, bool isNamed)
    {
        if (_program is null)
        {
            WriteObject(DefaultPrograms.Benchmark.Find(id));
        }
        else if (_program.Find(id) is { } found)
        {
            // A name of its own, so that a view of its own shows what the program makes of the control.
            var shown = PSObject.AsPSObject(AccountId is null ? found : found.ForAccount(AccountId));
            shown.TypeNames.Insert(0, "CisAws.Programs.CisControl#Program");
            WriteObject(shown);
        }
        else if (isNamed)
        {
            WriteError(CisErrors.NotInProgram(_program, id.ToString()));
        }
    }

    /// <summary>A misspelt word must not look like one that no control is about.</summary>
    private void Check(string parameter, string[]? words, IReadOnlyCollection<string> known)
    {
        if (words?.FirstOrDefault(w => !known.Any(k => IsLike([w], k))) is { } unknown)
        {
            ThrowTerminatingError(CisErrors.UnknownWord(parameter, unknown, known));
        }
    }

    private static bool IsLike(string[] patterns, string value) =>
        patterns.Any(p => Wildcard.Matches(p, value));

    private bool IsWanted(BenchmarkControl control) =>
        (Section is null || IsLike(Section, control.Section)) &&
        (Level is null || Level.Contains(control.Level)) &&
        (!MyInvocation.BoundParameters.ContainsKey(nameof(Scored)) || control.Scored == Scored.ToBool()) &&
        (Service is null || control.Services.Any(s => IsLike(Service, s))) &&
        (Assessment is null || Assessment.Contains(control.Assessment));
}
