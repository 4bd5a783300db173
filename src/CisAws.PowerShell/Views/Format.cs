using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.PowerShell.Views;

/// <summary>Writes values for the views in CisAws.Format.ps1xml. Public because script blocks call it; scripts should not rely on it.</summary>
public static class Format
{
    // Faint, not bright black, which some dark themes make the colour of the background.
    private const int Dim = 2;

    private const int Narrowest = 20;

    private const int FindingsShown = 10;

    /// <summary>A status, in its colour where the host shows colours.</summary>
    /// <param name="status">The status, or its name.</param>
    /// <param name="attested">What says that a person attested it: true, or an attestation.</param>
    /// <param name="host">The host.</param>
    public static string Status(object? status, object? attested, PSHost? host)
    {
        return Coloured(LanguagePrimitives.IsTrue(attested) ? $"{status} (attested)" : $"{status}", ColourOf(status), host);
    }

    /// <summary>Text from outside, in one line and without control characters.</summary>
    public static string Escape(string? text) => TerminalText.Escape(text);

    /// <summary>A cell of a row with a status: dim for what needs no attention, where the host shows colours.</summary>
    public static string Cell(object? text, object? status, PSHost? host)
    {
        var escaped = TerminalText.Escape(text?.ToString());
        return $"{status}" is nameof(CisStatus.Pass) or nameof(CisStatus.NotApplicable) or nameof(CisAccessStatus.Allowed) or nameof(CisAccessStatus.NotChecked)
            ? Coloured(escaped, Dim, host)
            : escaped;
    }

    /// <summary>The reason of a finding after its region, which most findings about IAM do not have.</summary>
    public static string Reason(string? region, string? reason, object? status, PSHost? host) =>
        Cell(string.IsNullOrEmpty(region) || reason?.Contains(region) == true ? reason : $"{region}: {reason}", status, host);

    /// <summary>Text in lines that end between words: PowerShell itself breaks them inside of words under many cultures.</summary>
    /// <param name="text">The text; its own line breaks stay.</param>
    /// <param name="host">The host, whose width is the width of all columns.</param>
    /// <param name="used">The columns that something else takes: those to the left, or the labels of a list.</param>
    public static string Wrap(string? text, PSHost? host, int used) => Wrap(text, WidthOf(host) - used);

    /// <summary>The texts of a list, a line each or more, without control characters.</summary>
    public static string Lines(IEnumerable? items, PSHost? host, int used) =>
        Joined((items ?? Array.Empty<object>()).Cast<object?>().Select(i => Wrap(TextOf(i), WidthOf(host) - used)));

    /// <summary>Steps with their numbers.</summary>
    public static string Steps(IEnumerable? items, PSHost? host, int used) =>
        Lines((items ?? Array.Empty<object>()).Cast<object?>().Select((step, n) => $"{n + 1}. {step}"), host, used);

    /// <summary>Settings with what they change.</summary>
    public static string Described(IEnumerable? settings, PSHost? host, int used) =>
        Lines((settings ?? Array.Empty<object>()).Cast<object?>().Select(s => $"{TextOf(s)}: {PropertyOf(s, nameof(CisSetting.Description))}"), host, used);

    /// <summary>How many findings have which status, and the first of those that need attention, a line each.</summary>
    public static string Findings(IEnumerable? findings, PSHost? host, int used)
    {
        var all = (findings ?? Array.Empty<object>()).Cast<object?>().ToList();
        var open = all.Where(f => $"{PropertyOf(f, "Status")}" is not (nameof(CisStatus.Pass) or nameof(CisStatus.NotApplicable) or "")).ToList();
        var counts = string.Join(", ", all.GroupBy(f => $"{PropertyOf(f, "Status")}").Select(g => $"{g.Count()} {g.Key}"));
        var more = open.Count > FindingsShown ? [$"and {open.Count - FindingsShown} more; Get-CisFinding returns all"] : Array.Empty<string>();
        return Lines(new[] { counts }.Concat(open.Take(FindingsShown).Select(f => $"{f}")).Concat(more), host, used);
    }

    /// <summary>The statuses of a row of the matrix, in lines that end between sections, and the name of the account if it has room.</summary>
    /// <param name="statuses">A letter for each control, with a space between sections.</param>
    /// <param name="accountName">The name of the account.</param>
    /// <param name="host">The host.</param>
    /// <param name="used">The columns that something else takes.</param>
    public static string Matrix(string? statuses, string? accountName, PSHost? host, int used)
    {
        var lines = Wrap(statuses, host, used).Split([Environment.NewLine], StringSplitOptions.None);
        var room = WidthOf(host) - used - lines[0].Length - 2;
        var name = TerminalText.Escape(accountName);
        var coloured = lines.Select(l => string.Concat(l.Select(c => c switch
        {
            'F' => Coloured("F", ColourOf(nameof(CisStatus.Fail)), host),
            'U' => Coloured("U", ColourOf(nameof(CisStatus.Unknown)), host),
            'M' => Coloured("M", ColourOf(nameof(CisStatus.Manual)), host),
            'E' => Coloured("E", ColourOf(nameof(CisStatus.Exempt)), host),
            _ => $"{c}",
        }))).ToList();
        if (name.Length > 0 && room >= Math.Min(name.Length, 4))
        {
            coloured[0] += "  " + (name.Length > room ? name.Substring(0, room - 1) + "\u2026" : name);
        }

        return string.Join(Environment.NewLine, coloured);
    }

    /// <summary>A time in UTC as 2027-03-31 12:00:00Z, in every culture.</summary>
    public static string Time(DateTime? time) => time?.ToString("u", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A pass rate as 48.8 in every culture; - for none.</summary>
    public static string Rate(double? rate) => rate?.ToString("0.0", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>The value of a setting.</summary>
    public static string Value(object? value) => value is null ? "" : TerminalText.Escape(SettingValues.Print(value is PSObject wrapped ? wrapped.BaseObject : value));

    /// <summary>A day as 2027-03-31 in every culture; empty for none.</summary>
    public static string Day(DateTime? day) => day is { } given ? IsoDate.Write(given) : "";

    /// <summary>A setting in force, with the default where it differs: "MaxUnusedCredentialDays = 45 (program retail; default 90)".</summary>
    public static string Setting(CisSetting setting) =>
        $"{setting.Name} = {SettingValues.Print(setting.Value)} ({setting.Source}{(setting.Source == "default" ? "" : $"; default {SettingValues.Print(setting.Default)}")})";

    private static string Coloured(string text, int colour, PSHost? host)
    {
#if NETFRAMEWORK
        // Windows PowerShell does not remove colours from output that goes into a file.
        return text;
#else
        return host?.UI?.SupportsVirtualTerminal == true ? $"\u001b[{colour}m{text}\u001b[0m" : text;
#endif
    }

    // Of $PSStyle.Foreground, but for what needs no attention. By the name: out of a job or a file there is nothing else.
    private static int ColourOf(object? status) => $"{status}" switch
    {
        nameof(CisStatus.Pass) or nameof(CisAccessStatus.Allowed) => 32,
        nameof(CisStatus.Fail) or nameof(CisAccessStatus.Denied) => 91,
        nameof(CisStatus.Unknown) => 33,
        nameof(CisStatus.Manual) => 36,
        nameof(CisStatus.Exempt) => 35,
        _ => Dim,
    };

    private static string Wrap(string? all, int width)
    {
        var lines = new List<string>();
        foreach (var paragraph in (all ?? "").Replace("\r\n", "\n").Split('\n'))
        {
            // Indentation stays: commands have it.
            var text = paragraph.TrimStart(' ');
            var line = new string(' ', paragraph.Length - text.Length);
            foreach (var word in text.Split(' '))
            {
                // A word that is wider than the column, such as an ARN, has a line of its own.
                if (line.Trim().Length > 0 && line.Length + 1 + word.Length > Math.Max(width, Narrowest))
                {
                    lines.Add(line);
                    line = word;
                }
                else
                {
                    line = line.Trim().Length > 0 ? $"{line} {word}" : line + word;
                }
            }

            lines.Add(line);
        }

        return Joined(lines);
    }

    private static string Joined(IEnumerable<string> lines) => TerminalText.EscapeLines(string.Join(Environment.NewLine, lines));

    // One column less: a console of Windows keeps its last column free.
    private static int WidthOf(PSHost? host)
    {
        try
        {
            return host?.UI?.RawUI is { BufferSize.Width: > 0 and var width } ? width - 1 : int.MaxValue / 2;
        }
        catch (Exception e) when (e is HostException or NotImplementedException or InvalidOperationException or System.IO.IOException)
        {
            // A host without a screen has no width.
            return int.MaxValue / 2;
        }
    }

    private static string TextOf(object? item) => item switch
    {
        CisSetting setting => Setting(setting),
        PSObject { BaseObject: CisSetting setting } => Setting(setting),
        _ => $"{item}",
    };

    private static object? PropertyOf(object? item, string name) => item is null ? null : PSObject.AsPSObject(item).Properties[name]?.Value;
}
