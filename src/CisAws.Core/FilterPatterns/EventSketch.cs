using System.Collections.Generic;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CisAws.FilterPatterns;

/// <summary>An event of which only the fields are drawn that patterns ask for, and those that every event has.</summary>
internal sealed class EventSketch(EventSpace space, IReadOnlyDictionary<Field, FieldOption> fields)
{
    private static readonly Selector EventName = Selector.Parse("$.eventName");

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The event as JSON.</summary>
    public string ToJson()
    {
        var record = new JsonObject();
        foreach (var field in space.Fields.Where(f => fields[f].Value.Shape != FieldShape.Absent))
        {
            Put(record, field.Selector.Steps, fields[field].Value);
        }

        return record.ToJsonString(Plain);
    }

    /// <summary>
    /// The event in words, such as <c>StopLogging</c> or <c>CreateTrail with errorCode "AccessDenied"</c>: by what one expression
    /// wants of it, and what would have to be another way for some other to match it.
    /// </summary>
    public string Describe(FilterExpression matched, IReadOnlyList<FilterExpression> unmatched)
    {
        var told = space.Fields.Where(f => !f.Domain.IsFixed && (IsNamed(f, matched) || IsDecisive(f, matched, unmatched))).ToList();
        var name = told.FirstOrDefault(f => f.Selector.Equals(EventName) && fields[f].Value.Kind == FieldKind.Text);
        var rest = told.Where(f => f != name).Select(Words).ToList();
        return (name is null ? "an event" : fields[name].Value.Text) + (rest.Count == 0 ? "" : " with " + string.Join(" and ", rest));
    }

    /// <summary>Whether the expression says what the field is, and not only what it is not.</summary>
    private bool IsNamed(Field field, FilterExpression matched) => space.PlacesIn(field, [matched]).Any(i =>
        fields[field].Truths[i]
        && field.Conditions[i] is not (StateTest { State: FieldKind.Absent } or Comparison { Comparator: "!=" }));

    /// <summary>Whether another would match the event if this field were something else.</summary>
    private bool IsDecisive(Field field, FilterExpression matched, IReadOnlyList<FilterExpression> unmatched) =>
        field.Options.Any(option =>
        {
            var changed = space.Fields.ToDictionary(f => f, f => f == field ? option : fields[f]);
            return space.Fields.All(f => f == field || f.Selector.CanBe(fields[f].Value.Shape, field.Selector, option.Value.Shape))
                && matched.Truth(c => space.Truth(c, changed)) == true
                && unmatched.Any(u => u.Truth(c => space.Truth(c, changed)) == true);
        });

    private string Words(Field field)
    {
        var name = field.Selector.ToString().TrimStart('$', '.');
        var value = fields[field].Value;
        return value.Kind switch
        {
            FieldKind.Absent => $"no {name}",
            FieldKind.Text => $"{name} \"{value.Text}\"",
            FieldKind.Number => $"{name} {value.Text}",
            FieldKind.Object => $"an object for {name}",
            FieldKind.Array => $"an array for {name}",
            _ => $"{name} {value.Kind.ToString().ToLowerInvariant()}",
        };
    }

    private static void Put(JsonObject record, IReadOnlyList<SelectorStep> steps, FieldValue value)
    {
        JsonNode at = record;
        for (var i = 0; i + 1 < steps.Count; i++)
        {
            at = Inside(at, steps[i]) ?? Set(at, steps[i], steps[i + 1].IsIndex ? new JsonArray() : new JsonObject());
        }

        // What holds other fields may be there already.
        var last = steps[steps.Count - 1];
        if (Inside(at, last) is null)
        {
            Set(at, last, NodeOf(value));
        }
    }

    private static JsonNode? Inside(JsonNode node, SelectorStep step) => node switch
    {
        JsonArray array => step.Index < array.Count ? array[step.Index] : null,
        _ => node[step.Name!],
    };

    private static JsonNode Set(JsonNode node, SelectorStep step, JsonNode? value)
    {
        if (node is not JsonArray array)
        {
            node[step.Name!] = value;
            return value!;
        }

        while (array.Count <= step.Index)
        {
            array.Add(null);
        }

        array[step.Index] = value;
        return value!;
    }

    private static JsonNode? NodeOf(FieldValue value) => value.Kind switch
    {
        FieldKind.Object => new JsonObject(),
        FieldKind.Array => new JsonArray(),
        FieldKind.Text => JsonValue.Create(value.Text),
        FieldKind.Number => JsonNode.Parse(value.Text),
        FieldKind.True => JsonValue.Create(true),
        FieldKind.False => JsonValue.Create(false),
        _ => null,
    };
}
