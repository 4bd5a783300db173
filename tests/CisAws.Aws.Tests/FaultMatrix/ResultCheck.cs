using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Aws.Tests.FaultMatrix;

/// <summary>
/// Holds a result against what it is when all calls succeed. What is expected follows from the declarations of the rules: a control is
/// Unknown and names the action if a fact that one of its rules needs could not be read, unless other facts prove its status.
/// </summary>
internal static class ResultCheck
{
    /// <summary>Both the credential report and the account summary contain whether the root user has access keys.</summary>
    private const string DecidedByEither = "iam-root-access-keys";

    /// <summary>A sentence for each thing that is not as it should be.</summary>
    /// <param name="result">The result when calls failed.</param>
    /// <param name="right">The result when they succeed.</param>
    /// <param name="isOfFault">Whether a failure is one of these calls; null where what they answer may be understood.</param>
    public static IEnumerable<string> Problems(CisResult result, CisResult right, Func<ReadFailure, bool>? isOfFault)
    {
        if (result.ReasonCode == "RuleError")
        {
            yield return $"{result.ControlId}: {result.Reason}";
        }

        if (result.Status != right.Status && result.Status != CisStatus.Unknown)
        {
            yield return $"{result.ControlId} {right.Status} -> {result.Status} ({result.Reason})";
        }

        foreach (var problem in Findings(result, right).Concat(isOfFault is null ? [] : Proofs(result, right, isOfFault)))
        {
            yield return $"{result.ControlId}{problem}";
        }
    }

    /// <summary>Each finding has the status that it has without the fault, or is Unknown; none is missing without a word.</summary>
    private static IEnumerable<string> Findings(CisResult result, CisResult right)
    {
        var findings = right.Findings.ToLookup(f => (f.ResourceType, f.ResourceId, f.ResourceArn, f.Region));
        foreach (var finding in result.Findings.Where(f => f.Status != CisStatus.Unknown))
        {
            var before = findings[(finding.ResourceType, finding.ResourceId, finding.ResourceArn, finding.Region)].ToList();
            if (before.All(b => b.Status != finding.Status))
            {
                yield return $", {finding.ResourceId}: {(before.Count == 0 ? "none" : before[0].Status.ToString())} -> {finding.Status} ({finding.Reason})";
            }
        }

        if (result.Findings.Count < right.Findings.Count && result.Status != CisStatus.Unknown && !result.Incomplete)
        {
            yield return $": {right.Findings.Count} findings -> {result.Findings.Count}, and the result does not say that it is incomplete";
        }

        if (result.Findings.Count > right.Findings.Count && result.Findings.All(f => f.Status != CisStatus.Unknown))
        {
            yield return $": {right.Findings.Count} findings -> {result.Findings.Count}";
        }
    }

    private static bool IsExistential(CisControl control) => control.Rules.Any(r => r.IsExistential(control.Values));

    /// <summary>A status that is kept is proved by what is known, and one that is not names the action.</summary>
    private static IEnumerable<string> Proofs(CisResult result, CisResult right, Func<ReadFailure, bool> isOfFault)
    {
        // What the rules asked for and could not have: a fact that a rule did not ask for decides nothing.
        var missing = result.ReadFailures.Except(right.ReadFailures).ToList();
        if (result.Status == right.Status)
        {
            var isProved = missing.Count == 0 || result.Status switch
            {
                // A resource that fails does so whatever the others do.
                CisStatus.Fail => result.Incomplete,
                // A person decides, and has to know what is not shown.
                CisStatus.Manual => result.Incomplete && missing.TrueForAll(m => IsNamed(result, m)),
                CisStatus.Pass => IsExistential(FaultyAccount.Controls.Single(c => c.RuleId.Equals(result.RuleId))) || (result.Incomplete && result.RuleId.Contains(DecidedByEither)),
                CisStatus.Unknown => true,
                _ => false,
            };
            if (!isProved)
            {
                yield return $" stays {result.Status} (incomplete: {result.Incomplete}), although it needs what could not be read: {missing[0]}";
            }

            yield break;
        }

        if (!missing.Exists(m => isOfFault(m)))
        {
            yield return $" is {result.Status}, although nothing that it needs is missing ({result.Reason})";
        }

        if (!missing.Exists(m => IsNamed(result, m)))
        {
            yield return $" does not name what is missing ({result.Reason})";
        }

        if (!result.Incomplete)
        {
            yield return $" is {result.Status} and does not say that it is incomplete";
        }
    }

    /// <summary>The Reason names the first of several causes, and the findings name each.</summary>
    private static bool IsNamed(CisResult result, ReadFailure why) =>
        result.Findings.Select(f => f.Reason).Append(result.Reason).Any(r => r.Contains(why.Action, StringComparison.Ordinal));
}
