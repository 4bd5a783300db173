using System;
using System.Collections;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Text.Json;

namespace CisAws.PowerShell.Events;

/// <summary>CloudTrail records as PowerShell objects: from JSON, and back to it.</summary>
internal static class EventObject
{
    /// <summary>How deeply a record may be nested. CloudTrail's own records stay below 20 levels.</summary>
    public const int MaxDepth = 200;

    /// <summary>An object with the record's fields as properties, in their order.</summary>
    /// <exception cref="JsonException">The record is nested too deeply.</exception>
    public static PSObject Of(JsonElement record) => Of(record, 1);

    /// <summary>The JSON of an object such as ConvertFrom-Json gives.</summary>
    /// <exception cref="JsonException">The object is nested too deeply, or refers to itself.</exception>
    public static string ToJson(object record)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { MaxDepth = MaxDepth + 1 }))
        {
            Write(writer, record, 1);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static PSObject Of(JsonElement value, int depth)
    {
        var result = new PSObject();
        foreach (var property in value.EnumerateObject())
        {
            Add(result, property.Name, ValueOf(property.Value, depth));
        }

        return result;
    }

    private static object? ValueOf(JsonElement value, int depth) => value.ValueKind switch
    {
        JsonValueKind.Object or JsonValueKind.Array when depth == MaxDepth => throw TooDeep(),
        JsonValueKind.Object => Of(value, depth + 1),
        JsonValueKind.Array => value.EnumerateArray().Select(v => ValueOf(v, depth + 1)).ToArray(),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? whole : value.TryGetDouble(out var number) ? number : value.GetRawText(),
        _ => null,
    };

    /// <summary>
    /// JSON allows names that PowerShell does not: an empty one, one twice or twice but for its case, one of PowerShell's own
    /// such as PSObject. Such a field keeps its value under the next name that is free: "EVENTNAME (2)".
    /// </summary>
    private static void Add(PSObject target, string name, object? value)
    {
        for (var number = 1; ; number++)
        {
            var free = number == 1 ? name : string.Format(CultureInfo.InvariantCulture, "{0} ({1})", name, number).TrimStart();
            if (free.Length == 0 || target.Members[free] is not null)
            {
                continue;
            }

            target.Properties.Add(new PSNoteProperty(free, value));
            return;
        }
    }

    private static void Write(Utf8JsonWriter writer, object? value, int depth)
    {
        if (depth > MaxDepth)
        {
            throw TooDeep();
        }

        var bare = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        switch (bare)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(WithoutLoneSurrogates(text));
                break;
            case bool boolean:
                writer.WriteBooleanValue(boolean);
                break;
            // ConvertFrom-Json reads ISO 8601 text as a time; CloudTrail writes times in UTC, to the second.
            case DateTime time:
                writer.WriteStringValue(time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset time:
                writer.WriteStringValue(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
                break;
            case byte or sbyte or short or ushort or int or uint or long or ulong or decimal or System.Numerics.BigInteger:
                writer.WriteRawValue(((IFormattable)bare).ToString(null, CultureInfo.InvariantCulture));
                break;
            case float or double:
                var number = Convert.ToDouble(bare, CultureInfo.InvariantCulture);
                if (double.IsNaN(number) || double.IsInfinity(number))
                {
                    throw new JsonException("it has a number that JSON does not have (NaN or infinity)");
                }

                writer.WriteNumberValue(number);
                break;
            case IDictionary map:
                writer.WriteStartObject();
                foreach (DictionaryEntry entry in map)
                {
                    writer.WritePropertyName(WithoutLoneSurrogates(LanguagePrimitives.ConvertTo<string>(entry.Key)));
                    Write(writer, entry.Value, depth + 1);
                }

                writer.WriteEndObject();
                break;
            case IEnumerable list:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    Write(writer, item, depth + 1);
                }

                writer.WriteEndArray();
                break;
            case PSObject record:
                writer.WriteStartObject();
                foreach (var property in record.Properties)
                {
                    writer.WritePropertyName(WithoutLoneSurrogates(property.Name));
                    Write(writer, property.Value, depth + 1);
                }

                writer.WriteEndObject();
                break;
            case var other:
                writer.WriteStringValue(LanguagePrimitives.ConvertTo<string>(other));
                break;
        }
    }

    private static string WithoutLoneSurrogates(string text) => RecordText.WithoutLoneSurrogates(text.Replace(@"\", @"\\")).Replace(@"\\", @"\");

    private static JsonException TooDeep() => new(FormattableString.Invariant($"it is nested deeper than {MaxDepth} levels"));
}
