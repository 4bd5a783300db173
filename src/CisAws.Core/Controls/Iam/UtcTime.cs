using System;
using System.Globalization;

namespace CisAws.Controls.Iam;

/// <summary>Times as reasons and facts print them, and ages as the benchmark counts them: in UTC, whatever the machine's zone and culture.</summary>
internal static class UtcTime
{
    public static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Whole days of 24 hours. A time to come, which is a clock's skew, has age 0.</summary>
    public static int DaysBetween(DateTimeOffset earlier, DateTimeOffset later) => Math.Max(0, (int)Math.Floor((later - earlier).TotalDays));

    /// <summary>"1 day", "12 days".</summary>
    public static string Days(int count) => count == 1 ? "1 day" : count.ToString(CultureInfo.InvariantCulture) + " days";
}
