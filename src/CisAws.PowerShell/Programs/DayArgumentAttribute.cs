using System;
using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using CisAws.Programs;

namespace CisAws.PowerShell.Programs;

/// <summary>
/// Takes 2027-03-31 for that day in every culture. PowerShell reads the text of a date by the session's own: under th-TH the year
/// 2027 is that of the Buddhist era, 1484. Any other text is PowerShell's to read, as of every cmdlet.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class DayArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether a period such as 90d is accepted: it ends that long after today (UTC).</summary>
    public bool AllowPeriod { get; set; }

    /// <summary>Whether a period such as 12h or 90d is accepted: it began that long before now (UTC).</summary>
    public bool AllowAge { get; set; }

    private static readonly string[] Formats = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ssK"];

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (AllowPeriod && PeriodOf(inputData, value) is { Length: > 0 } period && char.IsDigit(period[0]) && Frequencies.After(DateTime.UtcNow.Date, period) is { } end)
        {
            return end;
        }

        if (AllowAge && value is string hours && Regex.IsMatch(hours, @"^[1-9][0-9]{0,4} ?h\z", RegexOptions.CultureInvariant))
        {
            return DateTime.UtcNow.AddHours(-int.Parse(hours.TrimEnd('h', ' '), CultureInfo.InvariantCulture));
        }

        if (AllowAge && PeriodOf(inputData, value) is { Length: > 0 } age && char.IsDigit(age[0]) && Frequencies.After(DateTime.UtcNow, age) is { } after)
        {
            var now = DateTime.UtcNow;
            return now - (after - now);
        }

        return value is string text && DateTime.TryParseExact(text.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var day)
            ? day
            : inputData;
    }

    // Without quotes 90d is a decimal and 1y a signed byte; the argument still has the text that was typed.
    private static string? PeriodOf(object inputData, object? value) =>
        value is string text ? text.Trim() : value is decimal or sbyte ? LanguagePrimitives.ConvertTo<string>(inputData) : null;
}
