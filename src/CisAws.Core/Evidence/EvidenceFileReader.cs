using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CisAws.Evidence;

/// <summary>What a file of a newer minor version holds beyond what this version knows.</summary>
/// <param name="Schema">The schema of the file.</param>
/// <param name="Kinds">The unknown kinds, which are written again unchanged.</param>
internal sealed record NewerEvidence(string Schema, IReadOnlyList<(string Name, JsonElement Facts)> Kinds);

/// <summary>Reads an <see cref="EvidenceFile"/>.</summary>
internal sealed class EvidenceFileReader
{
    private static readonly Regex NewerSchema = new($@"\A{EvidenceFile.Schema}\.[1-9][0-9]*\z", RegexOptions.CultureInvariant);

    private static readonly Dictionary<string, (EvidenceKind Kind, JsonShape Value)> Kinds = typeof(EvidenceKinds)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(f => typeof(EvidenceKind).IsAssignableFrom(f.FieldType))
        .Select(f => (Kind: (EvidenceKind)f.GetValue(null)!, JsonShape.OfValue(f)))
        .ToDictionary(k => k.Kind.Name, StringComparer.Ordinal);

    private readonly JsonElement _file;
    private readonly string _schema;
    private readonly SortedSet<string> _unknown = new(StringComparer.Ordinal);

    public EvidenceFileReader(JsonElement file)
    {
        _file = file;
        CheckTexts(file, JsonPlace.Root, []);
        _schema = Object(file, JsonPlace.Root).TryGetProperty("schema", out var schema) && schema.ValueKind == JsonValueKind.String
            && schema.GetString() is { } text && (text == EvidenceFile.Schema || NewerSchema.IsMatch(text))
            ? text
            : throw new InvalidDataException(
                $"$.schema is {(schema.ValueKind == JsonValueKind.Undefined ? "missing" : Shown(schema))}; this version of CisAws reads \"{EvidenceFile.Schema}\" and its minor versions.");
    }

    private bool IsNewer => _schema != EvidenceFile.Schema;

    public AccountEvidence Read(DateTimeOffset? asOf)
    {
        var header = Header();
        if (asOf is { } time && time != header.CollectedAt)
        {
            using var moved = Moved(_file, time - header.CollectedAt);
            return new EvidenceFileReader(moved.RootElement).Read(asOf: null);
        }

        var kinds = Evidence().EnumerateObject().ToList();
        var newer = kinds.Where(k => !Kinds.ContainsKey(k.Name)).ToList();
        foreach (var kind in newer)
        {
            NotKnown(EvidencePlace.Member(kind.Name), kind.Name);
            Object(kind.Value, EvidencePlace.Member(kind.Name));
        }

        var evidence = new AccountEvidence(header.Account, header.CollectedAt)
        {
            CompletedAt = header.CompletedAt,
            Regions = header.Regions,
            CisAwsVersion = header.CisAwsVersion,
            Newer = IsNewer ? new NewerEvidence(_schema, [.. newer.Select(k => (k.Name, k.Value.Clone()))]) : null,
        };
        foreach (var facts in kinds.Where(k => Kinds.ContainsKey(k.Name)))
        {
            var (kind, value) = Kinds[facts.Name];
            var place = EvidencePlace.Member(facts.Name);
            evidence.Add(kind);
            foreach (var fact in Object(facts.Value, place).EnumerateObject())
            {
                evidence.Add(kind, fact.Name, ReadFact(kind, value, fact.Value, place.Member(fact.Name)));
            }
        }

        evidence.Warnings = _unknown.Count == 0 ? [] :
        [
            $"The evidence file has schema {_schema}, written by CisAws {header.CisAwsVersion}. This version reads {EvidenceFile.Schema} and ignores " +
            $"{string.Join(", ", _unknown)}. Update CisAws to use all of the file.",
        ];
        return evidence;
    }

    private static JsonPlace EvidencePlace { get; } = JsonPlace.Root.Member("evidence");

    private JsonElement Evidence() => Object(_file.TryGetProperty("evidence", out var evidence) ? evidence : default, EvidencePlace);

    private EvidenceFile.Header Header()
    {
        Evidence();
        var header = Read<EvidenceFile.Header>(_file, JsonPlace.Root, except: "evidence");
        CheckAccount(header);
        return header;
    }

    /// <summary>Evidence that is put together from that of several accounts or partitions is evidence of none.</summary>
    private static void CheckAccount(EvidenceFile.Header header)
    {
        var (account, partition) = (header.Account, header.Account.Partition);
        if (Arn.TryParse(account.CallerArn) is not { } caller || caller.Partition != partition || caller.AccountId != account.AccountId)
        {
            throw new InvalidDataException($"$.account contradicts itself: account {Shown(account.AccountId)} in partition {Shown(partition)}, and the caller {Shown(account.CallerArn)}.");
        }
    }

    private static string Shown(string text) => JsonSerializer.Serialize(text);

    private Observation ReadFact(EvidenceKind kind, JsonShape shape, JsonElement fact, JsonPlace place)
    {
        if (Object(fact, place).TryGetProperty("value", out var value))
        {
            var origin = Read<Origin>(fact, place, except: "value");
            shape.Check(value, place.Member("value"), NotKnown);
            return kind.Known(value.Deserialize(kind.ValueType, EvidenceFile.Json), origin);
        }

        if (fact.TryGetProperty("unreadable", out var why))
        {
            var call = Read<EvidenceFile.Call>(fact, place, except: "unreadable");
            var reason = Read<EvidenceFile.Reason>(why, place.Member("unreadable"));
            return kind.Failed(new ReadFailure(call.Action, call.Region, reason.ErrorCode, reason.Kind, reason.Message), call.Time);
        }

        throw new InvalidDataException($"{place} must have a value, or unreadable with the reason.");
    }

    private T Read<T>(JsonElement element, JsonPlace place, string? except = null)
    {
        JsonShape.Of(typeof(T)).Check(element, place, NotKnown, except);
        return element.Deserialize<T>(EvidenceFile.Json)!;
    }

    private void NotKnown(JsonPlace place, string name)
    {
        if (!IsNewer)
        {
            throw new InvalidDataException($"{place} is not known in {EvidenceFile.Schema}.");
        }

        _unknown.Add(name);
    }

    private static JsonElement Object(JsonElement element, JsonPlace place) =>
        element.ValueKind == JsonValueKind.Object ? element : throw new InvalidDataException($"{place} must be an object.");

    private static string Shown(JsonElement element) => JsonSerializer.Serialize(element);

    /// <summary>Checks that no name appears twice in an object, and that every string is valid.</summary>
    /// <param name="element">The JSON.</param>
    /// <param name="place">Its place in the file.</param>
    /// <param name="free">Sets for the names of an object, which are used again.</param>
    private static void CheckTexts(JsonElement element, JsonPlace place, Stack<HashSet<string>> free)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var names = free.Count > 0 ? free.Pop() : new(StringComparer.Ordinal);
                foreach (var member in element.EnumerateObject())
                {
                    var name = Text(member, place);
                    var below = place.Member(name);
                    if (!names.Add(name))
                    {
                        throw new InvalidDataException($"{below} appears twice.");
                    }

                    CheckTexts(member.Value, below, free);
                }

                names.Clear();
                free.Push(names);
                break;
            case JsonValueKind.Array:
                var i = 0;
                foreach (var item in element.EnumerateArray())
                {
                    CheckTexts(item, place.Item(i++), free);
                }

                break;
            case JsonValueKind.String:
                Text(element, place);
                break;
        }
    }

    private static string Text(JsonProperty member, JsonPlace place)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException e)
        {
            throw NotUnicode(place, e);
        }
    }

    private static string Text(JsonElement element, JsonPlace place)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw NotUnicode(place, e);
        }
    }

    private static InvalidDataException NotUnicode(JsonPlace place, Exception e) => new($"{place} contains a string that is not valid Unicode.", e);

    /// <summary>The same JSON with each time in it moved.</summary>
    private static JsonDocument Moved(JsonElement file, TimeSpan by)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            WriteMoved(writer, file, JsonPlace.Root, by);
        }

        return JsonDocument.Parse(stream.ToArray());
    }

    private static void WriteMoved(Utf8JsonWriter writer, JsonElement element, JsonPlace place, TimeSpan by)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    WriteMoved(writer, member.Value, place.Member(member.Name), by);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                var i = 0;
                foreach (var item in element.EnumerateArray())
                {
                    WriteMoved(writer, item, place.Item(i++), by);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String when IsTime(element.GetString()!, out var time):
                writer.WriteStringValue(Moved(time, by, place));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static string Moved(DateTimeOffset time, TimeSpan by, JsonPlace place)
    {
        try
        {
            return (time + by).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new InvalidDataException($"{place} is a time that cannot be moved by {by}, because it would be out of range.", e);
        }
    }

    private static bool IsTime(string text, out DateTimeOffset time)
    {
        time = default;
        return text.Length >= 20 && text.Length <= 35 && text[4] == '-' && text[10] == 'T' &&
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }
}
