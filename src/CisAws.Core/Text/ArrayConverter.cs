using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CisAws.Text;

/// <summary>
/// Reads lists as arrays: a list that grew has room for items that never come, and most of the lists of a security group are empty, for which one array is
/// enough.
/// </summary>
internal sealed class ArrayConverter : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

    /// <inheritdoc/>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(ListConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()), options)!;

    private sealed class ListConverter<T>(JsonSerializerOptions options) : JsonConverter<IReadOnlyList<T>>
    {
        private readonly Lazy<JsonConverter<T[]>> _array = new(() => (JsonConverter<T[]>)options.GetConverter(typeof(T[])));

        public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => _array.Value.Read(ref reader, typeof(T[]), options)!;

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options) => _array.Value.Write(writer, value as T[] ?? value.ToArray(), options);
    }
}
