using System;
using System.Collections.Generic;
using System.Text.Json;
using CisAws.Text;

namespace CisAws.PowerShell.Events;

/// <summary>One element of a list of CloudTrail records.</summary>
/// <param name="Number">Its place in the list, from 1; 0 where the text is one record alone.</param>
/// <param name="Json">The record; undefined where there is none.</param>
/// <param name="Problem">Why the element is not a record; null where it is one.</param>
internal readonly record struct EventRecord(int Number, JsonElement Json, string? Problem = null);

/// <summary>Finds the records in JSON: one record, an array of them, a log file of CloudTrail, an answer of LookupEvents.</summary>
internal static class EventRecords
{
    /// <summary>What a caller of AWS can nest into a request must not make its whole file unreadable.</summary>
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>Reads JSON text; the elements of a list that are not records carry the reason.</summary>
    /// <exception cref="JsonException">The text is not JSON, or holds neither a record nor a list of them.</exception>
    public static IEnumerable<EventRecord> Read(string json)
    {
        using var document = Parse(json);
        foreach (var record in Of(document.RootElement))
        {
            yield return record;
        }
    }

    private static IEnumerable<EventRecord> Of(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            return OfList(root);
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException($"it is {Kind(root)}, neither a record nor a list of records");
        }

        foreach (var name in (string[])["Records", "Events"])
        {
            if (root.TryGetProperty(name, out var list))
            {
                return list.ValueKind == JsonValueKind.Array ? OfList(list) : throw new JsonException($"its {name} is {Kind(list)}, not a list");
            }
        }

        return OfElement(root, 0);
    }

    private static IEnumerable<EventRecord> OfList(JsonElement list)
    {
        var number = 0;
        foreach (var element in list.EnumerateArray())
        {
            number++;
            foreach (var record in OfElement(element, number))
            {
                yield return record;
            }
        }
    }

    private static IEnumerable<EventRecord> OfElement(JsonElement element, int number)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            yield return new EventRecord(number, default, $"it is {Kind(element)}, not an object");
        }
        else if (element.TryGetProperty("CloudTrailEvent", out var text) && text.ValueKind == JsonValueKind.String)
        {
            // LookupEvents gives the record as text beside a summary of it.
            JsonDocument? document = null;
            string? problem = null;
            try
            {
                document = Parse(text.GetString()!);
                problem = document.RootElement.ValueKind == JsonValueKind.Object ? null : $"its CloudTrailEvent is {Kind(document.RootElement)}, not an object";
            }
            catch (JsonException e)
            {
                problem = $"its CloudTrailEvent cannot be read: {e.Message}";
            }

            using (document)
            {
                yield return new EventRecord(number, document?.RootElement ?? default, problem);
            }
        }
        else
        {
            yield return new EventRecord(number, element);
        }
    }

    private static JsonDocument Parse(string json)
    {
        try
        {
            return ForeignJson.Parse(RecordText.WithoutLoneSurrogates(json), AnyDepth);
        }
        catch (JsonException e)
        {
            // The reader's own message names its options and internal states.
            throw new JsonException(
                string.IsNullOrWhiteSpace(json) ? "it is empty"
                : e.LineNumber is null ? "it is not valid JSON"
                : FormattableString.Invariant($"it is not valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})"), e);
        }
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        _ => "a Boolean",
    };
}
