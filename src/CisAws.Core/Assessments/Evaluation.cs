using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Assessments;

/// <summary>Decides a control from collected evidence: synchronous, pure, and the same whether the evidence is live or from a file.</summary>
internal static class Evaluation
{
    /// <summary>The result of a control.</summary>
    /// <param name="control">The control with the settings of the account.</param>
    /// <param name="views">What each of its rules declared, collected; in their order.</param>
    /// <param name="run">The run that the result belongs to.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static CisResult Of(CisControl control, IReadOnlyList<EvidenceView> views, AssessmentRun run, CancellationToken cancellationToken)
    {
        var assessed = AssessedControl.Of(control);
        var results = control.Rules.Zip(views, (rule, view) => Decide(control, assessed, rule, view, run, cancellationToken)).ToList();
        var status = RollUp.Worst(results.Select(r => r.Status));
        var deciding = results.Where(r => r.Status == status).ToList();
        return new CisResult(
            ResultValues.Of(assessed, views[0].Account.AccountId, run) with
            {
                Status = status,
                ReasonCode = deciding[0].ReasonCode,
                Reason = string.Join(" ", deciding.SelectMany(r => r.Sentences).Distinct()),
                Incomplete = results.Exists(r => r.Incomplete),
                Findings = [.. results.SelectMany(r => r.Findings).Select(f => f.Values)],
                ReadFailures = [.. results.SelectMany(r => r.ReadFailures).Distinct()],
            },
            run);
    }

    private static RuleResult Decide(
        CisControl control, AssessedControl assessed, Rule rule, EvidenceView view, AssessmentRun run, CancellationToken cancellationToken)
    {
        var context = new RuleContext(view, control.Values, run.StartedAt, control.ControlOf, cancellationToken);
        var needs = rule.Needs(control.Values);
        var regional = needs.Any(EvidenceCollector.IsRegional);
        // With no region to look at, a rule would take what was not looked at for what is not there.
        var nowhere = regional && view.Scope is { InScope.Count: 0, Disabled.Count: > 0 };
        var decided = (nowhere ? view.Scope.Disabled.Select(NotEnabled) : rule.Evaluate(context))
            .Select(f => new CisFinding(assessed, view.Account.AccountId, FindingValues.Of(rule.Id, f), run));
        var findings = ExemptionsAndAttestations.Of(control.Owner, decided, run.StartedAt).ToList();
        var partial = regional && view.Scope.IsPartial && view.Scope.InScope.Count > 0;
        var (status, code, reason) = RollUp.Of(findings, rule, context, partial ? view.Scope.ToString() : null);
        var unread = view.ReadFailures(needs).ToList();
        var proven = rule.IsExistential(control.Values) && status == CisStatus.Pass;
        string?[] sentences = nowhere
            ? [RegionScope.NotEnabled(view.Scope.Disabled)]
            : [
                reason, rule.ReasonSuffix(context),
                regional && view.Scope.Disabled.Count > 0 ? RegionScope.NotEnabled(view.Scope.Disabled) : null,
            ];
        return new RuleResult(
            status, code, [.. sentences.OfType<string>()], findings, [.. unread, .. context.ReadFailures],
            partial || (!proven && (unread.Count > 0 || findings.Exists(f => f.Status == CisStatus.Unknown))));
    }

    private static RuleFinding NotEnabled(string region) => new(
        new CisResource("AWS::Region", region, "", region), CisStatus.Unknown, nameof(ReadFailureKind.RegionDisabled), RegionScope.NotEnabled([region]),
        plural: "the region is not enabled in the account");

    private sealed record RuleResult(
        CisStatus Status, string ReasonCode, IReadOnlyList<string> Sentences, IReadOnlyList<CisFinding> Findings, IReadOnlyList<ReadFailure> ReadFailures,
        bool Incomplete);
}
