using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json;
using CisAws.Text;

namespace CisAws.Reports;

/// <summary>Writes reports in a format of JSON, in ASCII: every other character is an escape, so that they survive every encoding.</summary>
internal abstract class JsonReportWriter : ReportWriter
{
    private const int FlushAt = 64 * 1024;

    private static readonly JsonWriterOptions Options = new() { Indented = true };

    /// <inheritdoc/>
    public sealed override void Write(ReportContent content, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, Options);
        Write(content, json);
    }

    /// <summary>Writes a report.</summary>
    /// <param name="content">What it is about.</param>
    /// <param name="json">Takes it.</param>
    protected abstract void Write(ReportContent content, Utf8JsonWriter json);

    /// <summary>Writes an array, one item after the other, and to the stream what has been written.</summary>
    protected static void WriteArray<T>(Utf8JsonWriter json, string? name, IEnumerable<T> items, Action<T> write)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        json.WriteStartArray();
        foreach (var item in items)
        {
            write(item);
            if (json.BytesPending > FlushAt)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
    }

    /// <summary>Writes an object as a property.</summary>
    protected static void WriteObject(Utf8JsonWriter json, string name, Action write)
    {
        json.WriteStartObject(name);
        write();
        json.WriteEndObject();
    }

    /// <summary>Writes an object as an item of an array, or as the root.</summary>
    protected static void WriteObject(Utf8JsonWriter json, Action write)
    {
        json.WriteStartObject();
        write();
        json.WriteEndObject();
    }

    /// <summary>Writes texts as an array.</summary>
    protected static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts) =>
        WriteArray(json, name, texts, t => json.WriteStringValue(JsonText.WellFormed(t)));

    /// <summary>Writes a text; nothing for an empty one, which says no more than a member that is absent.</summary>
    protected static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json.WriteString(name, JsonText.WellFormed(text!));
        }
    }

    /// <summary>A time as ISO 8601 has it, in UTC.</summary>
    protected static string Time(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A text that is not longer than a format allows.</summary>
    protected static string Shortened(string text, int maximum)
    {
        if (text.Length <= maximum)
        {
            return text;
        }

        // Not between the two halves of a surrogate pair.
        var length = char.IsHighSurrogate(text[maximum - 4]) ? maximum - 4 : maximum - 3;
        return text.Substring(0, length) + "...";
    }
}
