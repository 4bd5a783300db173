using System;
using System.Diagnostics.CodeAnalysis;

namespace CisAws.Evidence;

/// <summary>Where a fact comes from.</summary>
/// <param name="Action">The IAM action of the call that answered.</param>
/// <param name="Region">The region it was sent to; empty for a global service.</param>
/// <param name="Time">When the answer came (UTC).</param>
public sealed record Origin(string Action, string Region, DateTimeOffset Time);

/// <summary>A fact whose type is not known to the one who holds it: what stores and files need.</summary>
public abstract class Fact
{
    private protected Fact(Origin? origin, Unreadable? unreadable)
    {
        Origin = origin;
        Unreadable = unreadable;
    }

    /// <summary>Where the value comes from; null when it is unreadable.</summary>
    public Origin? Origin { get; }

    /// <summary>Why there is no value; null when it is known.</summary>
    public Unreadable? Unreadable { get; }

    /// <summary>The value as an object, for writing evidence to a file.</summary>
    internal abstract object? UntypedValue { get; }
}

/// <summary>
/// Something about an account that is either known or unreadable. The value can only be had by saying what happens
/// when it is unreadable, so that a rule cannot turn an error into a verdict by forgetting it.
/// </summary>
/// <typeparam name="T">What is known. A nullable type where AWS itself says "there is none".</typeparam>
public sealed class Fact<T> : Fact
{
    private readonly T _value;

    internal Fact(T value, Origin origin) : base(origin, null) => _value = value;

    internal Fact(Unreadable unreadable) : base(null, unreadable) => _value = default!;

    internal override object? UntypedValue => _value;

    /// <summary>Turns the fact into something else, from its value or from the reason there is none.</summary>
    public TResult Match<TResult>(Func<T, TResult> known, Func<Unreadable, TResult> unreadable) =>
        Unreadable is { } why ? unreadable(why) : known(_value);

    /// <summary>The value, or why there is none.</summary>
    /// <returns>True when the value is known.</returns>
    public bool TryGet(out T value, [NotNullWhen(false)] out Unreadable? why)
    {
        value = _value;
        why = Unreadable;
        return why is null;
    }

    /// <inheritdoc/>
    public override string ToString() => Unreadable is { } why ? $"Unreadable: {why}" : $"Known: {_value}";
}

/// <summary>Makes facts.</summary>
public static class Facts
{
    /// <summary>A fact that was read.</summary>
    public static Fact<T> Known<T>(T value, Origin origin) => new(value, origin);

    /// <summary>A fact that could not be read.</summary>
    public static Fact<T> Unreadable<T>(Unreadable why) => new(why);
}
