using System;
using System.Collections;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CisAws.Emulator.Wire;

/// <summary>Writes structures as JSON.</summary>
internal static class JsonBody
{
    public static byte[] Bytes(Shape shape, Func<DateTimeOffset, decimal> time)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Write(writer, shape, time);
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, object value, Func<DateTimeOffset, decimal> time)
    {
        switch (value)
        {
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case DateTimeOffset moment:
                writer.WriteNumberValue(time(moment));
                break;
            case JsonNode document:
                document.WriteTo(writer);
                break;
            case byte[] bytes:
                writer.WriteBase64StringValue(bytes);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case Shape shape:
                writer.WriteStartObject();
                foreach (var (name, member) in shape)
                {
                    writer.WritePropertyName(name);
                    Write(writer, member, time);
                }

                writer.WriteEndObject();
                break;
            case IEnumerable list:
                writer.WriteStartArray();
                foreach (var element in list)
                {
                    Write(writer, element, time);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
