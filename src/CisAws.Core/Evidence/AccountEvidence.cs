using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Threading;
using System.Threading.Tasks;

namespace CisAws.Evidence;

/// <summary>The evidence of one account, as a file holds it: JSON with one entry a kind and, in it, one a subject.</summary>
public sealed class AccountEvidence : IEvidenceReader
{
    /// <summary>The value of <c>schema</c> in a file this version reads and writes.</summary>
    public const string Schema = "cisaws-evidence/1";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly JsonShape UnreadableShape = JsonShape.Of(typeof(ReadFailure));

    private static readonly Dictionary<EvidenceKind, JsonShape> ValueShapes = typeof(EvidenceKinds)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(f => typeof(EvidenceKind).IsAssignableFrom(f.FieldType))
        .ToDictionary(f => (EvidenceKind)f.GetValue(null)!, JsonShape.OfValue);

    private readonly Dictionary<string, Dictionary<string, Observation>> _facts = new(StringComparer.Ordinal);

    /// <summary>Evidence with nothing in it yet.</summary>
    public AccountEvidence(AccountIdentity account, DateTimeOffset collectedAt)
    {
        Account = account;
        CollectedAt = collectedAt;
    }

    /// <inheritdoc/>
    public AccountIdentity Account { get; }

    /// <summary>When the evidence was read (UTC); ages are counted to this time.</summary>
    public DateTimeOffset CollectedAt { get; }

    /// <summary>Adds or replaces the value of one piece of evidence.</summary>
    public AccountEvidence Set<T>(EvidenceKind<T> kind, string subject, T value) =>
        Set(kind, subject, Observation.Known(value, new Origin(kind.Actions[0], "", CollectedAt)));

    /// <summary>Adds or replaces one piece of evidence, which may be unreadable.</summary>
    public AccountEvidence Set(EvidenceKind kind, string subject, Observation fact)
    {
        if (!_facts.TryGetValue(kind.Name, out var facts))
        {
            _facts[kind.Name] = facts = new Dictionary<string, Observation>(StringComparer.Ordinal);
        }

        facts[subject] = fact;
        return this;
    }

    /// <summary>Makes one piece of evidence unreadable.</summary>
    public AccountEvidence Deny(EvidenceKind kind, string subject = "", ReadFailureKind why = ReadFailureKind.AccessDenied, string code = "AccessDenied") =>
        Set(kind, subject, kind.Failed(new ReadFailure(kind.Actions[0], subject, code, why, "Not allowed.")));

    /// <summary>The subjects recorded for a kind.</summary>
    public IReadOnlyCollection<string> SubjectsOf(EvidenceKind kind) =>
        _facts.TryGetValue(kind.Name, out var facts) ? facts.Keys : [];

    /// <summary>One piece of evidence; unreadable with <see cref="ReadFailureKind.NotCollected"/> when it is not there.</summary>
    public Observation<T> Get<T>(EvidenceKind<T> kind, string subject = "") =>
        _facts.TryGetValue(kind.Name, out var facts) && facts.TryGetValue(subject, out var fact)
            ? (Observation<T>)fact
            : Observation.Failed<T>(new ReadFailure(kind.Actions[0], "", "", ReadFailureKind.NotCollected, "The evidence does not hold it."));

    /// <inheritdoc/>
    public Task<Observation<T>> ReadAsync<T>(EvidenceKind<T> kind, string subject, CancellationToken cancellationToken) => Task.FromResult(Get(kind, subject));

    /// <summary>Writes the evidence as JSON, in a stable order.</summary>
    public string ToJson()
    {
        var kinds = new JsonObject();
        foreach (var kind in EvidenceKinds.All.Where(k => _facts.ContainsKey(k.Name)))
        {
            var subjects = new JsonObject();
            foreach (var fact in _facts[kind.Name].OrderBy(f => f.Key, StringComparer.Ordinal))
            {
                subjects[fact.Key] = fact.Value.Failure is { } why
                    ? new JsonObject { ["unreadable"] = JsonSerializer.SerializeToNode(why, Json) }
                    : new JsonObject { ["value"] = JsonSerializer.SerializeToNode(fact.Value.UntypedValue, kind.ValueType, Json) };
            }

            kinds[kind.Name] = subjects;
        }

        var root = new JsonObject
        {
            ["schema"] = Schema,
            ["account"] = JsonSerializer.SerializeToNode(Account, Json),
            ["collectedAt"] = JsonSerializer.SerializeToNode(CollectedAt, Json),
            ["evidence"] = kinds,
        };
        return root.ToJsonString(Json) + "\n";
    }

    /// <summary>Reads evidence from JSON.</summary>
    /// <param name="json">What <see cref="ToJson"/> writes.</param>
    /// <param name="asOf">
    /// When given, every time in the evidence is moved by the same span, so that it looks as if it had been collected then:
    /// a demo account does not age. Dates without a time of day, such as a policy's Version, stay.
    /// </param>
    /// <exception cref="InvalidDataException">The text is not an evidence file of a schema this version reads; the message names the place.</exception>
    public static AccountEvidence FromJson(string json, DateTimeOffset? asOf = null)
    {
        try
        {
            var root = JsonNode.Parse(json) as JsonObject ?? throw new InvalidDataException("$ must be an object.");
            if (root["schema"] is not JsonValue schema || !schema.TryGetValue<string>(out var version) || version != Schema)
            {
                throw new InvalidDataException($"$.schema is {root["schema"]?.ToJsonString() ?? "missing"}; this version reads \"{Schema}\".");
            }

            var collectedAt = Read<DateTimeOffset>(root, "collectedAt");
            if (asOf is { } time)
            {
                root = (JsonObject)Move(root, time - collectedAt)!;
                collectedAt = time;
            }

            var evidence = new AccountEvidence(Read<AccountIdentity>(root, "account"), collectedAt);
            foreach (var (name, subjects) in Members(root["evidence"], "$.evidence"))
            {
                var path = JsonShape.Below("$.evidence", name);
                var kind = EvidenceKinds.All.FirstOrDefault(k => k.Name == name) ?? throw new InvalidDataException($"{path} is not a kind of evidence that this version reads.");
                foreach (var (subject, fact) in Members(subjects, path))
                {
                    evidence.Set(kind, subject, ReadFact(kind, fact, JsonShape.Below(path, subject), collectedAt));
                }
            }

            return evidence;
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"The evidence file is not valid: {e.Message}", e);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            // ArgumentException: a name that is there twice, or a time that cannot be moved.
            throw new InvalidDataException($"The evidence file is not valid: {e.Message}", e);
        }
    }

    private static IEnumerable<(string Name, JsonNode? Value)> Members(JsonNode? node, string path) =>
        (node as JsonObject ?? throw new InvalidDataException($"{path} must be an object.")).Select(m => (m.Key, m.Value));

    private static T Read<T>(JsonObject root, string name)
    {
        JsonShape.Of(typeof(T)).Check(root[name], JsonShape.Below("$", name), Json);
        return root[name].Deserialize<T>(Json)!;
    }

    private static Observation ReadFact(EvidenceKind kind, JsonNode? node, string path, DateTimeOffset collectedAt)
    {
        var fact = node as JsonObject ?? throw new InvalidDataException($"{path} must be an object.");
        if (fact.TryGetPropertyValue("unreadable", out var why))
        {
            UnreadableShape.Check(why, JsonShape.Below(path, "unreadable"), Json);
            return kind.Failed(why.Deserialize<ReadFailure>(Json)!);
        }

        if (!fact.TryGetPropertyValue("value", out var value))
        {
            throw new InvalidDataException($"{path} must have a value, or say why it is unreadable.");
        }

        ValueShapes[kind].Check(value, JsonShape.Below(path, "value"), Json);
        return kind.Known(value.Deserialize(kind.ValueType, Json), new Origin(kind.Actions[0], "", collectedAt));
    }

    private static JsonNode? Move(JsonNode? node, TimeSpan by)
    {
        switch (node)
        {
            case JsonObject o:
                return new JsonObject(o.Select(p => new KeyValuePair<string, JsonNode?>(p.Key, Move(p.Value, by))));
            case JsonArray a:
                return new JsonArray(a.Select(n => Move(n, by)).ToArray());
            case JsonValue v when v.TryGetValue<string>(out var text) && IsTime(text, out var time):
                return JsonValue.Create((time + by).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture));
            default:
                return node?.DeepClone();
        }
    }

    private static bool IsTime(string text, out DateTimeOffset time)
    {
        time = default;
        return text.Length >= 20 && text.Length <= 35 && text[4] == '-' && text[10] == 'T' &&
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }
}
