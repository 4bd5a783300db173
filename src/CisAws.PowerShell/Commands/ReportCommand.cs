using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.Reports;
using CisAws.Results;

namespace CisAws.PowerShell.Commands;

/// <summary>A cmdlet that creates reports: of which results, with which earlier runs.</summary>
public abstract class ReportCommand : ResultFileCommand
{
    private readonly List<CisResult> _results = [];

    /// <summary>
    /// Results of Invoke-CisAssessment or ConvertFrom-CisJson, or files of ConvertTo-CisJson; wildcards are accepted. If there are several results of a
    /// control of an account, the report contains the newest one.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    [AllowNull]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject?[]? InputObject { get; set; }

    /// <summary>Earlier runs, from Get-CisTrend, for formats that show how the pass rate develops.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(NoCompleter))]
    public CisTrendPoint[] Trend { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var item in InputObject ?? [])
        {
            if (item is not null)
            {
                _results.AddRange(ResultsOf(item));
            }
        }
    }

    /// <summary>Whether there are any results so far.</summary>
    private protected bool HasResults => _results.Count > 0;

    /// <summary>The content of the report, of the results so far.</summary>
    /// <param name="ending">Why there are no more; null if the pipeline ended by itself.</param>
    private protected ReportContent Content(string? ending = null) => ReportContent.Of(
        _results, Trend, [.. new[] { ending }.OfType<string>(), .. Unread.Select(u => $"A part of the input could not be read: {u}.")], DateTimeOffset.UtcNow);
}
