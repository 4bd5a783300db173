using System;
using System.Collections.Generic;
using System.Text.Json;

namespace CisAws.Aws.Clients;

/// <summary>
/// Reads the members of a response in JSON. What is absent or null is null, as in the SDK; what is of another kind throws. A serializer would
/// cost a first run more than its calls.
/// </summary>
internal static class JsonShapes
{
    private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>A member. Services differ in the case of their members (CloudTrail's trailList, Config's roleARN); the names do not.</summary>
    public static JsonElement? Child(this JsonElement parent, string name)
    {
        JsonElement? found = null;
        foreach (var member in Expect(parent, JsonValueKind.Object, "The response").EnumerateObject())
        {
            if (string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                found = member.Value;
            }
        }

        return found is { ValueKind: JsonValueKind.Null } ? null : found;
    }

    public static T? Child<T>(this JsonElement parent, string name, Func<JsonElement, T> read) where T : class =>
        parent.Child(name) is { } child ? read(child) : null;

    public static string? Text(this JsonElement parent, string name) =>
        parent.Child(name) is { } text ? Expect(text, JsonValueKind.String, name).GetString() : null;

    public static bool? Boolean(this JsonElement parent, string name) => parent.Child(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.True || Expect(value, JsonValueKind.False, name).GetBoolean();

    public static double? Number(this JsonElement parent, string name) =>
        parent.Child(name) is { } number ? Expect(number, JsonValueKind.Number, name).GetDouble() : null;

    /// <summary>A time in UTC, which JSON 1.1 gives as seconds since 1970, with a fraction.</summary>
    public static DateTime? Time(this JsonElement parent, string name)
    {
        try
        {
            return parent.Number(name) is { } seconds ? Epoch.AddMilliseconds(Math.Round(seconds * 1000)) : null;
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new JsonException($"{name} is a time that is out of range.", e);
        }
    }

    /// <summary>The elements of a list; null when the list is absent.</summary>
    public static List<T>? Members<T>(this JsonElement parent, string name, Func<JsonElement, T> read)
    {
        if (parent.Child(name) is not { } list)
        {
            return null;
        }

        var members = new List<T>();
        foreach (var member in Expect(list, JsonValueKind.Array, name).EnumerateArray())
        {
            members.Add(read(member));
        }

        return members;
    }

    public static List<string>? Texts(this JsonElement parent, string name) =>
        parent.Members(name, e => Expect(e, JsonValueKind.String, name).GetString()!);

    /// <summary>Texts by their names; null when the member is absent.</summary>
    public static Dictionary<string, string>? TextsByName(this JsonElement parent, string name)
    {
        if (parent.Child(name) is not { } map)
        {
            return null;
        }

        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in Expect(map, JsonValueKind.Object, name).EnumerateObject())
        {
            texts[member.Name] = Expect(member.Value, JsonValueKind.String, member.Name).GetString()!;
        }

        return texts;
    }

    private static JsonElement Expect(JsonElement value, JsonValueKind kind, string name) =>
        value.ValueKind == kind ? value : throw new JsonException($"{name} is not of JSON type {kind}, but {value.ValueKind}.");
}
