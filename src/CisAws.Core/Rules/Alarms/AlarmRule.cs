using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace CisAws.Rules.Alarms;

/// <summary>The state of an alarm.</summary>
internal enum AlarmState
{
    Ok,
    Alarm,
    InsufficientData,
}

/// <summary>A reference to another alarm, by its name or ARN.</summary>
/// <param name="Alarm">The name or ARN.</param>
/// <param name="AsksForAlarm">False for <c>OK(x)</c> and <c>INSUFFICIENT_DATA(x)</c> that no NOT precedes: they are not about x in ALARM.</param>
internal readonly record struct AlarmReference(string Alarm, bool AsksForAlarm);

/// <summary>
/// The rule of a composite alarm, such as <c>ALARM("a") OR AT_LEAST(2, NOT OK, (b, c, d))</c>. The language:
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-combining.html. AWS does not document the precedence of
/// the operators; it is taken to be the usual one: NOT, AND, OR.
/// </summary>
internal abstract record AlarmRule
{
    /// <summary>Whether the rule holds; null when it depends on a state that is not known.</summary>
    /// <param name="stateOf">The state of an alarm, by its name or ARN; null when it is not known.</param>
    public abstract bool? Evaluate(Func<string, AlarmState?> stateOf);

    /// <summary>The alarms that the rule refers to.</summary>
    public IEnumerable<AlarmReference> References() => References(negated: false);

    /// <summary>Reads a rule; null when it is not one.</summary>
    public static AlarmRule? TryParse(string rule) => new Parser(rule).Parse();

    protected abstract IEnumerable<AlarmReference> References(bool negated);

    private sealed record Constant(bool Value) : AlarmRule
    {
        public override bool? Evaluate(Func<string, AlarmState?> stateOf) => Value;

        protected override IEnumerable<AlarmReference> References(bool negated) => [];
    }

    private sealed record InState(string Alarm, AlarmState State) : AlarmRule
    {
        public override bool? Evaluate(Func<string, AlarmState?> stateOf) => stateOf(Alarm) is { } state ? state == State : null;

        protected override IEnumerable<AlarmReference> References(bool negated) => [new(Alarm, negated || State == AlarmState.Alarm)];
    }

    private sealed record Not(AlarmRule Operand) : AlarmRule
    {
        public override bool? Evaluate(Func<string, AlarmState?> stateOf) => !Operand.Evaluate(stateOf);

        protected override IEnumerable<AlarmReference> References(bool negated) => Operand.References(negated: true);
    }

    /// <summary>
    /// So many of the operands, or so many per cent of them, hold. AND requires all of them, and OR one.
    /// </summary>
    private sealed record AtLeast(double Threshold, bool IsPercentage, IReadOnlyList<AlarmRule> Operands) : AlarmRule
    {
        public override bool? Evaluate(Func<string, AlarmState?> stateOf)
        {
            var results = Operands.Select(o => o.Evaluate(stateOf)).ToList();
            return IsEnough(results.Count(r => r == true)) ? true
                : IsEnough(results.Count(r => r != false)) ? null
                : false;
        }

        protected override IEnumerable<AlarmReference> References(bool negated) => Operands.SelectMany(o => o.References(negated));

        private bool IsEnough(int count) => IsPercentage ? count * 100.0 >= Threshold * Operands.Count : count >= Threshold;
    }

    /// <summary>Recursive descent. The nesting is bounded, because a recorded rule may be of any length.</summary>
    private sealed class Parser(string rule)
    {
        private const int DeepestNesting = 200;

        private readonly IReadOnlyList<(string Text, bool IsQuoted)> _tokens = Tokens(rule);
        private int _next;
        private int _depth;

        public AlarmRule? Parse() => Or() is { } parsed && _next == _tokens.Count ? parsed : null;

        private AlarmRule? Or() => Joined("OR", And, all: false);

        private AlarmRule? And() => Joined("AND", Negation, all: true);

        private AlarmRule? Joined(string word, Func<AlarmRule?> operand, bool all)
        {
            var operands = new List<AlarmRule>();
            do
            {
                if (operand() is not { } next)
                {
                    return null;
                }

                operands.Add(next);
            }
            while (Take(word));
            return operands.Count == 1 ? operands[0] : new AtLeast(all ? operands.Count : 1, false, operands);
        }

        private AlarmRule? Negation()
        {
            var negated = false;
            while (Take("NOT"))
            {
                negated = !negated;
            }

            var operand = Primary();
            return negated && operand is not null ? new Not(operand) : operand;
        }

        private AlarmRule? Primary()
        {
            if (Take("("))
            {
                return ++_depth <= DeepestNesting && Or() is { } inner && Take(")") && _depth-- > 0 ? inner : null;
            }

            return Take("TRUE") ? new Constant(true)
                : Take("FALSE") ? new Constant(false)
                : Take("AT_LEAST") ? Counted()
                : State() is { } state && Take("(") && Name() is { } alarm && Take(")") ? new InState(alarm, state)
                : null;
        }

        /// <summary>What follows AT_LEAST: <c>(2, NOT OK, (a, b, c))</c> or <c>(60%, ALARM, (a, b))</c>.</summary>
        private AtLeast? Counted()
        {
            if (!Take("(") || Name() is not { } threshold || !Take(","))
            {
                return null;
            }

            var isPercentage = threshold.EndsWith("%", StringComparison.Ordinal);
            var number = isPercentage ? threshold.Substring(0, threshold.Length - 1) : threshold;
            if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
            {
                return null;
            }

            var negated = Take("NOT");
            if (State() is not { } state || !Take(",") || !Take("("))
            {
                return null;
            }

            var operands = new List<AlarmRule>();
            do
            {
                if (Name() is not { } alarm)
                {
                    return null;
                }

                var operand = new InState(alarm, state);
                operands.Add(negated ? new Not(operand) : operand);
            }
            while (Take(","));
            return Take(")") && Take(")") ? new AtLeast(count, isPercentage, operands) : null;
        }

        private AlarmState? State() => Take("ALARM") ? AlarmState.Alarm
            : Take("OK") ? AlarmState.Ok
            : Take("INSUFFICIENT_DATA") ? AlarmState.InsufficientData
            : null;

        private string? Name() => _next < _tokens.Count && (_tokens[_next].IsQuoted || _tokens[_next].Text is not ("(" or ")" or ","))
            ? _tokens[_next++].Text
            : null;

        private bool Take(string word)
        {
            var found = _next < _tokens.Count && !_tokens[_next].IsQuoted &&
                string.Equals(_tokens[_next].Text, word, StringComparison.OrdinalIgnoreCase);
            _next += found ? 1 : 0;
            return found;
        }

        private static List<(string Text, bool IsQuoted)> Tokens(string rule)
        {
            var tokens = new List<(string, bool)>();
            for (var at = 0; at < rule.Length;)
            {
                var c = rule[at];
                if (char.IsWhiteSpace(c))
                {
                    at++;
                }
                else if (c is '(' or ')' or ',')
                {
                    tokens.Add((c.ToString(), false));
                    at++;
                }
                else if (c == '"')
                {
                    tokens.Add((Quoted(rule, ref at), true));
                }
                else
                {
                    var start = at;
                    while (at < rule.Length && !char.IsWhiteSpace(rule[at]) && rule[at] is not ('(' or ')' or ','))
                    {
                        at++;
                    }

                    tokens.Add((rule.Substring(start, at - start), false));
                }
            }

            return tokens;
        }

        private static string Quoted(string rule, ref int at)
        {
            var text = new StringBuilder();
            for (at++; at < rule.Length && rule[at] != '"'; at++)
            {
                at += rule[at] == '\\' && at + 1 < rule.Length ? 1 : 0;
                text.Append(rule[at]);
            }

            at++;
            return text.ToString();
        }
    }
}
