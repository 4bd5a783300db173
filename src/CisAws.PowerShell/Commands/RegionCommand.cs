using System.Management.Automation;
using CisAws.Connections;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Controls;
using CisAws.PowerShell.Errors;

namespace CisAws.PowerShell.Commands;

/// <summary>A cmdlet that connects to an account in one region.</summary>
public abstract class RegionCommand : AwsCmdlet
{
    /// <summary>The region. Default: the home region of the credentials.</summary>
    [Parameter]
    [Alias("RegionToCall")]
    [ListArgument(AllowEmpty = true)]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public override string[]? Region { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Region is { Length: > 1 })
        {
            ThrowTerminatingError(CisErrors.InvalidArgument("OneRegion", "-Region is one region here.", Region, "Run the cmdlet once for each region."));
        }
    }

    private protected override ConnectionOptions Given() => base.Given() with { Region = Region is [var region] ? region : null };
}
