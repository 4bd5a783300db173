using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CisAws.Text;

/// <summary>What the reading of a document has to know and to collect.</summary>
/// <param name="isNewer">Whether a newer version wrote it: then members that are not known are ignored.</param>
internal sealed class JsonReading(bool isNewer)
{
    /// <summary>The members that were ignored.</summary>
    public SortedSet<string> Ignored { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes a member that is not known.</summary>
    /// <exception cref="UnexpectedJsonException">There is no newer version that could have written it.</exception>
    public void Unknown(string what, string name)
    {
        if (!isNewer)
        {
            throw new UnexpectedJsonException($"is not known in {what}");
        }

        Ignored.Add(name);
    }
}

/// <summary>Reads a value.</summary>
/// <param name="reader">At the first token of the value, and afterwards at its last.</param>
/// <param name="reading">What the reading of the document has to know.</param>
/// <exception cref="UnexpectedJsonException">It is not what it has to be.</exception>
internal delegate T JsonRead<out T>(ref Utf8JsonReader reader, JsonReading reading);

/// <summary>A type of values in a JSON document: how it is described in the schema, written and read.</summary>
/// <param name="schema">Its schema.</param>
/// <param name="write">Writes a value.</param>
/// <param name="read">Reads a value, or throws <see cref="UnexpectedJsonException"/>.</param>
internal sealed class JsonType<T>(Func<JsonObject> schema, Action<TextWriter, T> write, JsonRead<T> read)
{
    /// <summary>True when a member of the type is left out where it has no value.</summary>
    public bool IsOptional { get; private init; }

    /// <summary>Its schema, anew for each place that it is put into.</summary>
    public JsonObject Schema() => schema();

    /// <summary>Writes a value.</summary>
    public void Write(TextWriter writer, T value) => write(writer, value);

    /// <inheritdoc cref="JsonRead{T}"/>
    public T Read(ref Utf8JsonReader reader, JsonReading reading) => read(ref reader, reading);

    /// <summary>The type of something else that is written as this.</summary>
    public JsonType<TOther> As<TOther>(Func<TOther, T> from, Func<T, TOther> to) => new(schema, (w, v) => write(w, from(v)), (ref r, reading) => to(read(ref r, reading)));

    /// <summary>The same type for what may be absent.</summary>
    /// <typeparam name="TNullable">The type with null.</typeparam>
    public JsonType<TNullable?> Optional<TNullable>(Func<TNullable, T> value, Func<T, TNullable?> of) =>
        new(schema, (w, v) => write(w, value(v!)), (ref r, reading) => of(read(ref r, reading))) { IsOptional = true };
}

/// <summary>The types of values in JSON documents.</summary>
internal static class JsonTypes
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    /// <summary>Any text, exactly.</summary>
    public static readonly JsonType<string> AnyText = new(() => new() { ["type"] = "string" }, JsonText.Write, (ref r, _) => ReadText(ref r));

    /// <summary>A word of ours, such as a code or a name. It is shown as it is, so that it must be safe to show.</summary>
    public static readonly JsonType<string> Word = new(AnyText.Schema, JsonText.Write, (ref r, _) => TerminalText.Escape(ReadText(ref r)));

    /// <summary>Text that is held in a form that is safe to show.</summary>
    public static readonly JsonType<string> SafeText = new(AnyText.Schema, JsonText.Write, (ref r, _) => TerminalText.Escape(ReadText(ref r)));

    /// <summary>True or false.</summary>
    public static readonly JsonType<bool> Flag = new(
        () => new() { ["type"] = "boolean" },
        (w, v) => w.Write(v ? "true" : "false"),
        (ref r, _) => r.TokenType is JsonTokenType.True or JsonTokenType.False ? r.GetBoolean() : throw new UnexpectedJsonException("must be true or false"));

    /// <summary>A whole number that is not negative.</summary>
    public static readonly JsonType<int> Count = new(
        () => new() { ["type"] = "integer", ["minimum"] = 0 },
        (w, v) => w.Write(v.ToString(CultureInfo.InvariantCulture)),
        (ref r, _) => r.TokenType == JsonTokenType.Number && r.TryGetInt32(out var number) && number >= 0 ? number : throw new UnexpectedJsonException("must be a whole number that is not negative"));

    /// <summary>A point in time, in UTC to the tick.</summary>
    public static readonly JsonType<DateTimeOffset> Time = new(
        () => new() { ["type"] = "string", ["format"] = "date-time" },
        (w, v) => JsonText.Write(w, v.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)),
        (ref r, _) => DateTimeOffset.TryParseExact(TextOf(ref r), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new UnexpectedJsonException("must be a time in UTC such as 2027-03-31T12:00:00Z"));

    /// <summary>A length of time, in seconds to the tick.</summary>
    public static readonly JsonType<TimeSpan> Seconds = new(
        () => new() { ["type"] = "number", ["minimum"] = 0 },
        (w, v) => w.Write(((decimal)v.Ticks / TimeSpan.TicksPerSecond).ToString("0.#######", CultureInfo.InvariantCulture)),
        (ref r, _) => r.TokenType == JsonTokenType.Number && r.TryGetDecimal(out var seconds) && seconds >= 0 && seconds <= (decimal)TimeSpan.MaxValue.TotalDays * 86400
            ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : throw new UnexpectedJsonException("must be a number of seconds"));

    /// <summary>A day (UTC).</summary>
    public static readonly JsonType<DateTime> Day = new(
        () => new() { ["type"] = "string", ["format"] = "date" },
        (w, v) => JsonText.Write(w, IsoDate.Write(v)),
        (ref r, _) => TextOf(ref r) is { Length: 10 } text && IsoDate.TryRead(text) is { } day ? day : throw new UnexpectedJsonException("must be a date such as 2027-03-31"));

    /// <summary>An identifier that was generated.</summary>
    public static readonly JsonType<Guid> Id = new(
        () => new() { ["type"] = "string", ["format"] = "uuid" },
        (w, v) => JsonText.Write(w, v.ToString("D", CultureInfo.InvariantCulture)),
        (ref r, _) => Guid.TryParseExact(TextOf(ref r), "D", out var id) ? id : throw new UnexpectedJsonException("must be a UUID such as 0f8fad5b-d9cb-469f-a165-70867728950e"));

    /// <summary>One of the words of an enumeration.</summary>
    public static JsonType<T> OneOf<T>() where T : struct, Enum
    {
        var words = typeof(T).GetEnumValues().Cast<T>().ToDictionary(v => v.ToString(), StringComparer.Ordinal);
        return new(
            () => new() { ["enum"] = new JsonArray([.. words.Keys.Select(w => JsonValue.Create(w))]) },
            (w, v) => JsonText.Write(w, v.ToString()),
            (ref r, _) => words.TryGetValue(TextOf(ref r), out var value) ? value : throw new UnexpectedJsonException($"must be one of {string.Join(", ", words.Keys)}"));
    }

    /// <summary>A list.</summary>
    /// <param name="type">The type of its items.</param>
    /// <param name="indent">The spaces before an item, where each has a line; null for one line in all.</param>
    public static JsonType<IReadOnlyList<T>> ListOf<T>(JsonType<T> type, int? indent = null) => new(
        () => new() { ["type"] = "array", ["items"] = type.Schema() },
        (w, list) => WriteList(w, list, type, indent),
        (ref r, reading) => ReadList(ref r, reading, type));

    /// <summary>A list that prints.</summary>
    public static JsonType<PrintableList<T>> Printable<T>(JsonType<T> type) => ListOf(type).As<PrintableList<T>>(
        list => list, list => list.Count == 0 ? PrintableList<T>.None : new(list));

    /// <summary>Texts by name, in the order of the names.</summary>
    public static readonly JsonType<IReadOnlyDictionary<string, string>> Map = new(
        () => new() { ["type"] = "object", ["additionalProperties"] = AnyText.Schema() },
        (w, map) =>
        {
            w.Write('{');
            var separator = "";
            foreach (var entry in map.OrderBy(e => e.Key, StringComparer.Ordinal))
            {
                w.Write(separator);
                JsonText.Write(w, entry.Key);
                w.Write(':');
                JsonText.Write(w, entry.Value);
                separator = ",";
            }

            w.Write('}');
        },
        (ref r, _) =>
        {
            var map = new Dictionary<string, string>(StringComparer.Ordinal);
            Begin(ref r, JsonTokenType.StartObject, "an object");
            while (Next(ref r) != JsonTokenType.EndObject)
            {
                var name = TextOf(ref r);
                Next(ref r);
                try
                {
                    map[name] = map.ContainsKey(name) ? throw new UnexpectedJsonException("appears more than once") : ReadText(ref r);
                }
                catch (UnexpectedJsonException e)
                {
                    e.In(Step(name));
                    throw;
                }
            }

            return map;
        });

    /// <summary>What may be absent.</summary>
    public static JsonType<T?> OrNone<T>(this JsonType<T> type) where T : class => type.Optional<T>(v => v, v => v);

    /// <summary>What may be absent.</summary>
    public static JsonType<T?> OrNull<T>(this JsonType<T> type) where T : struct => type.Optional<T?>(v => v!.Value, v => v);

    /// <summary>A member as a step of JSONPath.</summary>
    public static string Step(string name) => name.Length > 0 && name.All(c => c < 128 && char.IsLetterOrDigit(c)) ? $".{name}" : $"['{LocatedJson.Shortened(name)}']";

    /// <summary>The token after that of a reader.</summary>
    public static JsonTokenType Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType;
    }

    /// <summary>Expects the first token of an object or a list.</summary>
    /// <exception cref="UnexpectedJsonException">It is something else.</exception>
    public static void Begin(ref Utf8JsonReader reader, JsonTokenType token, string what)
    {
        if (reader.TokenType != token)
        {
            throw new UnexpectedJsonException($"must be {what}");
        }
    }

    /// <summary>The text of a string or the name of a member; empty for anything else.</summary>
    /// <exception cref="UnexpectedJsonException">It is not valid Unicode.</exception>
    public static string TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? SharedStringConverter.Read(ref reader) : "";
        }
        catch (InvalidOperationException e)
        {
            throw new UnexpectedJsonException("contains a string that is not valid Unicode", e);
        }
    }

    private static string ReadText(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String ? TextOf(ref reader) : throw new UnexpectedJsonException("must be a string");

    private static void WriteList<T>(TextWriter writer, IReadOnlyList<T> list, JsonType<T> type, int? indent)
    {
        writer.Write('[');
        for (var i = 0; i < list.Count; i++)
        {
            writer.Write(i == 0 ? "" : ",");
            if (indent is { } spaces)
            {
                writer.Write('\n');
                writer.Write(new string(' ', spaces));
            }

            type.Write(writer, list[i]);
        }

        writer.Write(']');
    }

    private static List<T> ReadList<T>(ref Utf8JsonReader reader, JsonReading reading, JsonType<T> type)
    {
        Begin(ref reader, JsonTokenType.StartArray, "a list");
        var list = new List<T>();
        while (Next(ref reader) != JsonTokenType.EndArray)
        {
            try
            {
                list.Add(type.Read(ref reader, reading));
            }
            catch (UnexpectedJsonException e)
            {
                e.In(FormattableString.Invariant($"[{list.Count}]"));
                throw;
            }
        }

        return list;
    }
}
