using System;
using System.Collections.Generic;

namespace CisAws.FilterPatterns;

/// <summary>
/// Reads the JSON form of filter patterns:
/// <code>
/// pattern   := '{' any '}'
/// any       := all ( '||' all )*
/// all       := term ( '&amp;&amp;' term )*          parentheses bind tighter than &amp;&amp;, and that tighter than ||
/// term      := '(' any ')' | condition
/// condition := selector comparator value | selector 'IS' ('NULL' | 'TRUE' | 'FALSE') | selector 'NOT' 'EXISTS'
/// </code>
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
/// </summary>
internal sealed class FilterParser
{
    // AWS stores patterns of at most 1,024 characters, which cannot nest deeper than this. The bound keeps text from elsewhere
    // from exhausting the stack.
    private const int MaxDepth = 512;

    private readonly FilterLexer _lexer;
    private FilterToken _next;
    private int _depth;

    public FilterParser(string text)
    {
        _lexer = new FilterLexer(text);
        _next = _lexer.Next();
    }

    public FilterExpression Parse()
    {
        Expect("{");
        var root = Any();
        Expect("}");
        return _next.Kind == FilterTokenKind.End ? root : throw Unexpected("nothing after the closing '}'");
    }

    private FilterExpression Any() => AnyOf.Of(Separated("||", All));

    private FilterExpression All() => AllOf.Of(Separated("&&", Term));

    private List<FilterExpression> Separated(string mark, Func<FilterExpression> part)
    {
        var parts = new List<FilterExpression> { part() };
        while (_next.IsMark(mark))
        {
            Take();
            parts.Add(part());
        }

        return parts;
    }

    private FilterExpression Term()
    {
        if (!_next.IsMark("("))
        {
            return Condition();
        }

        if (++_depth > MaxDepth)
        {
            throw new FilterSyntaxException($"More than {MaxDepth} nested parentheses", _next.Position);
        }

        Take();
        var inner = Any();
        Expect(")");
        _depth--;
        return inner;
    }

    private FilterExpression Condition()
    {
        if (_next.Kind != FilterTokenKind.Selector)
        {
            throw Unexpected("a field such as $.eventName");
        }

        var selector = Selector.Parse(Take().Text);
        if (_next.Kind == FilterTokenKind.Comparator)
        {
            var comparator = Take().Text;
            return new Comparison(selector, comparator, Value(comparator));
        }

        if (TakeWord("NOT"))
        {
            return TakeWord("EXISTS") ? new StateTest(selector, FieldKind.Absent) : throw Unexpected("EXISTS");
        }

        return TakeWord("IS") ? new StateTest(selector, State()) : throw Unexpected("a comparison, IS or NOT EXISTS");
    }

    private FieldKind State() =>
        TakeWord("NULL") ? FieldKind.Null
        : TakeWord("TRUE") ? FieldKind.True
        : TakeWord("FALSE") ? FieldKind.False
        : throw Unexpected("NULL, TRUE or FALSE");

    private FilterValue Value(string comparator)
    {
        FilterValue value = _next.Kind switch
        {
            FilterTokenKind.Word when IsNumber(_next.Text) => new NumberValue(_next.Text),
            _ when comparator is not ("=" or "!=") => throw Unexpected($"a number after '{comparator}'"),
            FilterTokenKind.Word or FilterTokenKind.Quoted => new TextValue(_next.Text),
            FilterTokenKind.Regex => new RegexValue(FilterRegex.Parse(_next.Text, _next.Position + 1)),
            _ => throw Unexpected($"a value after '{comparator}'"),
        };
        Take();
        return value;
    }

    /// <summary>Whether a word is a number: -1.5e3.</summary>
    private static bool IsNumber(string word)
    {
        var at = AfterDigits(word, AfterSign(word, 0));
        if (at > 0 && at < word.Length && word[at] == '.')
        {
            at = AfterDigits(word, at + 1);
        }

        if (at > 0 && at < word.Length && word[at] is 'e' or 'E')
        {
            at = AfterDigits(word, AfterSign(word, at + 1));
        }

        return at == word.Length;
    }

    private static int AfterSign(string word, int at) => at < word.Length && word[at] is '+' or '-' ? at + 1 : at;

    /// <summary>The place after at least one digit; -1 when there is none.</summary>
    private static int AfterDigits(string word, int at)
    {
        var start = at;
        while (at < word.Length && word[at] is >= '0' and <= '9')
        {
            at++;
        }

        return at > start ? at : -1;
    }

    private bool TakeWord(string keyword)
    {
        if (_next.Kind != FilterTokenKind.Word || !string.Equals(_next.Text, keyword, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        Take();
        return true;
    }

    private void Expect(string mark)
    {
        if (!_next.IsMark(mark))
        {
            throw Unexpected($"'{mark}'");
        }

        Take();
    }

    private FilterToken Take()
    {
        var token = _next;
        _next = _lexer.Next();
        return token;
    }

    private FilterSyntaxException Unexpected(string wanted) => new($"Expected {wanted}, found {_next}", _next.Position);
}
