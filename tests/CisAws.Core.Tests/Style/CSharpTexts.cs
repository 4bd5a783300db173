using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace CisAws.Core.Tests.Style;

/// <summary>A text, and the line in which it begins. Its line breaks are those of the file.</summary>
internal sealed record SourceText(int Line, string Text);

/// <summary>
/// The texts of a C# file: its string literals, and its documentation comments. Literals that are added with + are one text, and so are the lines of
/// a comment. In place of what an interpolated string inserts is {}.
/// </summary>
internal sealed class CSharpTexts
{
    private readonly string _code;
    private readonly List<(int Start, int End, StringBuilder Text)> _texts = [];
    private int _at;
    private int _last = -1;

    private CSharpTexts(string code) => _code = code;

    public static IReadOnlyList<SourceText> Read(string code)
    {
        var reader = new CSharpTexts(code);
        reader.ReadCode(isHole: false);
        return [.. reader._texts.Select(t => new SourceText(1 + reader.LinesIn(0, t.Start), t.Text.ToString()))];
    }

    /// <summary>Reads code to its end; of what an interpolated string inserts, to the brace that ends it.</summary>
    private void ReadCode(bool isHole)
    {
        for (var depth = 0; _at < _code.Length; _at++)
        {
            switch (_code[_at])
            {
                case '/' when Next('/'):
                    ReadComment();
                    break;
                case '/' when Next('*'):
                    _at = _code.IndexOf("*/", _at + 2, StringComparison.Ordinal) + 1;
                    break;
                case '\'':
                    for (_at++; _code[_at] != '\''; _at++)
                    {
                        _at += _code[_at] == '\\' ? 1 : 0;
                    }

                    break;
                case '"':
                    ReadLiteral();
                    break;
                case '(' or '[' or '{':
                    depth++;
                    break;
                case '}' when isHole && depth == 0:
                    return;
                case ')' or ']' or '}':
                    depth--;
                    break;
                // A format: {time:HH':'mm}.
                case ':' when isHole && depth == 0:
                    _at = _code.IndexOf('}', _at) - 1;
                    break;
            }
        }
    }

    private void ReadComment()
    {
        var start = _at;
        var end = _code.IndexOf('\n', start);
        end = end < 0 ? _code.Length : end;
        if (start + 2 < end && _code[start + 2] == '/')
        {
            var index = Begin(start, between: "");
            _texts[index].Text.Append(_code, start + 3, end - start - 3);
            End(index, end);
        }

        _at = end - 1;
    }

    private void ReadLiteral()
    {
        var start = _at;
        while (start > 0 && _code[start - 1] is '$' or '@')
        {
            start--;
        }

        var prefix = _code[start.._at];
        var (holes, isVerbatim) = (prefix.Count(c => c == '$'), prefix.Contains('@'));
        var quotes = isVerbatim ? 1 : Run('"');
        if (quotes == 2)
        {
            _at++;
            return;
        }

        var index = Begin(start, between: "+");
        var text = _texts[index].Text;
        for (_at += quotes; Run('"') < quotes || (isVerbatim && Run('"') % 2 == 0); _at++)
        {
            var c = _code[_at];
            if (holes > 0 && c == '{' && (quotes > 1 ? Run('{') >= holes : Run('{') % 2 == 1))
            {
                _at += Run('{');
                var from = _at;
                ReadCode(isHole: true);
                text.Append('{').Append('\n', LinesIn(from, _at)).Append('}');
                _at += Run('}') >= holes && quotes > 1 ? holes - 1 : 0;
            }
            else if (c == '\\' && quotes == 1 && !isVerbatim)
            {
                _at++;
                text.Append(_code[_at] is 'n' or 'r' or 't' ? ' ' : _code[_at]);
            }
            else
            {
                text.Append(c);
                _at += (isVerbatim && c == '"') || (holes > 0 && quotes == 1 && c is '{' or '}' && Run(c) > 1) ? 1 : 0;
            }
        }

        _at += quotes - 1;
        End(index, _at + 1);
    }

    /// <summary>A new text, or the one before where only white space and the given text are between them.</summary>
    private int Begin(int start, string between)
    {
        if (_last >= 0 && _texts[_last] is var (_, end, text) && end <= start && _code[end..start].Trim() == between)
        {
            text.Append('\n', LinesIn(end, start));
            return _last;
        }

        _texts.Add((start, 0, new StringBuilder()));
        return _texts.Count - 1;
    }

    private void End(int index, int end)
    {
        _texts[index] = _texts[index] with { End = end };
        _last = index;
    }

    private bool Next(char c) => _at + 1 < _code.Length && _code[_at + 1] == c;

    /// <summary>How often a character is here in a row.</summary>
    private int Run(char c) => _code.AsSpan(_at).IndexOfAnyExcept(c) is var count && count < 0 ? _code.Length - _at : count;

    private int LinesIn(int start, int end) => _code.AsSpan(start, end - start).Count('\n');
}
