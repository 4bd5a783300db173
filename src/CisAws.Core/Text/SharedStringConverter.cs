using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CisAws.Text;

/// <summary>
/// Reads strings that are equal as one, as far as a table of fixed size has them: evidence of a large account repeats a few thousand regions,
/// protocols and address ranges hundreds of thousands of times.
/// </summary>
internal sealed class SharedStringConverter : JsonConverter<string>
{
    private const int LongestUtf8 = 64;

    // An entry is replaced by any other string with its hash. Threads may replace each other's: what they read is a whole string in any case.
    private static readonly string?[] Table = new string?[4096];

    /// <summary>The string that a reader is at, or the name.</summary>
    /// <exception cref="InvalidOperationException">It is not valid Unicode.</exception>
    public static string Read(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped || reader.HasValueSequence || reader.ValueSpan.Length > LongestUtf8)
        {
            return reader.GetString()!;
        }

        ref var entry = ref Table[Hash(reader.ValueSpan) % (uint)Table.Length];
        var known = entry;
        return known is not null && reader.ValueTextEquals(known.AsSpan()) ? known : entry = reader.GetString()!;
    }

    /// <inheritdoc/>
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Read(ref reader) : reader.GetString()!;

    /// <inheritdoc/>
    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);

    // FNV-1a.
    private static uint Hash(ReadOnlySpan<byte> utf8)
    {
        var hash = 2166136261;
        foreach (var b in utf8)
        {
            hash = unchecked((hash ^ b) * 16777619);
        }

        return hash;
    }
}
