using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using CisAws.Text;

namespace CisAws.Rules.Policies;

/// <summary>A statement of a bucket policy that allows something to everyone.</summary>
/// <param name="Name">Its Sid, or its place in the policy.</param>
/// <param name="HasCondition">Whether a condition may narrow who everyone is.</param>
internal sealed record PublicStatement(string Name, bool HasCondition);

/// <summary>Finds what a bucket policy allows to everyone. Which action does not matter, and a Deny excuses nothing.</summary>
internal static class BucketPolicyDocument
{
    /// <summary>The statements that allow something to everyone; null when the text is not a policy.</summary>
    public static IReadOnlyList<PublicStatement>? PublicStatements(string policy)
    {
        try
        {
            using var document = ForeignJson.Parse(policy);
            return Statements(document.RootElement)?.Select(ReadPublic).Where(s => s is not null).Select(s => s!).ToList();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a property is on something that has none, such as a statement that is text; or text is not Unicode.
            return null;
        }
    }

    /// <summary>The statements of a policy; null when it is not one: each statement allows or denies.</summary>
    /// <exception cref="InvalidOperationException">A statement is not an object.</exception>
    internal static IReadOnlyList<JsonElement>? Statements(JsonElement policy) =>
        policy.ValueKind == JsonValueKind.Object && Property(policy, "Statement") is { } statements &&
        Items(statements).ToList() is var all && all.TrueForAll(s => IsEffect(s, "Allow") || IsEffect(s, "Deny"))
            ? all
            : null;

    /// <summary>Whether a statement has this effect.</summary>
    internal static bool IsEffect(JsonElement statement, string effect) => string.Equals(Property(statement, "Effect")?.GetString(), effect, StringComparison.OrdinalIgnoreCase);

    private static PublicStatement? ReadPublic(JsonElement statement, int index)
    {
        var isEveryone = Property(statement, "NotPrincipal") is not null ||
            (Property(statement, "Principal") is { } principal && IsEveryone(principal));
        return IsEffect(statement, "Allow") && isEveryone
            ? new PublicStatement(
                Property(statement, "Sid")?.GetString() is { Length: > 0 } sid ? sid : (index + 1).ToString(CultureInfo.InvariantCulture),
                Property(statement, "Condition") is { } condition && condition.EnumerateObject().Any())
            : null;
    }

    /// <summary>"*", a list with "*" in it, or an object whose AWS principals contain "*"; {"Service": ...} names a service of AWS.</summary>
    internal static bool IsEveryone(JsonElement principal) => principal.ValueKind == JsonValueKind.Object
        ? principal.EnumerateObject().Where(p => IsNamed(p, "AWS") || p.Name == "*").SelectMany(p => Items(p.Value)).Any(v => v.GetString() == "*")
        : Items(principal).Any(v => v.GetString() == "*");

    internal static IEnumerable<JsonElement> Items(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [element];

    internal static JsonElement? Property(JsonElement element, string name) =>
        element.EnumerateObject().Where(p => IsNamed(p, name)).Select(p => (JsonElement?)p.Value).FirstOrDefault();

    private static bool IsNamed(JsonProperty property, string name) => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase);
}
