using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CisAws.Text;

namespace CisAws.Rules;

/// <summary>A setting in force: its value, and where that came from.</summary>
public sealed class CisSetting
{
    internal CisSetting(SettingDefinition definition, object value, string source) => (Definition, Value, Source) = (definition, value, source);

    /// <summary>The name programs use.</summary>
    public string Name => Definition.Name;

    /// <summary>The value in force.</summary>
    public object Value { get; }

    /// <summary>Where the value came from: <c>default</c>, <c>program X</c>, or <c>program X, account 111122223333</c>.</summary>
    public string Source { get; }

    /// <summary>The value when no program sets it.</summary>
    public object Default => Definition.Default;

    /// <summary>The type of the value.</summary>
    public SettingType Type => Definition.Type;

    /// <summary>The least value of an Integer.</summary>
    public int? Minimum => Definition.Minimum;

    /// <summary>The greatest value of an Integer.</summary>
    public int? Maximum => Definition.Maximum;

    /// <summary>The words of a Choice.</summary>
    public PrintableList<string> Choices => Definition.Choices is { } choices ? new PrintableList<string>(choices) : PrintableList<string>.None;

    /// <summary>What it changes, with its unit.</summary>
    public string Description => Definition.Description;

    internal SettingDefinition Definition { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}={SettingValues.Print(Value)} ({Source})";
}

/// <summary>The settings of one control, in force.</summary>
internal sealed class SettingValues
{
    /// <summary>The source of a default value.</summary>
    public const string DefaultSource = "default";

    private readonly List<CisSetting> _values;

    private SettingValues(IEnumerable<CisSetting> values) => _values = values.ToList();

    /// <summary>Every setting with its value, in the catalogue's order.</summary>
    public IReadOnlyList<CisSetting> All => _values;

    internal static SettingValues Defaults(IEnumerable<SettingDefinition> definitions) =>
        new(definitions.Select(d => new CisSetting(d, d.Default, DefaultSource)));

    /// <summary>The same settings with one changed.</summary>
    /// <exception cref="ArgumentException">The control has no setting of that name.</exception>
    public SettingValues With(string name, object value, string source)
    {
        if (!Has(name))
        {
            throw new ArgumentException($"There is no setting '{name}'. The control has: {string.Join(", ", _values.Select(v => v.Name))}.", nameof(name));
        }

        return new SettingValues(_values.Select(v => IsNamed(v, name) ? new CisSetting(v.Definition, value, source) : v));
    }

    /// <summary>A whole number.</summary>
    public int Integer(string name) => (int)Value(name);

    /// <summary>True or false.</summary>
    public bool Boolean(string name) => (bool)Value(name);

    /// <summary>Text, or one of a few words.</summary>
    public string Text(string name) => (string)Value(name);

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string> TextList(string name) => (IReadOnlyList<string>)Value(name);

    /// <summary>True when a region that a policy of the organisation denies is accepted, and not Unknown.</summary>
    public bool AcceptsDeniedRegions => Has("DeniedRegions") && Text("DeniedRegions") == "NotApplicable";

    /// <summary>True when the control has the setting.</summary>
    public bool Has(string name) => _values.Any(v => IsNamed(v, name));

    internal static string Print(object value) => value switch
    {
        bool b => b ? "true" : "false",
        string s => s,
        IEnumerable<string> list => list.Any() ? string.Join("; ", list) : "(none)",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static bool IsNamed(CisSetting setting, string name) => string.Equals(setting.Name, name, StringComparison.OrdinalIgnoreCase);

    private object Value(string name) => _values.Find(v => IsNamed(v, name)) is { } setting
        ? setting.Value
        : throw new InvalidOperationException($"The control's catalogue entry has no setting '{name}'.");
}
