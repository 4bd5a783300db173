using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Rules;
using CisAws.Testing;
using CsCheck;

namespace CisAws.Core.Tests.Rules;

/// <summary>No rule throws, whatever AWS answers within the types of the evidence: empty, doubled, endless, in the wrong notation.</summary>
public sealed class OddEvidenceTests
{
    private static readonly int Accounts = LongTests.Iterations(12, 60);

    private static readonly string[] Odd =
    [
        "", " ", "*", "?", "-1", "0", "1e999", "NaN", "99999999999999999999", "arn:", "arn:aws:logs:us-east-1:111122223333:log-group:*", "arn:::::", ":", "/", "::/0",
        "0.0.0.0/0", "10.0.0.0/33", "::/129", "0.0.0.0/-1", "{", "{}", "[]", "null", "\"", "'", "TRUE", "true", "İı", "\u0000\u001b[2J\u202e", "\ufffd", "default",
        """{"Statement":[{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/\ud800*"}]}""", """{"Statement":{"Effect":"Allow","Principal":["\udc00"],"Sid":"\ud800"}}""",
        """{"\ud800":1,"Statement":[]}""", """{"Statement":null}""", "{ $.eventName = * }", "{ $.a[99999999999] = 1e400 }", "%(%", "[a, b=1*]", "ALARM(\"x", "SUM([m1,", "$.eventName",
    ];

    private static readonly string[] OddTimes = ["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00", "1970-01-01T00:00:00-14:00"];

    [Fact]
    public void No_rule_throws()
    {
        // Not in parallel, and from fixed seeds: what fails once fails again.
        for (var seed = 0; seed < Accounts; seed++)
        {
            var draw = new PCG(7, (ulong)seed);
            var account = seed % 4 == 0 ? DemoAccount.Load() : AccountGenerator.Any.Generate(new PCG(0, (ulong)seed), null, out _);
            if (Spoiled(account, draw) is not { } odd)
            {
                continue;
            }

            foreach (var control in EveryRule.Controls)
            {
                try
                {
                    RuleTester.Replay(control, odd, [], odd.CollectedAt);
                }
                catch (Exception e)
                {
                    Assert.Fail($"Seed {seed}, control {control.ControlId}: {e}");
                }
            }
        }
    }

    private static AccountEvidence? Spoiled(AccountEvidence account, PCG draw)
    {
        var json = JsonNode.Parse(account.ToJson())!;
        foreach (var kind in json["evidence"]!.AsObject())
        {
            foreach (var subject in kind.Value!.AsObject())
            {
                if (subject.Value!["value"] is { } value)
                {
                    subject.Value["value"] = Spoil(value.DeepClone(), draw);
                }
            }
        }

        try
        {
            return AccountEvidence.FromJson(json.ToJsonString());
        }
        catch (InvalidDataException)
        {
            return null; // Not of the types of the evidence any more.
        }
    }

    private static JsonNode Spoil(JsonNode node, PCG draw)
    {
        switch (node)
        {
            case JsonObject o:
                foreach (var (name, value) in o.Where(p => p.Value is not null).ToList())
                {
                    o[name] = Spoil(value!.DeepClone(), draw);
                }

                return o;
            case JsonArray a:
                var items = a.Where(n => n is not null).Select(n => Spoil(n!.DeepClone(), draw)).ToList();
                return new JsonArray(Chance(draw, 12) switch
                {
                    0 => [],
                    1 => [.. items, .. items.Select(i => i.DeepClone())],
                    2 => Enumerable.Reverse(items).ToArray(),
                    _ => items.ToArray(),
                });
            case JsonValue v when Chance(draw, 10) == 0:
                return v.GetValueKind() switch
                {
                    System.Text.Json.JsonValueKind.String => v.GetValue<string>() is { Length: >= 20 } text && text[4] == '-' && text[10] == 'T'
                        ? OddTimes[Chance(draw, OddTimes.Length)]
                        : Odd[Chance(draw, Odd.Length)],
                    System.Text.Json.JsonValueKind.Number => new[] { 0, -1, int.MaxValue, int.MinValue }[Chance(draw, 4)],
                    System.Text.Json.JsonValueKind.True => false,
                    System.Text.Json.JsonValueKind.False => true,
                    _ => v,
                };
            default:
                return node;
        }
    }

    private static int Chance(PCG draw, int of) => (int)draw.Next((uint)of);
}
