using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Text;

namespace CisAws.Assessments;

/// <summary>Assessments of evidence that was collected before: the same evidence, controls and time give the same results, down to the ID of the run.</summary>
internal static class OfflineRun
{
    private static readonly Guid Space = new("8f6b1f0c-52a4-4b52-9a3e-3c9f8f2a7d10");

    /// <summary>The assessment of the evidence of an account.</summary>
    /// <param name="controls">The controls, in their order.</param>
    /// <param name="evidence">The evidence.</param>
    /// <param name="regions">The regions to look at; empty for those that the evidence was collected in.</param>
    /// <param name="asOf">The time that ages are computed for.</param>
    /// <param name="others">The evidence of other accounts; null for none.</param>
    public static Assessment Of(
        IReadOnlyList<CisControl> controls, CisEvidence evidence, IReadOnlyCollection<string> regions, DateTimeOffset asOf, EvidenceSet? others)
    {
        var run = string.Join(
            "\n",
            controls.Select(c => c.Owner).Distinct().Select(p => ProgramFormat.Write(p))
                .Concat(controls.Select(c => c.ControlId.ToString()))
                .Concat(regions)
                .Append(asOf.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture))
                .Append(evidence.Sha256));
        return new Assessment(controls, regions, asOf, others, NamedGuid.Of(Space, run));
    }

    /// <summary>The results of all controls of a program, as of the time of the collection.</summary>
    /// <param name="program">The program.</param>
    /// <param name="evidence">The evidence.</param>
    /// <param name="others">The evidence of other accounts; null for none.</param>
    /// <param name="cancellationToken">Ends the assessment.</param>
    /// <exception cref="OutOfScopeException">The account is not one that the program is for.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static IReadOnlyList<CisResult> Results(CisProgram program, CisEvidence evidence, EvidenceSet? others, CancellationToken cancellationToken)
    {
        var results = new List<CisResult>();
        // Nothing is waited for: what was collected is there.
        Of(program.Controls, evidence, program.RegionsInScope, evidence.Evidence.CollectedAt, others)
            .RunAsync(evidence.Evidence, results.Add, cancellationToken).GetAwaiter().GetResult();
        return results;
    }

    /// <summary>The evidence of several accounts side by side, the latest of each account; null for one account, which has no others.</summary>
    public static EvidenceSet? SetOf(IEnumerable<CisEvidence> evidence)
    {
        var latest = evidence.GroupBy(e => e.AccountId, StringComparer.Ordinal).Select(g => g.OrderBy(e => e.CollectedAt).Last().Evidence).ToList();
        return latest.Count > 1 ? new EvidenceSet(latest) : null;
    }
}
