using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Errors;
using CisAws.Results;

namespace CisAws.PowerShell.Commands;

/// <summary>Shows what has changed from one assessment to another: which failures are new, fixed, or no longer assessed.</summary>
/// <remarks>
/// <para>Compares each control of each account with the same control of the same account and benchmark, and within it each resource. Change is New (fails,
/// and did not before), Fixed (failed, and now passes or no longer exists), NotAssessed (had a status, and now is Unknown or was not assessed), Changed
/// (different in another way: another status, another cause, or other resources that fail) or Unchanged. A failure that could not be assessed is never
/// Fixed. If a result is incomplete, a failing resource that is missing in it is NotAssessed.</para>
/// <para>Unchanged controls and resources are returned only with -IncludeEqual. A resource that passes is Unchanged also if it is new or no longer
/// exists.</para>
/// <para>FirstSeen shows since when a failure is known from the compared assessments, without a pass in between, and AgeDays how long that is. Specify
/// older runs as additional references to get the full age: the newest result of each control is compared.</para>
/// <para>The controls of different benchmarks are not compared, because the same ID can identify different controls; that is an error. If the programs
/// differ, there is a warning, and ChangedSettings shows the settings that have another value.</para>
/// </remarks>
/// <example>
/// <code>Compare-CisAssessment runs/2026-01-31.json (Invoke-CisAssessment)</code>
/// <para>Compare an account with a saved run.</para>
/// </example>
/// <example>
/// <code>Compare-CisAssessment runs/2026-01-31.json results.json | ForEach-Object Findings | Where-Object Change -eq New</code>
/// <para>List the resources that fail since then.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem results.json | Compare-CisAssessment runs/*.json -IncludeEqual | Where-Object AgeDays -gt 90 | Sort-Object AgeDays -Descending</code>
/// <para>Find controls that have failed for more than 90 days. The references are all saved runs.</para>
/// </example>
/// <example>
/// <code>Compare-CisAssessment runs/2026-01-31.json results.json -Summary</code>
/// <para>Count the changes of each account.</para>
/// </example>
/// <example>
/// <code>
/// $changes = Compare-CisAssessment runs/2026-01-31.json results.json -ErrorAction Stop
/// $changes | Export-Csv changes.csv -NoTypeInformation
/// if ($changes | Where-Object Change -in New, NotAssessed) { exit 2 }
/// </code>
/// <para>Let a scheduled task fail only if there are new failures, or controls that are no longer assessed.</para>
/// </example>
/// <returns>How one control of one account has changed; with -Summary the counts of one account.</returns>
/// <seealso cref="ConvertToCisJsonCommand"/>
/// <seealso cref="GetCisTrendCommand"/>
/// <seealso cref="CompareCisProgramCommand"/>
[Cmdlet(VerbsData.Compare, "CisAssessment", HelpUri = HelpPages.Address + "Compare-CisAssessment.md")]
[OutputType(typeof(CisAssessmentDifference), typeof(CisAssessmentDifferenceCount))]
public sealed class CompareCisAssessmentCommand : ResultFileCommand
{
    private readonly List<CisResult> _difference = [];

    /// <summary>The assessment to compare with: results, or files of ConvertTo-CisJson. Wildcards are accepted.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("ReferenceObject")]
    [AllowEmptyCollection]
    [SupportsWildcards]
    public PSObject[] Reference { get; set; } = [];

    /// <summary>The assessment to compare: results, or files of ConvertTo-CisJson. Wildcards are accepted.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("DifferenceObject")]
    [AllowEmptyCollection]
    [SupportsWildcards]
    public PSObject[] Difference { get; set; } = [];

    /// <summary>Returns also what is unchanged.</summary>
    [Parameter]
    public SwitchParameter IncludeEqual { get; set; }

    /// <summary>Returns the counts of each account instead of the controls.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _difference.AddRange(Difference.SelectMany(ResultsOf));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var reference = Reference.SelectMany(ResultsOf).ToList();
        // What is missing in one of the two would look new or fixed.
        if (Unread.Count > 0)
        {
            return;
        }

        var comparison = new AssessmentComparison(reference, _difference);
        if (comparison.Problem is { } problem)
        {
            WriteError(CisErrors.NothingToCompare(problem));
            return;
        }

        foreach (var account in comparison.OtherBenchmarks)
        {
            WriteError(CisErrors.OtherBenchmarks(account, comparison.BenchmarksOf(account)));
        }

        Warn(comparison);
        if (Summary)
        {
            WriteObject(comparison.Counts, enumerateCollection: true);
        }
        else
        {
            WriteObject(comparison.Differences(IncludeEqual), enumerateCollection: true);
        }
    }

    private void Warn(AssessmentComparison comparison)
    {
        if (comparison.Programs is var (before, now))
        {
            WriteWarning($"The programs differ: reference {before}, difference {now}. A change can be caused by the program; ChangedSettings shows settings that differ.");
        }

        if (comparison.IsReversed)
        {
            WriteWarning("The difference is older than the reference. Exchange -Reference and -Difference to see what has changed since.");
        }
    }
}
