using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Host;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Loading;
using CisAws.Reports;
using CisAws.Text;

namespace CisAws.PowerShell.Commands;

/// <summary>Writes a report of results to a file, for people or for other programs.</summary>
/// <remarks>
/// <para>The name of the file identifies the format: report.csv is a CSV file. With -Format it can have any name. Missing folders are created. The file is
/// written as a whole or not at all. An existing file is overwritten only with -Force; without it the error comes before an assessment in the same
/// pipeline begins.</para>
/// <para>If the pipeline ends early, by an error or by Ctrl+C, the report is written of the results until then, and says that it is not complete. Without
/// any results it is not written. A report of results that Select-Object -First cut off says so too. Accounts that could not be assessed are in the
/// report as Unknown.</para>
/// <para>The IDs of findings are the same in every run, so that programs that import reports recognise a finding.</para>
/// </remarks>
/// <example>
/// <code>Invoke-CisAssessment | Export-CisReport report.html</code>
/// <para>Assess an account, and write a report for people: one file, which a browser shows without a network and prints.</para>
/// </example>
/// <example>
/// <code>Invoke-CisAssessment | Export-CisReport report.csv</code>
/// <para>Assess an account, and write a file with one row for each finding.</para>
/// </example>
/// <example>
/// <code>Invoke-CisAssessment | Export-CisReport report.xlsx</code>
/// <para>Assess an account, and write a workbook for Excel and other spreadsheets.</para>
/// </example>
/// <example>
/// <code>Invoke-CisAssessment | Export-CisReport account.plan.xlsx</code>
/// <para>Assess an account, and write an action plan as a workbook, or as CSV with the name account.plan.csv: fill in the decisions, and read them with
/// Import-CisActionPlan.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem results.json | Export-CisReport reports/results.csv -Force</code>
/// <para>Create a report of a saved run.</para>
/// </example>
/// <example>
/// <code>Invoke-CisAssessment '1.*' | Export-CisReport iam.txt -Format Csv -PassThru | Copy-Item -Destination ./archive.txt</code>
/// <para>Give the file a name of your own, and process it further.</para>
/// </example>
/// <example>
/// <code>
/// $results = Import-Csv accounts.csv | Invoke-CisAssessment
/// $results | Export-CisReport "reports/$(Get-Date -Format yyyy-MM-dd).csv" -Force -ErrorAction Stop
/// exit ($results | Measure-CisAssessment).ExitCode
/// </code>
/// <para>Write a report of many accounts in a scheduled task.</para>
/// </example>
/// <returns>The file, if -PassThru is specified.</returns>
/// <seealso cref="ConvertToCisReportCommand"/>
/// <seealso cref="ImportCisActionPlanCommand"/>
/// <seealso cref="InvokeCisAssessmentCommand"/>
/// <seealso cref="ConvertToCisJsonCommand"/>
/// <seealso cref="GetCisTrendCommand"/>
[Cmdlet(VerbsData.Export, "CisReport", SupportsShouldProcess = true, HelpUri = HelpPages.Address + "Export-CisReport.md")]
[OutputType(typeof(FileInfo))]
public sealed class ExportCisReportCommand : ReportCommand
{
    private ReportWriter? _writer;

    private string _file = "";

    private bool _isPending;

    /// <summary>The file to write. Missing folders are created.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The format of the report. Default: the one that the name of the file identifies, such as Csv for report.csv.</summary>
    [Parameter(Position = 1)]
    public ReportFormat? Format { get; set; }

    /// <summary>Overwrites an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Does not overwrite an existing file, which is the default; also if -Force is specified.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Returns the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private bool Overwrites => Force && !NoClobber;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _file = GetUnresolvedProviderPathFromPSPath(Path);
        if ((Format ?? ReportFormats.OfFile(_file)) is not { } format)
        {
            ThrowTerminatingError(CisErrors.NoReportFormat(_file));
            return;
        }

        _writer = ReportFormats.Of(format, _file, LibraryLoader.Spreadsheets);
        // Here and not at the end: an assessment of an hour must not be lost to a file that exists.
        if (Directory.Exists(_file))
        {
            ThrowTerminatingError(CisErrors.ReportNotWritten(_file, new IOException("It is a folder and not a file.")));
        }

        if (!Overwrites && File.Exists(_file))
        {
            ThrowTerminatingError(CisErrors.ReportNotWritten(_file, new FileExistsException()));
        }

        _isPending = ShouldProcess(_file, $"Export report ({format})");
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!_isPending)
        {
            return;
        }

        _isPending = false;
        try
        {
            Write(ending: null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(CisErrors.ReportNotWritten(_file, e));
        }

        if (!HasResults)
        {
            WriteWarning($"The report contains no results: {_file}");
        }

        if (PassThru)
        {
            WriteObject(new FileInfo(_file));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // A pipeline that ends by an error or by Ctrl+C calls nothing else any more.
        if (disposing && _isPending && HasResults)
        {
            _isPending = false;
            WriteEnded(Stop.IsCancellationRequested ? "was stopped" : "ended with an error");
        }

        base.Dispose(disposing);
    }

    private void WriteEnded(string how)
    {
        string warning;
        try
        {
            Write($"The pipeline {how} before the assessment was complete. The report contains the results until then.");
            warning = $"The pipeline {how}. The report contains the results until then: {_file}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            warning = CisErrors.ReportNotWritten(_file, e).Exception.Message;
        }

        try
        {
            // The streams of the pipeline are closed.
            Host.UI?.WriteWarningLine(TerminalText.EscapeLines(warning));
        }
        catch (Exception e) when (e is HostException or PSNotSupportedException or NotImplementedException or InvalidOperationException)
        {
            // A host without a screen; the report itself says that it ended early.
        }
    }

    private void Write(string? ending) => AtomicFile.Create(_file, Overwrites, stream => _writer!.Write(Content(ending), stream));
}
