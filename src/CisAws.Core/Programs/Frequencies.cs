using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CisAws.Programs;

/// <summary>The frequencies of MITRE SAF's attestations: a word, or a number with a unit.</summary>
internal static class Frequencies
{
    /// <summary>What is accepted, for messages.</summary>
    public const string Words =
        "annually, semiannually, quarterly, monthly, every2weeks, fortnightly, weekly, every3days, daily, or a number with d, w, m or y such as 90d";

    /// <summary>What is accepted, for the schema.</summary>
    public const string Pattern = "^(annually|semiannually|quarterly|monthly|every2weeks|fortnightly|weekly|every3days|daily|[1-9][0-9]{0,3} ?[dwmy])$";

    /// <summary>The last day on which what was attested on a day is valid; null if the frequency is not one, or leads past the end of the calendar.</summary>
    public static DateTime? After(DateTime day, string frequency)
    {
        try
        {
            return Step(day, frequency);
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static DateTime? Step(DateTime day, string frequency) => frequency switch
    {
        "annually" => day.AddYears(1),
        "semiannually" => day.AddMonths(6),
        "quarterly" => day.AddMonths(3),
        "monthly" => day.AddMonths(1),
        "every2weeks" or "fortnightly" => day.AddDays(14),
        "weekly" => day.AddDays(7),
        "every3days" => day.AddDays(3),
        "daily" => day.AddDays(1),
        _ when Regex.IsMatch(frequency, Pattern, RegexOptions.CultureInvariant) && int.TryParse(
            frequency.Substring(0, frequency.Length - 1).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) => frequency[frequency.Length - 1] switch
            {
                'd' => day.AddDays(count),
                'w' => day.AddDays(7 * count),
                'm' => day.AddMonths(count),
                _ => day.AddYears(count),
            },
        _ => null,
    };
}
