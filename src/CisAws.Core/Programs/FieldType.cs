using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using CisAws.Benchmarks;
using CisAws.Text;

namespace CisAws.Programs;

/// <summary>A type of value in a program file: how it is described in the schema, read and written.</summary>
/// <param name="schema">Its schema.</param>
/// <param name="read">Reads a value; null, and a problem, for what is not valid.</param>
/// <param name="write">Writes a value; its text by default.</param>
internal sealed class FieldType<TValue>(Func<JsonObject> schema, Func<LocatedJson, ReadContext, object?> read, Func<TValue, JsonNode?>? write = null)
    where TValue : notnull
{
    /// <summary>Its schema, anew for each place that it is put into.</summary>
    public JsonObject Schema() => schema();

    /// <summary>Reads a value; null, and a problem, for what is not valid.</summary>
    public object? Read(LocatedJson place, ReadContext context) => read(place, context);

    /// <summary>Writes a value.</summary>
    public JsonNode? Write(TValue value) => write is null ? JsonValue.Create(value.ToString()) : write(value);
}

/// <summary>The types of values in program files.</summary>
internal static class FieldTypes
{
    /// <summary>Any text that is not empty.</summary>
    public static readonly FieldType<string> AnyText = TextOf(@"\S", (_, _) => true, "a non-empty string");

    /// <summary>True or false.</summary>
    public static readonly FieldType<bool> TrueOrFalse = new(
        () => new() { ["type"] = "boolean" }, (place, context) => place.Boolean ?? context.Invalid(place, Unquoted("true or false", place)), value => value);

    /// <summary>A day in UTC; of a time, its day.</summary>
    public static readonly FieldType<DateTime> Day = new(
        TextOf("^[0-9]{4}-[0-9]{2}-[0-9]{2}(T.*)?$", (_, _) => true, Formats.Day).Schema,
        (place, context) => ReadText(place, context, Formats.Day) is not { } text ? null : IsoDate.TryRead(text) ?? context.Invalid(place, Formats.Day),
        value => IsoDate.Write(value));

    /// <summary>An account ID.</summary>
    public static readonly FieldType<string> Account = TextOf(Formats.AccountIdPattern, (text, _) => Formats.IsAccountId(text), Formats.AccountId);

    /// <summary>A region's name.</summary>
    public static readonly FieldType<string> Region = TextOf(Formats.RegionPattern, (text, _) => Formats.IsRegion(text), Formats.Region);

    /// <summary>The ID of one control.</summary>
    public static readonly FieldType<ControlSelector> OneControl = new(
        () => Reference("controlId"),
        (place, context) => ReadText(place, context, Formats.ControlId) is not { } text ? null
            : ControlSelector.TryParse(context.IdOf(text), out var id) && !id!.IsWildcard && context.Matching(id).Count > 0 ? id
            : context.Invalid(place, Formats.ControlId, "UnknownControl"));

    /// <summary>Controls, by an ID or a wildcard.</summary>
    public static readonly FieldType<ControlSelector> SomeControls = ControlOf("UnknownControl");

    /// <summary>A list of controls, by IDs and wildcards.</summary>
    public static readonly FieldType<IReadOnlyList<ControlSelector>> ListOfControls = ListOf(ControlOf("InvalidValue"));

    /// <summary>Text of a form.</summary>
    /// <param name="pattern">The form as the schema says it, as far as it can.</param>
    /// <param name="isValid">Whether a text has the form.</param>
    /// <param name="expected">The form in words, for messages.</param>
    public static FieldType<string> TextOf(string pattern, Func<string, ReadContext, bool> isValid, string expected) => new(
        () => new() { ["type"] = "string", ["maxLength"] = Formats.LongestText, ["pattern"] = pattern },
        (place, context) => ReadText(place, context, expected) is not { } text ? null : isValid(text, context) ? text : context.Invalid(place, expected));

    /// <summary>One of a few words or numbers, each of which stands for a value.</summary>
    public static FieldType<TValue> OneOf<TValue>(params (object Word, TValue Value)[] words) where TValue : notnull => new(
        () => new() { ["enum"] = new JsonArray([.. words.Select(w => Word(w.Word))]) },
        (place, context) => words.Where(w => w.Word.Equals(place.Text ?? (object?)place.Integer)).Select(w => (object)w.Value).FirstOrDefault()
            ?? context.Invalid(place, words.All(w => w.Word is int) ? Unquoted(AnyOf(words.Select(w => w.Word)), place) : AnyOf(words.Select(w => w.Word))),
        value => Word(words.First(w => w.Value.Equals(value)).Word));

    /// <summary>What is taken, in words.</summary>
    public static string AnyOf(IEnumerable<object> words) => words.Count() == 2 ? string.Join(" or ", words) : $"one of {string.Join(", ", words)}";

    /// <summary>What is expected instead of a value; for a string, that JSON writes it without quotes.</summary>
    public static string Unquoted(string expected, LocatedJson place) => place.Kind == JsonValueKind.String ? $"{expected}, without quotes" : expected;

    /// <summary>What is expected instead of a value; for a number, that JSON writes it in quotes.</summary>
    public static string Quoted(string expected, LocatedJson place) => place.Kind == JsonValueKind.Number ? $"{expected}, in quotes" : expected;

    /// <summary>A list of values, each of them once.</summary>
    public static FieldType<IReadOnlyList<TValue>> ListOf<TValue>(FieldType<TValue> type) where TValue : notnull => ListOf(type, (value, place) => (value, place, value.ToString()!));

    /// <summary>A list of values.</summary>
    /// <param name="type">The type of each.</param>
    /// <param name="duplicate">What must not be there twice of a value, its place, and what it is called in messages.</param>
    public static FieldType<IReadOnlyList<TValue>> ListOf<TValue>(FieldType<TValue> type, Func<TValue, LocatedJson, (object Key, LocatedJson Place, string What)> duplicate)
        where TValue : notnull => new(
        () => new() { ["type"] = "array", ["uniqueItems"] = true, ["items"] = type.Schema() },
        (place, context) =>
        {
            if (place.Kind != JsonValueKind.Array)
            {
                return context.Invalid(place, "a list: [ ... ]");
            }

            var (values, seen) = (new List<TValue>(), new HashSet<object>());
            foreach (var item in place.Items)
            {
                if (type.Read(item, context) is TValue value)
                {
                    values.Add(value);
                    if (duplicate(value, item) is var (key, at, what) && !seen.Add(key))
                    {
                        context.Problems.Duplicate(at, what);
                    }
                }
            }

            return values;
        },
        values => new JsonArray([.. values.Select(type.Write)]));

    /// <summary>An object with a member for each item.</summary>
    public static JsonObject ObjectOf<T>(IEnumerable<T> items, Func<T, string> name, Func<T, JsonNode?> value)
    {
        var json = new JsonObject();
        foreach (var item in items)
        {
            json[name(item)] = value(item);
        }

        return json;
    }

    /// <summary>A reference to one of the schema's definitions.</summary>
    public static JsonObject Reference(string definition) => new() { ["$ref"] = "#/definitions/" + definition };

    private static FieldType<ControlSelector> ControlOf(string code) => new(
        () => Reference("control"),
        (place, context) => context.Selector(place.Text, place, place.Text is null ? "InvalidValue" : code));

    private static JsonNode Word(object word) => word is int number ? number : (string)word;

    private static string? ReadText(LocatedJson place, ReadContext context, string expected)
    {
        if (place.Text is not { } text || text.Trim().Length == 0)
        {
            return (string?)context.Invalid(place, Quoted(expected, place));
        }

        return text.Length <= Formats.LongestText
            ? text
            : (string?)context.Invalid(place, $"a string of at most {Formats.LongestText} characters; this one has {text.Length}");
    }
}
