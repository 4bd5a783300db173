using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CisAws.Assessments;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Results;
using CisAws.Results;

namespace CisAws.PowerShell.Commands;

/// <summary>Counts results by status, account, section and level, and computes the pass rate and the exit code for scripts.</summary>
/// <remarks>
/// <para>The pass rate is the number of scored controls that pass, divided by the number of scored controls that are Pass, Fail, Exempt or Unknown.
/// An Unknown control therefore does not count as passed.</para>
/// <para>Use ExitCode with exit in a script: 0 if the account is compliant, 2 if a control fails, 3 if none fails but some are Unknown or nothing was
/// assessed. Calls and Seconds are available for live results and those of ConvertFrom-CisJson, not for results from CSV or CLIXML files.</para>
/// </remarks>
/// <example>
/// <code>Invoke-CisAssessment | Measure-CisAssessment</code>
/// <para>Summarize an assessment.</para>
/// </example>
/// <example>
/// <code>
/// $results = Invoke-CisAssessment
/// ($results | Measure-CisAssessment).BySection
/// </code>
/// <para>Compare the sections. Keep the results in a variable to use them more than once without another assessment.</para>
/// </example>
/// <example>
/// <code>(Import-Csv accounts.csv | Invoke-CisAssessment | Measure-CisAssessment).ByAccount</code>
/// <para>Compare accounts. Each has its counts, its pass rate and its own exit code.</para>
/// </example>
/// <example>
/// <code>ConvertFrom-CisJson -Path results.json | Measure-CisAssessment -By OrganizationalUnit, Account</code>
/// <para>Compare the organizational units and their accounts, here of results that were saved with ConvertTo-CisJson.</para>
/// </example>
/// <example>
/// <code>ConvertFrom-CisJson -Path results.json | Measure-CisAssessment -Matrix | Export-Csv matrix.csv -NoTypeInformation</code>
/// <para>Write a table with a row for each account and a column for each control.</para>
/// </example>
/// <example>
/// <code>
/// $results = Invoke-CisAssessment
/// $summary = $results | Measure-CisAssessment
/// "Pass rate $($summary.PassRate) %, $($summary.Fail) fail, $($summary.Unknown) unknown"
/// exit $summary.ExitCode
/// </code>
/// <para>Set the exit code of a build from the results. The text goes to the build log.</para>
/// </example>
/// <returns>The counts, the pass rate and the exit code of the results; with -By those of each group; with -Matrix the statuses of each account.</returns>
/// <seealso cref="InvokeCisAssessmentCommand"/>
/// <seealso cref="GetCisAccountCommand"/>
/// <seealso href="about_CisAws_Statuses"/>
/// <seealso href="about_CisAws_Automation"/>
[Cmdlet(VerbsDiagnostic.Measure, "CisAssessment", DefaultParameterSetName = SummarySet, HelpUri = HelpPages.Address + "Measure-CisAssessment.md")]
[OutputType(typeof(CisSummary), typeof(CisCount), typeof(PSObject))]
public sealed class MeasureCisAssessmentCommand : CisCmdlet
{
    private const string SummarySet = "Summary";
    private const string GroupSet = "Group";
    private const string MatrixSet = "Matrix";

    private readonly List<CountedResult> _results = [];

    // By their ID: the results of one run may come from several documents.
    private readonly Dictionary<Guid, AssessmentRun> _runs = [];

    /// <summary>Results of Invoke-CisAssessment, live or read from a file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    [AllowNull]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject?[]? InputObject { get; set; }

    /// <summary>
    /// Returns the counts of each account, organizational unit, section or level, instead of the summary. An organizational unit has the counts of all
    /// accounts in it and in the units below it. With OrganizationalUnit and Account, the accounts are listed below their unit.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = GroupSet)]
    [ValidateNotNullOrEmpty]
    public CisGrouping[] By { get; set; } = [];

    /// <summary>
    /// Returns a row for each account, with the status of each control, instead of the summary. Export-Csv writes a column for each control.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = MatrixSet)]
    public SwitchParameter Matrix { get; set; }

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
                _runs[result.RunId] = result.Run;
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
        if (Matrix)
        {
            foreach (var row in CisAccountStatus.Of(_results))
            {
                WriteObject(WithControls(row));
            }

            return;
        }

        if (By.Length > 0)
        {
            WriteObject(new CisSummary(_results, calls: null, duration: null).By(By), enumerateCollection: true);
            return;
        }

        var ended = _runs.Count > 0 && _runs.Values.All(r => r.Duration is not null);
        WriteObject(new CisSummary(
            _results,
            ended ? _runs.Values.Sum(r => r.Calls) : null,
            ended ? TimeSpan.FromTicks(_runs.Values.Sum(r => r.Duration!.Value.Ticks)) : null));
    }

    /// <summary>The row as an object with a property for each control, in the order that Export-Csv is to write them in.</summary>
    private static PSObject WithControls(CisAccountStatus row)
    {
        var item = new PSObject();
        item.TypeNames.Insert(0, typeof(CisAccountStatus).FullName);
        Add(nameof(row.AccountId), row.AccountId);
        Add(nameof(row.AccountName), row.AccountName);
        Add(nameof(row.OrganizationalUnit), row.OrganizationalUnit);
        foreach (var (control, status) in row.StatusOf)
        {
            Add(control, status?.ToString());
        }

        Add(nameof(row.Statuses), row.Statuses);
        Add(nameof(row.Controls), row.Controls);
        return item;

        void Add(string name, string? value) => item.Properties.Add(new PSNoteProperty(name, value));
    }
}
