using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CisAws.Evidence;

namespace CisAws.Testing;

/// <summary>
/// Says what differs between two accounts' evidence, by kind and subject. The order of a list counts only where AWS
/// promises one; what an error says does not count, its code does; nor does the time of a call.
/// </summary>
public static class EvidenceComparer
{
    /// <summary>The differences, a line each; none when the evidence is the same.</summary>
    public static IReadOnlyList<string> Differences(AccountEvidence expected, AccountEvidence actual)
    {
        var differences = new List<string>();
        var (left, right) = (Read(expected), Read(actual));
        Compare("account", left["account"], right["account"], differences);
        Compare("regions", left["regions"], right["regions"], differences);
        foreach (var kind in EvidenceKinds.All)
        {
            CompareKind(kind.Name, left["evidence"]![kind.Name] as JsonObject ?? [], right["evidence"]![kind.Name] as JsonObject ?? [], differences);
        }

        return differences;
    }

    private static JsonObject Read(AccountEvidence evidence) => JsonNode.Parse(evidence.ToJson())!.AsObject();

    private static void CompareKind(string kind, JsonObject expected, JsonObject actual, List<string> differences)
    {
        foreach (var subject in expected.Select(p => p.Key).Union(actual.Select(p => p.Key)).OrderBy(s => s, StringComparer.Ordinal))
        {
            var where = subject.Length == 0 ? kind : $"{kind} {subject}";
            var (e, a) = (expected[subject], actual[subject]);
            if (e is null || a is null)
            {
                differences.Add($"{where}: {(e is null ? "not expected" : "missing")}");
                continue;
            }

            foreach (var node in new[] { e, a })
            {
                (node["unreadable"] as JsonObject)?.Remove("message");
                (node as JsonObject)?.Remove("time");
            }

            Compare(where, e, a, differences, ordered: kind == EvidenceKinds.CredentialReport.Name);
        }
    }

    private static void Compare(string where, JsonNode? expected, JsonNode? actual, List<string> differences, bool ordered = false)
    {
        switch (expected, actual)
        {
            case (JsonObject e, JsonObject a):
                foreach (var name in e.Select(p => p.Key).Union(a.Select(p => p.Key)))
                {
                    Compare($"{where}.{name}", e[name], a[name], differences, ordered);
                }

                break;
            case (JsonArray e, JsonArray a) when ordered && e.Count == a.Count:
                for (var i = 0; i < e.Count; i++)
                {
                    Compare($"{where}[{i}]", e[i], a[i], differences, ordered);
                }

                break;
            case (JsonArray e, JsonArray a) when !ordered:
                CompareSets(where, e, a, differences);
                break;
            default:
                if (Canonical(expected) != Canonical(actual))
                {
                    differences.Add($"{where}: expected {Canonical(expected)}, was {Canonical(actual)}");
                }

                break;
        }
    }

    private static void CompareSets(string where, JsonArray expected, JsonArray actual, List<string> differences)
    {
        var extra = actual.ToList();
        var missing = new List<JsonNode?>();
        foreach (var node in expected)
        {
            var same = extra.FindIndex(n => Canonical(n) == Canonical(node));
            if (same < 0)
            {
                missing.Add(node);
            }
            else
            {
                extra.RemoveAt(same);
            }
        }

        if (missing.Count == 1 && extra.Count == 1)
        {
            Compare($"{where}[{expected.IndexOf(missing[0])}]", missing[0], extra[0], differences);
            return;
        }

        differences.AddRange(missing.Select(n => $"{where}: missing {Canonical(n)}"));
        differences.AddRange(extra.Select(n => $"{where}: not expected {Canonical(n)}"));
    }

    /// <summary>JSON with the members of objects and lists sorted.</summary>
    private static string Canonical(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject o => "{" + string.Join(",", o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"\"{p.Key}\":{Canonical(p.Value)}")) + "}",
        JsonArray a => "[" + string.Join(",", a.Select(Canonical).Order(StringComparer.Ordinal)) + "]",
        _ => node.ToJsonString(),
    };
}
