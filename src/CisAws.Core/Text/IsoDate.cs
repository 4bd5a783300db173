using System;
using System.Globalization;

namespace CisAws.Text;

/// <summary>Days as programs write them: 2027-03-31, in UTC, whatever the culture.</summary>
internal static class IsoDate
{
    private const string Format = "yyyy-MM-dd";

    public static string Write(DateTime day) => day.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The day that a person means by a point in time: the date as written, local or not.</summary>
    public static DateTime Of(DateTime time) => DateTime.SpecifyKind(time.Date, DateTimeKind.Utc);

    /// <summary>Reads 2027-03-31, or an ISO 8601 time of which the day (UTC) is taken; null for anything else.</summary>
    public static DateTime? TryRead(string text)
    {
        if (DateTime.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var day))
        {
            return day;
        }

        return text.Length > Format.Length && text[Format.Length] == 'T' &&
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.UtcDateTime.Date
            : null;
    }
}
