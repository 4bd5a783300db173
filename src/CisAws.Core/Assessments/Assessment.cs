using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Assessments;

/// <summary>Assesses one account: plans, collects the evidence of all controls at once, and evaluates each as soon as its evidence is there.</summary>
internal sealed class Assessment
{
    private readonly IReadOnlyList<CisControl> _controls;
    private readonly IReadOnlyCollection<string> _regions;
    private readonly EvidenceSet? _others;

    /// <summary>An assessment of the given controls.</summary>
    /// <param name="controls">The controls, as their programs have them; results come in this order.</param>
    /// <param name="regions">The regions to look at; empty for every enabled one.</param>
    /// <param name="now">When the run began (UTC); ages are counted to this time.</param>
    /// <param name="others">The evidence of other accounts that the account may depend on; null for none.</param>
    /// <param name="runId">The ID of the run; a new one by default.</param>
    public Assessment(
        IReadOnlyList<CisControl> controls, IReadOnlyCollection<string> regions, DateTimeOffset now, EvidenceSet? others = null, Guid? runId = null)
    {
        _controls = controls;
        _regions = regions;
        _others = others;
        Run = new AssessmentRun(now, runId);
    }

    /// <summary>The run that the results belong to.</summary>
    public AssessmentRun Run { get; }

    /// <summary>The named regions that are not enabled for the account, so that nothing in them was assessed; known once the first result is.</summary>
    public IReadOnlyList<string> DisabledRegions { get; private set; } = [];

    /// <summary>The reads that took the longest, each of which needed the answer of the one before it; known at the end.</summary>
    public IReadOnlyList<TimedRead> LongestChain { get; private set; } = [];

    /// <summary>Whether the evidence is kept, for <see cref="Evidence"/>.</summary>
    public bool KeepEvidence { get; init; }

    /// <summary>The evidence that the results are based on; null unless it is kept and the run has ended.</summary>
    public AccountEvidence? Evidence { get; private set; }

    /// <summary>Runs the assessment, and hands each result over in the controls' order as soon as it and all before it are known.</summary>
    /// <param name="source">Where the evidence comes from: AWS, or a file.</param>
    /// <param name="onResult">Takes each result; called from one place at a time.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="OutOfScopeException">The account is not one that a control's program is for.</exception>
    /// <exception cref="UnknownRegionException">A region was named that does not exist.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task RunAsync(IEvidenceReader source, Action<CisResult> onResult, CancellationToken cancellationToken)
    {
        // Which settings are in force is known only now: an account may have its own.
        var plan = AssessmentPlan.For(_controls, source.Account.AccountId);
        Run.CollectedAt = (source as AccountEvidence)?.CollectedAt ?? Run.StartedAt;
        var collector = new EvidenceCollector(source, _regions, cancellationToken, _others);
        DisabledRegions = await RegionCheck.DisabledAsync(collector).ConfigureAwait(false);
        collector.Begin(plan.Kinds);
        var results = plan.Controls.Select(c => AssessAsync(c, collector, cancellationToken)).ToList();
        foreach (var result in results)
        {
            onResult(await result.ConfigureAwait(false));
            cancellationToken.ThrowIfCancellationRequested();
        }

        LongestChain = collector.LongestChain();
        if (KeepEvidence)
        {
            // All of it was read for the results.
            Evidence = await collector.CollectAsync(plan.Kinds, Run.StartedAt).ConfigureAwait(false);
        }
    }

    /// <summary>Collects the evidence that the controls need, without deciding them.</summary>
    /// <param name="controls">The controls, as their programs have them; null for evidence of every kind.</param>
    /// <param name="source">The account.</param>
    /// <param name="regions">The regions to look at; empty for every enabled one.</param>
    /// <param name="now">When the collection begins (UTC).</param>
    /// <param name="cancellationToken">Ends the collection.</param>
    /// <returns>The evidence, and the named regions that are not enabled for the account.</returns>
    /// <inheritdoc cref="RunAsync" path="/exception"/>
    public static async Task<(AccountEvidence Evidence, IReadOnlyList<string> DisabledRegions)> CollectAsync(
        IReadOnlyList<CisControl>? controls, IEvidenceReader source, IReadOnlyCollection<string> regions, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var kinds = controls is null ? EvidenceKinds.All : AssessmentPlan.For(controls, source.Account.AccountId).Kinds;
        var collector = new EvidenceCollector(source, regions, cancellationToken);
        var disabled = await RegionCheck.DisabledAsync(collector).ConfigureAwait(false);
        return (await collector.CollectAsync(kinds, now).ConfigureAwait(false), disabled);
    }

    /// <summary>
    /// Whether evidence that was collected before can stand for a new collection: it has every kind that the controls need, of the same regions, and
    /// nothing in it is missing because of a failure that a new attempt can change, such as throttling or a lost connection.
    /// </summary>
    /// <param name="evidence">The evidence.</param>
    /// <param name="controls">The controls, as their programs have them.</param>
    /// <param name="regions">The regions to look at; empty for every enabled one.</param>
    /// <param name="accountId">The account that it has to be of.</param>
    /// <exception cref="OutOfScopeException">The account is not one that a control's program is for.</exception>
    public static bool WillDo(AccountEvidence evidence, IReadOnlyList<CisControl> controls, IReadOnlyCollection<string> regions, string accountId)
    {
        var kinds = AssessmentPlan.For(controls, accountId).Kinds;
        return evidence.Account.AccountId == accountId
            && RegionScope.Sorted(regions).SequenceEqual(RegionScope.Sorted(evidence.Regions.Named))
            && kinds.All(evidence.Kinds.Contains)
            && !kinds.Any(k => evidence.SubjectsOf(k).Any(s => evidence.Get(k, s).Failure is { IsTemporary: true }));
    }

    /// <summary>Assesses one control. Nothing that a resource holds can end the run: an error in the rule costs this control alone.</summary>
    private async Task<CisResult> AssessAsync(CisControl control, EvidenceCollector collector, CancellationToken cancellationToken)
    {
        try
        {
            var views = await Task.WhenAll(control.Rules.Select(r => CollectAsync(r, control.Values, collector))).ConfigureAwait(false);
            // Controls that waited for the same evidence are evaluated side by side, and not one after the other by the call that brought it.
            return await Task.Run(() => Evaluation.Of(control, views, Run, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return RuleError.Of(control, collector.Account, e, Run);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What fails because it is torn down has nothing to say; the caller asked for the end.
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private static Task<EvidenceView> CollectAsync(Rule rule, SettingValues settings, EvidenceCollector collector) =>
        collector.CompleteAsync([.. rule.Needs(settings).Concat(rule.OptionalNeeds(settings)).Distinct()], $"Rule {rule.Id}");
}
