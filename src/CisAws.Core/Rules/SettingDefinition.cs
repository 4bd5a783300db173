using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using CisAws.Text;

namespace CisAws.Rules;

/// <summary>The type of a setting's value.</summary>
public enum SettingType : long
{
    /// <summary>A whole number between a minimum and a maximum.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>A filter pattern of CloudWatch Logs, in its JSON form; empty for the benchmark's.</summary>
    FilterPattern,

    /// <summary>A list of texts.</summary>
    TextList,
}

/// <summary>Which values of an Integer require more.</summary>
internal enum StricterDirection
{
    /// <summary>Lower ones, as of a greatest age.</summary>
    Lower,

    /// <summary>Higher ones, as of a least length.</summary>
    Higher,
}

/// <summary>A named, typed, bounded parameter of a control.</summary>
/// <param name="Name">The name programs use.</param>
/// <param name="Type">The type of its value.</param>
/// <param name="Default">The value in force when no program sets it.</param>
/// <param name="Description">What it changes, with its unit.</param>
/// <param name="Minimum">The least value of an Integer.</param>
/// <param name="Maximum">The greatest value of an Integer.</param>
/// <param name="Choices">The words of a Choice, the default among them.</param>
/// <param name="ItemPattern">What each text of a TextList looks like, as a regular expression.</param>
/// <param name="Stricter">Which values of an Integer require more; null where that is not a question of more or less.</param>
internal sealed record SettingDefinition(
    string Name,
    [property: JsonConverter(typeof(JsonStringEnumConverter<SettingType>))] SettingType Type,
    [property: JsonConverter(typeof(SettingValueConverter))] object Default,
    string Description,
    int? Minimum = null,
    int? Maximum = null,
    IReadOnlyList<string>? Choices = null,
    string? ItemPattern = null,
    [property: JsonConverter(typeof(JsonStringEnumConverter<StricterDirection>))] StricterDirection? Stricter = null)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}={SettingValues.Print(Default)}";

    /// <summary>A setting's value as what it looks like: int, bool, string or a list of strings.</summary>
    internal static object ReadValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetInt32(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => new PrintableList<string>(value.EnumerateArray().Select(e => e.GetString()!)),
        _ => throw new JsonException($"A setting cannot be {value.ValueKind}."),
    };
}

/// <summary>Reads a setting's value.</summary>
internal sealed class SettingValueConverter : JsonConverter<object>
{
    public override object Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return SettingDefinition.ReadValue(document.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options) => throw new NotSupportedException();
}
