using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace CisAws.Aws.Readers;

/// <summary>Reads the SDK's shapes, where what is absent is null.</summary>
internal static class ResponseExtensions
{
    /// <summary>A member that AWS always answers. Without it the response is not one, and must not be read as "nothing".</summary>
    public static T Required<T>(this T? value, string member) where T : class =>
        value is null || value is string { Length: 0 } ? throw new InvalidDataException($"The response has no {member}.") : value;

    /// <summary>A member that AWS always answers.</summary>
    public static T Required<T>(this T? value, string member) where T : struct =>
        value ?? throw new InvalidDataException($"The response has no {member}.");

    /// <summary>Each thing once, as it was answered last: pages overlap when what they list changes in between.</summary>
    public static IReadOnlyList<T> Once<T>(this IEnumerable<T> items, Func<T, string> id) =>
        items.GroupBy(id, StringComparer.Ordinal).Select(g => g.Last()).ToList();

    /// <summary>Each element turned into evidence; none when the list is absent.</summary>
    public static IReadOnlyList<TOut> Each<TIn, TOut>(this IEnumerable<TIn>? items, Func<TIn, TOut> select) =>
        items is null ? [] : items.Select(select).ToArray();

    /// <summary>The elements; none when the list is absent.</summary>
    public static IReadOnlyList<T> OrNone<T>(this IEnumerable<T>? items) => items is null ? [] : items.ToArray();

    /// <summary>Tags by key; none when the list is absent, for the call has succeeded.</summary>
    public static IReadOnlyDictionary<string, string> TagsBy<T>(this IEnumerable<T>? tags, Func<T, string?> key, Func<T, string?> value)
    {
        var byKey = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in tags.OrNone())
        {
            byKey[key(tag).Required("tag's key")] = value(tag) ?? "";
        }

        return byKey;
    }

    /// <summary>A time of the SDK's, which is UTC whether it says so or not.</summary>
    public static DateTimeOffset? Utc(this DateTime? time) => time is { } t ? t.Utc() : null;

    /// <summary>A time of the SDK's, which is UTC whether it says so or not.</summary>
    public static DateTimeOffset Utc(this DateTime time) =>
        new(time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
