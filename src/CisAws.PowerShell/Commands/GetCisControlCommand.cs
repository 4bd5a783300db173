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

/// <summary>Gets controls of the benchmark: what each requires, why, how it is assessed and how to remediate a failure.</summary>
/// <remarks>
/// <para>The texts are our own words. Format-List shows all of a control: its description, rationale, audit, settings, the IAM actions that it needs,
/// and the remediation in the console, with the AWS CLI and with AWS Tools for PowerShell. The AWS CLI commands are for a POSIX shell with jq, such
/// as AWS CloudShell.</para>
/// <para>A control is returned if it matches all given conditions. With -Program the controls are those of a compliance program, with the settings in
/// force and the source of each. The cmdlet does not connect to AWS.</para>
/// <para>SecurityHub contains the IDs of the AWS Security Hub controls for the same control, and Related the controls of other versions of the benchmark
/// that the same rules decide.</para>
/// <para>Enclose IDs in quotation marks. PowerShell reads an unquoted 1.10 in a list as the number 1.1, which is another control. A numeric ID that
/// could identify two controls is refused.</para>
/// </remarks>
/// <example>
/// <code>Get-CisControl -Section IAM -Level 1</code>
/// <para>List the level 1 controls of a section.</para>
/// </example>
/// <example>
/// <code>(Get-CisControl '2.1').Remediation.PowerShell</code>
/// <para>Show how to remediate a failure with AWS Tools for PowerShell. Remediation.Cli contains the commands for the AWS CLI, Remediation.Console
/// the steps in the console.</para>
/// </example>
/// <example>
/// <code>Get-CisControl '1.3' -Program norrvik | ForEach-Object Settings</code>
/// <para>Show the settings of a control in a program, with their source and default.</para>
/// </example>
/// <example>
/// <code>Get-CisControl -Section Networking | Invoke-CisAssessment</code>
/// <para>Assess the controls of one section.</para>
/// </example>
/// <example>
/// <code>Get-CisControl -Program norrvik | ForEach-Object Actions | Sort-Object -Unique | Set-Content actions.txt</code>
/// <para>Write the IAM actions that a program needs to a file. A build can create the auditor's role from this list, so that it has least
/// privilege.</para>
/// </example>
/// <example>
/// <code>Get-CisControl | Select-Object ControlId, @{ n = 'v3.0.0'; e = { ($_.Related | Where-Object Benchmark -eq cis-aws-3.0.0).ControlId } }, SecurityHub</code>
/// <para>List the numbers of the controls in another version of the benchmark, and in AWS Security Hub.</para>
/// </example>
/// <returns>A control of the benchmark, or of the program if -Program is specified.</returns>
/// <seealso cref="InvokeCisAssessmentCommand"/>
/// <seealso cref="GetCisProgramCommand"/>
[Cmdlet(VerbsCommon.Get, "CisControl", HelpUri = HelpPages.Address + "Get-CisControl.md")]
[OutputType(typeof(CisControl))]
public sealed class GetCisControlCommand : ControlFilterCommand
{
    private CisProgram? _program;

    private IReadOnlyList<BenchmarkControl> _known = [];

    private ControlFilter _filter = new();

    /// <summary>
    /// IDs such as '1.10', or wildcards such as '1.*' and '3.1[0-4]'. Enclose IDs in quotation marks: PowerShell reads 1.10 as the number 1.1.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ControlId")]
    [SupportsWildcards]
    [ControlIdArgument]
    [ArgumentCompleter(typeof(ControlIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = ["*"];

    /// <summary>Only controls about these AWS services, such as IAM or CloudTrail. Wildcards are accepted.</summary>
    [Parameter]
    [SupportsWildcards]
    [ListArgument]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string[]? Service { get; set; }

    /// <summary>Automated: a rule decides. Manual: only a person can decide.</summary>
    [Parameter]
    [ListArgument]
    public ControlAssessment[]? Assessment { get; set; }

    /// <summary>
    /// A compliance program: its name, the path of its file, or an object from Get-CisProgram. Its controls are returned, with the settings in force.
    /// </summary>
    [Parameter]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object? Program { get; set; }

    /// <summary>The account whose settings are returned. Default: the settings of the program.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? AccountId { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _program = Program is null ? null : GetOrEnd(Program);
        _known = ControlLookup.BenchmarkOf(_program);
        Check(nameof(Section), Section, _known.Sections());
        Check(nameof(Service), Service, _known.Services());
        _filter = new ControlFilter { Sections = Section, Levels = Level, Scored = WantsScored, Services = Service, Assessments = Assessment };
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var id in Id)
        {
            var controls = _known.Named(id).ToList();
            if (controls.Count == 0)
            {
                WriteError(CisErrors.UnknownControl(id, _known));
            }

            foreach (var control in controls.Where(_filter.Includes))
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
        if (words?.FirstOrDefault(w => !known.Any(k => Wildcard.Matches(w, k))) is { } unknown)
        {
            ThrowTerminatingError(CisErrors.UnknownWord(parameter, unknown, known));
        }
    }
}
