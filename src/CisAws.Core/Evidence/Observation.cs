using System;
using System.Diagnostics.CodeAnalysis;

namespace CisAws.Evidence;

/// <summary>The call that an observation comes from.</summary>
/// <param name="Action">The IAM action that allows the call.</param>
/// <param name="Region">The region it was sent to; empty for a global service.</param>
/// <param name="Time">When the answer came (UTC).</param>
public sealed record Origin(string Action, string Region, DateTimeOffset Time);

/// <summary>An observation whose type is not known to the one who holds it: what stores and files need.</summary>
public abstract class Observation
{
    private protected Observation(Origin? origin, ReadFailure? failure)
    {
        Origin = origin;
        Failure = failure;
    }

    /// <summary>The call that answered or failed; null when there was no call, as for a region that is not enabled.</summary>
    public Origin? Origin { get; }

    /// <summary>Why there is no value; null when it is known.</summary>
    public ReadFailure? Failure { get; }

    /// <summary>The value as an object, for writing evidence to a file.</summary>
    internal abstract object? UntypedValue { get; }

    /// <summary>An observation with a value.</summary>
    public static Observation<T> Known<T>(T value, Origin origin) => new(value, origin);

    /// <summary>An observation that failed.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="time">When the call failed (UTC); null when there was no call.</param>
    public static Observation<T> Failed<T>(ReadFailure failure, DateTimeOffset? time = null) => new(failure, time);
}

/// <summary>
/// Something about an account that is either known or could not be read. The value is available only together with what happens
/// when there is none, so that a rule cannot turn an error into a Pass or Fail by forgetting it.
/// </summary>
/// <typeparam name="T">What is known. A nullable type where AWS itself says "there is none".</typeparam>
public sealed class Observation<T> : Observation
{
    private readonly T _value;

    internal Observation(T value, Origin origin) : base(origin, null) => _value = value;

    internal Observation(ReadFailure failure, DateTimeOffset? time)
        : base(time is { } at ? new Origin(failure.Action, failure.Region, at) : null, failure) => _value = default!;

    internal override object? UntypedValue => _value;

    /// <summary>Turns the observation into something else, from its value or from the reason there is none.</summary>
    public TResult Match<TResult>(Func<T, TResult> known, Func<ReadFailure, TResult> failed) =>
        Failure is { } failure ? failed(failure) : known(_value);

    /// <summary>The value, or why there is none.</summary>
    /// <returns>True when the value is known.</returns>
    public bool TryGet(out T value, [NotNullWhen(false)] out ReadFailure? failure)
    {
        value = _value;
        failure = Failure;
        return failure is null;
    }

    /// <inheritdoc/>
    public override string ToString() => Failure is { } failure ? $"Failed: {failure}" : $"Known: {_value}";
}
