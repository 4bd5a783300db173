using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CisAws.Text;

/// <summary>
/// The members of an object of a document, one line a member. The schema, writing and reading follow from it. Reading is strict: a member that is
/// missing, appears twice, or is not known to this version is an error with its path.
/// </summary>
/// <param name="what">What the object is, for messages.</param>
/// <param name="empty">The record before anything is read.</param>
/// <typeparam name="T">A record with a value for each member.</typeparam>
internal sealed class JsonTable<T>(string what, T empty) : IEnumerable
{
    private readonly List<Member> _members = [];

    /// <summary>Adds a member.</summary>
    /// <param name="name">Its name, in ASCII.</param>
    /// <param name="description">What it is, for the schema.</param>
    /// <param name="type">Its type; an optional one may be absent.</param>
    /// <param name="value">Its value in a record.</param>
    /// <param name="with">The record with another value.</param>
    public void Add<TValue>(string name, string description, JsonType<TValue> type, Func<T, TValue> value, Func<T, TValue, T> with) => _members.Add(new(
        name, !type.IsOptional,
        () =>
        {
            var schema = type.Schema();
            schema["description"] = description;
            return schema;
        },
        record => !type.IsOptional || value(record) is not null,
        (writer, record) => type.Write(writer, value(record)),
        (record, ref reader, reading) => with(record, type.Read(ref reader, reading))));

    /// <summary>The type of the object.</summary>
    public JsonType<T> Type => new(Schema, Write, Read);

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => _members.GetEnumerator();

    private JsonObject Schema()
    {
        var properties = new JsonObject();
        foreach (var member in _members)
        {
            properties[member.Name] = member.Schema();
        }

        return new()
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = properties,
            ["required"] = new JsonArray([.. _members.Where(m => m.IsRequired).Select(m => JsonValue.Create(m.Name))]),
        };
    }

    private void Write(TextWriter writer, T record)
    {
        writer.Write('{');
        var separator = "";
        foreach (var member in _members)
        {
            if (member.IsPresent(record))
            {
                writer.Write(separator);
                writer.Write('"');
                writer.Write(member.Name);
                writer.Write("\":");
                member.Write(writer, record);
                separator = ",";
            }
        }

        writer.Write('}');
    }

    private T Read(ref Utf8JsonReader reader, JsonReading reading)
    {
        JsonTypes.Begin(ref reader, JsonTokenType.StartObject, "an object");
        var (record, seen, next) = (empty, new bool[_members.Count], 0);
        while (JsonTypes.Next(ref reader) != JsonTokenType.EndObject)
        {
            // The members usually come in the order of the table.
            var name = JsonTypes.TextOf(ref reader);
            var at = next < _members.Count && name == _members[next].Name ? next : IndexOf(name);
            JsonTypes.Next(ref reader);
            try
            {
                if (at < 0)
                {
                    reading.Unknown(what, name);
                    reader.Skip();
                    continue;
                }

                record = seen[at] ? throw new UnexpectedJsonException("appears more than once") : _members[at].Read(record, ref reader, reading);
            }
            catch (UnexpectedJsonException e)
            {
                e.In(JsonTypes.Step(name));
                throw;
            }

            seen[at] = true;
            next = at + 1;
        }

        for (var i = 0; i < seen.Length; i++)
        {
            if (!seen[i] && _members[i].IsRequired)
            {
                var missing = new UnexpectedJsonException("is missing");
                missing.In(JsonTypes.Step(_members[i].Name));
                throw missing;
            }
        }

        return record;
    }

    private int IndexOf(string name) => _members.FindIndex(m => m.Name == name);

    private delegate T ReadMember(T record, ref Utf8JsonReader reader, JsonReading reading);

    private sealed record Member(
        string Name, bool IsRequired, Func<JsonObject> Schema, Func<T, bool> IsPresent, Action<TextWriter, T> Write, ReadMember Read);
}
