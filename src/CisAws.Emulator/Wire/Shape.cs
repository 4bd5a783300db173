using System.Collections;
using System.Collections.Generic;

namespace CisAws.Emulator.Wire;

/// <summary>
/// A structure of an answer, before any protocol writes it: members in order, each a text, number, Boolean, time, bytes,
/// structure, JSON as it came, or list of these. A member that is set to null is left out, as AWS leaves it out.
/// </summary>
internal sealed class Shape : IEnumerable<KeyValuePair<string, object>>
{
    /// <summary>The name of a member that is the whole body, as a bucket policy is.</summary>
    public const string Payload = "";

    private readonly List<KeyValuePair<string, object>> _members = [];

    public object? this[string name]
    {
        set
        {
            if (value is not null)
            {
                _members.Add(new(name, value));
            }
        }
    }

    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => _members.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>A list whose elements do not have the protocol's usual name in XML: <c>entry</c> of a map, <c>Grant</c> of an ACL.</summary>
internal sealed record NamedList(string Element, IEnumerable<object> Values);
