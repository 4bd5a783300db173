using System;
using System.Linq;

namespace CisAws.Evidence;

/// <summary>A place in JSON. Its path is composed on demand: in a file of a million values hardly any is used.</summary>
internal sealed class JsonPlace
{
    private readonly JsonPlace? _parent;
    private readonly string? _name;
    private readonly int _index;

    private JsonPlace(JsonPlace? parent, string? name, int index) => (_parent, _name, _index) = (parent, name, index);

    /// <summary>The whole document.</summary>
    public static JsonPlace Root { get; } = new(null, null, 0);

    /// <summary>A member of the object here.</summary>
    public JsonPlace Member(string name) => new(this, name, 0);

    /// <summary>An item of the list here.</summary>
    public JsonPlace Item(int index) => new(this, null, index);

    /// <summary>The path, as JSONPath.</summary>
    public override string ToString() => _parent is null ? "$"
        : _name is null ? FormattableString.Invariant($"{_parent}[{_index}]")
        : _name.Length > 0 && _name.All(c => c < 128 && char.IsLetterOrDigit(c)) ? $"{_parent}.{_name}"
        : $"{_parent}['{_name}']";
}
