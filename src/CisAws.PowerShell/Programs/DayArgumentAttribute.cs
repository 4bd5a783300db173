using System;
using System.Globalization;
using System.Management.Automation;
using CisAws.Programs;

namespace CisAws.PowerShell.Programs;

/// <summary>
/// Takes 2027-03-31 for that day in every culture. PowerShell reads the text of a date by the session's own: under th-TH the year
/// 2027 is that of the Buddhist era, 1484. Any other text is PowerShell's to read, as of every cmdlet.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class DayArgumentAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] Formats = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ssK"];

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is string text && DateTime.TryParseExact(text.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var day)
            ? day
            : inputData;
    }
}
