using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Loading;
using CisAws.Programs;
using CisAws.Reports;
using CisAws.Text;

namespace CisAws.PowerShell.Commands;

/// <summary>Reads the decisions in an action plan: exemptions and attestations. Pipe them to Set-CisProgram.</summary>
/// <remarks>
/// <para>Export-CisReport writes an action plan: one row for each failing finding, and for each control that is Manual or Unknown. Fill in the columns of
/// the decision in a spreadsheet or a script:</para>
/// <para>Decision: Accept returns an exemption for the failure. Passed and Failed return an attestation of a Manual control. Fix, and an empty cell, return
/// nothing; -Verbose counts them.</para>
/// <para>DecisionReason, Owner and DueDate are required for Accept, Passed and Failed. DueDate is the last day on which the exemption or attestation is
/// valid, such as 2027-03-31. Other forms of dates are refused, because 03/04/2027 is not the same day everywhere. Ticket is optional.</para>
/// <para>FindingKey identifies the finding of a row. Do not change it, nor Status. The file can be a workbook (.xlsx), or text in UTF-8 or UTF-16 with
/// commas, semicolons or tabs between the cells. In a workbook, DueDate can be a date in any format of the spreadsheet.</para>
/// <para>A row that is not valid is an error with its number and column; the other rows are returned. Nothing is stored; pipe the output to
/// Set-CisProgram.</para>
/// </remarks>
/// <parameter name="Path">Action plans (.plan.xlsx, .plan.csv). Wildcards are accepted.</parameter>
/// <parameter name="LiteralPath">Action plans. Wildcard characters are read literally.</parameter>
/// <example>
/// <code>Import-CisActionPlan ./account.plan.csv</code>
/// <para>Show the exemptions and attestations that a plan decides.</para>
/// </example>
/// <example>
/// <code>Import-CisActionPlan ./account.plan.csv | Set-CisProgram norrvik</code>
/// <para>Add them to a program.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem . -Filter *.plan.csv | Import-CisActionPlan | Where-Object Expires -lt ([datetime]::Today.AddDays(30))</code>
/// <para>Find decisions in several plans that expire within 30 days.</para>
/// </example>
/// <example>
/// <code>
/// Import-CisActionPlan ./account.plan.csv -ErrorAction Stop | Set-CisProgram norrvik -ErrorAction Stop
/// exit (Invoke-CisAssessment -Program norrvik | Measure-CisAssessment).ExitCode
/// </code>
/// <para>Import the decisions before a nightly assessment. If a row is not valid, the script ends before the program is changed.</para>
/// </example>
/// <returns>An exemption or an attestation.</returns>
/// <seealso cref="ExportCisReportCommand"/>
/// <seealso cref="SetCisProgramCommand"/>
/// <seealso cref="NewCisExemptionCommand"/>
/// <seealso cref="NewCisAttestationCommand"/>
/// <seealso href="about_CisAws_Programs"/>
[Cmdlet(VerbsData.Import, "CisActionPlan", DefaultParameterSetName = PathSet, HelpUri = HelpPages.Address + "Import-CisActionPlan.md")]
[OutputType(typeof(CisExemption), typeof(CisAttestation))]
public sealed class ImportCisActionPlanCommand : PathCommand
{
    private protected override void OnFile(string file)
    {
        if (Read(file, () => RowsOf(file)) is not { } rows)
        {
            return;
        }

        foreach (var row in rows)
        {
            Write(file, row);
        }

        WriteVerbose(FormattableString.Invariant(
            $"{file}: {rows.Count(r => r.Entry is CisExemption)} accepted, {rows.Count(r => r.Entry is CisAttestation)} attested, {rows.Count(r => r.Decision == ActionPlanDecision.Fix && r.Problems.Count == 0)} to fix, {rows.Count(r => r.Decision == ActionPlanDecision.None && r.Problems.Count == 0)} without a decision, {rows.Count(r => r.Problems.Count > 0)} not valid."));
    }

    private protected override ErrorRecord NotRead(string from, Exception e) => CisErrors.NoActionPlan(from, e);

    private static List<ActionPlanRow> RowsOf(string file)
    {
        // A spreadsheet keeps the file open.
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return [.. ActionPlanFile.Read(stream, DateTimeOffset.UtcNow, LibraryLoader.Spreadsheets)];
    }

    private void Write(string file, ActionPlanRow row)
    {
        foreach (var problem in row.Problems)
        {
            WriteError(CisErrors.InvalidActionPlanRow(file, row.Number, problem));
        }

        if (row.Expires is { } day && day < DateTime.UtcNow.Date)
        {
            WriteWarning(FormattableString.Invariant($"{file}, row {row.Number}: the decision expired on {IsoDate.Write(day)} and has no effect."));
        }

        if (row.Entry is not null)
        {
            WriteObject(row.Entry);
        }
    }
}
