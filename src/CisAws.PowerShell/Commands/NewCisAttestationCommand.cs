using System;
using System.Linq;
using System.Management.Automation;
using CisAws.Benchmarks;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Controls;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Programs;
using CisAws.Programs;
using CisAws.Text;

namespace CisAws.PowerShell.Commands;

/// <summary>Creates an attestation: a person's statement about a control that only a person can decide. Pipe it to Set-CisProgram.</summary>
/// <remarks>
/// <para>Only a person can decide 1.17, 4.4 and controls that a setting makes Manual. An attestation in a program is valid for a limited time; after
/// that the control is Manual again. It never changes a status that CisAws can determine itself. Exclude 1.15 with Set-CisProgram -ExcludeControl
/// instead of attesting it: AWS has withdrawn security questions.</para>
/// <para>Specify -Frequency or -Expires. If both are given, the earlier day applies. The attestation is not stored; pipe it to Set-CisProgram.</para>
/// </remarks>
/// <example>
/// <code>New-CisAttestation '1.17' -Status Passed -Explanation 'Compared with the contract.' -UpdatedBy 'A. Lind' -Frequency annually</code>
/// <para>Attest for a year that the contact details are correct.</para>
/// </example>
/// <example>
/// <code>
/// New-CisAttestation '4.4' -Status Passed -Explanation 'Reviewed the routes.' -UpdatedBy 'A. Lind' -Frequency 90d -Evidence SEC-77 |
///     Set-CisProgram norrvik
/// </code>
/// <para>Add an attestation to a program.</para>
/// </example>
/// <example>
/// <code>New-CisAttestation '1.17', '4.4' -Status Passed -Explanation 'Audit 2026.' -UpdatedBy 'A. Lind' -Frequency annually</code>
/// <para>Attest several controls after an audit.</para>
/// </example>
/// <example>
/// <code>
/// Import-Csv answers.csv |
///     ForEach-Object { New-CisAttestation $_.ControlId -Status $_.Status -Explanation $_.Answer -UpdatedBy $_.By -Frequency quarterly } |
///     Set-CisProgram norrvik -ErrorAction Stop
/// </code>
/// <para>Import the answers of a form in a scheduled task. If the program cannot be written, the script ends.</para>
/// </example>
/// <returns>An attestation.</returns>
/// <seealso cref="ImportCisAttestationCommand"/>
/// <seealso cref="SetCisProgramCommand"/>
/// <seealso href="about_CisAws_Programs"/>
[Cmdlet(VerbsCommon.New, "CisAttestation", HelpUri = HelpPages.Address + "New-CisAttestation.md")]
[OutputType(typeof(CisAttestation))]
public sealed class NewCisAttestationCommand : CisCmdlet
{
    /// <summary>
    /// IDs of controls, or wildcards, which select the controls that a person may have to decide. Enclose IDs in quotation marks: PowerShell reads
    /// 1.10 as the number 1.1.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ControlIdArgument]
    [ArgumentCompleter(typeof(ManualControlCompleter))]
    public string[] ControlId { get; set; } = [];

    /// <summary>Passed: the requirement is met. Failed: it is not met.</summary>
    [Parameter(Mandatory = true)]
    public AttestationStatus Status { get; set; }

    /// <summary>How this was established.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string Explanation { get; set; } = "";

    /// <summary>Who attests it.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string UpdatedBy { get; set; } = "";

    /// <summary>The day of the attestation. Default: today.</summary>
    [Parameter]
    [DayArgument]
    [ArgumentCompleter(typeof(NoCompleter))]
    public DateTime Updated { get; set; } = DateTime.UtcNow;

    /// <summary>
    /// How long the attestation is valid: annually, semiannually, quarterly, monthly, every2weeks, weekly, every3days, daily, or a number of days,
    /// weeks, months or years such as 90d, 2w, 3m and 1y.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(FrequencyCompleter))]
    public string? Frequency { get; set; }

    /// <summary>
    /// The last day on which the attestation is valid, instead of -Frequency: a date such as 2027-03-31, or a period from today such as 90d, 2w, 3m or
    /// 1y. If both are given, the earlier day applies.
    /// </summary>
    [Parameter]
    [DayArgument(AllowPeriod = true)]
    [ArgumentCompleter(typeof(PeriodCompleter))]
    public DateTime? Expires { get; set; }

    /// <summary>Where the evidence is: a link, a document or a ticket.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Evidence { get; set; }

    /// <summary>The account that is attested. Default: every account of the program.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? AccountId { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Frequency is null && Expires is null)
        {
            ThrowTerminatingError(CisErrors.InvalidArgument(
                "NoExpiry", "The attestation has no expiry.", null, "Specify -Frequency, such as annually, or -Expires with a day."));
        }

        if (Frequency is not null && Frequencies.After(DateTime.UtcNow, Frequency) is null)
        {
            ThrowTerminatingError(CisErrors.InvalidArgument(
                "InvalidFrequency", $"'{Frequency}' is not a valid frequency.", Frequency, $"Valid values: {Frequencies.Words}."));
        }

        foreach (var id in ControlId)
        {
            // A wildcard means those of its controls that a person may have to judge.
            var controls = Wildcard.IsIn(id)
                ? ControlLookup.BenchmarkOf(null).Named(id).Where(c => c.SupportsAttestation()).ToList()
                : ControlLookup.All.Named(id).ToList();
            if (controls.Count == 0)
            {
                WriteError(CisErrors.UnknownControl(id, ControlLookup.All));
            }
            else if (controls.FirstOrDefault(c => Benchmark.Default.Controls.Contains(c)) is { } control && !control.SupportsAttestation())
            {
                // In another benchmark the id can be that of a control that a person decides.
                WriteWarning($"The attestation of {id} has no effect in {Benchmark.Default.Id}: a rule decides {id}. To accept a failure, use New-CisExemption.");
            }

            foreach (var controlId in controls.Select(c => c.ControlId).Distinct())
            {
                Write(controlId);
            }
        }
    }

    private void Write(ControlId controlId)
    {
        var attestation = new CisAttestation
        {
            ControlId = new(controlId),
            Status = Status,
            Explanation = Explanation,
            Updated = IsoDate.Of(Updated),
            UpdatedBy = UpdatedBy,
            Frequency = Frequency,
            Expires = Expires is { } day ? IsoDate.Of(day) : null,
            Evidence = string.IsNullOrEmpty(Evidence) ? null : Evidence,
            AccountId = string.IsNullOrEmpty(AccountId) ? null : AccountId,
        };
        if (attestation.ValidUntil < DateTime.UtcNow.Date)
        {
            WriteWarning($"The attestation of {controlId} expired on {IsoDate.Write(attestation.ValidUntil)} and has no effect.");
        }

        WriteObject(attestation);
    }
}
