using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Connections;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Text;

namespace CisAws.Assessments;

/// <summary>
/// Finds which actions of an assessment are allowed, by its own calls: each once a region, with the smallest page, and about one resource of a region
/// and owner. Which calls these are follows from the kinds of evidence that the controls declare.
/// </summary>
internal sealed class AccessCheck
{
    private const int MostRegions = 5;
    private const int MostResources = 2;

    private readonly AssessmentPlan _plan;
    private readonly string _accountId;
    private readonly ILookup<string, CallOutcome> _calls;
    private readonly IReadOnlyList<(EvidenceKind Kind, string Subject, ReadFailure Why)> _failures;

    private AccessCheck(AssessmentPlan plan, AccountEvidence evidence, IEnumerable<CallOutcome> calls, IReadOnlyList<string> disabledRegions)
    {
        _plan = plan;
        _accountId = evidence.Account.AccountId;
        _calls = calls.ToLookup(c => c.Action, StringComparer.Ordinal);
        _failures =
        [
            .. from kind in plan.Kinds
               from subject in evidence.SubjectsOf(kind)
               let why = evidence.Get(kind, subject).Failure
               where why is not null
               select (kind, subject, why),
        ];
        DisabledRegions = disabledRegions;
        Actions = [.. plan.Kinds.SelectMany(k => k.Actions).Distinct().OrderBy(a => a, StringComparer.OrdinalIgnoreCase).Select(AccessOf)];
    }

    /// <summary>The actions that the controls need, sorted.</summary>
    public IReadOnlyList<CisAccess> Actions { get; }

    /// <summary>The named regions that are not enabled for the account, where nothing was called.</summary>
    public IReadOnlyList<string> DisabledRegions { get; }

    /// <summary>Makes the calls.</summary>
    /// <param name="controls">The controls, as their programs have them.</param>
    /// <param name="regions">The regions to look at; empty for every enabled one.</param>
    /// <param name="connection">The account.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <exception cref="OutOfScopeException">The account is not one that a control's program is for.</exception>
    /// <exception cref="UnknownRegionException">A region was named that does not exist.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task<AccessCheck> RunAsync(
        IReadOnlyList<CisControl> controls, IReadOnlyCollection<string> regions, IAccountConnection connection, CancellationToken cancellationToken)
    {
        var plan = AssessmentPlan.For(controls, connection.Account.AccountId);
        var calls = new ConcurrentQueue<CallOutcome>();
        var searched = new HashSet<EvidenceKind>(plan.Kinds.SelectMany(k => k.From));
        var collector = new EvidenceCollector(connection.AccessReader(searched, calls.Enqueue), regions, cancellationToken) { ExamplesOnly = true };
        var disabled = await RegionCheck.DisabledAsync(collector).ConfigureAwait(false);
        var evidence = await collector.CollectAsync(plan.Kinds, DateTimeOffset.UtcNow).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return new AccessCheck(plan, evidence, calls, disabled);
    }

    /// <summary>What there is to say about an account that cannot be reached.</summary>
    /// <param name="controls">The controls that were asked for.</param>
    /// <param name="account">The account's ID; where it is not known, what it was asked for by, such as the name of a profile.</param>
    /// <param name="message">Why, in a sentence.</param>
    public static IEnumerable<CisAccess> Unreachable(IReadOnlyList<CisControl> controls, string account, string message) => controls
        .SelectMany(c => c.Actions.Select(a => (Action: a, c.ControlId)))
        .GroupBy(p => p.Action, p => p.ControlId)
        .OrderBy(g => g.Key, StringComparer.OrdinalIgnoreCase)
        .Select(g => new CisAccess(account, g.Key, CisAccessStatus.Unknown, $"Not decided: {message}") { ControlId = new(g) });

    private CisAccess AccessOf(string action)
    {
        var calls = _calls[action].ToList();
        var denials = Explained(calls.Where(c => c.Failure is { IsDenial: true }));
        var unread = _failures.Where(f => f.Why.Action == action && f.Why.Kind is not (ReadFailureKind.RegionDisabled or ReadFailureKind.NotSupported)).ToList();
        var others = unread.Where(f => !f.Why.IsDenial).Select(f => new CallOutcome(action, f.Why.Region, f.Subject, f.Why)).ToList();
        var answered = calls.Where(c => c.Failure is null).ToList();
        var failed = denials.Concat(others).ToList();
        var controls = _plan.Controls.Where(c => unread.Exists(f => Matters(f.Kind, f.Why, c))).Select(c => c.ControlId).Distinct().ToList();
        var (status, reason) = (denials, others, answered) switch
        {
            ({ Count: > 0 }, _, _) => (CisAccessStatus.Denied, Denied(denials, answered) + NotDecided(others)),
            (_, { Count: > 0 }, _) => (CisAccessStatus.Unknown, NotDecided(others).TrimStart()),
            (_, _, { Count: > 0 }) => (CisAccessStatus.Allowed, $"Allowed{Where(answered, answered)}."),
            _ => (CisAccessStatus.NotChecked, NotChecked(action)),
        };
        return new CisAccess(_accountId, action, status, reason + (failed.Count > 0 && controls.Count == 0 ? " No control would be Unknown because of it." : ""))
        {
            ControlId = new(controls),
            RegionCount = Regions(answered.Concat(failed)).Count,
            Region = new(Regions(failed)),
            Resource = new(failed.Where(IsAboutResource).Select(c => TerminalText.Escape(c.Subject)).Distinct()),
            DeniedBy = new(denials.Select(d => Denial.Of(d.Failure!).Policy).Where(p => p.Length > 0).Distinct()),
            ErrorCode = failed.FirstOrDefault()?.Failure!.ErrorCode ?? "",
            Message = TerminalText.Escape(failed.FirstOrDefault()?.Failure!.Message),
        };
    }

    /// <summary>True if the control would be Unknown or incomplete, unless other facts decide it.</summary>
    private bool Matters(EvidenceKind kind, ReadFailure why, CisControl control)
    {
        var needs = EvidenceKind.Closure(control.RequiredNeeds);
        return needs.Contains(kind) && !(control.Values.AcceptsDeniedRegions && IsDeniedRegion(why.Region));

        // A policy that denies one action in the region, and not the others, is not one that denies the region.
        bool IsDeniedRegion(string region) => kind.Subject == EvidenceSubject.Region && needs.Where(k => k.Subject == EvidenceSubject.Region)
            .All(k => _failures.Any(f => f.Kind == k && f.Why.Region == region && f.Why.Kind == ReadFailureKind.ScpDenied));
    }

    /// <summary>Without the denials that say less than another of the same: a response to HEAD has no message, and the call is repeated by GET.</summary>
    private static List<CallOutcome> Explained(IEnumerable<CallOutcome> denials) =>
        [.. denials.GroupBy(d => (d.Region, d.Subject)).Select(g => g.FirstOrDefault(d => Denial.Of(d.Failure!).Cause.Length > 0) ?? g.First())];

    private static string Denied(List<CallOutcome> denials, List<CallOutcome> answered)
    {
        // In a region where the action is allowed for one resource, the region does not say what is denied.
        var subjects = denials.Select(d => d.Subject).Distinct().ToList();
        var allowed = answered.Where(a => IsAboutResource(a) && denials.Exists(d => d.Region == a.Region)).Select(a => a.Subject).Except(subjects).Distinct().Count();
        var where = allowed > 0
            ? $" for {Quantity.List(subjects, MostResources)}, and allowed for {Quantity.Of(allowed, "other resource")}"
            : Where(denials, denials.Concat(answered).ToList());
        var causes = denials.GroupBy(d => Denial.Of(d.Failure!).Cause).ToList();
        var why = causes.Count == 1
            ? causes[0].Key
            : string.Join("; ", causes.Select(c => $"{(c.Key.Length == 0 ? "no policy is named" : c.Key)} ({Listed(Regions(c))})"));
        return TerminalText.Escape($"Denied{where}{(why.Length == 0 ? "" : $": {why}")}.");
    }

    private static string NotDecided(List<CallOutcome> failed) => failed.Count == 0 ? "" : $" Not decided: {failed[0].Failure!.In(Listed(Regions(failed)))}.";

    /// <summary>Why there was no call: what the resources would be found in could not be read, or there is none.</summary>
    private string NotChecked(string action)
    {
        var kinds = EvidenceKind.Closure(_plan.Kinds.Where(k => k.Actions.Contains(action)));
        var why = _failures.Where(f => kinds.Contains(f.Kind)).Select(f => f.Why).ToList();
        return why.Count == 0
            ? "Not checked: no resource was found that it would be called for."
            : $"Not checked: {why[0].In(Listed([.. why.Where(w => w.Action == why[0].Action).Select(w => w.Region).Where(r => r.Length > 0).Distinct()]))}.";
    }

    /// <summary>The regions of some calls, out of those of all calls; nothing for a global service.</summary>
    private static string Where(List<CallOutcome> some, List<CallOutcome> all)
    {
        var (regions, total) = (Regions(some), Regions(all).Count);
        return total == 0 ? ""
            : total == 1 ? $" in {regions[0]}"
            : regions.Count < total ? $" in {regions.Count} of {total} regions ({Listed(regions)})"
            : total == 2 ? " in both regions"
            : $" in all {total} regions";
    }

    /// <summary>True for a call about a resource; a call about a region has the region as its subject, and one about the account has none.</summary>
    private static bool IsAboutResource(CallOutcome call) => call.Subject.Length > 0 && call.Subject != call.Region;

    private static string Listed(IReadOnlyCollection<string> regions) => Quantity.List(regions, MostRegions);

    private static List<string> Regions(IEnumerable<CallOutcome> calls) =>
        [.. calls.Select(c => c.Region).Where(r => r.Length > 0).Distinct().OrderBy(r => r, StringComparer.Ordinal)];
}
