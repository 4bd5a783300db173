using System;
using System.Globalization;

namespace CisAws.Text;

/// <summary>Times as reasons, warnings and facts show them: in UTC and the Gregorian calendar, whatever the machine's zone and culture.</summary>
internal static class UtcTime
{
    /// <summary><c>2026-03-01</c>.</summary>
    public static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary><c>2026-03-01 12:00 UTC</c>.</summary>
    public static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Whole days of 24 hours. A time in the future, which is clock skew, has age 0.</summary>
    public static int DaysBetween(DateTimeOffset earlier, DateTimeOffset later) => Math.Max(0, (int)Math.Floor((later - earlier).TotalDays));

    /// <summary>"1 day", "12 days".</summary>
    public static string Days(int count) => count == 1 ? "1 day" : count.ToString(CultureInfo.InvariantCulture) + " days";
}
