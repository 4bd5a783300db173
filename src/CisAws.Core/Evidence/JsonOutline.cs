using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using CisAws.Text;

namespace CisAws.Evidence;

/// <summary>
/// Where the members of JSON objects are in a text, down to some level. So each of them can be parsed by itself: a parser takes more memory than the text
/// that it parses. The pass that finds them checks what has to hold for all of the text: it is JSON, no name appears twice in an object, and every string
/// is valid Unicode.
/// </summary>
internal sealed class JsonOutline
{
    private JsonOutline(JsonTokenType firstToken) => IsObject = firstToken == JsonTokenType.StartObject;

    /// <summary>Whether the value is an object.</summary>
    public bool IsObject { get; }

    /// <summary>The text of the value, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Json { get; private set; }

    /// <summary>The members of an object above the deepest level, in the order of the text; empty for anything else.</summary>
    public List<KeyValuePair<string, JsonOutline>> Members { get; } = [];

    /// <summary>The member of a name; null where there is none.</summary>
    public JsonOutline? this[string name] => Members.Find(m => m.Key == name).Value;

    /// <summary>The text of the object without one of its members.</summary>
    public ReadOnlySpan<byte> Without(string name)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            foreach (var member in Members.Where(m => m.Key != name))
            {
                writer.WritePropertyName(member.Key);
                writer.WriteRawValue(member.Value.Json.Span, skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        return text.ToArray();
    }

    /// <summary>Reads a text.</summary>
    /// <param name="json">The text, in UTF-8 without a byte order mark.</param>
    /// <param name="levels">How many levels of objects to outline.</param>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    /// <exception cref="InvalidDataException">A name appears twice in an object, or a string is not valid Unicode; the message names the place.</exception>
    public static JsonOutline Read(ReadOnlyMemory<byte> json, int levels)
    {
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        var outline = new Pass(json).Outline(ref reader, levels);
        // Finds what follows the value.
        reader.Read();
        return outline;
    }

    private sealed class Pass(ReadOnlyMemory<byte> json)
    {
        // Where the reader is: a name, or the number of an item.
        private readonly List<(string? Name, int Index)> _steps = [];
        private readonly Stack<HashSet<string>> _unused = [];

        public JsonOutline Outline(ref Utf8JsonReader reader, int levels)
        {
            var start = (int)reader.TokenStartIndex;
            var outline = new JsonOutline(reader.TokenType);
            Check(ref reader, outline, levels);
            outline.Json = json.Slice(start, (int)reader.BytesConsumed - start);
            return outline;
        }

        /// <summary>Reads to the end of a value.</summary>
        /// <param name="reader">At the first token of the value.</param>
        /// <param name="outline">Takes its members; null for none.</param>
        /// <param name="levels">How many levels to outline.</param>
        private void Check(ref Utf8JsonReader reader, JsonOutline? outline, int levels)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    CheckMembers(ref reader, levels > 0 ? outline : null, levels);
                    break;
                case JsonTokenType.StartArray:
                    for (var i = 0; Next(ref reader) != JsonTokenType.EndArray; i++)
                    {
                        _steps.Add((null, i));
                        Check(ref reader, null, 0);
                        Leave();
                    }

                    break;
                case JsonTokenType.String when reader.ValueIsEscaped:
                    Text(ref reader);
                    break;
            }
        }

        private void CheckMembers(ref Utf8JsonReader reader, JsonOutline? outline, int levels)
        {
            var names = _unused.Count > 0 ? _unused.Pop() : new(StringComparer.Ordinal);
            while (Next(ref reader) != JsonTokenType.EndObject)
            {
                var name = Text(ref reader);
                _steps.Add((name, 0));
                if (!names.Add(name))
                {
                    throw new InvalidDataException($"{Place()} appears twice.");
                }

                Next(ref reader);
                if (outline is null)
                {
                    Check(ref reader, null, 0);
                }
                else
                {
                    outline.Members.Add(new(name, Outline(ref reader, levels - 1)));
                }

                Leave();
            }

            names.Clear();
            _unused.Push(names);
        }

        private static JsonTokenType Next(ref Utf8JsonReader reader)
        {
            reader.Read();
            return reader.TokenType;
        }

        private void Leave() => _steps.RemoveAt(_steps.Count - 1);

        private JsonPlace Place() => _steps.Aggregate(JsonPlace.Root, (place, step) => step.Name is { } name ? place.Member(name) : place.Item(step.Index));

        private string Text(ref Utf8JsonReader reader)
        {
            try
            {
                return SharedStringConverter.Read(ref reader);
            }
            catch (InvalidOperationException e)
            {
                throw new InvalidDataException($"{Place()} contains a string that is not valid Unicode.", e);
            }
        }
    }
}
