using System;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CisAws.Text;

/// <summary>
/// Reads JSON (RFC 8259) that people write by hand: errors have a line, a path, and what to do.
/// </summary>
internal sealed class LocatedJsonReader(string text)
{
    private const int DeepestLevel = 32;

    private static readonly Regex Number = new(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$", RegexOptions.CultureInvariant);

    private int _at;
    private int _line = 1;
    private int _level;
    private LocatedJson? _within;

    /// <summary>Reads the whole text.</summary>
    /// <exception cref="JsonSyntaxException">It is not JSON.</exception>
    public LocatedJson Read()
    {
        if (Peek() is null)
        {
            throw Error("The file is empty.", "Write an object: { ... }.");
        }

        var root = ReadValue(null);
        return Peek() is null ? root : throw Error("There is text after the end of the JSON value.", "Remove it, or check the brackets before it.");
    }

    private LocatedJson ReadValue(string? name)
    {
        switch (Peek())
        {
            case '{':
                return ReadObject(name);
            case '[':
                return ReadArray(name);
            case '"':
                var line = _line;
                return LocatedJson.Create(JsonValueKind.String, ReadText(), line, _within, name);
            case '-' or (>= '0' and <= '9'):
                var number = ReadWord();
                return Number.IsMatch(number)
                    ? LocatedJson.Create(JsonValueKind.Number, number, _line, _within, name)
                    : throw Error($"{LocatedJson.Shortened(number)} is not a valid number.", "Write a number as 45 or 4.5, and strings in double quotes.");
            case { } c when IsOfWord(c):
                var word = ReadWord();
                var kind = word switch
                {
                    "true" => JsonValueKind.True,
                    "false" => JsonValueKind.False,
                    "null" => JsonValueKind.Null,
                    _ => throw Error($"{LocatedJson.Shortened(word)} is not a valid value.", "Write strings in double quotes, and true, false and null in lower case."),
                };
                return LocatedJson.Create(kind, word, _line, _within, name);
            default:
                throw Unexpected("a value");
        }
    }

    private LocatedJson ReadObject(string? name)
    {
        var outer = Begin(JsonValueKind.Object, name);
        var value = _within!;
        if (Peek() != '}')
        {
            do
            {
                if (Peek() != '"')
                {
                    throw Unexpected("a name in double quotes");
                }

                var member = ReadText();
                if (Peek() != ':')
                {
                    throw Error($"A colon is missing after '{LocatedJson.Shortened(member)}'.", $"Write \"{LocatedJson.Shortened(member)}\": and the value.");
                }

                _at++;
                _ = ReadValue(member);
            }
            while (IsFollowed('}'));
        }

        return End(value, outer);
    }

    private LocatedJson ReadArray(string? name)
    {
        var outer = Begin(JsonValueKind.Array, name);
        var value = _within!;
        if (Peek() != ']')
        {
            do
            {
                _ = ReadValue(null);
            }
            while (IsFollowed(']'));
        }

        return End(value, outer);
    }

    private LocatedJson? Begin(JsonValueKind kind, string? name)
    {
        if (++_level > DeepestLevel)
        {
            throw Error($"The values are nested deeper than {DeepestLevel} levels.", "Check the brackets.");
        }

        _at++;
        var outer = _within;
        _within = LocatedJson.Create(kind, "", _line, outer, name);
        return outer;
    }

    private LocatedJson End(LocatedJson value, LocatedJson? outer)
    {
        _at++;
        _level--;
        _within = outer;
        return value;
    }

    /// <summary>True after a comma, false at the closing bracket.</summary>
    private bool IsFollowed(char end)
    {
        var next = Peek();
        if (next == ',')
        {
            _at++;
            return Peek() != end ? true : throw Error($"There is a comma before {end}, with nothing after it.", "Remove the comma.");
        }

        return next == end ? false : throw Unexpected($"a comma or {end}");
    }

    private JsonSyntaxException Unexpected(string expected) => Peek() switch
    {
        null => Error($"The file ends inside {Opened()}.", "Complete it, or close it with " + (_within?.Kind == JsonValueKind.Array ? "]." : "}.")),
        '/' or '#' => Error("There is a comment, which JSON does not allow.", "Remove the comment."),
        '\'' or '\u2018' or '\u2019' or '\u201c' or '\u201d' => Error("These quotation marks are not valid in JSON.", "Use double quotes: \"...\"."),
        ',' => Error("There is a comma with nothing before it.", "Remove the comma."),
        '}' or ']' => Error($"There is an unexpected {text[_at]} inside {Opened()}.", $"Expected {expected}."),
        '"' or '{' or '[' when expected.StartsWith("a comma", StringComparison.Ordinal) => Error("A comma is missing here.", "Write a comma after the previous value."),
        _ => Error($"'{LocatedJson.Shortened(ReadWord())}' is not valid here.", $"Expected {expected}."),
    };

    private string Opened() => _within is null ? "the value" : $"{_within} that begins on line {_within.Line.ToString(CultureInfo.InvariantCulture)}";

    private JsonSyntaxException Error(string message, string fix) => new(_line, _within?.Path ?? "$", message, fix);

    /// <summary>The next character that is not blank; null at the end.</summary>
    private char? Peek()
    {
        for (; _at < text.Length; _at++)
        {
            switch (text[_at])
            {
                case '\n':
                    _line++;
                    break;
                case ' ' or '\t' or '\r':
                    break;
                default:
                    return text[_at];
            }
        }

        return null;
    }

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || c is '+' or '-' or '.' or '_' or '$';

    /// <summary>A number, or a string without quotes; one character if it is neither.</summary>
    private string ReadWord()
    {
        var start = _at++;
        while (_at < text.Length && IsOfWord(text[_at]) && IsOfWord(text[start]))
        {
            _at++;
        }

        return text.Substring(start, _at - start);
    }

    private string ReadText()
    {
        var value = new StringBuilder();
        for (_at++; _at < text.Length && text[_at] != '"'; _at++)
        {
            var c = text[_at];
            if (c == '\\')
            {
                value.Append(ReadEscape());
            }
            else if (c is '\n' or '\r')
            {
                throw Error("A string has no closing quote on its line.", "Close it with \", and write a line break in a string as \\n.");
            }
            else if (c < ' ')
            {
                throw Error($"A string contains a control character (U+{(int)c:X4}).", "Write a tab as \\t, and remove other control characters.");
            }
            else
            {
                value.Append(c);
            }
        }

        if (_at >= text.Length)
        {
            throw Error("A string has no closing quote.", "Close it with \".");
        }

        _at++;
        var read = value.ToString();
        return IsWhole(read) ? read : throw Error("A string contains half of a surrogate pair.", "Write the character itself, or both of its \\u escapes.");
    }

    private char ReadEscape()
    {
        _at++;
        if (_at >= text.Length)
        {
            throw Error("A string has no closing quote.", "Close it with \".");
        }

        var digits = text[_at] == 'u' && _at + 4 < text.Length ? text.Substring(_at + 1, 4) : "";
        if (ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            _at += 4;
            return (char)code;
        }

        return text[_at] switch
        {
            '"' or '\\' or '/' => text[_at],
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            var c => throw Error($"\\{c} is not a valid escape sequence.", "Write a backslash as \\\\, and a character code as \\u and four hexadecimal digits, such as \\u00e5."),
        };
    }

    private static bool IsWhole(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsSurrogate(value[i]) && !(i + 1 < value.Length && char.IsSurrogatePair(value[i], value[i + 1])))
            {
                return false;
            }

            i += char.IsSurrogate(value[i]) ? 1 : 0;
        }

        return true;
    }
}
