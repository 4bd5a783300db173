using System.Text;

namespace CisAws.FilterPatterns;

/// <summary>
/// Splits a filter pattern into tokens. Bare words may have more characters than AWS documents (letters, digits and underscores):
/// AWS accepts kms.amazonaws.com and AccessDenied* without quotes.
/// </summary>
internal sealed class FilterLexer(string text)
{
    private const string EndsWord = "{}()=!<>&|\"";

    // No event has an array of 10,000 elements or more: CloudTrail cuts its records at 256 KB.
    private const int MaxIndexDigits = 4;

    private int _at;

    public FilterToken Next()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        if (_at == text.Length)
        {
            return new FilterToken(FilterTokenKind.End, "", _at + 1);
        }

        switch (text[_at])
        {
            case '{' or '}' or '(' or ')':
                return Take(FilterTokenKind.Mark, 1);
            case '&' or '|' when Follows(text[_at]):
                return Take(FilterTokenKind.Mark, 2);
            case '&' or '|':
                throw new FilterSyntaxException($"A single '{text[_at]}'; write '{text[_at]}{text[_at]}',", _at + 1);
            case '=':
                return Take(FilterTokenKind.Comparator, 1);
            case '<' or '>':
                return Take(FilterTokenKind.Comparator, Follows('=') ? 2 : 1);
            case '!' when Follows('='):
                return Take(FilterTokenKind.Comparator, 2);
            case '!':
                throw new FilterSyntaxException("A '!' without '='", _at + 1);
            case '$':
                return Selector();
            case '"':
                return Quoted();
            case '%':
                return Regex();
            default:
                return Word();
        }
    }

    private bool Follows(char next) => _at + 1 < text.Length && text[_at + 1] == next;

    private FilterToken Take(FilterTokenKind kind, int length)
    {
        var token = new FilterToken(kind, text.Substring(_at, length), _at + 1);
        _at += length;
        return token;
    }

    private FilterToken Selector()
    {
        var end = _at + 1;
        for (var next = StepEnd(end); next > end; next = StepEnd(end))
        {
            end = next;
        }

        return end > _at + 1
            ? Take(FilterTokenKind.Selector, end - _at)
            : throw new FilterSyntaxException("A '$' without a field such as $.eventName", _at + 1);
    }

    /// <summary>Where a step such as .eventName or [0] ends; where it would begin when there is none.</summary>
    private int StepEnd(int start)
    {
        var end = start + 1;
        if (start == text.Length)
        {
            return start;
        }

        if (text[start] == '.')
        {
            while (end < text.Length && text[end] is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-')
            {
                end++;
            }

            return end > start + 1 ? end : start;
        }

        while (text[start] == '[' && end < text.Length && text[end] is >= '0' and <= '9')
        {
            end++;
        }

        var digits = end - start - 1;
        return digits is > 0 and <= MaxIndexDigits && end < text.Length && text[end] == ']' ? end + 1 : start;
    }

    private FilterToken Quoted()
    {
        var value = new StringBuilder();
        for (var i = _at + 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                var token = new FilterToken(FilterTokenKind.Quoted, value.ToString(), _at + 1);
                _at = i + 1;
                return token;
            }

            // A backslash escapes a quote or another backslash; elsewhere it is a plain character.
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '"' or '\\')
            {
                i++;
            }

            value.Append(text[i]);
        }

        throw new FilterSyntaxException("An unclosed quotation mark", _at + 1);
    }

    private FilterToken Regex()
    {
        var end = text.IndexOf('%', _at + 1);
        if (end < 0)
        {
            throw new FilterSyntaxException("An unclosed '%'", _at + 1);
        }

        var token = new FilterToken(FilterTokenKind.Regex, text.Substring(_at + 1, end - _at - 1), _at + 1);
        _at = end + 1;
        return token;
    }

    private FilterToken Word()
    {
        var end = _at;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && EndsWord.IndexOf(text[end]) < 0)
        {
            end++;
        }

        return Take(FilterTokenKind.Word, end - _at);
    }
}
