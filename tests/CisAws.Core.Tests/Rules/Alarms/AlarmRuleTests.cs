using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CisAws.Rules.Alarms;
using CsCheck;

namespace CisAws.Core.Tests.Rules.Alarms;

/// <summary>Holds the rules of composite alarms against a tree that is drawn first, evaluated by itself, and written out in every spelling.</summary>
public sealed class AlarmRuleTests
{
    private static readonly string[] Names = ["a", "b c", "d,(e)", "say \"no\"", "back\\slash", "arn:aws:cloudwatch:us-east-1:111122223333:alarm:f", "ALARM", "TRUE"];

    private static readonly AlarmState?[] States = [AlarmState.Ok, AlarmState.Alarm, AlarmState.InsufficientData, null];

    private static readonly Gen<Drawn> Leaf = Gen.OneOf(
        Gen.Bool.Select(value => new Drawn(value ? "TRUE" : "false", _ => value)),
        Gen.Select(Gen.Int[0, Names.Length - 1], Gen.Int[0, 2], Gen.Bool).Select((name, state, quoted) => new Drawn(
            $"{Spelt(state)}({Spelt(name, quoted)})", states => Is(states[name], state))),
        Gen.Select(Gen.Int[0, Names.Length - 1].Array[1, 4], Gen.Int[0, 2], Gen.Bool, Gen.Int[0, 5], Gen.Bool).Select((names, state, negated, threshold, percent) => new Drawn(
            $"AT_LEAST({(percent ? $"{threshold * 25}%" : threshold.ToString(CultureInfo.InvariantCulture))}, {(negated ? "NOT " : "")}{Spelt(state)}, ({string.Join(",", names.Select(n => Spelt(n, true)))}))",
            states => Counted([.. names.Select(n => negated ? Not(Is(states[n], state)) : Is(states[n], state))], threshold, percent))));

    private static readonly Gen<Drawn> Rules = Gen.Recursive<Drawn>((depth, rule) => depth >= 4
        ? Leaf
        : Gen.OneOf(
            Leaf,
            rule.Select(operand => new Drawn($"NOT ({operand.Text})", states => Not(operand.Holds(states)))),
            Gen.Select(rule, Gen.Bool).Select((operand, spaced) => new Drawn(spaced ? $" ( {operand.Text}\n)" : $"({operand.Text})", operand.Holds)),
            Gen.Select(rule.Array[2, 3], Gen.Bool).Select((operands, all) => new Drawn(
                string.Join(all ? " AND " : " OR ", operands.Select(o => $"({o.Text})")),
                states => all ? Both(operands.Select(o => o.Holds(states))) : Not(Both(operands.Select(o => Not(o.Holds(states)))))))));

    [Fact]
    public void A_rule_holds_where_the_tree_it_was_written_from_does() => Gen.Select(Rules, Gen.Int[0, 3].Array[Names.Length]).Sample(
        (drawn, states) =>
        {
            var rule = AlarmRule.TryParse(drawn.Text);
            Assert.True(rule is not null, drawn.Text);
            var given = states.Select(s => States[s]).ToArray();
            Assert.True(rule.Evaluate(name => given[Array.IndexOf(Names, name)]) == drawn.Holds(given), drawn.Text);
        },
        iter: 3_000,
        threads: 1);

    [Fact]
    public void A_cut_rule_is_never_read_as_another() => Rules.Sample(
        drawn =>
        {
            for (var length = 0; length < drawn.Text.Length; length++)
            {
                // What is left may be a rule of its own, and then ends where an operand did.
                var cut = drawn.Text[..length].TrimEnd();
                Assert.True(AlarmRule.TryParse(cut) is null || cut.EndsWith(')') || cut.EndsWith("TRUE", StringComparison.Ordinal) || cut.EndsWith("false", StringComparison.Ordinal), cut);
            }
        },
        iter: 300,
        threads: 1);

    private static string Spelt(int state) => state switch { 0 => "OK", 1 => "ALARM", _ => "INSUFFICIENT_DATA" };

    private static string Spelt(int name, bool quoted) => quoted || Names[name].IndexOfAny([' ', '(', ')', ',', '"']) >= 0
        ? "\"" + Names[name].Replace("\\", "\\\\").Replace("\"", "\\\"") + "\""
        : Names[name];

    // The evaluator of the tree: true, false, or null where a state that is not known decides.
    private static bool? Is(AlarmState? actual, int state) => actual is null ? null : (int)actual == state;

    private static bool? Not(bool? value) => value is null ? null : !value;

    private static bool? Both(IEnumerable<bool?> values)
    {
        var all = values.ToList();
        return all.Contains(false) ? false : all.Contains(null) ? null : true;
    }

    /// <summary>By trying out both values of each that is not known.</summary>
    private static bool? Counted(IReadOnlyList<bool?> values, int threshold, bool percent)
    {
        var needed = percent ? Math.Ceiling(threshold * 25 * values.Count / 100.0) : threshold;
        var results = Enumerable.Range(0, 1 << values.Count)
            .Where(bits => values.Select((v, i) => v is null || v == ((bits >> i) % 2 == 1)).All(fits => fits))
            .Select(bits => Enumerable.Range(0, values.Count).Count(i => (bits >> i) % 2 == 1) >= needed)
            .Distinct().ToList();
        return results.Count == 1 ? results[0] : null;
    }

    private sealed record Drawn(string Text, Func<AlarmState?[], bool?> Holds);
}
