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

    // The file, its evidence, the kinds in it, and their facts.
    private const int Levels = 4;

    private readonly JsonOutline _file;
    private readonly string _schema;
    private readonly SortedSet<string> _unknown = new(StringComparer.Ordinal);

    /// <param name="json">The text of the file, in UTF-8.</param>
    public EvidenceFileReader(ReadOnlyMemory<byte> json)
    {
        _file = Object(JsonOutline.Read(json, Levels), JsonPlace.Root);
        var schema = _file["schema"] is { } member ? Parse(member) : default;
        _schema = schema.ValueKind == JsonValueKind.String && schema.GetString() is { } text && (text == EvidenceFile.Schema || NewerSchema.IsMatch(text))
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
            return new EvidenceFileReader(Moved(time - header.CollectedAt)).Read(asOf: null);
        }

        var kinds = Evidence().Members;
        var newer = kinds.Where(k => !Kinds.ContainsKey(k.Key)).ToList();
        foreach (var kind in newer)
        {
            NotKnown(EvidencePlace.Member(kind.Key), kind.Key);
            Object(kind.Value, EvidencePlace.Member(kind.Key));
        }

        var evidence = new AccountEvidence(header.Account, header.CollectedAt)
        {
            CompletedAt = header.CompletedAt,
            Regions = header.Regions,
            CisAwsVersion = header.CisAwsVersion,
            Newer = IsNewer ? new NewerEvidence(_schema, [.. newer.Select(k => (k.Key, Parse(k.Value)))]) : null,
        };
        foreach (var facts in kinds.Where(k => Kinds.ContainsKey(k.Key)))
        {
            var (kind, value) = Kinds[facts.Key];
            var place = EvidencePlace.Member(facts.Key);
            evidence.Add(kind);
            foreach (var fact in Object(facts.Value, place).Members)
            {
                evidence.Add(kind, fact.Key, ReadFact(kind, value, fact.Value, place.Member(fact.Key)));
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

    private JsonOutline Evidence() => Object(_file["evidence"], EvidencePlace);

    private EvidenceFile.Header Header()
    {
        Evidence();
        var header = Read<EvidenceFile.Header>(_file.Without("evidence"), JsonPlace.Root);
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

    private Observation ReadFact(EvidenceKind kind, JsonShape shape, JsonOutline fact, JsonPlace place)
    {
        if (Object(fact, place)["value"] is { } value)
        {
            var origin = Read<Origin>(fact.Without("value"), place);
            shape.Check(value.Json.Span, place.Member("value"), NotKnown);
            return kind.Known(JsonSerializer.Deserialize(value.Json.Span, kind.ValueType, EvidenceFile.Json), origin);
        }

        if (fact["unreadable"] is { } why)
        {
            var call = Read<EvidenceFile.Call>(fact.Without("unreadable"), place);
            var reason = Read<EvidenceFile.Reason>(why.Json.Span, place.Member("unreadable"));
            return kind.Failed(new ReadFailure(call.Action, call.Region, reason.ErrorCode, reason.Kind, reason.Message), call.Time);
        }

        throw new InvalidDataException($"{place} must have a value, or unreadable with the reason.");
    }

    private T Read<T>(ReadOnlySpan<byte> json, JsonPlace place)
    {
        Shape<T>.Value.Check(json, place, NotKnown);
        return JsonSerializer.Deserialize<T>(json, EvidenceFile.Json)!;
    }

    private static class Shape<T>
    {
        public static readonly JsonShape Value = JsonShape.Of(typeof(T));
    }

    private void NotKnown(JsonPlace place, string name)
    {
        if (!IsNewer)
        {
            throw new InvalidDataException($"{place} is not known in {EvidenceFile.Schema}.");
        }

        _unknown.Add(name);
    }

    private static JsonElement Parse(JsonOutline value)
    {
        using var json = JsonDocument.Parse(value.Json);
        return json.RootElement.Clone();
    }

    private static JsonOutline Object(JsonOutline? value, JsonPlace place) => value?.IsObject == true ? value : throw new InvalidDataException($"{place} must be an object.");

    private static string Shown(JsonElement element) => JsonSerializer.Serialize(element);

    /// <summary>The text of the file with each time in it moved.</summary>
    private byte[] Moved(TimeSpan by)
    {
        using var file = JsonDocument.Parse(_file.Json);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            WriteMoved(writer, file.RootElement, JsonPlace.Root, by);
        }

        return stream.ToArray();
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
