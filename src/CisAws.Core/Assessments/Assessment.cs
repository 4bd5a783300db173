using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Controls;
using CisAws.Evidence;

namespace CisAws.Assessments;

/// <summary>A control to assess, with its settings in force.</summary>
public sealed record PlannedControl(CisControl Control, SettingValues Settings);

/// <summary>Assesses one account: completes the evidence of all controls at once, and judges each as soon as it is there.</summary>
public sealed class Assessment
{
    private readonly IReadOnlyList<PlannedControl> _controls;
    private readonly string _program;
    private readonly IReadOnlyCollection<string> _regions;

    /// <summary>An assessment of the given controls.</summary>
    /// <param name="controls">The controls, with their settings; results come in this order.</param>
    /// <param name="program">The program's name, shown on the results.</param>
    /// <param name="regions">The regions to look at; empty for every enabled one.</param>
    /// <param name="now">When the run began (UTC); ages are counted to this time.</param>
    public Assessment(IReadOnlyList<PlannedControl> controls, string program, IReadOnlyCollection<string> regions, DateTimeOffset now)
    {
        _controls = controls;
        _program = program;
        _regions = regions;
        Run = new AssessmentRun(now);
    }

    /// <summary>The run that the results belong to.</summary>
    public AssessmentRun Run { get; }

    /// <summary>Runs the assessment, and hands each result over in the controls' order as soon as it and all before it are known.</summary>
    /// <param name="source">Where the evidence comes from.</param>
    /// <param name="onResult">Takes each result; called from one place at a time.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="UnknownRegionException">A region was named that does not exist.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task RunAsync(IEvidenceSource source, Action<CisResult> onResult, CancellationToken cancellationToken)
    {
        var store = new EvidenceStore(source, _regions, cancellationToken);
        if (_regions.Count > 0)
        {
            await CheckRegionsAsync(store).ConfigureAwait(false);
        }

        var results = _controls.Select(c => AssessAsync(c, store)).ToList();
        foreach (var result in results)
        {
            onResult(await result.ConfigureAwait(false));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>A misspelt region must not look like one without resources.</summary>
    private static async Task CheckRegionsAsync(EvidenceStore store)
    {
        var scope = await store.GetScopeAsync().ConfigureAwait(false);
        if (scope.Nonexistent.Count > 0)
        {
            throw new UnknownRegionException(scope.Nonexistent, scope.All);
        }
    }

    private async Task<CisResult> AssessAsync(PlannedControl planned, EvidenceStore store)
    {
        var rule = planned.Control.Rule;
        var needs = rule.Needs(planned.Settings);
        var optional = rule.OptionalNeeds(planned.Settings);
        var view = await store.CompleteAsync(needs.Concat(optional).Distinct().ToList(), $"Control {planned.Control.ControlId}").ConfigureAwait(false);
        return Judge(planned, view, needs);
    }

    internal CisResult Judge(PlannedControl planned, EvidenceView view, IReadOnlyList<EvidenceKind> needs)
    {
        var control = planned.Control;
        var context = new RuleContext(control.ControlId, view, planned.Settings, Run.StartedAt);
        var findings = new CisFindingList(control.Rule.Evaluate(context));
        var unreadable = view.UnreadableFacts(needs).ToList();
        var verdict = Verdict.Of(findings, control.Rule);
        var partial = needs.Any(EvidenceStore.IsRegional) && view.Scope.IsPartial && view.Scope.InScope.Count > 0;
        var proven = control.Rule.ThereExists && verdict.Status == CisStatus.Pass;
        var incomplete = partial || (!proven && (unreadable.Count > 0 || findings.Any(f => f.Status == CisStatus.Unknown)));
        string?[] sentences = [verdict.Reason, control.Rule.Footnote(context), partial ? $"Judged on {view.Scope}." : null];
        return new CisResult(
            control, verdict.Status, verdict.ReasonCode, string.Join(" ", sentences.Where(s => s is not null)), incomplete,
            view.Account.AccountId, _program, planned.Settings, findings, unreadable, Run);
    }
}
