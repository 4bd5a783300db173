using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.PowerShell.Views;

/// <summary>Writes values for the views in CisAws.Format.ps1xml. Public because script blocks call it; scripts should not rely on it.</summary>
public static class Format
{
    /// <summary>A status, in its colour where the host shows colours.</summary>
    /// <param name="status">The status, or its name.</param>
    /// <param name="attested">What says that a person attested it: true, or an attestation.</param>
    /// <param name="host">The host.</param>
    public static string Status(object? status, object? attested, PSHost? host)
    {
        var text = LanguagePrimitives.IsTrue(attested) ? $"{status} (attested)" : $"{status}";
#if NETFRAMEWORK
        // Windows PowerShell does not remove colours from output that goes into a file.
        return text;
#else
        return host?.UI?.SupportsVirtualTerminal == true ? $"\u001b[{Colour(status)}m{text}\u001b[0m" : text;
#endif
    }

    /// <summary>Text from outside, in one line and without control characters.</summary>
    public static string Escape(string? text) => TerminalText.Escape(text);

    /// <summary>The texts of a list, a line each, without other control characters.</summary>
    public static string Lines(IEnumerable? items) =>
        TerminalText.EscapeLines(string.Join(Environment.NewLine, (items ?? Array.Empty<object>()).Cast<object?>()));

    /// <summary>A day as 2027-03-31 in every culture; empty for none.</summary>
    public static string Day(DateTime? day) => day is { } given ? IsoDate.Write(given) : "";

    /// <summary>A setting in force, with the default where it differs: "MaxUnusedCredentialDays = 45 (program retail; default 90)".</summary>
    public static string Setting(CisSetting setting) =>
        $"{setting.Name} = {SettingValues.Print(setting.Value)} ({setting.Source}{(setting.Source == "default" ? "" : $"; default {SettingValues.Print(setting.Default)}")})";

#if !NETFRAMEWORK
    // The colours of $PSStyle.Foreground.
    private static int Colour(object? status) => LanguagePrimitives.TryConvertTo<CisStatus>(status, out var known)
        ? known switch
        {
            CisStatus.Pass => 32,
            CisStatus.Fail => 91,
            CisStatus.Unknown => 33,
            CisStatus.Manual => 36,
            CisStatus.Exempt => 35,
            _ => 90,
        }
        : 90;
#endif
}
