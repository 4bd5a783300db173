using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CisAws.Emulator.Wire;

/// <summary>
/// The parameters of a call, whichever protocol brought them. It remembers what was asked for, so that a parameter that
/// an operation does not know is an error instead of being ignored.
/// </summary>
internal sealed class Input
{
    private static readonly JsonNodeOptions AnyCase = new() { PropertyNameCaseInsensitive = true };

    private readonly JsonObject _values;
    private readonly HashSet<string> _read = new(StringComparer.OrdinalIgnoreCase);

    public Input(JsonObject values) => _values = values;

    public static JsonObject NewObject() => new(AnyCase);

    /// <summary>Reads a JSON body; an empty one is an empty object.</summary>
    public static Input FromJson(string body)
    {
        try
        {
            var values = body.Length == 0 ? NewObject() : JsonNode.Parse(body, AnyCase) as JsonObject;
            return new Input(values ?? throw AwsError.Serialization("The body is not a JSON object."));
        }
        catch (JsonException e)
        {
            throw AwsError.Serialization($"The body is not JSON: {e.Message}");
        }
    }

    /// <summary>Reads a form: <c>Filter.1.Value.2=x</c> or <c>Filter.member.1=x</c>.</summary>
    public static Input FromForm(string body)
    {
        var root = NewObject();
        foreach (var pair in body.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var split = pair.IndexOf('=', StringComparison.Ordinal);
            var path = Decode(split < 0 ? pair : pair[..split]).Split('.');
            var parent = root;
            foreach (var name in path[..^1])
            {
                parent = parent[name] as JsonObject ?? Add(parent, name);
            }

            parent[path[^1]] = split < 0 ? "" : Decode(pair[(split + 1)..]);
        }

        return new Input(root);

        static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

        static JsonObject Add(JsonObject parent, string name)
        {
            var child = NewObject();
            parent[name] = child;
            return child;
        }
    }

    /// <summary>Reads a query string: <c>maxResults=10</c>.</summary>
    public static Input FromQuery(string query)
    {
        var root = NewObject();
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var split = pair.IndexOf('=', StringComparison.Ordinal);
            root[Uri.UnescapeDataString(split < 0 ? pair : pair[..split])] = split < 0 ? "" : Uri.UnescapeDataString(pair[(split + 1)..]);
        }

        return new Input(root);
    }

    /// <summary>The content of an object, which is not a parameter; empty for other calls.</summary>
    public byte[] Content { get; init; } = [];

    /// <summary>All parameters.</summary>
    public IEnumerable<KeyValuePair<string, JsonNode?>> Values => _values;

    /// <summary>The parameters that were not read.</summary>
    public IEnumerable<string> Unread => _values.Select(v => v.Key).Where(k => !_read.Contains(k));

    public string? Text(string name) => Node(name) is JsonValue value ? value.ToString() : null;

    public string RequiredText(string name) =>
        Text(name) is { Length: > 0 } text ? text : throw AwsError.Validation($"The request must contain the parameter {name}.");

    public bool? Flag(string name) => Text(name) switch
    {
        null => null,
        var text when bool.TryParse(text, out var flag) => flag,
        var text => throw AwsError.Validation($"{name} must be true or false, not '{text}'."),
    };

    public int? Number(string name) => Text(name) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw AwsError.Validation($"{name} must be a number, not '{text}'."),
    };

    public IReadOnlyList<string> Texts(string name) => Elements(Node(name)).Select(n => n?.ToString() ?? "").ToList();

    public IReadOnlyList<Input> Structures(string name) => Elements(Node(name)).OfType<JsonObject>().Select(o => new Input(o)).ToList();

    /// <summary>Structures of a body of JSON, as they came.</summary>
    public IReadOnlyList<JsonObject> Documents(string name) => [.. Elements(Node(name)).OfType<JsonObject>().Select(o => o.DeepClone().AsObject())];

    /// <summary>A structure of a body of JSON, as it came; null where there is none.</summary>
    public JsonObject? Document(string name) => Node(name) as JsonObject;

    /// <summary>A structure; without parameters where there is none.</summary>
    public Input Structure(string name) => new(Node(name) as JsonObject ?? NewObject());

    /// <summary>All parameters, as JSON.</summary>
    public override string ToString() => _values.ToJsonString();

    /// <summary>Says that parameters are known and change nothing here.</summary>
    public void Accept(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _read.Add(name);
        }
    }

    private JsonNode? Node(string name)
    {
        _read.Add(name);
        return _values[name];
    }

    private static IEnumerable<JsonNode?> Elements(JsonNode? node) => node switch
    {
        JsonArray array => array,
        JsonObject form when form["member"] is { } members => Elements(members),
        JsonObject form => form.OrderBy(p => int.TryParse(p.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            ? place
            : throw AwsError.Validation($"'{p.Key}' is not a place in a list.")).Select(p => p.Value),
        _ => [],
    };
}
