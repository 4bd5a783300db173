using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CisAws.Assessments;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Results;
using CisAws.Results;

namespace CisAws.PowerShell.Commands;

/// <summary>Counts results: by status, section and level, with the pass rate and the exit code for scripts.</summary>
/// <remarks>
/// <para>Counts the results by status, by section and by level. The pass rate is scored Pass of scored (Pass + Fail + Exempt + Unknown): what
/// is not known does not count as passed.</para>
/// <para>ExitCode is made for exit in a script: 0 compliant, 2 any Fail, 3 no Fail but Unknown, or nothing was assessed. Calls and Seconds are
/// there for live results, not for those read back from a file.</para>
/// </remarks>
/// <example>
/// <code>Invoke-CisAssessment | Measure-CisAssessment</code>
/// <para>See what an assessment comes to.</para>
/// </example>
/// <example>
/// <code>
/// $results = Invoke-CisAssessment
/// ($results | Measure-CisAssessment).BySection
/// </code>
/// <para>Compare the sections. Keep the results in a variable, to look at them more than once without asking AWS again.</para>
/// </example>
/// <example>
/// <code>Import-Clixml results.xml | Measure-CisAssessment</code>
/// <para>Count results that were kept with Export-Clixml.</para>
/// </example>
/// <example>
/// <code>
/// $results = Invoke-CisAssessment
/// $summary = $results | Measure-CisAssessment
/// "Pass rate $($summary.PassRate) %, $($summary.Fail) fail, $($summary.Unknown) unknown"
/// exit $summary.ExitCode
/// </code>
/// <para>End a pipeline of a build server by what was found. The line goes to its log.</para>
/// </example>
/// <seealso cref="InvokeCisAssessmentCommand"/>
/// <seealso href="about_CisAws_Statuses"/>
/// <seealso href="about_CisAws_Automation"/>
[Cmdlet(VerbsDiagnostic.Measure, "CisAssessment")]
[OutputType(typeof(CisSummary))]
public sealed class MeasureCisAssessmentCommand : CisCmdlet
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
                _runs.Add(result.Run);
            }

            if (ResultReader.Count(item) is { } counted)
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
}
