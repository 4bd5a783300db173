using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using CisAws.Assessments;
using CisAws.Evidence;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Evidence;
using CisAws.PowerShell.Programs;
using CisAws.Programs;
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
/// <para>Evidence is assessed first, with -Program and as of the time of its collection, without a connection to AWS. Evidence of several accounts on
/// one side is assessed together, as Invoke-CisAssessment -Evidence does.</para>
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
/// <code>Compare-CisAssessment ./2026-q3.cisevidence ./2026-q4.cisevidence -Program norrvik</code>
/// <para>Show what has changed between two collections of evidence, assessed with the same program.</para>
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
    private readonly List<PSObject> _difference = [];

    private CisProgram? _program;

    private bool _hasEvidence;

    /// <summary>The assessment to compare with: results, files of ConvertTo-CisJson, or evidence as files or objects. Wildcards are accepted.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("ReferenceObject")]
    [AllowEmptyCollection]
    [SupportsWildcards]
    public PSObject[] Reference { get; set; } = [];

    /// <summary>The assessment to compare: results, files of ConvertTo-CisJson, or evidence as files or objects. Wildcards are accepted.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("DifferenceObject")]
    [AllowEmptyCollection]
    [SupportsWildcards]
    public PSObject[] Difference { get; set; } = [];

    /// <summary>
    /// The compliance program to assess evidence with: its name, the path of its file, or an object from Get-CisProgram. Default: the whole benchmark.
    /// </summary>
    [Parameter]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object Program { get; set; } = DefaultPrograms.BenchmarkName;

    /// <summary>Program folders to use instead of those in the environment variable CISAWS_PROGRAM_PATH, yours and the machine's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? ProgramPath { get; set; }

    /// <summary>Returns also what is unchanged.</summary>
    [Parameter]
    public SwitchParameter IncludeEqual { get; set; }

    /// <summary>Returns the counts of each account instead of the controls.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _program = ProgramLookup.GetOrEnd(this, ProgramLookup.StoreOf(this, ProgramPath), Program);

    /// <inheritdoc/>
    protected override void ProcessRecord() => _difference.AddRange(Difference);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var reference = ResultsOf(Reference);
        var difference = ResultsOf(_difference);
        // What is missing in one of the two would look new or fixed.
        if (Unread.Count > 0)
        {
            return;
        }

        var comparison = new AssessmentComparison(reference, difference);
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
        if (IsGiven(nameof(Program)) && !_hasEvidence)
        {
            WriteWarning("-Program has no effect: it is for evidence, and results have their own.");
        }

        if (comparison.Programs is var (before, now))
        {
            WriteWarning($"The programs differ: reference {before}, difference {now}. A change can be caused by the program; ChangedSettings shows settings that differ.");
        }

        if (comparison.IsReversed)
        {
            WriteWarning("The difference is older than the reference. Exchange -Reference and -Difference to see what has changed since.");
        }
    }

    /// <summary>The results of one side. Its evidence is assessed as a whole: what one account depends on can be in the evidence of another one.</summary>
    private List<CisResult> ResultsOf(IEnumerable<PSObject> side)
    {
        var items = side.SelectMany(Expand).ToList();
        var results = items.Where(i => !IsEvidence(i)).SelectMany(ResultsOf).ToList();
        var evidence = items.Where(IsEvidence).SelectMany(EvidenceOf).ToList();
        return [.. results, .. evidence.SelectMany(Assess(OfflineRun.SetOf(evidence)))];
    }

    /// <summary>The files that a path names; anything else is returned as it is.</summary>
    private IEnumerable<PSObject> Expand(PSObject item)
    {
        if (item.BaseObject is not string path)
        {
            return [item];
        }

        if (FilesOf(path) is { } files)
        {
            return files.Select(f => PSObject.AsPSObject(new FileInfo(f)));
        }

        Unread.Add(path);
        return [];
    }

    private static bool IsEvidence(PSObject item) => item.BaseObject is CisEvidence || (item.BaseObject is FileInfo file && EvidenceArgumentAttribute.IsPath(file.Name));

    private CisEvidence[] EvidenceOf(PSObject item)
    {
        if (item.BaseObject is CisEvidence collected)
        {
            return [collected];
        }

        var file = ((FileInfo)item.BaseObject).FullName;
        if (Read(file, () => EvidenceLoader.LoadUsable(file)) is not { } evidence)
        {
            Unread.Add(file);
            return [];
        }

        foreach (var warning in evidence.Warnings)
        {
            WriteWarning(warning);
        }

        return [evidence];
    }

    private Func<CisEvidence, IReadOnlyList<CisResult>> Assess(EvidenceSet? others) => evidence =>
    {
        _hasEvidence = true;
        try
        {
            return OfflineRun.Results(_program!, evidence, others, Stop);
        }
        catch (Exception e) when (e is OutOfScopeException or UnknownRegionException)
        {
            WriteError(e is OutOfScopeException scope ? CisErrors.OutOfScope(scope) : CisErrors.UnknownRegion((UnknownRegionException)e));
            Unread.Add(evidence.AccountId);
            return [];
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    };

    private protected override ErrorRecord NotRead(string from, Exception e) =>
        EvidenceArgumentAttribute.IsPath(from) ? CisErrors.NoEvidence(from, e) : base.NotRead(from, e);
}
