using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Assessments;

/// <summary>
/// Which exemptions and attestations of a run have expired, and which exemptions matched nothing although all that they cover was assessed. Someone
/// relies on them, so there is a warning.
/// </summary>
internal sealed class StaleEntryReport
{
    private readonly HashSet<CisExemption> _expired = [];
    private readonly HashSet<CisAttestation> _lapsed = [];
    private readonly HashSet<CisExemption> _matched = [];
    private readonly Dictionary<CisExemption, HashSet<ControlId>> _looked = [];
    private readonly HashSet<CisExemption> _notLooked = [];
    private readonly Dictionary<CisExemption, CisProgram> _programs = [];

    /// <summary>Takes a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="program">The program that its control is from.</param>
    public void Add(CisResult result, CisProgram program)
    {
        var now = (DateTimeOffset)result.AssessedAt;
        foreach (var exemption in program.AllExemptions.Where(e => IsAbout(e, result)))
        {
            if (!ExemptionScope.IsInForce(exemption, now))
            {
                _expired.Add(exemption);
            }
            else if (result.Incomplete)
            {
                // What could not be read may hold the resource, in this account although not in another.
                _notLooked.Add(exemption);
            }
            else
            {
                _programs[exemption] = program;
                if (!_looked.TryGetValue(exemption, out var controls))
                {
                    _looked[exemption] = controls = [];
                }

                controls.Add(result.ControlId);
            }
        }

        _matched.UnionWith(result.Findings.Select(f => f.Exemption).OfType<CisExemption>());
        var current = result.Findings.Select(f => f.Attestation).OfType<CisAttestation>().Any();
        _lapsed.UnionWith(program.AllAttestations.Where(a =>
            !current && result.Status == CisStatus.Manual && a.ControlId.Matches(result.ControlId) && a.ValidUntil < now.UtcDateTime.Date &&
            (a.AccountId is null || a.AccountId == result.AccountId)));
    }

    /// <summary>The warnings: a sentence and a list each.</summary>
    public IEnumerable<string> Warnings()
    {
        var idle = _looked.Where(l => !_matched.Contains(l.Key) && !_notLooked.Contains(l.Key) && LookedAtAll(l.Key, l.Value)).Select(l => l.Key).ToList();
        return new[]
        {
            Tell(_expired, "exemption has expired and has no effect", "exemptions have expired and have no effect"),
            Tell(
                _lapsed, "attestation has expired, so its control is Manual again",
                "attestations have expired, so their controls are Manual again"),
            Tell(
                idle, "exemption matched no failure: the resource passes now, or no longer exists",
                "exemptions matched no failure: the resources pass now, or no longer exist"),
        }.OfType<string>();
    }

    private static bool IsAbout(CisExemption exemption, CisResult result) =>
        exemption.ControlId.Matches(result.ControlId) && (exemption.AccountId is null || exemption.AccountId == result.AccountId);

    private static string? Tell<T>(IReadOnlyCollection<T> entries, string one, string several) => entries.Count == 0
        ? null
        : $"{entries.Count} {(entries.Count == 1 ? one : several)}:{Environment.NewLine}" +
            string.Join(Environment.NewLine, entries.Select(e => "  " + e).OrderBy(t => t, StringComparer.Ordinal));

    private bool LookedAtAll(CisExemption exemption, HashSet<ControlId> looked) =>
        _programs[exemption].Controls.Where(c => exemption.ControlId.Matches(c.ControlId)).All(c => looked.Contains(c.ControlId));
}
