using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.Rules.Alarms;

/// <summary>What a metric, or what is computed from metrics, can be in one period.</summary>
/// <param name="Low">The least it can be.</param>
/// <param name="High">The most it can be.</param>
/// <param name="HasData">Whether there is a data point; null when there may be one.</param>
/// <param name="IsScalar">True for a number, which has no data points of its own, unlike a time series.</param>
internal readonly record struct MetricValue(double Low, double High, bool? HasData = true, bool IsScalar = false)
{
    /// <summary>No data point, which counts as 0 in arithmetic.</summary>
    public static readonly MetricValue Missing = new(0, 0, HasData: false);

    /// <summary>A value of which nothing is known.</summary>
    public static readonly MetricValue Anything = new(double.NegativeInfinity, double.PositiveInfinity, HasData: null);

    /// <summary>A metric of which nothing is known but that it counts something.</summary>
    public static readonly MetricValue AnyCount = new(0, double.PositiveInfinity, HasData: null);

    /// <summary>The value with a missing data point taken as 0, as the operators do.</summary>
    private MetricValue Filled => HasData == true ? this : Hull(this, new MetricValue(0, 0));

    private bool? IsTrue => Low > 0 || High < 0 ? true : Low == 0 && High == 0 ? false : null;

    public static MetricValue Number(double value) => new(value, value, IsScalar: true);

    /// <summary>Either of two values.</summary>
    public static MetricValue Hull(MetricValue a, MetricValue b) =>
        new(Math.Min(a.Low, b.Low), Math.Max(a.High, b.High), a.HasData == b.HasData ? a.HasData : null, a.IsScalar && b.IsScalar);

    public static MetricValue operator +(MetricValue a, MetricValue b) => Combine(a, b, (x, y) => (x.Low + y.Low, x.High + y.High));

    public static MetricValue operator -(MetricValue a, MetricValue b) => a + -b;

    public static MetricValue operator -(MetricValue a) => a with { Low = -a.High, High = -a.Low };

    public static MetricValue operator *(MetricValue a, MetricValue b) => Combine(a, b, (x, y) =>
    {
        double[] products = [Product(x.Low, y.Low), Product(x.Low, y.High), Product(x.High, y.Low), Product(x.High, y.High)];
        return (products.Min(), products.Max());
    });

    /// <summary>The quotient; CloudWatch drops a data point that would divide by 0.</summary>
    public static MetricValue operator /(MetricValue a, MetricValue b)
    {
        var divisor = b.Filled;
        return divisor is { Low: 0, High: 0 } ? Missing with { IsScalar = a.IsScalar && b.IsScalar }
            : divisor is { Low: <= 0, High: >= 0 } ? Anything with { IsScalar = a.IsScalar && b.IsScalar }
            : a * (b with { Low = 1 / divisor.High, High = 1 / divisor.Low });
    }

    /// <summary>A function of the value that never falls where the value rises.</summary>
    public MetricValue Map(Func<double, double> monotonic) => this with { Low = monotonic(Low), High = monotonic(High) };

    public MetricValue Absolute() => Low >= 0 ? this : High <= 0 ? -this : this with { Low = 0, High = Math.Max(-Low, High) };

    /// <summary>1 where a comparison with another value holds, else 0.</summary>
    /// <param name="operation">The comparison: <c>==</c>, <c>!=</c>, <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c> or <c>&gt;=</c>.</param>
    /// <param name="other">The other value.</param>
    public MetricValue Compare(string operation, MetricValue other) => operation switch
    {
        ">" => Combine(this, other, (x, y) => Truth(x.Low > y.High ? true : x.High <= y.Low ? false : null)),
        ">=" => Combine(this, other, (x, y) => Truth(x.Low >= y.High ? true : x.High < y.Low ? false : null)),
        "==" => Combine(this, other, (x, y) => Truth(
            x.Low == x.High && y.Low == y.High && x.Low == y.Low ? true : x.Low > y.High || x.High < y.Low ? false : null)),
        "<" => other.Compare(">", this),
        "<=" => other.Compare(">=", this),
        _ => Number(1) - Compare("==", other),
    };

    public MetricValue And(MetricValue other) => Combine(this, other, (x, y) => Truth(
        x.IsTrue == false || y.IsTrue == false ? false : x.IsTrue == true && y.IsTrue == true ? true : null));

    public MetricValue Or(MetricValue other) => Combine(this, other, (x, y) => Truth(
        x.IsTrue == true || y.IsTrue == true ? true : x.IsTrue == false && y.IsTrue == false ? false : null));

    /// <summary>Where this value is not 0 the one, where it is 0 the other, and no data point where it has none.</summary>
    public MetricValue If(MetricValue then, MetricValue otherwise)
    {
        if (HasData == false)
        {
            return Missing;
        }

        var whenTrue = then.Filled with { HasData = true, IsScalar = false };
        var whenFalse = otherwise with { IsScalar = false };
        var chosen = IsTrue is { } isTrue ? (isTrue ? whenTrue : whenFalse) : Hull(whenTrue, whenFalse);
        return HasData == true ? chosen : chosen with { HasData = chosen.HasData == false ? false : null };
    }

    /// <summary>The value, or the other one where it has no data point.</summary>
    public MetricValue Fill(MetricValue filler)
    {
        var filled = filler with { IsScalar = IsScalar };
        return HasData switch
        {
            true => this,
            false => filled,
            null => Hull(this with { HasData = true }, filled),
        };
    }

    public static MetricValue Maximum(IReadOnlyList<MetricValue> values) =>
        values.Aggregate((a, b) => Combine(a, b, (x, y) => (Math.Max(x.Low, y.Low), Math.Max(x.High, y.High))));

    public static MetricValue Minimum(IReadOnlyList<MetricValue> values) =>
        values.Aggregate((a, b) => Combine(a, b, (x, y) => (Math.Min(x.Low, y.Low), Math.Min(x.High, y.High))));

    private static MetricValue Combine(MetricValue a, MetricValue b, Func<MetricValue, MetricValue, (double Low, double High)> operation)
    {
        var (low, high) = operation(a.Filled, b.Filled);
        return new MetricValue(
            double.IsNaN(low) ? double.NegativeInfinity : low, double.IsNaN(high) ? double.PositiveInfinity : high, HasDataOf(a, b), a.IsScalar && b.IsScalar);
    }

    /// <summary>A number is there wherever the time series is that it is combined with. Of two numbers, one can be the quotient of a division by 0.</summary>
    private static bool? HasDataOf(MetricValue a, MetricValue b) =>
        a.IsScalar && b.IsScalar ? a.HasData & b.HasData
        : b.IsScalar ? a.HasData
        : a.IsScalar ? b.HasData
        : a.HasData == true || b.HasData == true ? true
        : a.HasData == false && b.HasData == false ? false
        : null;

    private static double Product(double a, double b) => a == 0 || b == 0 ? 0 : a * b;

    private static (double Low, double High) Truth(bool? holds) => (holds == true ? 1 : 0, holds == false ? 0 : 1);
}
