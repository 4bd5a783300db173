using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Assessments;

/// <summary>
/// What a program says of findings after the rule has: an attestation answers what only a person can decide, and an
/// exemption accepts a failure. Neither touches Unknown.
/// </summary>
internal static class ExemptionsAndAttestations
{
    /// <summary>The findings, with the attestations and exemptions of a program in force.</summary>
    public static IEnumerable<CisFinding> Of(CisProgram program, IEnumerable<CisFinding> findings, DateTimeOffset now)
    {
        var attestations = program.AllAttestations.ToList();
        var exemptions = program.AllExemptions.Where(e => ExemptionScope.IsInForce(e, now)).ToList();
        return attestations.Count + exemptions.Count == 0 ? findings : findings.Select(f => Except(Attest(f, attestations, now), exemptions));
    }

    private static CisFinding Attest(CisFinding finding, List<CisAttestation> attestations, DateTimeOffset now)
    {
        // The account's own statement goes before the program's; between programs the nearest comes first already.
        var attestation = finding.Status == CisStatus.Manual
            ? attestations
                .Where(a => a.ControlId.Matches(finding.ControlId) && (a.AccountId is null || a.AccountId == finding.AccountId))
                .OrderBy(a => a.ValidUntil < now.UtcDateTime.Date)
                .ThenBy(a => a.AccountId is null)
                .FirstOrDefault()
            : null;
        if (attestation is null)
        {
            return finding;
        }

        var said = $"{attestation.UpdatedBy} on {IsoDate.Write(attestation.Updated)}";
        if (attestation.ValidUntil < now.UtcDateTime.Date)
        {
            return finding.With($"{finding.Reason} The attestation of {said} was valid until {IsoDate.Write(attestation.ValidUntil)}.");
        }

        var (status, word) = attestation.Status == AttestationStatus.Passed ? (CisStatus.Pass, "passed") : (CisStatus.Fail, "failed");
        var facts = finding.Facts.Append(new CisFact("Question", finding.Reason));
        return finding.As(
            attestation, status, $"Attested as {word} by {said}, valid until {IsoDate.Write(attestation.ValidUntil)}: {attestation.Explanation}",
            attestation.Evidence is { } evidence ? facts.Append(new CisFact("Evidence", evidence)) : facts);
    }

    private static CisFinding Except(CisFinding finding, List<CisExemption> exemptions)
    {
        if (finding.Status != CisStatus.Fail || exemptions.Find(e => ExemptionScope.Covers(e, finding)) is not { } exemption)
        {
            return finding;
        }

        var ticket = exemption.Ticket is { } t ? $", {t}" : "";
        return finding.As(exemption, $"Exempt {exemption.Until} ({exemption.Owner}{ticket}): {exemption.Reason} It fails because: {finding.Reason}");
    }
}
