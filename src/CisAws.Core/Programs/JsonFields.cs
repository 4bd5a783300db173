using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CisAws.Text;

namespace CisAws.Programs;

/// <summary>The members of an object of a program file: none that is not known, none twice, each of the type it has to be.</summary>
internal sealed class JsonFields
{
    private readonly ProblemList _problems;
    private readonly LocatedJson? _place;
    private readonly string _what;
    private readonly Dictionary<string, LocatedJson> _members = new(StringComparer.Ordinal);

    /// <param name="place">The object; null where the file does not have it.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <param name="what">What the object is, for messages.</param>
    /// <param name="known">The names it may have; none given: any.</param>
    public JsonFields(LocatedJson? place, ProblemList problems, string what, params string[] known)
    {
        (_place, _problems, _what) = (place, problems, what);
        if (place is not null && place.Kind != JsonValueKind.Object)
        {
            problems.Invalid(place, "an object: { ... }");
        }

        foreach (var member in place?.Members ?? [])
        {
            if (known.Length > 0 && !known.Contains(member.Key, StringComparer.Ordinal))
            {
                problems.Add(
                    "UnknownKey", member.Value, $"There is no '{LocatedJson.Shortened(member.Key)}' in {what}.",
                    () => Suggestion.For(member.Key, known, $"In {what} there may be"));
            }
            else if (_members.ContainsKey(member.Key))
            {
                problems.Duplicate(member.Value, $"'{LocatedJson.Shortened(member.Key)}'");
            }
            else
            {
                _members.Add(member.Key, member.Value);
            }
        }
    }

    /// <summary>Every member, in the file's order.</summary>
    public IEnumerable<KeyValuePair<string, LocatedJson>> All =>
        (_place?.Members ?? []).Where(m => _members.TryGetValue(m.Key, out var kept) && ReferenceEquals(kept, m.Value));

    /// <summary>The member of a name; null when there is none.</summary>
    public LocatedJson? this[string name] => _members.TryGetValue(name, out var place) ? place : null;

    /// <summary>The member of a name; that there is none is a problem.</summary>
    public LocatedJson? Require(string name, string? fix = null)
    {
        if (this[name] is null && _place?.Kind == JsonValueKind.Object)
        {
            _problems.Add("MissingKey", _place, $"'{name}' is missing in {_what}.", fix ?? $"Add \"{name}\": \"...\".");
        }

        return this[name];
    }

    /// <summary>A text that is not empty; null when there is none.</summary>
    public string? Text(string name, bool required = false)
    {
        var place = required ? Require(name) : this[name];
        if (place is null)
        {
            return null;
        }

        if (place.Text is not { } text || text.Trim().Length == 0)
        {
            _problems.Invalid(place, "text that is not empty");
            return null;
        }

        if (text.Length > Formats.LongestText)
        {
            _problems.Invalid(place, $"text of {Formats.LongestText} characters at most; this has {text.Length}");
            return null;
        }

        return text;
    }

    /// <summary>A text of a form; null when there is none, or when it has another.</summary>
    public string? Text(string name, Func<string, bool> isValid, string expected, bool required = false)
    {
        var text = Text(name, required);
        if (text is null || isValid(text))
        {
            return text;
        }

        _problems.Invalid(this[name]!, expected);
        return null;
    }

    /// <summary>A day; null when there is none.</summary>
    public DateTime? DayOf(string name, bool required = false)
    {
        var text = Text(name, t => IsoDate.TryRead(t) is not null, Formats.Day, required);
        return text is null ? null : IsoDate.TryRead(text);
    }

    /// <summary>True or false; null when there is none.</summary>
    public bool? Boolean(string name)
    {
        if (this[name] is { Boolean: null } place)
        {
            _problems.Invalid(place, "true or false");
        }

        return this[name]?.Boolean;
    }

    /// <summary>The items of a list; none when there is no list.</summary>
    public IReadOnlyList<LocatedJson> Items(string name)
    {
        if (this[name] is { } place && place.Kind != JsonValueKind.Array)
        {
            _problems.Invalid(place, "a list: [ ... ]");
        }

        return this[name]?.Items ?? [];
    }

    /// <summary>The valid texts of a list, each once.</summary>
    public IReadOnlyList<LocatedJson> Texts(string name, Func<string, bool> isValid, string expected)
    {
        var valid = new List<LocatedJson>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in Items(name))
        {
            if (item.Text is not { } text || !isValid(text))
            {
                _problems.Invalid(item, expected);
            }
            else if (!seen.Add(text))
            {
                _problems.Duplicate(item, text);
            }
            else
            {
                valid.Add(item);
            }
        }

        return valid;
    }
}
