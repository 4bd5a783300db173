using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Controls;
using CisAws.PowerShell.Errors;

namespace CisAws.PowerShell.Commands;

/// <summary>Gets controls of the benchmark: what each asks, why, how it is decided and how it is mended.</summary>
[Cmdlet(VerbsCommon.Get, "CisControl")]
[OutputType(typeof(CisControl))]
public sealed class GetCisControlCommand : PSCmdlet
{
    /// <summary>Ids such as '1.10', or wildcards such as '1.*' and '3.1?'. Quote them: PowerShell reads 1.10 as the number 1.1.</summary>
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
    [ArgumentCompleter(typeof(SectionCompleter))]
    public string[]? Section { get; set; }

    /// <summary>Levels: 1 is sensible for every account, 2 for where security is paramount.</summary>
    [Parameter]
    [ValidateRange(1, 2)]
    public int[]? Level { get; set; }

    /// <summary>Only controls that count towards the score; -Scored:$false for those that do not.</summary>
    [Parameter]
    public SwitchParameter Scored { get; set; }

    /// <summary>AWS services the control is about, such as IAM or CloudTrail. Wildcards work.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string[]? Service { get; set; }

    /// <summary>Automated: a rule decides. Manual: only a person can tell.</summary>
    [Parameter]
    public ControlAssessment[]? Assessment { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var id in Id)
        {
            var controls = ControlSelection.Matching(id);
            if (controls.Count == 0)
            {
                WriteError(CisErrors.UnknownControl(id));
            }

            WriteObject(controls.Where(IsWanted), enumerateCollection: true);
        }
    }

    private static bool IsLike(string[] patterns, string value) =>
        patterns.Any(p => new WildcardPattern(p, WildcardOptions.IgnoreCase).IsMatch(value));

    private bool IsWanted(CisControl control) =>
        (Section is null || IsLike(Section, control.Section)) &&
        (Level is null || Level.Contains(control.Level)) &&
        (!MyInvocation.BoundParameters.ContainsKey(nameof(Scored)) || control.Scored == Scored.ToBool()) &&
        (Service is null || control.Service.Any(s => IsLike(Service, s))) &&
        (Assessment is null || Assessment.Contains(control.Assessment));
}
