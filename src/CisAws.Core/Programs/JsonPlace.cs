using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace CisAws.Programs;

/// <summary>
/// A JSON value that knows where it stands: its line and its path. Members keep their order, and those of the same name
/// are all kept, so that a reader can say where a file says a thing twice; JsonDocument keeps neither.
/// </summary>
internal sealed class JsonPlace
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 32 };

    private readonly string _text;

    private JsonPlace(JsonTokenType kind, string text, int line, string path, IReadOnlyList<JsonPlace> items, IReadOnlyList<KeyValuePair<string, JsonPlace>> members)
    {
        (Kind, _text, Line, Path, Items, Members) = (kind, text, line, path, items, members);
    }

    /// <summary>StartObject, StartArray, String, Number, True, False or Null.</summary>
    public JsonTokenType Kind { get; }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }

    /// <summary>The path, as JSONPath.</summary>
    public string Path { get; }

    /// <summary>The items of an array; empty for anything else.</summary>
    public IReadOnlyList<JsonPlace> Items { get; }

    /// <summary>The members of an object; empty for anything else.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonPlace>> Members { get; }

    /// <summary>The text of a string; null for anything else.</summary>
    public string? Text => Kind == JsonTokenType.String ? _text : null;

    /// <summary>A whole number; null for anything else.</summary>
    public int? Integer => Kind == JsonTokenType.Number && int.TryParse(_text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : null;

    /// <summary>True or false; null for anything else.</summary>
    public bool? Boolean => Kind switch { JsonTokenType.True => true, JsonTokenType.False => false, _ => null };

    /// <summary>What stands there, in a few words for a message.</summary>
    public override string ToString() => Kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => $"'{_text}'",
        _ => _text,
    };

    /// <summary>Reads JSON.</summary>
    /// <exception cref="JsonException">The text is not JSON; LineNumber (from 0) says where.</exception>
    public static JsonPlace Parse(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var lines = bytes.Select((b, i) => (b, i)).Where(x => x.b == '\n').Select(x => x.i).ToArray();
        var reader = new Utf8JsonReader(bytes, Options);
        reader.Read();
        var root = Read(ref reader, "$", lines);
        while (reader.Read())
        {
            // Nothing may follow; the reader throws where something does.
        }

        return root;
    }

    private static JsonPlace Read(ref Utf8JsonReader reader, string path, int[] lines)
    {
        var kind = reader.TokenType;
        var before = Array.BinarySearch(lines, (int)reader.TokenStartIndex);
        var line = (before < 0 ? ~before : before) + 1;
        var items = new List<JsonPlace>();
        var members = new List<KeyValuePair<string, JsonPlace>>();
        var text = "";
        switch (kind)
        {
            case JsonTokenType.StartObject:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = TextOf(ref reader);
                    reader.Read();
                    members.Add(new(name, Read(ref reader, path + Step(name), lines)));
                }

                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Read(ref reader, $"{path}[{items.Count.ToString(CultureInfo.InvariantCulture)}]", lines));
                }

                break;
            case JsonTokenType.String:
                text = TextOf(ref reader);
                break;
            default:
                text = Encoding.UTF8.GetString(reader.ValueSpan.ToArray());
                break;
        }

        return new JsonPlace(kind, text, line, path, items, members);
    }

    private static string TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException e)
        {
            // Half of a surrogate pair, written as an escape.
            throw new JsonException(e.Message, null, null, null, e);
        }
    }

    private static string Step(string name) =>
        name.Length > 0 && name.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_' or '$') ? "." + name : $"['{name.Replace("'", "\\'")}']";
}
