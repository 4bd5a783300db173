using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Errors;
using CisAws.Results;
using CisAws.Text;

namespace CisAws.PowerShell.Commands;

/// <summary>Converts results to JSON, to keep them or to hand them to another program. ConvertFrom-CisJson returns the same results from it.</summary>
/// <remarks>
/// <para>The JSON contains everything of the results: findings with their facts, warnings, tags, exemptions and attestations, the settings in force,
/// what could not be read, the benchmark, the program and its version, the account, the run, and the version of CisAws. Counts and other properties
/// that follow from these are not repeated. Results of several accounts and runs can be in one document.</para>
/// <para>Its format is cisaws-results/1. The JSON schema is cis-results.schema.json in the folder schemas of the module. IDs and statuses are text,
/// and times are in UTC (ISO 8601). The text has a line for each result and each finding, so that two versions can be compared line by line. It
/// consists of ASCII characters, so that it is the same in every encoding: others are written as escapes such as \u00e5.</para>
/// <para>ConvertTo-Json also accepts results, but truncates them at the depth that is specified, and its output cannot be converted back.</para>
/// </remarks>
/// <example>
/// <code>Invoke-CisAssessment | ConvertTo-CisJson | Set-Content results.json</code>
/// <para>Keep the results of an assessment.</para>
/// </example>
/// <example>
/// <code>
/// $results = Import-Csv accounts.csv | Invoke-CisAssessment
/// foreach ($account in $results | Group-Object AccountId) {
///     $account.Group | ConvertTo-CisJson | Set-Content "runs/$($account.Name).json"
/// }
/// </code>
/// <para>Keep the results of many accounts, one file each.</para>
/// </example>
/// <example>
/// <code>
/// $results = Invoke-CisAssessment
/// $results | ConvertTo-CisJson | Set-Content "runs/$(Get-Date -Format yyyy-MM-dd).json"
/// exit ($results | Measure-CisAssessment).ExitCode
/// </code>
/// <para>Keep the results of every run of a scheduled task. Get-CisTrend shows how they develop, and Compare-CisAssessment what has changed.</para>
/// </example>
/// <returns>The JSON text.</returns>
/// <seealso cref="ConvertFromCisJsonCommand"/>
/// <seealso cref="InvokeCisAssessmentCommand"/>
[Cmdlet(VerbsData.ConvertTo, "CisJson", HelpUri = HelpPages.Address + "ConvertTo-CisJson.md")]
[OutputType(typeof(string))]
public sealed class ConvertToCisJsonCommand : CisCmdlet
{
    private readonly AsciiWriter _text = new();

    private ResultFile.Writer? _writer;

    /// <summary>Results of Invoke-CisAssessment or ConvertFrom-CisJson.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    [AllowNull]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject?[]? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _writer = new ResultFile.Writer(_text);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var item in InputObject ?? [])
        {
            if (item?.BaseObject is CisResult result)
            {
                _writer!.Add(result);
            }
            else if (item is not null)
            {
                WriteError(CisErrors.NotAWholeResult(item.BaseObject));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _writer!.End();
        WriteObject(_text.ToString());
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _text.Dispose();
        base.Dispose(disposing);
    }
}
