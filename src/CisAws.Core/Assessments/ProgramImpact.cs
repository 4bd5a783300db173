using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;

namespace CisAws.Assessments;

/// <summary>Which results differ between two programs, for accounts whose evidence is at hand.</summary>
internal static class ProgramImpact
{
    /// <summary>The results of each account that differ. Controls of different benchmarks are matched by the rules that decide them.</summary>
    /// <param name="reference">The first program.</param>
    /// <param name="difference">The second program.</param>
    /// <param name="evidence">The evidence of the accounts, each assessed as of the time of its collection.</param>
    /// <param name="cancellationToken">Ends the assessment.</param>
    /// <exception cref="OutOfScopeException">An account is not one that a program is for.</exception>
    public static IEnumerable<CisProgramDifference> Of(CisProgram reference, CisProgram difference, IReadOnlyList<CisEvidence> evidence, CancellationToken cancellationToken)
    {
        var others = OfflineRun.SetOf(evidence);
        return evidence.SelectMany(account => Of(
            OfflineRun.Results(reference, account, others, cancellationToken), OfflineRun.Results(difference, account, others, cancellationToken), reference.Benchmark == difference.Benchmark));
    }

    private static IEnumerable<CisProgramDifference> Of(IReadOnlyList<CisResult> reference, IReadOnlyList<CisResult> difference, bool sameBenchmark)
    {
        string Key(CisResult result) => sameBenchmark ? result.ControlId.ToString() : result.RuleId.ToString();
        var counterparts = difference.ToLookup(Key);
        return from a in reference
               from b in counterparts[Key(a)]
               where a.Status != b.Status || a.FailCount != b.FailCount
               select new CisProgramDifference(
                   ProgramAspect.Result, new(a.ControlId), a.ControlId.CompareTo(b.ControlId) == 0 ? "" : b.ControlId.ToString(), a.AccountId, Print(a), Print(b));
    }

    private static string Print(CisResult result) => result.FailCount == 0 ? result.Status.ToString() : FormattableString.Invariant($"{result.Status} ({result.FailCount} failed)");
}
