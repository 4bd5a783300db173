using System.Collections.Generic;
using CisAws.FilterPatterns.Automata;

namespace CisAws.FilterPatterns;

/// <summary>
/// A regular expression as filter patterns have them: alternatives of characters, sets, repetitions and anchors, without groups.
/// What it matches is therefore a regular language, and no text makes it backtrack.
/// </summary>
internal sealed class FilterRegex
{
    // Repetitions are written out. AWS allows patterns of 1,024 characters; {1000} of one of them is still below this.
    private const int MaxStates = 5_000;

    private readonly string _text;
    private readonly int _position;
    private int _at;

    private FilterRegex(string text, int position)
    {
        (_text, _position) = (text, position);
        Nfa = new Nfa();
        Read();
    }

    /// <summary>The automaton that accepts the texts in which it is found.</summary>
    public Nfa Nfa { get; }

    /// <summary>Reads an expression at a position in a pattern, counting from 1.</summary>
    /// <exception cref="FilterSyntaxException">The text is not such an expression.</exception>
    public static FilterRegex Parse(string text, int position) => new(text, position);

    public override string ToString() => _text;

    private void Read()
    {
        var from = Nfa.Begin();
        while (_at < _text.Length)
        {
            if (Takes('|'))
            {
                Nfa.End(from);
                from = Nfa.Begin();
            }
            else
            {
                from = Takes('^') ? Nfa.AtStart(from) : Takes('$') ? Nfa.AtEnd(from) : Repetition(from);
            }

            if (Nfa.Size > MaxStates)
            {
                throw Error("A regular expression that is too large");
            }
        }

        Nfa.End(from);
    }

    private int Repetition(int from)
    {
        var set = Set();
        var counted = _at;
        var (min, max) = Count();
        if (min > MaxStates || max > MaxStates)
        {
            _at = counted;
            throw Error("A regular expression that is too large");
        }

        return Nfa.Repeat(from, set, min, max);
    }

    private CharSet Set() => _text[_at] switch
    {
        '.' => One(CharSet.Any),
        '[' => Class(),
        '\\' => Escape(),
        '(' or ')' => throw Error("A parenthesis, which regular expressions in filter patterns do not support,"),
        '*' or '+' or '?' or '{' => throw Error($"A '{_text[_at]}' with nothing to repeat"),
        ']' or '}' => throw Error($"An unmatched '{_text[_at]}'"),
        var c => One(CharSet.Of(c)),
    };

    private CharSet One(CharSet set)
    {
        _at++;
        return set;
    }

    private CharSet Class()
    {
        var opened = _at++;
        var negated = Takes('^');
        var set = CharSet.None;
        do
        {
            if (_at == _text.Length)
            {
                _at = opened;
                throw Error("An unclosed '['");
            }

            set = set.Or(Range());
        }
        while (!Takes(']'));
        return negated ? set.Complement() : set;
    }

    private CharSet Range()
    {
        var from = _at;
        var low = _text[_at] == '\\' ? Escape() : One(CharSet.Of(_text[_at]));
        if (_at + 1 >= _text.Length || _text[_at] != '-' || _text[_at + 1] == ']')
        {
            return low;
        }

        _at++;
        var high = _text[_at] == '\\' ? Escape() : One(CharSet.Of(_text[_at]));
        if (low.Single is { } first && high.Single is { } last && first <= last)
        {
            return CharSet.Between(first, last);
        }

        _at = from;
        throw Error("An invalid range of characters");
    }

    /// <summary>\d, \w, \s and their complements, \xhh, and operators as plain characters.</summary>
    private CharSet Escape()
    {
        if (_at + 1 == _text.Length)
        {
            throw Error("A '\\' at the end of a regular expression");
        }

        var c = _text[_at + 1];
        if (c == 'x')
        {
            return Hexadecimal();
        }

        if (CharSet.Named(c) is { } named)
        {
            _at += 2;
            return named;
        }

        if (c < 128 && char.IsLetterOrDigit(c))
        {
            throw Error($"'\\{c}', which regular expressions in filter patterns do not support,");
        }

        _at += 2;
        return CharSet.Of(c);
    }

    private CharSet Hexadecimal()
    {
        var value = 0;
        for (var i = _at + 2; i < _at + 4; i++)
        {
            var digit = i < _text.Length ? "0123456789abcdef".IndexOf(char.ToLowerInvariant(_text[i])) : -1;
            if (digit < 0)
            {
                throw Error("A '\\x' without two hexadecimal digits");
            }

            value = (16 * value) + digit;
        }

        _at += 4;
        return CharSet.Of((char)value);
    }

    private (int Min, int? Max) Count()
    {
        if (Takes('*'))
        {
            return (0, null);
        }

        if (Takes('+'))
        {
            return (1, null);
        }

        if (Takes('?'))
        {
            return (0, 1);
        }

        var opened = _at;
        if (!Takes('{'))
        {
            return (1, 1);
        }

        var min = Number();
        var max = !Takes(',') ? min : _at < _text.Length && _text[_at] == '}' ? null : Number();
        if (min is not { } least || !Takes('}') || max < min)
        {
            _at = opened;
            throw Error("A '{' without a count such as {2}, {2,} or {2,3}");
        }

        return (least, max);
    }

    private int? Number()
    {
        var from = _at;
        var value = 0;
        while (_at < _text.Length && _text[_at] is >= '0' and <= '9')
        {
            value = value > MaxStates ? value : (10 * value) + (_text[_at] - '0');
            _at++;
        }

        return _at > from ? value : null;
    }

    private bool Takes(char c)
    {
        if (_at == _text.Length || _text[_at] != c)
        {
            return false;
        }

        _at++;
        return true;
    }

    private FilterSyntaxException Error(string problem) => new(problem, _position + _at);
}
