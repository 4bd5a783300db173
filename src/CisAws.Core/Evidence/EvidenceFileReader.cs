using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CisAws.Evidence;

/// <summary>What a file of a newer minor version holds beyond what this version knows.</summary>
/// <param name="Schema">The schema of the file.</param>
/// <param name="Kinds">The unknown kinds, which are written again unchanged.</param>
internal sealed record NewerEvidence(string Schema, IReadOnlyList<(string Name, JsonObject Facts)> Kinds);

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
        var schema = Object(Copy(file, "$", TimeSpan.Zero), "$")["schema"];
        _schema = schema is JsonValue value && value.TryGetValue<string>(out var text) && (text == EvidenceFile.Schema || NewerSchema.IsMatch(text))
            ? text
            : throw new InvalidDataException(
                $"$.schema is {schema?.ToJsonString() ?? "missing"}; this version of CisAws reads \"{EvidenceFile.Schema}\" and its minor versions.");
    }

    private bool IsNewer => _schema != EvidenceFile.Schema;

    public AccountEvidence Read(DateTimeOffset? asOf)
    {
        var (header, kinds) = Split(TimeSpan.Zero);
        if (asOf is { } time)
        {
            (header, kinds) = Split(time - header.CollectedAt);
        }

        var newer = kinds.Where(k => !Kinds.ContainsKey(k.Name)).ToList();
        foreach (var (name, _) in newer)
        {
            NotKnown(JsonShape.Below("$.evidence", name), name);
        }

        var evidence = new AccountEvidence(header.Account, header.CollectedAt)
        {
            CompletedAt = header.CompletedAt,
            Regions = header.Regions,
            CisAwsVersion = header.CisAwsVersion,
            Newer = IsNewer ? new NewerEvidence(_schema, newer) : null,
        };
        foreach (var (name, facts) in kinds.Except(newer))
        {
            var (kind, value) = Kinds[name];
            evidence.Add(kind);
            foreach (var fact in facts)
            {
                evidence.Add(kind, fact.Key, ReadFact(kind, value, fact.Value, JsonShape.Below(JsonShape.Below("$.evidence", name), fact.Key)));
            }
        }

        evidence.Warnings = _unknown.Count == 0 ? [] :
        [
            $"The evidence file has schema {_schema}, written by CisAws {header.CisAwsVersion}. This version reads {EvidenceFile.Schema} and ignores " +
            $"{string.Join(", ", _unknown)}. Update CisAws to use all of the file.",
        ];
        return evidence;
    }

    private (EvidenceFile.Header Header, IReadOnlyList<(string Name, JsonObject Facts)> Kinds) Split(TimeSpan moved)
    {
        var root = (JsonObject)Copy(_file, "$", moved)!;
        var evidence = Object(root["evidence"], "$.evidence");
        root.Remove("evidence");
        var header = Read<EvidenceFile.Header>(root, "$");
        return (header, evidence.Select(k => (k.Key, Object(k.Value, JsonShape.Below("$.evidence", k.Key)))).ToList());
    }

    private Observation ReadFact(EvidenceKind kind, JsonShape shape, JsonNode? node, string path)
    {
        var fact = Object(node, path);
        if (Take(fact, "value", out var value))
        {
            var origin = Read<Origin>(fact, path);
            shape.Check(value, JsonShape.Below(path, "value"), NotKnown);
            return kind.Known(value.Deserialize(kind.ValueType, EvidenceFile.Json), origin);
        }

        if (Take(fact, "unreadable", out var why))
        {
            var call = Read<EvidenceFile.Call>(fact, path);
            var reason = Read<EvidenceFile.Reason>(why, JsonShape.Below(path, "unreadable"));
            return kind.Failed(new ReadFailure(call.Action, call.Region, reason.ErrorCode, reason.Kind, reason.Message), call.Time);
        }

        throw new InvalidDataException($"{path} must have a value, or unreadable with the reason.");
    }

    private T Read<T>(JsonNode? node, string path)
    {
        JsonShape.Of(typeof(T)).Check(node, path, NotKnown);
        return node.Deserialize<T>(EvidenceFile.Json)!;
    }

    private void NotKnown(string path, string name)
    {
        if (!IsNewer)
        {
            throw new InvalidDataException($"{path} is not known in {EvidenceFile.Schema}.");
        }

        _unknown.Add(name);
    }

    private static bool Take(JsonObject node, string name, out JsonNode? value) => node.TryGetPropertyValue(name, out value) && node.Remove(name);

    private static JsonObject Object(JsonNode? node, string path) => node as JsonObject ?? throw new InvalidDataException($"{path} must be an object.");

    /// <summary>JSON in which no name appears twice and every string is valid, with each time in it moved.</summary>
    private static JsonNode? Copy(JsonElement element, string path, TimeSpan moved)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new JsonObject();
                foreach (var member in element.EnumerateObject())
                {
                    var name = Text(() => member.Name, path);
                    var below = JsonShape.Below(path, name);
                    members[name] = members.ContainsKey(name) ? throw new InvalidDataException($"{below} appears twice.") : Copy(member.Value, below, moved);
                }

                return members;
            case JsonValueKind.Array:
                return new JsonArray(element.EnumerateArray().Select((item, i) => Copy(item, FormattableString.Invariant($"{path}[{i}]"), moved)).ToArray());
            case JsonValueKind.String:
                var text = Text(() => element.GetString()!, path);
                return JsonValue.Create(moved != TimeSpan.Zero && IsTime(text, out var time) ? Moved(time, moved, path) : text);
            case JsonValueKind.Null:
                return null;
            default:
                return JsonValue.Create(element.Clone());
        }
    }

    private static string Text(Func<string> read, string path)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException($"{path} contains a string that is not valid Unicode.", e);
        }
    }

    private static string Moved(DateTimeOffset time, TimeSpan by, string path)
    {
        try
        {
            return (time + by).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new InvalidDataException($"{path} is a time that cannot be moved by {by}, because it would be out of range.", e);
        }
    }

    private static bool IsTime(string text, out DateTimeOffset time)
    {
        time = default;
        return text.Length >= 20 && text.Length <= 35 && text[4] == '-' && text[10] == 'T' &&
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }
}
