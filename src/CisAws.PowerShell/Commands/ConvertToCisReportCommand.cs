using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Errors;
using CisAws.Reports;

namespace CisAws.PowerShell.Commands;

/// <summary>Creates a report of results as text, to process it further or to send it. Export-CisReport writes it to a file.</summary>
/// <remarks>
/// <para>Returns one string, whatever the number of results. A report of a run that ended early says so.</para>
/// </remarks>
/// <example>
/// <code>Invoke-CisAssessment | ConvertTo-CisReport -Format Csv</code>
/// <para>Show an assessment as CSV, one row for each finding.</para>
/// </example>
/// <example>
/// <code>Invoke-CisAssessment | ConvertTo-CisReport -Format Csv | ConvertFrom-Csv | Group-Object ResourceType, Status -NoElement</code>
/// <para>Count the findings by resource type and status.</para>
/// </example>
/// <example>
/// <code>
/// $report = ConvertTo-CisReport -InputObject results.json -Format Csv -ErrorAction Stop
/// Set-Content report.csv $report
/// </code>
/// <para>Create a report of a saved run in a scheduled task that fails if the file cannot be read.</para>
/// </example>
/// <returns>The text of the report.</returns>
/// <seealso cref="ExportCisReportCommand"/>
/// <seealso cref="ConvertToCisJsonCommand"/>
[Cmdlet(VerbsData.ConvertTo, "CisReport", HelpUri = HelpPages.Address + "ConvertTo-CisReport.md")]
[OutputType(typeof(string))]
public sealed class ConvertToCisReportCommand : ReportCommand
{
    /// <summary>The format of the report.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public ReportFormat Format { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (!ReportFormats.Of(Format).IsText)
        {
            ThrowTerminatingError(CisErrors.InvalidArgument(
                "ReportIsNotText", $"A report in the format {Format} is not text.", Format, "Use Export-CisReport to write it to a file."));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(ReportFormats.Of(Format).ToText(Content()));
}
