using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using CisAws.Benchmarks;
using CisAws.PowerShell.Controls;
using CisAws.Programs;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.PowerShell.Programs;

/// <summary>
/// Reads settings out of hashtables: <c>@{ '1.3' = @{ MaxUnusedCredentialDays = 45 } }</c>. Names are taken in any case and values in
/// any type that plainly means one; what is not valid is left for the program's reader to refuse, in one place.
/// </summary>
internal static class SettingArgument
{
    /// <summary>One setting; its value is null where the setting is to be taken out.</summary>
    public sealed record Entry(ControlSelector ControlId, string Name, object? Value);

    /// <summary>The settings in a hashtable.</summary>
    /// <exception cref="ProgramException">The hashtable is not one of hashtables.</exception>
    public static IEnumerable<Entry> Read(Hashtable table)
    {
        foreach (DictionaryEntry control in table)
        {
            var id = Selector(ControlIdArgumentAttribute.TextOf(control.Key));
            if (Unwrapped(control.Value) is not IDictionary settings)
            {
                throw new ProgramException(
                    "InvalidSetting", $"The settings of {id} are not a hashtable.",
                    $"Use the form @{{ '{id}' = @{{ SettingName = value }} }}. Get-CisControl '{id}' shows its settings.");
            }

            foreach (DictionaryEntry setting in settings)
            {
                var name = Convert.ToString(setting.Key, CultureInfo.InvariantCulture)!;
                var definition = ControlLookup.All.Named(id).SelectMany(c => c.Settings)
                    .FirstOrDefault(d => d.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
                yield return new Entry(id, definition?.Name ?? name, ValueOf(Unwrapped(setting.Value), definition));
            }
        }
    }

    /// <summary>The controls that an ID or a wildcard names; whether the program's benchmark has such controls is for the program's reader.</summary>
    public static ControlSelector Selector(string text)
    {
        try
        {
            return ControlSelector.Parse(text);
        }
        catch (FormatException e)
        {
            throw new ProgramException("UnknownControl", e.Message, "Run Get-CisControl to list the controls. Wildcards such as '1.*' are accepted.", null, e);
        }
    }

    private static object? Unwrapped(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static object? ValueOf(object? value, SettingDefinition? definition) => (value, definition?.Type) switch
    {
        (null, _) => null,
        (bool or int, _) => value,
        (SwitchParameter on, _) => on.ToBool(),
        (long n, _) when n is >= int.MinValue and <= int.MaxValue => (int)n,
        (string text, SettingType.Integer) when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) => n,
        (string text, SettingType.Boolean) when bool.TryParse(text, out var flag) => flag,
        (string text, SettingType.Choice) => definition!.Choices!.FirstOrDefault(c => c.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? text,
        (string text, SettingType.TextList) => new PrintableList<string>([text]),
        (string text, _) => text,
        (IEnumerable list, _) => new PrintableList<string>(list.Cast<object?>().Select(i => Convert.ToString(Unwrapped(i), CultureInfo.InvariantCulture) ?? "")),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
