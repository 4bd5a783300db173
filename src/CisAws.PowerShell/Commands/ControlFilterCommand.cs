using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Controls;
using CisAws.PowerShell.Errors;
using CisAws.Text;

namespace CisAws.PowerShell.Commands;

/// <summary>A cmdlet that chooses controls by what they have in common.</summary>
public abstract class ControlFilterCommand : ProgramCommand
{
    /// <summary>Only controls of these sections, such as IAM and Logging. Wildcards are accepted.</summary>
    [Parameter]
    [SupportsWildcards]
    [ListArgument]
    [ArgumentCompleter(typeof(SectionCompleter))]
    public string[]? Section { get; set; }

    /// <summary>Only controls of these levels: 1 is practical for every account, 2 is for accounts where security is paramount.</summary>
    [Parameter]
    [ListArgument]
    [ValidateRange(1, 2)]
    [ArgumentCompleter(typeof(LevelCompleter))]
    public int[]? Level { get; set; }

    /// <summary>Only controls that count in the benchmark's score. -Scored:$false selects the others.</summary>
    [Parameter]
    public SwitchParameter Scored { get; set; }

    /// <summary>What was asked of -Scored; null where it was not given.</summary>
    private protected bool? WantsScored => IsGiven(nameof(Scored)) ? Scored.ToBool() : null;
}
