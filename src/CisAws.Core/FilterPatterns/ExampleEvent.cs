using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CisAws.FilterPatterns.Automata;

namespace CisAws.FilterPatterns;

/// <summary>A field of an example event, and what is known of the field in all events.</summary>
internal sealed class ExampleField(FieldDomain domain, FieldValue value)
{
    public FieldDomain Domain { get; } = domain;

    public FieldValue Value { get; } = value;
}

/// <summary>An event with only those fields that patterns look at or nearly every event has.</summary>
internal sealed class ExampleEvent(IReadOnlyList<ExampleField> fields)
{
    private static readonly Selector EventName = Selector.Parse("$.eventName");

    // Patterns can look deeper than the 64 levels that JSON writers and readers allow by default.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };

    private const int MaxDepth = 1_000;

    // Those that are given, and those that were asked for.
    private readonly Dictionary<Selector, FieldValue> _values = fields.ToDictionary(f => f.Domain.Selector, f => f.Value);

    public IReadOnlyList<ExampleField> Fields { get; } = fields;

    public IEnumerable<Selector> Selectors => Fields.Select(f => f.Domain.Selector);

    /// <summary>A field of the event; absent when it is not among those that are given.</summary>
    public FieldValue ValueOf(Selector selector)
    {
        if (!_values.TryGetValue(selector, out var value))
        {
            _values[selector] = value = ImpliedValueOf(selector);
        }

        return value;
    }

    /// <summary>What the other fields imply for one that is not given.</summary>
    private FieldValue ImpliedValueOf(Selector selector)
    {
        foreach (var field in Fields)
        {
            var other = field.Domain.Selector;
            if (field.Value.Kind == FieldKind.Absent)
            {
                continue;
            }

            if (selector.Holds(other))
            {
                return FieldValue.Of(other.Steps[selector.Steps.Count].IsIndex ? FieldKind.Array : FieldKind.Object);
            }

            // JSON has no gaps in arrays.
            if (selector.IsBefore(other))
            {
                return FieldValue.Of(FieldKind.Null);
            }
        }

        return FieldValue.Of(FieldKind.Absent);
    }

    /// <summary>The event with another value in a field.</summary>
    public ExampleEvent With(Selector selector, FieldValue value) =>
        new([.. Fields.Select(f => f.Domain.Selector.Equals(selector) ? new ExampleField(f.Domain, value) : f)]);

    /// <summary>Whether a pattern matches the event.</summary>
    public bool IsMatchedBy(FilterExpression expression, FilterSemantics semantics) =>
        expression.Truth(c => c.Matches(ValueOf(c.Selector), semantics)) == true;

    /// <summary>The fields in which this event differs from another.</summary>
    public IReadOnlyList<Selector> DifferencesFrom(ExampleEvent other) =>
        [.. Selectors.Concat(other.Selectors).Distinct().Where(s => !ValueOf(s).Equals(other.ValueOf(s)))];

    /// <summary>
    /// A short description, such as <c>StopLogging</c> or <c>CreateTrail with errorCode "AccessDenied"</c>: the fields that an
    /// expression has conditions on, and some others.
    /// </summary>
    public string Describe(FilterExpression wanted, IReadOnlyList<Selector> others, FilterSemantics semantics)
    {
        // Conditions on what a field is, without those on what it is not.
        var named = wanted.Conditions
            .Where(c => c is not (StateTest { State: FieldKind.Absent } or Comparison { Comparator: "!=" }) && c.Matches(ValueOf(c.Selector), semantics))
            .Select(c => c.Selector);
        var shown = named.Concat(others).Distinct().Where(s => Only(s) is null).ToList();
        var name = shown.Contains(EventName) && ValueOf(EventName) is { Kind: FieldKind.Text } text ? text.Text : null;
        var rest = Fields.Select(f => f.Domain.Selector).Where(s => shown.Contains(s) && !(name is not null && s.Equals(EventName))).Select(DescribeField).ToList();
        return (name ?? "an event") + (rest.Count == 0 ? "" : " with " + string.Join(" and ", rest));
    }

    /// <summary>The event as JSON.</summary>
    /// <exception cref="UndecidableException">It would be deeper than JSON readers go.</exception>
    public string ToJson()
    {
        var root = new Node { Value = FieldValue.Of(FieldKind.Object) };
        foreach (var field in Fields.Where(f => f.Value.Shape != FieldShape.Absent))
        {
            if (field.Domain.Selector.Steps.Count > MaxDepth - 10)
            {
                throw new UndecidableException("the patterns use fields that are nested too deeply");
            }

            root.At(field.Domain.Selector.Steps).Value = field.Value;
        }

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Plain))
        {
            root.Write(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Reads an event that ToJson wrote.</summary>
    public static JsonDocument Parse(string json) => JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });

    private FieldValue? Only(Selector selector) => Fields.FirstOrDefault(f => f.Domain.Selector.Equals(selector))?.Domain.Only;

    private string DescribeField(Selector selector)
    {
        var name = selector.ToString().TrimStart('$', '.');
        var value = ValueOf(selector);
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

    /// <summary>A place in the event: a value, or properties or elements inside of it.</summary>
    private sealed class Node
    {
        private readonly List<Node> _inside = [];

        /// <summary>The step that leads to it; null for the event.</summary>
        public SelectorStep? Step { get; private init; }

        public FieldValue Value { get; set; } = FieldValue.Of(FieldKind.Null);

        public Node At(IReadOnlyList<SelectorStep> steps)
        {
            var at = this;
            foreach (var step in steps)
            {
                var next = at._inside.Find(n => n.Step!.IsSameAs(step));
                if (next is null)
                {
                    at._inside.Add(next = new Node { Step = step });
                }

                at = next;
            }

            return at;
        }

        public void Write(Utf8JsonWriter writer)
        {
            if (_inside.Count > 0 && _inside[0].Step!.IsIndex)
            {
                writer.WriteStartArray();
                for (var i = 0; i <= _inside.Max(n => n.Step!.Index); i++)
                {
                    (_inside.Find(n => n.Step!.Index == i) ?? new Node()).Write(writer);
                }

                writer.WriteEndArray();
            }
            else if (_inside.Count > 0 || Value.Kind == FieldKind.Object)
            {
                writer.WriteStartObject();
                foreach (var node in _inside)
                {
                    writer.WritePropertyName(node.Step!.Name!);
                    node.Write(writer);
                }

                writer.WriteEndObject();
            }
            else
            {
                WriteValue(writer);
            }
        }

        private void WriteValue(Utf8JsonWriter writer)
        {
            switch (Value.Kind)
            {
                case FieldKind.Array:
                    writer.WriteStartArray();
                    writer.WriteEndArray();
                    break;
                case FieldKind.Text:
                    writer.WriteStringValue(Value.Text);
                    break;
                case FieldKind.Number:
                    writer.WriteRawValue(Value.Text);
                    break;
                case FieldKind.True or FieldKind.False:
                    writer.WriteBooleanValue(Value.Kind == FieldKind.True);
                    break;
                default:
                    writer.WriteNullValue();
                    break;
            }
        }
    }
}
