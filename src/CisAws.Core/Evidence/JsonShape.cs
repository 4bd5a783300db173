using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

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

    private sealed record Member(string Name, bool IsOptional, JsonShape Shape);

    /// <summary>The shape of a type that is not null.</summary>
    public static JsonShape Of(Type type) => new(type, Enumerable.Repeat((byte)1, int.MaxValue).GetEnumerator());

    /// <summary>The shape of the values of a kind, which the field that holds the kind says may be null.</summary>
    public static JsonShape OfValue(FieldInfo kind)
    {
        var flags = FlagsOf(kind.GetCustomAttributesData(), kind.DeclaringType!);
        flags.MoveNext();
        return new JsonShape(kind.FieldType.GetGenericArguments()[0], flags);
    }

    /// <summary>Checks JSON.</summary>
    /// <param name="node">The JSON.</param>
    /// <param name="path">Its place in the file.</param>
    /// <param name="unknown">Takes the place and name of each member that the type does not have.</param>
    /// <exception cref="InvalidDataException">Something in it cannot be; the message names its place.</exception>
    public void Check(JsonNode? node, string path, Action<string, string> unknown)
    {
        if (node is null)
        {
            if (!_nullable)
            {
                throw new InvalidDataException($"{path} must not be null.");
            }
        }
        else if (_items is not null && !_isMap)
        {
            var list = node as JsonArray ?? throw new InvalidDataException($"{path} must be a list.");
            for (var i = 0; i < list.Count; i++)
            {
                _items.Check(list[i], FormattableString.Invariant($"{path}[{i}]"), unknown);
            }
        }
        else if (_items is not null || _members is not null)
        {
            CheckObject(node as JsonObject ?? throw new InvalidDataException($"{path} must be an object."), path, unknown);
        }
        else
        {
            CheckValue(node, path);
        }
    }

    /// <summary>A place below another, as JSONPath writes it.</summary>
    public static string Below(string path, string name) => name.Length > 0 && name.All(c => c < 128 && char.IsLetterOrDigit(c))
        ? $"{path}.{name}"
        : $"{path}['{name}']";

    private void CheckObject(JsonObject node, string path, Action<string, string> unknown)
    {
        if (_isMap)
        {
            foreach (var entry in node)
            {
                _items!.Check(entry.Value, Below(path, entry.Key), unknown);
            }

            return;
        }

        foreach (var member in _members!.Value)
        {
            if (node.TryGetPropertyValue(member.Name, out var value))
            {
                member.Shape.Check(value, Below(path, member.Name), unknown);
            }
            else if (!member.IsOptional)
            {
                throw new InvalidDataException($"{Below(path, member.Name)} is missing.");
            }
        }

        foreach (var name in node.Select(m => m.Key).Where(n => !_members.Value.Any(m => m.Name == n)))
        {
            unknown(Below(path, name), _type.IsPublic ? $"{_type.Name}.{name}" : name);
        }
    }

    private void CheckValue(JsonNode node, string path)
    {
        try
        {
            node.Deserialize(_type, EvidenceFile.Json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{path} must be {Describe()}.", e);
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
