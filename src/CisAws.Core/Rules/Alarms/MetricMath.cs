using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using CisAws.Evidence;

namespace CisAws.Rules.Alarms;

/// <summary>
/// Evaluates the metric math of an alarm for one period. The language:
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html. Understood are numbers, metrics, other
/// expressions, parentheses, lists, arithmetic, comparison and logical operators, and the functions below. Functions that look at
/// other periods, such as RATE, are not.
/// </summary>
internal sealed class MetricMath
{
    private static readonly Regex Token = new(
        """\G\s*(?:(?<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_]\w*)|(?<text>"[^"]*"|'[^']*')|(?<operator>==|!=|<=|>=|&&|\|\||[-+*/<>()\[\],]))""",
        RegexOptions.CultureInvariant);

    private static readonly Regex Name = new(@"[A-Za-z_]\w*", RegexOptions.CultureInvariant);

    private readonly IReadOnlyList<MetricDataQuery> _queries;
    private readonly Func<MetricDataQuery, MetricValue> _valueOf;

    private const int DeepestNesting = 200;

    // Each query is evaluated once however many others name it; null while that is under way.
    private readonly Dictionary<string, Term?> _terms = new(StringComparer.Ordinal);
    private int _depth;

    private MetricMath(IReadOnlyList<MetricDataQuery> queries, Func<MetricDataQuery, MetricValue> valueOf)
    {
        _queries = queries;
        _valueOf = valueOf;
    }

    /// <summary>What a query results in; null when that is not understood.</summary>
    /// <param name="queries">The queries of the alarm.</param>
    /// <param name="id">The ID of the query.</param>
    /// <param name="valueOf">What a query that reads a metric gives.</param>
    public static MetricValue? Evaluate(IReadOnlyList<MetricDataQuery> queries, string id, Func<MetricDataQuery, MetricValue> valueOf)
    {
        try
        {
            // An alarm watches one time series, which may be the only one of a list.
            return new MetricMath(queries, valueOf).Resolve(id) is { Items: [var value] } ? value : null;
        }
        catch (NotUnderstoodException)
        {
            return null;
        }
    }

    /// <summary>The IDs of the queries that a query depends on, itself included; whether it is understood does not matter.</summary>
    public static IReadOnlyCollection<string> DependenciesOf(IReadOnlyList<MetricDataQuery> queries, string id)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>([id]);
        while (waiting.Count > 0)
        {
            var next = waiting.Dequeue();
            if (!found.Add(next) || queries.FirstOrDefault(q => q.Id == next)?.Expression is not { } expression)
            {
                continue;
            }

            var names = new HashSet<string>(Name.Matches(expression).Cast<Match>().Select(m => m.Value), StringComparer.Ordinal);
            foreach (var query in queries.Where(q => names.Contains(q.Id) || (q.MetricStat is not null && names.Contains("METRICS"))))
            {
                waiting.Enqueue(query.Id);
            }
        }

        return found;
    }

    private Term Resolve(string id)
    {
        if (_terms.TryGetValue(id, out var known))
        {
            return known ?? throw new NotUnderstoodException();
        }

        _terms[id] = null;
        var query = _queries.FirstOrDefault(q => q.Id == id) ?? throw new NotUnderstoodException();
        var term = query.MetricStat is not null ? new Term([_valueOf(query)]) : new Expression(this, query.Expression ?? "").Evaluate();
        _terms[id] = term;
        return term;
    }

    private Term Metrics(string idPart) =>
        new([.. _queries.Where(q => q.MetricStat is not null && q.Id.Contains(idPart)).Select(q => Resolve(q.Id).Items[0])], IsList: true);

    private int PeriodOf(string id) => _queries.FirstOrDefault(q => q.Id == id)?.MetricStat?.Period ?? throw new NotUnderstoodException();

    private sealed class NotUnderstoodException : Exception;

    /// <summary>A number or a time series, or a list of time series.</summary>
    private sealed record Term(IReadOnlyList<MetricValue> Items, bool IsList = false)
    {
        public MetricValue Single => IsList ? throw new NotUnderstoodException() : Items[0];

        public Term Map(Func<MetricValue, MetricValue> function) => this with { Items = [.. Items.Select(function)] };

        public Term With(Term other, Func<MetricValue, MetricValue, MetricValue> operation) => (IsList, other.IsList) switch
        {
            (true, true) => Items.Count == other.Items.Count
                ? new Term([.. Items.Zip(other.Items, operation)], IsList: true)
                : throw new NotUnderstoodException(),
            (false, true) => other.Map(o => operation(Items[0], o)),
            _ => Map(i => operation(i, other.Items[0])),
        };
    }

    /// <summary>Parses an expression and evaluates it on the way.</summary>
    private sealed class Expression(MetricMath math, string text)
    {
        private readonly IReadOnlyList<Match> _tokens = Tokens(text);
        private int _next;

        public Term Evaluate()
        {
            var result = Or();
            return _next == _tokens.Count ? result : throw new NotUnderstoodException();
        }

        private Term Or() => Chain(And, ("OR", (a, b) => a.Or(b)), ("||", (a, b) => a.Or(b)));

        private Term And() => Chain(Comparison, ("AND", (a, b) => a.And(b)), ("&&", (a, b) => a.And(b)));

        private Term Comparison() => Chain(Sum, Compared("=="), Compared("!="), Compared("<="), Compared(">="), Compared("<"), Compared(">"));

        private Term Sum() => Chain(Product, ("+", (a, b) => a + b), ("-", (a, b) => a - b));

        private Term Product() => Chain(Factor, ("*", (a, b) => a * b), ("/", (a, b) => a / b));

        private static (string Sign, Func<MetricValue, MetricValue, MetricValue> Apply) Compared(string sign) => (sign, (a, b) => a.Compare(sign, b));

        private Term Chain(Func<Term> operand, params (string Sign, Func<MetricValue, MetricValue, MetricValue> Apply)[] operators)
        {
            var result = operand();
            while (operators.FirstOrDefault(o => Take(o.Sign)).Apply is { } apply)
            {
                result = result.With(operand(), apply);
            }

            return result;
        }

        private Term Factor()
        {
            if (++math._depth > DeepestNesting)
            {
                throw new NotUnderstoodException();
            }

            var result = Take("-") ? Factor().Map(v => -v) : Primary();
            math._depth--;
            return result;
        }

        private Term Primary()
        {
            if (Take("("))
            {
                var inner = Or();
                Expect(")");
                return inner;
            }

            if (Take("["))
            {
                return new Term([.. Arguments("]").SelectMany(a => a.Items)], IsList: true);
            }

            if (Next("number") is { } number)
            {
                return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && !double.IsInfinity(value)
                    ? new Term([MetricValue.Number(value)])
                    : throw new NotUnderstoodException();
            }

            var name = Next("name") ?? throw new NotUnderstoodException();
            return Take("(") ? Call(name) : math.Resolve(name);
        }

        private Term Call(string function)
        {
            switch (function)
            {
                case "METRICS":
                    var part = Next("text") is { } quoted ? quoted.Substring(1, quoted.Length - 2) : "";
                    Expect(")");
                    return math.Metrics(part);
                case "PERIOD":
                    var period = math.PeriodOf(Next("name") ?? throw new NotUnderstoodException());
                    Expect(")");
                    return new Term([MetricValue.Number(period)]);
                case "FILL":
                    var filled = Or();
                    Expect(",");
                    var filler = Take("REPEAT") || Take("LINEAR")
                        ? new Term([MetricValue.Anything])
                        : Or();
                    Expect(")");
                    return filled.With(filler, (v, f) => v.Fill(f));
            }

            var arguments = Arguments(")");
            return (function, arguments) switch
            {
                ("ABS", [var x]) => x.Map(v => v.Absolute()),
                ("CEIL", [var x]) => x.Map(v => v.Map(Math.Ceiling)),
                ("FLOOR", [var x]) => x.Map(v => v.Map(Math.Floor)),
                ("TIME_SERIES", [{ Single: { IsScalar: true } number }]) => new Term([number with { IsScalar = false }]),
                ("IF", [var condition, var then]) => new Term([condition.Single.If(then.Single, MetricValue.Missing)]),
                ("IF", [var condition, var then, var otherwise]) => new Term([condition.Single.If(then.Single, otherwise.Single)]),
                ("SUM" or "AVG" or "MAX" or "MIN", [{ IsList: true, Items.Count: > 0 } list]) => new Term([Aggregate(function, list.Items)]),
                ("SUM" or "AVG" or "MAX" or "MIN", [{ IsList: false } series]) => new Term([OverTime(function, series.Single)]),
                _ => throw new NotUnderstoodException(),
            };
        }

        private static MetricValue Aggregate(string function, IReadOnlyList<MetricValue> values) => function switch
        {
            "SUM" => values.Aggregate((a, b) => a + b),
            "AVG" => values.Aggregate((a, b) => a + b) / MetricValue.Number(values.Count),
            "MAX" => MetricValue.Maximum(values),
            _ => MetricValue.Minimum(values),
        };

        /// <summary>
        /// Of one time series these functions make a number, from the data points of all the periods that CloudWatch retrieves. Of the
        /// other periods is only known that nothing happened in them: 0 or no data point.
        /// </summary>
        private static MetricValue OverTime(string function, MetricValue value)
        {
            var (low, high) = (Math.Min(value.Low, 0), Math.Max(value.High, 0));
            return function switch
            {
                "SUM" => new MetricValue(value.Low, value.High, IsScalar: true),
                "MAX" => new MetricValue(value.Low, high, IsScalar: true),
                "MIN" => new MetricValue(low, value.High, IsScalar: true),
                _ => new MetricValue(low, high, IsScalar: true),
            };
        }

        private List<Term> Arguments(string end)
        {
            var arguments = new List<Term>();
            do
            {
                arguments.Add(Or());
            }
            while (Take(","));
            Expect(end);
            return arguments;
        }

        private void Expect(string sign)
        {
            if (!Take(sign))
            {
                throw new NotUnderstoodException();
            }
        }

        private bool Take(string sign)
        {
            var found = _next < _tokens.Count && !_tokens[_next].Groups["text"].Success && _tokens[_next].Value.Trim() == sign;
            _next += found ? 1 : 0;
            return found;
        }

        private string? Next(string kind) => _next < _tokens.Count && _tokens[_next].Groups[kind] is { Success: true } token
            ? Taken(token.Value)
            : null;

        private string Taken(string token)
        {
            _next++;
            return token;
        }

        private static List<Match> Tokens(string text)
        {
            var tokens = new List<Match>();
            var end = text.TrimEnd().Length;
            for (var at = 0; at < end;)
            {
                var token = Token.Match(text, at);
                tokens.Add(token.Success ? token : throw new NotUnderstoodException());
                at += token.Length;
            }

            return tokens;
        }
    }
}
