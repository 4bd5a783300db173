using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.PowerShell.Results;

/// <summary>
/// Reads results. Those of this session have their type; those that came back from a file, a job or another computer have only its properties, with
/// text where the type has another value.
/// </summary>
internal static class ResultReader
{
    /// <summary>What of a result is counted; null for what is not a result.</summary>
    public static CountedResult? Count(PSObject item) =>
        Status(item) is { } status && LanguagePrimitives.TryConvertTo<int>(Property(item, "Level"), out var level) &&
        Flag(item, "Scored") is { } scored && Property(item, "Section") is { } section
            ? new CountedResult(section.ToString()!, level, scored, status, Text(item, "AccountId"), Text(item, "AccountName"), Text(item, "OrganizationalUnit"))
            {
                ControlId = Text(item, "ControlId"),
                Program = Text(item, "Program"),
            }
            : null;

    /// <summary>The findings of a result; null for what is not a result, or has lost them.</summary>
    public static IEnumerable<object>? Findings(PSObject item) =>
        Property(item, "Findings") is IEnumerable findings and not string ? findings.Cast<object>() : null;

    /// <summary>The status of a result or of a finding; null where it has none.</summary>
    public static CisStatus? Status(object item) =>
        LanguagePrimitives.TryConvertTo<CisStatus>(Property(PSObject.AsPSObject(item), "Status"), out var status) ? status : null;

    // CSV has text, and PowerShell converts all text but the empty one to true.
    private static bool? Flag(PSObject item, string name) =>
        Property(item, name) is var value && (value is string text ? bool.TryParse(text, out var flag) : LanguagePrimitives.TryConvertTo(value, out flag)) ? flag : null;

    private static string Text(PSObject item, string name) => Property(item, name)?.ToString() ?? "";

    private static object? Property(PSObject item, string name) =>
        item.Properties[name]?.Value is var value && value is PSObject wrapped ? wrapped.BaseObject : value;
}
