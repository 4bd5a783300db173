using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CisAws.Core.Tests.FilterPatterns;

/// <summary>
/// Every event of a small world, and which of them each leaf of a pattern matches. The answers are worked out once more here, by
/// other means than the product's, and the patterns made of the leaves are sets of events.
/// </summary>
internal sealed class Universe
{
    private static readonly string[] Scalars =
    [
        "\"\"", "\"a\"", "\"b\"", "\"aa\"", "\"ab\"", "\"ba\"", "\"aba\"", "\"baab\"", "\"x\"", "\"1\"", "0", "1", "2", "-1", "1.5", "12",
        "21", "null", "true", "false", "{}", "[]",
    ];

    private readonly JsonElement[] _events;
    private readonly ConcurrentDictionary<Leaf, BigInteger> _matches = [];
    private readonly bool _digitsAreText;

    /// <param name="digitsAreText">Whether digits without quotes are compared as text.</param>
    public Universe(bool digitsAreText = false)
    {
        _digitsAreText = digitsAreText;
        string?[] few = [null, "\"a\"", "\"b\"", "1", "null", "{}"];
        string?[] inside =
        [
            null, "1", "\"a\"", "{}", "{\"d\":\"a\"}", "{\"d\":\"b\"}", "{\"d\":\"ab\"}", "{\"d\":1}", "{\"d\":null}", "{\"d\":{}}",
            "[]", "[\"a\"]", "[\"b\"]", "[{}]", "[\"a\",\"a\"]", "[\"b\",\"a\"]", "[null,\"b\"]", "[{},1]",
        ];
        _events =
        [
            .. from a in Scalars.Prepend(null)
               from b in few
               from c in inside
               select JsonDocument.Parse($"{{{string.Join(",", Properties(("a", a), ("b", b), ("c", c)))}}}").RootElement,
        ];
    }

    public IReadOnlyList<JsonElement> Events => _events;

    /// <summary>All events, a bit for each.</summary>
    public BigInteger All => (BigInteger.One << _events.Length) - 1;

    /// <summary>Leaves whose questions meet each other in all the ways there are.</summary>
    public static Leaf[] Leaves { get; } =
    [
        .. from value in new[] { "a", "b", "ab", "a*", "*a", "*b*", "*ab*", "*", "\"\"", "1*", "\"1\"", "1", "1.5", "%^a%", "%b$%", "%ab?a%", "%^[^a]*$%" }
           from test in new[] { "=", "!=" }
           select new Leaf("$.a", test, value),
        .. new[] { "<", "<=", ">", ">=" }.Select(test => new Leaf("$.a", test, "1")),
        new Leaf("$.a", ">", "1.25"),
        .. from field in new[] { "$.b", "$.c", "$.c.d", "$.c[0]", "$.c[1]" }
           from leaf in new[] { ("=", "a"), ("!=", "a"), ("=", "*"), ("=", "1") }
           select new Leaf(field, leaf.Item1, leaf.Item2),
        .. from field in new[] { "$.a", "$.b", "$.c", "$.c.d", "$.c[0]", "$.c[1]" }
           from test in new[] { "IS NULL", "IS TRUE", "NOT EXISTS" }
           select new Leaf(field, test, null),
    ];

    /// <summary>The events that a tree matches, a bit for each.</summary>
    public BigInteger Matches(Node tree)
    {
        if (tree is Branch branch)
        {
            return branch.Terms.Select(Matches).Aggregate((one, other) => branch.IsOr ? one | other : one & other);
        }

        var leaf = (Leaf)tree;
        return _matches.GetOrAdd(leaf, _ => _events
            .Select((e, i) => Matches(leaf, Find(e, leaf.Field)) ? BigInteger.One << i : BigInteger.Zero)
            .Aggregate((one, other) => one | other));
    }

    private static IEnumerable<string> Properties(params (string Name, string? Value)[] properties) =>
        properties.Where(p => p.Value is not null).Select(p => $"\"{p.Name}\":{p.Value}");

    private static JsonElement? Find(JsonElement record, string field) => field switch
    {
        "$.c[0]" => Element(record, 0),
        "$.c[1]" => Element(record, 1),
        "$.c.d" => Property(record, "c") is { ValueKind: JsonValueKind.Object } c ? Property(c, "d") : null,
        _ => Property(record, field[2..]),
    };

    private static JsonElement? Property(JsonElement record, string name) => record.TryGetProperty(name, out var value) ? value : null;

    private static JsonElement? Element(JsonElement record, int index) =>
        Property(record, "c") is { ValueKind: JsonValueKind.Array } c && c.GetArrayLength() > index ? c[index] : null;

    private bool Matches(Leaf leaf, JsonElement? field)
    {
        if (leaf.Value is null)
        {
            return leaf.Test switch
            {
                "IS NULL" => field?.ValueKind == JsonValueKind.Null,
                "IS TRUE" => field?.ValueKind == JsonValueKind.True,
                _ => field is null,
            };
        }

        if (field is not { ValueKind: not (JsonValueKind.Object or JsonValueKind.Array) } value)
        {
            return false;
        }

        return leaf.Test switch
        {
            "=" => IsEqual(leaf.Value, value),
            "!=" => !IsEqual(leaf.Value, value),
            _ => value.ValueKind == JsonValueKind.Number && IsInOrder(leaf.Test, value.GetDouble(), Number(leaf.Value)),
        };
    }

    private bool IsEqual(string wanted, JsonElement value)
    {
        if (wanted == "*")
        {
            return true;
        }

        if (char.IsDigit(wanted[0]) && !wanted.Contains('*', StringComparison.Ordinal))
        {
            return _digitsAreText
                ? value.ValueKind is JsonValueKind.String or JsonValueKind.Number && value.ToString() == wanted
                : value.ValueKind == JsonValueKind.Number && value.GetDouble() == Number(wanted);
        }

        return value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            && Regex.IsMatch(value.ToString(), wanted[0] == '%' ? wanted.Trim('%') : Anchored(wanted.Trim('"')));
    }

    private static string Anchored(string wanted) => $"^{Regex.Escape(wanted).Replace("\\*", ".*", StringComparison.Ordinal)}$";

    private static bool IsInOrder(string test, double one, double other) => test switch
    {
        "<" => one < other,
        "<=" => one <= other,
        ">" => one > other,
        _ => one >= other,
    };

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
