using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using CisAws.Text;

namespace CisAws.Programs;

/// <summary>What a field is for its object.</summary>
[Flags]
internal enum FieldUse
{
    /// <summary>It may be left out.</summary>
    Optional = 0,

    /// <summary>It must be there.</summary>
    Required = 1,

    /// <summary>It says what the entry is about: there is one entry for the same.</summary>
    Key = 2,
}

/// <summary>One member of an object of a program file, and the part of a record that it holds.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Use">What it is for the object.</param>
/// <param name="Fix">What to do where it is missing; null for the usual.</param>
/// <param name="Schema">Its schema.</param>
/// <param name="Value">Its value in a record.</param>
/// <param name="Read">The record with the member's value; unchanged, and a problem, where that is not valid.</param>
/// <param name="Write">The member's value; null for none.</param>
internal sealed record Field<T>(
    string Name, FieldUse Use, string? Fix, Func<JsonObject> Schema, Func<T, object?> Value, Func<T, LocatedJson, ReadContext, T> Read, Func<T, JsonNode?> Write);

/// <summary>
/// The members of an object of a program file. Reading, writing, the schema, and which entries are about the same follow from it: a new field is a
/// line in a table and a property of the record.
/// </summary>
/// <param name="what">What the object is, for messages.</param>
/// <param name="empty">The record before anything is read.</param>
/// <param name="rules">What the schema says of the object besides its members.</param>
internal sealed class FieldTable<T>(string what, T empty, Func<Dictionary<string, JsonNode>>? rules = null) : IEnumerable<Field<T>> where T : class
{
    private readonly List<Field<T>> _fields = [];

    /// <summary>Adds a member.</summary>
    public void Add<TValue>(
        string name, string description, FieldType<TValue> type, Func<T, object?> value, Func<T, TValue, T> with,
        FieldUse use = FieldUse.Optional, string? fix = null)
        where TValue : notnull => _fields.Add(new(
        name, use, fix,
        () =>
        {
            var schema = type.Schema();
            schema["description"] = description;
            return schema;
        },
        value,
        (record, place, context) => type.Read(place, context) is TValue read ? with(record, read) : record,
        record => value(record) is TValue present && present is not ("" or ICollection { Count: 0 }) ? type.Write(present) : null));

    /// <summary>Adds an object whose members are of the same record.</summary>
    public void Add(string name, string description, FieldTable<T> inner) => _fields.Add(new(
        name, FieldUse.Optional, null, () => inner.Schema(description), _ => null, inner.Read, record => inner.Write(record) is { Count: > 0 } members ? members : null));

    /// <summary>The schema of the object.</summary>
    public JsonObject Schema(string description)
    {
        var schema = new JsonObject
        {
            ["description"] = description,
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = FieldTypes.ObjectOf(_fields, f => f.Name, f => f.Schema()),
        };
        if (Required.Select(f => (JsonNode)f.Name).ToArray() is { Length: > 0 } required)
        {
            schema["required"] = new JsonArray(required);
        }

        foreach (var rule in rules?.Invoke() ?? [])
        {
            schema[rule.Key] = rule.Value;
        }

        return schema;
    }

    /// <summary>Reads the object; a problem leaves its member as it is in the empty record.</summary>
    public T Read(LocatedJson place, ReadContext context) => Read(empty, place, context);

    /// <summary>Writes the members that have a value, in the table's order.</summary>
    /// <param name="record">What to write.</param>
    /// <param name="into">Takes them; a new object by default.</param>
    public JsonObject Write(T record, JsonObject? into = null) => Write(_fields, record, into ?? []);

    /// <summary>True when two entries are about the same.</summary>
    public bool IsSame(T a, T b) => Key(a) == Key(b);

    /// <summary>What an entry is about, as text that another entry about the same has too.</summary>
    public string Key(T record) => Write(Keys, record, []).ToJsonString();

    /// <summary>What an entry is about besides the control, for people.</summary>
    public string About(T record) => string.Join(", ", Keys.Select(k => k.Value(record)).OfType<string>());

    /// <summary>A list of such objects, with one about the same.</summary>
    /// <param name="description">What each object is, for the schema.</param>
    /// <param name="name">What an entry is called where there are two.</param>
    public FieldType<IReadOnlyList<T>> List(string description, Func<T, string> name) => FieldTypes.ListOf(
        new FieldType<T>(() => Schema(description), (place, context) => Read(place, context) is var read && place.Kind == JsonValueKind.Object ? read : null, e => Write(e)),
        (record, place) => (Key(record), (Keys.Count == 1 ? place[Keys[0].Name] : null) ?? place, name(record)));

    /// <inheritdoc/>
    public IEnumerator<Field<T>> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private List<Field<T>> Keys => _fields.FindAll(f => f.Use.HasFlag(FieldUse.Key));

    private List<Field<T>> Required => _fields.FindAll(f => f.Use.HasFlag(FieldUse.Required));

    private static JsonObject Write(IEnumerable<Field<T>> fields, T record, JsonObject into)
    {
        foreach (var field in fields)
        {
            if (field.Write(record) is { } value)
            {
                into[field.Name] = value;
            }
        }

        return into;
    }

    private T Read(T record, LocatedJson place, ReadContext context)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in context.Members(place, what, _fields.ConvertAll(f => f.Name)))
        {
            seen.Add(member.Key);
            record = _fields.Find(f => f.Name == member.Key)!.Read(record, member.Value, context);
        }

        foreach (var field in Required.Where(f => place.Kind == JsonValueKind.Object && !seen.Contains(f.Name)))
        {
            context.Missing(place, field.Name, what, field.Fix);
        }

        return record;
    }
}
