namespace CisAws.FilterPatterns;

/// <summary>The kinds of token of a filter pattern.</summary>
internal enum FilterTokenKind
{
    End,

    /// <summary>{ } ( ) &amp;&amp; ||</summary>
    Mark,

    /// <summary>= != &lt; &gt; &lt;= &gt;=</summary>
    Comparator,

    /// <summary>$.userIdentity.type</summary>
    Selector,

    /// <summary>A bare word: a keyword, a number or text.</summary>
    Word,

    /// <summary>Text between quotes.</summary>
    Quoted,

    /// <summary>A regular expression between percent signs.</summary>
    Regex,
}

/// <summary>A token: its text without what encloses it, and where it begins, counting characters from 1.</summary>
internal readonly record struct FilterToken(FilterTokenKind Kind, string Text, int Position)
{
    public bool IsMark(string mark) => Kind == FilterTokenKind.Mark && Text == mark;

    public override string ToString() => Kind == FilterTokenKind.End ? "the end" : $"'{Text}'";
}
