using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace CisAws.Evidence;

/// <summary>
/// Remembers each answer of a reader, so that a fact is requested once however many controls need it, and requests
/// everything that can be requested at the same time.
/// </summary>
public sealed class EvidenceCollector
{
    /// <summary>How many resources are tried as an example of those of a region and owner, or of those that do not say where and whose they are.</summary>
    private const int MostExamples = 10;

    private readonly IEvidenceReader _reader;
    private readonly EvidenceSet? _others;
    private readonly CancellationToken _cancellationToken;
    private readonly ConcurrentDictionary<EvidenceKind, Lazy<Task<IReadOnlyDictionary<string, Observation>>>> _completed = new();
    private readonly Lazy<Task<RegionScope>> _scope;

    // By the kind that answers: a trail's key is also one of the account's keys, and is asked after once.
    private readonly ConcurrentDictionary<Question, Lazy<Task<Observation>>> _read = new();

    // The longest read of each kind: all that depends on the kind has waited for it.
    private readonly ConcurrentDictionary<EvidenceKind, TimedRead> _longest = new();

    /// <summary>A collector of what <paramref name="reader"/> answers.</summary>
    /// <param name="reader">Who answers.</param>
    /// <param name="regions">The regions to look at; empty for every enabled one, or for those that evidence from a file was collected in.</param>
    /// <param name="cancellationToken">Cancels everything that is asked through this collector.</param>
    /// <param name="others">The evidence of other accounts that this one may depend on; null for none.</param>
    public EvidenceCollector(
        IEvidenceReader reader, IReadOnlyCollection<string> regions, CancellationToken cancellationToken, EvidenceSet? others = null)
    {
        _others = others;
        _reader = reader;
        Regions = RegionScope.Sorted(regions.Count > 0 ? regions : (reader as AccountEvidence)?.Regions.Named ?? []);
        _cancellationToken = cancellationToken;
        _scope = new(async () =>
        {
            var facts = await CompleteAsync(EvidenceKinds.Regions).ConfigureAwait(false);
            return RegionScope.From((Observation<IReadOnlyList<Region>>)facts[""], Regions);
        });
    }

    /// <summary>The account the evidence is about.</summary>
    public AccountIdentity Account => _reader.Account;

    /// <summary>The regions that were named; empty for every enabled one.</summary>
    public IReadOnlyList<string> Regions { get; }

    /// <summary>True to read one resource of each kind, region and owner, as an example of the others; false to read them all.</summary>
    internal bool ExamplesOnly { get; init; }

    /// <summary>The regions that are looked at.</summary>
    public Task<RegionScope> GetScopeAsync() => _scope.Value;

    /// <summary>
    /// Declares which kinds will be requested, before any is: whether a service is offered in a region follows from the answers to all of
    /// them, in whatever order they come.
    /// </summary>
    internal void Announce(IEnumerable<EvidenceKind> kinds)
    {
        foreach (var kind in kinds)
        {
            Announce(kind.From);
            Find(kind);
        }
    }

    /// <summary>Begins to read the kinds and all that their subjects are found in, those first that the most other evidence waits for.</summary>
    internal void Begin(IEnumerable<EvidenceKind> kinds)
    {
        var closure = EvidenceKind.Closure(kinds);
        Announce(closure);
        foreach (var kind in closure.OrderByDescending(EvidenceKinds.LevelsAfter))
        {
            _ = CompleteAsync(kind);
        }
    }

    /// <summary>The chain of reads, each of which needed the answer of the one before it, that took the longest so far; empty when nothing was read.</summary>
    internal IReadOnlyList<TimedRead> LongestChain() =>
        _longest.Keys.Select(ChainTo).OrderByDescending(chain => chain.Sum(r => r.Duration.Ticks)).FirstOrDefault() ?? [];

    /// <summary>Completes the kinds and all that their subjects are found in, and gives a view of just those kinds.</summary>
    public async Task<EvidenceView> CompleteAsync(IReadOnlyCollection<EvidenceKind> kinds, string whose)
    {
        Announce(kinds);
        var facts = kinds.ToDictionary(k => k, CompleteAsync);
        await Task.WhenAll(facts.Values).ConfigureAwait(false);
        // A control that needs no region must not cause a call for the list of regions.
        var scope = kinds.Any(IsRegional) ? await GetScopeAsync().ConfigureAwait(false) : NoRegions;
        if (_others is not null)
        {
            await _others.PrepareAsync(new EvidenceView(Account, scope, kinds, whose, k => facts[k].Result)).ConfigureAwait(false);
        }

        return new EvidenceView(Account, scope, kinds, whose, k => facts[k].Result, _others);
    }

    /// <summary>Reads the kinds and all that their subjects are found in.</summary>
    /// <param name="kinds">What is planned; <see cref="EvidenceKinds.All"/> for everything that can be known.</param>
    /// <param name="collectedAt">When the collection began (UTC).</param>
    public async Task<AccountEvidence> CollectAsync(IEnumerable<EvidenceKind> kinds, DateTimeOffset collectedAt)
    {
        var closure = EvidenceKind.Closure(kinds);
        Begin(closure);
        var reads = closure.Select(k => (Kind: k, Facts: CompleteAsync(k))).ToList();
        await Task.WhenAll(reads.Select(r => r.Facts)).ConfigureAwait(false);
        var scope = closure.Any(IsRegional) ? await GetScopeAsync().ConfigureAwait(false) : null;
        var times = reads.SelectMany(r => r.Facts.Result.Values).Select(f => f.Origin?.Time ?? collectedAt);
        var evidence = new AccountEvidence(Account, collectedAt)
        {
            CompletedAt = times.Append(collectedAt).Max(),
            Regions = new CollectedRegions(Regions, scope?.Enabled, scope?.InScope),
        };
        foreach (var (kind, facts) in reads)
        {
            evidence.Add(kind);
            foreach (var fact in facts.Result)
            {
                evidence.Add(kind, fact.Key, fact.Value);
            }
        }

        return evidence;
    }

    /// <summary>True when the kind is read by region, or its subjects are found in one that is.</summary>
    public static bool IsRegional(EvidenceKind kind) => kind == EvidenceKinds.Regions || kind.From.Any(IsRegional);

    private static readonly RegionScope NoRegions = RegionScope.From(
        Observation.Known<IReadOnlyList<Region>>(Array.Empty<Region>(), new Origin("", "", default)), Array.Empty<string>());

    private Task<IReadOnlyDictionary<string, Observation>> CompleteAsync(EvidenceKind kind) => Find(kind).Value;

    private Lazy<Task<IReadOnlyDictionary<string, Observation>>> Find(EvidenceKind kind) => _completed.GetOrAdd(kind, k => new(() => ReadAllAsync(k)));

    private async Task<IReadOnlyDictionary<string, Observation>> ReadAllAsync(EvidenceKind kind)
    {
        if (kind.Subject == EvidenceSubject.Region)
        {
            return await ReadRegionsAsync(kind).ConfigureAwait(false);
        }

        IReadOnlyList<string> subjects = [""];
        if (kind.Subject == EvidenceSubject.Resource)
        {
            var view = await CompleteAsync(kind.From.ToArray(), kind.Name).ConfigureAwait(false);
            subjects = kind.Subjects(view).Distinct(StringComparer.Ordinal).ToList();
            if (ExamplesOnly)
            {
                return await ReadExamplesAsync(kind, subjects).ConfigureAwait(false);
            }
        }

        return await ReadAllAsync(kind, subjects).ConfigureAwait(false);
    }

    private async Task<IReadOnlyDictionary<string, Observation>> ReadRegionsAsync(EvidenceKind kind)
    {
        var scope = await GetScopeAsync().ConfigureAwait(false);
        var facts = await ReadAllAsync(kind, scope.InScope).ConfigureAwait(false);
        foreach (var region in scope.Disabled)
        {
            facts[region] = kind.Failed(new ReadFailure(
                kind.Actions[0], region, "", ReadFailureKind.RegionDisabled, $"{region} is not enabled for account {Account.AccountId}."));
        }

        if (facts.Count == 0 && scope.Failure is { } why)
        {
            facts[RegionScope.AllRegions] = kind.Failed(why);
        }

        return facts;
    }

    private async Task<Dictionary<string, Observation>> ReadAllAsync(EvidenceKind kind, IReadOnlyList<string> subjects)
    {
        var reads = subjects.ToDictionary(s => s, s => ReadOneAsync(kind, s), StringComparer.Ordinal);
        await Task.WhenAll(reads.Values).ConfigureAwait(false);
        return reads.ToDictionary(r => r.Key, r => r.Value.Result, StringComparer.Ordinal);
    }

    private async Task<IReadOnlyDictionary<string, Observation>> ReadExamplesAsync(EvidenceKind kind, IReadOnlyList<string> subjects)
    {
        var scope = subjects.Count > 1 ? await GetScopeAsync().ConfigureAwait(false) : NoRegions;
        var places = subjects.GroupBy(Place).ToLookup(g => g.Key.Region.Length > 0);
        var reads = places[true].Concat(places[false].Take(MostExamples)).Select(g => ReadExampleAsync(kind, g)).ToList();
        var answers = await Task.WhenAll(reads).ConfigureAwait(false);
        return answers.SelectMany(a => a).ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal);

        // What another account owns may be denied where the account's own is not. The name of a bucket does not say whose it is.
        (string Region, string Owner) Place(string subject)
        {
            var (arn, first) = (Arn.TryParse(subject), subject.Split('/')[0]);
            return arn is not null ? (arn.Region, arn.AccountId) : scope.All.Contains(first) || scope.InScope.Contains(first) ? (first, "") : ("", subject);
        }
    }

    /// <summary>Reads the first, or more until something is found in one that the kinds which depend on this one are about.</summary>
    private async Task<Dictionary<string, Observation>> ReadExampleAsync(EvidenceKind kind, IEnumerable<string> candidates)
    {
        var read = new Dictionary<string, Observation>(StringComparer.Ordinal);
        var dependent = _completed.Keys.Where(k => k.From.Contains(kind)).ToList();
        foreach (var subject in candidates.Take(MostExamples))
        {
            read[subject] = await ReadOneAsync(kind, subject).ConfigureAwait(false);
            if (read[subject].Failure is not null || dependent.TrueForAll(IsFound))
            {
                break;
            }
        }

        return read;

        // What is found in several kinds together is looked for in all candidates: the others may wait for this one.
        bool IsFound(EvidenceKind next) => next.From.Count == 1 && next.Subjects(new EvidenceView(Account, NoRegions, next.From, next.Name, _ => read, _others)).Any();
    }

    private async Task<Observation> ReadOneAsync(EvidenceKind kind, string subject)
    {
        var fact = await AskAsync(kind, subject).ConfigureAwait(false);
        return fact.Failure is { Kind: ReadFailureKind.NotSupported } why && await IsOfferedAsync(why).ConfigureAwait(false)
            ? kind.Failed(why with { Kind = ReadFailureKind.ServiceError }, fact.Origin?.Time)
            : fact;
    }

    private Task<Observation> AskAsync(EvidenceKind kind, string subject) =>
        _read.GetOrAdd(new Question(kind.AnsweredBy, subject), _ => new(() => ReadAsync(kind, subject))).Value;

    private async Task<Observation> ReadAsync(EvidenceKind kind, string subject)
    {
        var watch = Stopwatch.StartNew();
        var fact = await kind.ReadAsync(_reader, subject, _cancellationToken).ConfigureAwait(false);
        var read = new TimedRead(kind.Actions[0], fact.Origin?.Region ?? "", watch.Elapsed);
        _longest.AddOrUpdate(kind, read, (_, other) => other.Duration > read.Duration ? other : read);
        return fact;
    }

    private List<TimedRead> ChainTo(EvidenceKind kind)
    {
        var before = kind.From.Select(ChainTo).OrderByDescending(chain => chain.Sum(r => r.Duration.Ticks)).FirstOrDefault() ?? [];
        return _longest.TryGetValue(kind, out var read) ? [.. before, read] : before;
    }

    /// <summary>True when other calls to the service in the region were answered, so that it cannot be said not to be offered there.</summary>
    private async Task<bool> IsOfferedAsync(ReadFailure refusal)
    {
        var service = refusal.Action.Split(':')[0] + ":";
        var scope = await GetScopeAsync().ConfigureAwait(false);
        if (!scope.InScope.Contains(refusal.Region))
        {
            return false;
        }

        var others = _completed.Keys
            .Where(k => k.Subject == EvidenceSubject.Region && k.Actions[0].StartsWith(service, StringComparison.Ordinal))
            .Select(k => AskAsync(k, refusal.Region));
        var answers = await Task.WhenAll(others).ConfigureAwait(false);
        return answers.Any(a => a.Failure is null);
    }

    /// <summary>What is asked once.</summary>
    private sealed record Question(EvidenceKind AnsweredBy, string Subject);
}
