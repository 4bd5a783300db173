using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace CisAws.Text;

/// <summary>
/// A JSON value that knows its line and its path. Members keep their order, and those of the same name are all kept, so that a
/// reader can say where a file says a thing twice; JsonDocument keeps neither.
/// </summary>
internal sealed class LocatedJson
{
    private readonly LocatedJson? _parent;
    private readonly string? _name;
    private readonly int _index;
    private readonly string _text;
    private readonly List<LocatedJson> _items = [];
    private readonly List<KeyValuePair<string, LocatedJson>> _members = [];

    private LocatedJson(JsonValueKind kind, string text, int line, LocatedJson? parent, string? name)
    {
        (Kind, _text, Line, _parent, _name, _index) = (kind, text, line, parent, name, parent?._items.Count ?? 0);
    }

    /// <summary>What kind of value it is.</summary>
    public JsonValueKind Kind { get; }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }

    /// <summary>The path, as JSONPath. Composed on demand: in a file of thousands of values hardly any is used.</summary>
    public string Path => _parent is null ? "$" : _parent.Path + (_name is null ? $"[{_index.ToString(CultureInfo.InvariantCulture)}]" : Step(_name));

    /// <summary>The items of an array; empty for anything else.</summary>
    public IReadOnlyList<LocatedJson> Items => _items;

    /// <summary>The members of an object; empty for anything else.</summary>
    public IReadOnlyList<KeyValuePair<string, LocatedJson>> Members => _members;

    /// <summary>The first member of a name; null where there is none.</summary>
    public LocatedJson? this[string name] => _members.Find(m => m.Key == name).Value;

    /// <summary>The text of a string; null for anything else.</summary>
    public string? Text => Kind == JsonValueKind.String ? _text : null;

    /// <summary>A whole number; null for anything else.</summary>
    public int? Integer => Kind == JsonValueKind.Number && int.TryParse(_text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : null;

    /// <summary>True or false; null for anything else.</summary>
    public bool? Boolean => Kind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };

    /// <summary>The value in a few words, for a message.</summary>
    public override string ToString() => Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"'{Shortened(_text)}'",
        _ => Shortened(_text),
    };

    /// <summary>Reads JSON.</summary>
    /// <exception cref="JsonSyntaxException">The text is not JSON.</exception>
    public static LocatedJson Parse(string text) => new LocatedJsonReader(text).Read();

    /// <summary>A text cut to what a message has room for.</summary>
    public static string Shortened(string text) => text.Length <= 80 ? text : text.Substring(0, 80) + "...";

    /// <summary>A value inside an object (with a name), inside an array, or by itself.</summary>
    internal static LocatedJson Create(JsonValueKind kind, string text, int line, LocatedJson? parent, string? name)
    {
        var value = new LocatedJson(kind, text, line, parent, name);
        if (parent is not null && name is not null)
        {
            parent._members.Add(new(name, value));
        }
        else
        {
            parent?._items.Add(value);
        }

        return value;
    }

    private static string Step(string name) =>
        name.Length > 0 && name.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_' or '$')
            ? "." + Shortened(name)
            : $"['{Shortened(name).Replace("'", "\\'")}']";
}
