using System;

namespace CisAws.FilterPatterns;

/// <summary>A text is not a filter pattern. The message says what is wrong, and where.</summary>
public sealed class FilterSyntaxException : FormatException
{
    internal FilterSyntaxException(string problem, int position)
        : base($"{problem} at character {position}") => Position = position;

    /// <summary>Where the problem is; characters are counted from 1.</summary>
    public int Position { get; }
}
