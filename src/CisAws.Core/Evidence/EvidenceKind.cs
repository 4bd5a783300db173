using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace CisAws.Evidence;

/// <summary>What one piece of evidence of a kind is about.</summary>
public enum EvidenceSubject : long
{
    /// <summary>The account: there is one piece, and its subject is empty.</summary>
    Account,

    /// <summary>An enabled region in scope; the subject is its name.</summary>
    Region,

    /// <summary>A thing found in other evidence; the subject is its ARN, or its name where it has none.</summary>
    Resource,
}

/// <summary>A thing that can be known about an account, and the AWS actions it takes to know it.</summary>
public abstract class EvidenceKind
{
    private protected EvidenceKind(
        string name, EvidenceSubject subject, string[] actions, EvidenceKind[] from, Func<EvidenceView, IEnumerable<string>> subjects)
    {
        Name = name;
        Subject = subject;
        Actions = actions;
        From = from;
        Subjects = subjects;
        AnsweredBy = this;
    }

    /// <summary>The stable name that evidence files use: <c>cloudtrail.trailStatus</c>.</summary>
    public string Name { get; }

    /// <summary>What one piece of this evidence is about.</summary>
    public EvidenceSubject Subject { get; }

    /// <summary>The IAM actions it takes, the one that names it in messages first.</summary>
    public IReadOnlyList<string> Actions { get; }

    /// <summary>The kinds its subjects are found in: a trail's status wants the trails.</summary>
    public IReadOnlyList<EvidenceKind> From { get; }

    /// <summary>
    /// The kind whose answers are this kind's too: one call answers both for a subject that both have. Itself for a kind that
    /// shares none.
    /// </summary>
    public EvidenceKind AnsweredBy { get; private protected set; } = null!;

    internal Func<EvidenceView, IEnumerable<string>> Subjects { get; }

    /// <summary>The kinds, and all that their subjects are found in.</summary>
    public static IReadOnlyCollection<EvidenceKind> Closure(IEnumerable<EvidenceKind> kinds)
    {
        var all = new HashSet<EvidenceKind>();
        for (var more = kinds.ToList(); more.Count > 0; more = more.SelectMany(k => k.From).Where(k => !all.Contains(k)).ToList())
        {
            all.UnionWith(more);
        }

        return all;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>A fact of this kind that could not be read.</summary>
    /// <param name="why">Why.</param>
    /// <param name="time">When the call failed (UTC); null when there was no call.</param>
    public abstract Observation Failed(ReadFailure why, DateTimeOffset? time = null);

    internal abstract Type ValueType { get; }

    internal abstract Observation Known(object? value, Origin origin);

    internal abstract Task<Observation> ReadAsync(
        IEvidenceReader reader, string subject, CancellationToken cancellationToken);
}

/// <summary>A kind of evidence whose pieces are of type <typeparamref name="T"/>.</summary>
public sealed class EvidenceKind<T> : EvidenceKind
{
    internal EvidenceKind(
        string name, EvidenceSubject subject, string[] actions, EvidenceKind[] from, Func<EvidenceView, IEnumerable<string>> subjects)
        : base(name, subject, actions, from, subjects)
    {
    }

    /// <summary>Says that a call about a subject answers for another kind too. Only kinds with values of one type can share.</summary>
    internal EvidenceKind<T> SharedWith(EvidenceKind<T> other)
    {
        AnsweredBy = other.AnsweredBy;
        return this;
    }

    internal override Type ValueType => typeof(T);

    /// <inheritdoc/>
    public override Observation Failed(ReadFailure why, DateTimeOffset? time = null) => new Observation<T>(why, time);

    internal override Observation Known(object? value, Origin origin) => new Observation<T>((T)value!, origin);

    internal override async Task<Observation> ReadAsync(
        IEvidenceReader reader, string subject, CancellationToken cancellationToken) =>
        await reader.ReadAsync(this, subject, cancellationToken).ConfigureAwait(false);
}
