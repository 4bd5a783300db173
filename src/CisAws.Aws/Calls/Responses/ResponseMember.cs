using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace CisAws.Aws.Calls.Responses;

/// <summary>
/// A member that a response has to hold. A text stands for a member with a value: <c>"vpcId"</c> must be there and hold
/// something, <c>"gatewayId?"</c> may be absent, but must hold something where it is there.
/// </summary>
internal abstract class ResponseMember(string name)
{
    protected string Name { get; } = name.TrimEnd('?');

    protected bool IsOptional { get; } = name.EndsWith("?", StringComparison.Ordinal);

    public static implicit operator ResponseMember(string name) => new Value(name, mayBeEmpty: false);

    /// <summary>A value that AWS may leave empty, as a filter pattern that matches everything.</summary>
    public static ResponseMember MayBeEmpty(string name) => new Value(name, mayBeEmpty: true);

    /// <summary>A member of whatever form.</summary>
    public static ResponseMember Any(string name) => new Anything(name);

    /// <summary>A structure.</summary>
    public static ResponseMember Structure(string name, params ResponseMember[] members) => new Group(name, isList: false, members);

    /// <summary>A list, which may be empty. Each of its elements has the members; without members, each is a text that is not empty.</summary>
    public static ResponseMember List(string name, params ResponseMember[] members) => new Group(name, isList: true, members);

    /// <summary>Members of which at least one is there.</summary>
    public static ResponseMember OneOf(params ResponseMember[] members) => new Alternatives(members);

    /// <summary>Checks the member in the structure that holds it.</summary>
    /// <param name="parent">The structure.</param>
    /// <param name="path">The structure's place in the response, for messages; null for the response itself.</param>
    /// <exception cref="InvalidDataException">The response is not one.</exception>
    public virtual void Check(ResponseNode parent, Place? path)
    {
        var place = new Place(path, Name);
        var found = false;
        foreach (var node in parent.Members(Name))
        {
            found = true;
            CheckNode(node, place);
        }

        if (!found && !IsOptional)
        {
            throw new InvalidDataException($"The response has no {place}.");
        }
    }

    /// <summary>True for a list of that name, whose items can be checked one at a time.</summary>
    public virtual bool IsListNamed(string name) => false;

    /// <summary>Checks an item of a list in the response itself.</summary>
    public virtual void CheckItem(ResponseNode item, int number) => throw new NotSupportedException();

    protected abstract void CheckNode(ResponseNode node, Place place);

    private bool IsIn(ResponseNode parent) => parent.Members(Name).Any();

    private static void CheckValue(ResponseNode node, Place place, bool mayBeEmpty)
    {
        if (node.Text is not { } text)
        {
            throw new InvalidDataException($"{place} is not a value in the response.");
        }

        if (!mayBeEmpty && string.IsNullOrWhiteSpace(text))
        {
            throw new InvalidDataException($"{place} is empty in the response.");
        }
    }

    private sealed class Value(string name, bool mayBeEmpty) : ResponseMember(name)
    {
        protected override void CheckNode(ResponseNode node, Place place) => CheckValue(node, place, mayBeEmpty);
    }

    private sealed class Anything(string name) : ResponseMember(name)
    {
        protected override void CheckNode(ResponseNode node, Place place)
        {
        }
    }

    private sealed class Group(string name, bool isList, ResponseMember[] members) : ResponseMember(name)
    {
        protected override void CheckNode(ResponseNode node, Place place)
        {
            if (!isList)
            {
                CheckMembers(node, place);
                return;
            }

            var number = 0;
            foreach (var item in node.Items ?? throw new InvalidDataException($"{place} is not a list in the response."))
            {
                CheckMembers(item, new Place(place, number++));
            }
        }

        public override bool IsListNamed(string name) => isList && name == Name;

        public override void CheckItem(ResponseNode item, int number) => CheckMembers(item, new Place(new Place(null, Name), number));

        private void CheckMembers(ResponseNode node, Place place)
        {
            if (members.Length == 0)
            {
                CheckValue(node, place, mayBeEmpty: false);
                return;
            }

            if (!node.IsStructure)
            {
                throw new InvalidDataException($"{place} is not a structure in the response.");
            }

            foreach (var member in members)
            {
                member.Check(node, place);
            }
        }
    }

    private sealed class Alternatives(ResponseMember[] members) : ResponseMember("")
    {
        public override void Check(ResponseNode parent, Place? path)
        {
            var present = members.Where(m => m.IsIn(parent)).ToList();
            if (present.Count == 0)
            {
                var names = string.Join(" or ", members.Select(m => m.Name));
                throw new InvalidDataException(path is null ? $"The response has no {names}." : $"{path} has no {names} in the response.");
            }

            foreach (var member in present)
            {
                member.Check(parent, path);
            }
        }

        protected override void CheckNode(ResponseNode node, Place place) => throw new NotSupportedException();
    }

    /// <summary>A place in a response, which becomes a text only where a message names it.</summary>
    internal sealed class Place
    {
        private readonly Place? _parent;
        private readonly string? _name;
        private readonly int _number;

        public Place(Place? parent, string name) => (_parent, _name) = (parent, name);

        public Place(Place list, int number) => (_parent, _number) = (list, number);

        public override string ToString() => _name is null ? FormattableString.Invariant($"{_parent}[{_number}]")
            : _parent is null ? _name
            : $"{_parent}.{_name}";
    }
}
