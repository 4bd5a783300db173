using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CisAws.Evidence;
using CisAws.Rules.Alarms;
using CsCheck;

namespace CisAws.Core.Tests.Rules.Alarms;

/// <summary>
/// Holds metric math against expressions that are drawn with their own evaluation: whatever the other metrics are, the result is
/// within the bounds. One period is looked at; a missing data point is null.
/// </summary>
public sealed class MetricMathTests
{
    private static readonly MetricDataQuery[] Queries =
    [
        MonitoredAccount.Query("m1"), MonitoredAccount.Query("m2", "Other"), MonitoredAccount.Query("m3", "More"),
    ];

    private static readonly double[] Numbers = [0, 0.5, 1, 2, 10, 100];

    private static readonly Gen<Drawn> Series = Gen.Int[0, 2].Select(i => new Drawn($"m{i + 1}", metrics => metrics[i], false));

    private static readonly Gen<Drawn> Leaf = Gen.Frequency(
        (3, Series), (1, Gen.Int[0, Numbers.Length - 1].Select(i => new Drawn(Numbers[i].ToString(CultureInfo.InvariantCulture), _ => Numbers[i], true))));

    private static readonly Gen<Drawn> Expressions = Gen.Recursive<Drawn>((depth, expression) => depth >= 4
        ? Leaf
        : Gen.OneOf(
            Leaf,
            Gen.Select(expression, Gen.Int[0, 4]).Select((of, i) => Of((new[] { "ABS", "CEIL", "FLOOR", "-", "" })[i], of)),
            Gen.Select(expression, expression, Gen.Int[0, 11]).Select((a, b, i) => Joined(
                a, b, (new[] { "+", "-", "*", "/", ">", ">=", "<", "<=", "==", "!=", "AND", "||" })[i])),
            Gen.Select(Series.Array[1, 3], expression, Gen.Int[0, 3]).Select((series, last, i) => Aggregate([.. series, last], (new[] { "SUM", "AVG", "MAX", "MIN" })[i])),
            Gen.Select(expression, expression, expression).Select((condition, then, otherwise) => new Drawn(
                $"IF({condition.Text}, {then.Text}, {otherwise.Text})",
                m => condition.Value(m) is not { } c ? null : c != 0 ? then.Value(m) ?? 0 : otherwise.Value(m),
                false)),
            Gen.Select(Series, expression).Select((series, filler) => new Drawn(
                $"FILL({series.Text}, {filler.Text})", m => series.Value(m) ?? filler.Value(m), false))));

    [Fact]
    public void The_result_is_within_the_bounds_whatever_the_other_metrics_are() => Gen
        .Select(Expressions, Gen.Int[0, Numbers.Length].Array[3])
        .Sample(
            (drawn, picks) =>
            {
                var metrics = picks.Select(i => i == Numbers.Length ? (double?)null : Numbers[i]).ToArray();
                var given = metrics[0] is { } value ? new MetricValue(value, value) : MetricValue.Missing;
                var bounds = MetricMath.Evaluate(
                    [.. Queries, new MetricDataQuery("e", true, drawn.Text)], "e", q => q.Id == "m1" ? given : MetricValue.AnyCount);
                Assert.True(bounds is not null, drawn.Text);
                var actual = drawn.Value(metrics);
                var holds = actual is { } a
                    ? bounds.Value.HasData != false && bounds.Value.Low - 1e-9 <= a && a <= bounds.Value.High + 1e-9
                    : bounds.Value.HasData != true;
                Assert.True(holds, $"{drawn.Text} with m1, m2, m3 = {string.Join(", ", metrics)} is {actual}, and should be in {bounds}.");
            },
            iter: 20_000,
            threads: 1);

    private static Drawn Of(string function, Drawn operand) => new(
        $"{function}({operand.Text})",
        m => operand.Value(m) is { } v ? function switch { "ABS" => Math.Abs(v), "CEIL" => Math.Ceiling(v), "FLOOR" => Math.Floor(v), "-" => -v, _ => v } : null,
        operand.IsNumber);

    /// <summary>A missing operand counts as 0 beside one that is there; a number is there only where the series is.</summary>
    private static Drawn Joined(Drawn a, Drawn b, string sign) => new(
        $"({a.Text} {sign} {b.Text})",
        m =>
        {
            var (x, y) = (a.Value(m), b.Value(m));
            var missing = a.IsNumber && b.IsNumber ? x is null || y is null : a.IsNumber ? y is null : b.IsNumber ? x is null : x is null && y is null;
            if (missing || (sign == "/" && (y ?? 0) == 0))
            {
                return null;
            }

            var (l, r) = (x ?? 0, y ?? 0);
            return sign switch
            {
                "+" => l + r,
                "-" => l - r,
                "*" => l * r,
                "/" => l / r,
                ">" => l > r ? 1 : 0,
                ">=" => l >= r ? 1 : 0,
                "<" => l < r ? 1 : 0,
                "<=" => l <= r ? 1 : 0,
                "==" => l == r ? 1 : 0,
                "!=" => l != r ? 1 : 0,
                "AND" => l != 0 && r != 0 ? 1 : 0,
                _ => l != 0 || r != 0 ? 1 : 0,
            };
        },
        a.IsNumber && b.IsNumber);

    private static Drawn Aggregate(IReadOnlyList<Drawn> items, string function) => new(
        $"{function}([{string.Join(", ", items.Select(i => i.Text))}])",
        m =>
        {
            // A number in the list does not make a data point where no series has one.
            if (items.Where(i => !i.IsNumber).All(i => i.Value(m) is null))
            {
                return null;
            }

            var values = items.Select(i => i.Value(m) ?? 0).ToList();
            return function switch { "SUM" => values.Sum(), "AVG" => values.Average(), "MAX" => values.Max(), _ => values.Min() };
        },
        false);

    private sealed record Drawn(string Text, Func<double?[], double?> Value, bool IsNumber);
}
