using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CisAws.Assessments;
using CisAws.PowerShell.Errors;

namespace CisAws.PowerShell.Commands;

/// <summary>Counts results: by status, section and level, with the pass rate and the exit code for scripts.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "CisAssessment")]
[OutputType(typeof(CisSummary))]
public sealed class MeasureCisAssessmentCommand : PSCmdlet
{
    private readonly List<CountedResult> _results = [];

    private readonly HashSet<AssessmentRun> _runs = [];

    /// <summary>Results of Invoke-CisAssessment, live or read back from a file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    [AllowNull]
    public PSObject?[]? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var item in InputObject ?? [])
        {
            if (item is null)
            {
                continue;
            }

            if (item.BaseObject is CisResult result)
            {
                _results.Add(new CountedResult(result.Section, result.Level, result.Scored, result.Status, result.AccountId));
                _runs.Add(result.Run);
            }
            else if (ReadBack(item) is { } counted)
            {
                _results.Add(counted);
            }
            else
            {
                WriteError(CisErrors.NotAResult(item.BaseObject));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var ended = _runs.Count > 0 && _runs.All(r => r.Duration is not null);
        WriteObject(new CisSummary(
            _results,
            ended ? _runs.Sum(r => r.Calls) : null,
            ended ? TimeSpan.FromTicks(_runs.Sum(r => r.Duration!.Value.Ticks)) : null));
    }

    /// <summary>A result that came through a file or another process has its properties, not its type.</summary>
    private static CountedResult? ReadBack(PSObject item)
    {
        object? Property(string name) => item.Properties[name]?.Value;
        return LanguagePrimitives.TryConvertTo<CisStatus>(Property("Status"), out var status) &&
            LanguagePrimitives.TryConvertTo<int>(Property("Level"), out var level) &&
            LanguagePrimitives.TryConvertTo<bool>(Property("Scored"), out var scored) &&
            Property("Section") is { } section
            ? new CountedResult(section.ToString()!, level, scored, status, Property("AccountId")?.ToString() ?? "")
            : null;
    }
}
