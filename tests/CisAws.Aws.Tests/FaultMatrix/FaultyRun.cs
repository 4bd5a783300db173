using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Aws.Calls;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Aws.Tests.FaultMatrix;

/// <summary>What an account came to when the calls of one action failed, held against what it comes to when they do not.</summary>
internal sealed class FaultyRun
{
    /// <summary>Where a report cannot be generated, the stored one counts.</summary>
    private const string Replaceable = "iam:GenerateCredentialReport";

    private readonly string _action;
    private readonly FaultKind _fault;
    private readonly IReadOnlyList<FaultyRead> _read;
    private readonly AccountEvidence _right;

    /// <param name="action">The action whose calls failed.</param>
    /// <param name="fault">How.</param>
    /// <param name="read">What was read.</param>
    /// <param name="results">The results.</param>
    /// <param name="right">The evidence when all calls succeed.</param>
    /// <param name="rightResults">The results when all calls succeed.</param>
    public FaultyRun(
        string action, FaultKind fault, IReadOnlyList<FaultyRead> read, IReadOnlyList<CisResult> results, AccountEvidence right,
        IReadOnlyDictionary<string, CisResult> rightResults)
    {
        _action = action;
        _fault = fault;
        _read = read;
        _right = right;
        Results = results;
        ChangedToUnknown = results.Count(r => r.Status == CisStatus.Unknown && rightResults[r.RuleId.ToString()].Status != CisStatus.Unknown);
        var problems = results.SelectMany(r => ResultCheck.Problems(r, rightResults[r.RuleId.ToString()], fault.Failures is null ? null : IsOfFault));
        Wrong = [.. Facts().Concat(Others()).Concat(problems).Select(p => $"{action}, {fault}: {p}")];
        if (fault.IsRecovered && ChangedToUnknown > 0)
        {
            Wrong = [.. Wrong, $"{action}, {fault}: {ChangedToUnknown} results became Unknown"];
        }
    }

    public IReadOnlyList<CisResult> Results { get; }

    public int ChangedToUnknown { get; }

    public int Kept => Results.Count - ChangedToUnknown;

    /// <summary>A sentence for each thing that is not as it should be.</summary>
    public IReadOnlyList<string> Wrong { get; }

    /// <summary>Facts that are known although a call failed, or that do not state what failed.</summary>
    private IEnumerable<string> Facts() =>
        _fault.Failures is not { } kinds || _action == Replaceable ? [] : _read
            .Where(f => f.IsTouched && (f.Observation.Failure is not { } why || !kinds.Contains(why.Kind) || !IsOfFault(why) || why.Message.Length == 0))
            .Select(f => $"{f.Kind} '{f.Subject}' is {f.Observation}");

    /// <summary>Facts that could not be read although their calls succeeded. An action that hangs is not called again.</summary>
    private IEnumerable<string> Others() => _read
        .Where(f => !f.IsTouched && f.Observation.Failure is { } why && _right.Get(f.Kind, f.Subject).Failure is null &&
            !(IsOfFault(why) && why.Message.StartsWith(CallLimiter.NotCalled, StringComparison.Ordinal)))
        .Select(f => $"{f.Kind} '{f.Subject}' is {f.Observation}, although its calls succeeded");

    /// <summary>With a token that has expired, whatever is called next fails.</summary>
    private bool IsOfFault(ReadFailure why) => _fault.Scope == FaultScope.FromThenOn || why.Action == _action;
}
