using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using CisAws.Evidence;

namespace CisAws.Controls.Monitoring;

/// <summary>The rule of a composite alarm: <c>ALARM("a") OR (ALARM(arn) AND NOT OK("b"))</c>.</summary>
internal sealed class CompositeRule
{
    private static readonly Regex AlarmTerm = new(
        """ALARM\s*\(\s*(?:"(?<name>(?:[^"\\]|\\.)*)"|(?<name>[^"()\s]+))\s*\)""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private readonly HashSet<string> _alarms;

    public CompositeRule(string rule)
    {
        var names = AlarmTerm.Matches(rule).Cast<Match>().Select(m => Regex.Replace(m.Groups["name"].Value, @"\\(.)", "$1"));
        _alarms = new HashSet<string>(names, StringComparer.Ordinal);
        // CloudWatch has checked the syntax: where nothing but OR stands between the terms, the parentheses do not matter.
        var rest = AlarmTerm.Replace(rule, " ").Replace("(", " ").Replace(")", " ");
        IsOr = _alarms.Count > 0 && rest.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .All(word => string.Equals(word, "OR", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>True when any one of its alarms sets it off: ALARM terms joined by OR and nothing else.</summary>
    public bool IsOr { get; }

    /// <summary>True when the rule asks whether the alarm is on, by its name or ARN.</summary>
    public bool Names(MetricAlarm alarm) => _alarms.Contains(alarm.Name) || _alarms.Contains(alarm.Arn);
}
