using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.Json;
using CisAws.Text;

namespace CisAws.Evidence;

/// <summary>
/// What the JSON of a type has to be: which members may be null or absent is said by the type's own annotations, which the
/// serializer does not look at.
/// </summary>
internal sealed class JsonShape
{
    private const string NullableAttribute = "System.Runtime.CompilerServices.NullableAttribute";
    private const string NullableContextAttribute = "System.Runtime.CompilerServices.NullableContextAttribute";

    private readonly Type _type;
    private readonly bool _nullable;
    private readonly JsonShape? _items;
    private readonly bool _isMap;
    private readonly Lazy<IReadOnlyList<Member>>? _members;

    /// <param name="type">The type.</param>
    /// <param name="flags">The compiler's marks for the reference types in it, in the order in which it writes them: 2 for one that may be null.</param>
    private JsonShape(Type type, IEnumerator<byte> flags)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            _type = underlying;
            _nullable = true;
            return;
        }

        _type = type;
        if (type.IsValueType)
        {
            return;
        }

        _nullable = flags.MoveNext() && flags.Current == 2;
        var arguments = type.GetGenericArguments().Select(a => new JsonShape(a, flags)).ToList();
        _items = arguments.LastOrDefault();
        _isMap = arguments.Count == 2;
        if (_items is null && type != typeof(string))
        {
            _members = new(() => MembersOf(type));
        }
    }

    private sealed record Member(string Name, bool IsOptional, JsonShape Shape)
    {
        public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(Name);
    }

    /// <summary>The shape of a type that is not null.</summary>
    public static JsonShape Of(Type type) => new(type, Enumerable.Repeat((byte)1, int.MaxValue).GetEnumerator());

    /// <summary>The shape of the values of a kind, which the field that holds the kind says may be null.</summary>
    public static JsonShape OfValue(FieldInfo kind)
    {
        var flags = FlagsOf(kind.GetCustomAttributesData(), kind.DeclaringType!);
        flags.MoveNext();
        return new JsonShape(kind.FieldType.GetGenericArguments()[0], flags);
    }

    /// <summary>Checks a value.</summary>
    /// <param name="json">Its JSON.</param>
    /// <param name="place">Its place in the file.</param>
    /// <param name="unknown">Takes the place and name of each member that the type does not have.</param>
    /// <exception cref="InvalidDataException">Something in it cannot be; the message names its place.</exception>
    public void Check(ReadOnlySpan<byte> json, JsonPlace place, Action<JsonPlace, string> unknown)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        Check(ref reader, place, unknown);
    }

    private void Check(ref Utf8JsonReader reader, JsonPlace place, Action<JsonPlace, string> unknown)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            if (!_nullable)
            {
                throw new InvalidDataException($"{place} must not be null.");
            }
        }
        else if (_items is not null && !_isMap)
        {
            Expect(ref reader, JsonTokenType.StartArray, place, "a list");
            for (var i = 0; Next(ref reader) != JsonTokenType.EndArray; i++)
            {
                _items.Check(ref reader, place.Item(i), unknown);
            }
        }
        else if (_isMap)
        {
            Expect(ref reader, JsonTokenType.StartObject, place, "an object");
            while (Next(ref reader) != JsonTokenType.EndObject)
            {
                var name = SharedStringConverter.Read(ref reader);
                Next(ref reader);
                _items!.Check(ref reader, place.Member(name), unknown);
            }
        }
        else if (_members is not null)
        {
            Expect(ref reader, JsonTokenType.StartObject, place, "an object");
            CheckMembers(ref reader, place, unknown);
        }
        else if (!IsValue(ref reader))
        {
            throw new InvalidDataException($"{place} must be {Describe()}.");
        }
    }

    private static JsonTokenType Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token, JsonPlace place, string what)
    {
        if (reader.TokenType != token)
        {
            throw new InvalidDataException($"{place} must be {what}.");
        }
    }

    private void CheckMembers(ref Utf8JsonReader reader, JsonPlace place, Action<JsonPlace, string> unknown)
    {
        var members = _members!.Value;
        var found = 0UL;
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            var index = IndexOf(members, ref reader);
            if (index >= 0)
            {
                found |= 1UL << index;
                Next(ref reader);
                members[index].Shape.Check(ref reader, place.Member(members[index].Name), unknown);
            }
            else
            {
                var name = SharedStringConverter.Read(ref reader);
                unknown(place.Member(name), _type.IsPublic ? $"{_type.Name}.{name}" : name);
                reader.Skip();
            }
        }

        for (var i = 0; i < members.Count; i++)
        {
            if ((found & (1UL << i)) == 0 && !members[i].IsOptional)
            {
                throw new InvalidDataException($"{place.Member(members[i].Name)} is missing.");
            }
        }
    }

    private static int IndexOf(IReadOnlyList<Member> members, ref Utf8JsonReader reader)
    {
        for (var i = 0; i < members.Count; i++)
        {
            if (reader.ValueTextEquals(members[i].Utf8Name))
            {
                return i;
            }
        }

        return -1;
    }

    private bool IsValue(ref Utf8JsonReader reader)
    {
        // What a file is full of, without an exception and without an object.
        if (_type == typeof(string))
        {
            return reader.TokenType == JsonTokenType.String;
        }

        if (_type == typeof(bool))
        {
            return reader.TokenType is JsonTokenType.True or JsonTokenType.False;
        }

        if (_type == typeof(int))
        {
            return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out _);
        }

        try
        {
            JsonSerializer.Deserialize(ref reader, _type, EvidenceFile.Json);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private string Describe() => _type == typeof(string) ? "a string"
        : _type == typeof(bool) ? "true or false"
        : _type == typeof(DateTimeOffset) ? "a time such as 2026-03-01T12:00:00+00:00"
        : _type.IsEnum ? "one of " + string.Join(", ", Enum.GetNames(_type))
        : "a number";

    /// <summary>The members of a record are the parameters of its constructor; a parameter with a default may be absent.</summary>
    private static List<Member> MembersOf(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        return constructor.GetParameters().Select(p =>
        {
            var shape = new JsonShape(p.ParameterType, FlagsOf(p.GetCustomAttributesData(), constructor));
            return new Member(JsonNamingPolicy.CamelCase.ConvertName(p.Name!), p.HasDefaultValue || shape._nullable, shape);
        }).ToList();
    }

    /// <summary>The marks on a member or parameter, or those that hold where it has none.</summary>
    private static IEnumerator<byte> FlagsOf(IList<CustomAttributeData> attributes, MemberInfo context)
    {
        var own = attributes.FirstOrDefault(a => a.AttributeType.FullName == NullableAttribute)?.ConstructorArguments[0].Value;
        if (own is IEnumerable<CustomAttributeTypedArgument> flags)
        {
            return flags.Select(f => (byte)f.Value!).ToList().GetEnumerator();
        }

        for (var member = context; own is null && member is not null; member = member.DeclaringType)
        {
            own = member.GetCustomAttributesData().FirstOrDefault(a => a.AttributeType.FullName == NullableContextAttribute)?.ConstructorArguments[0].Value;
        }

        return Enumerable.Repeat((byte)(own ?? (byte)1), int.MaxValue).GetEnumerator();
    }
}
