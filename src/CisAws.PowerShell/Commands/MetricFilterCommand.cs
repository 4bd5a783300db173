using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CisAws.Catalog;
using CisAws.Controls.Monitoring;
using CisAws.FilterPatterns;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Controls;
using CisAws.PowerShell.Errors;

namespace CisAws.PowerShell.Commands;

/// <summary>What the cmdlets have in common that hold filter patterns against the benchmark's. They need no AWS.</summary>
public abstract class MetricFilterCommand : PSCmdlet
{
    /// <summary>The control, '3.1' to '3.14'. Quote it: PowerShell reads 3.10 as the number 3.1.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ControlIdArgument]
    [ArgumentCompleter(typeof(MonitoringControlCompleter))]
    public string[] ControlId { get; set; } = [];

    /// <summary>A filter pattern of CloudWatch Logs; several are judged together.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [Alias("FilterPattern")]
    public string[] Pattern { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var id in ControlId)
        {
            if (!Catalog.ControlId.TryParse(id, out var control) || control!.Section != 3 || ControlCatalog.Find(control) is null)
            {
                ThrowTerminatingError(CisErrors.NoReferencePattern(id));
            }

            var reference = ReferencePatterns.Of(control!);
            var pattern = FilterPattern.Parse(reference.Pattern);
            var coverage = Coverage.Decide(pattern, Pattern.Select(Read).ToList(), reference.Events([]));
            WriteComparison(control!, reference.Pattern, coverage);
        }
    }

    private protected abstract void WriteComparison(ControlId control, string reference, CoverageResult coverage);

    private FilterPattern Read(string text)
    {
        if (!FilterPattern.TryParse(text, out var pattern, out var error))
        {
            ThrowTerminatingError(CisErrors.InvalidPattern(text, error));
        }

        return pattern!;
    }
}
