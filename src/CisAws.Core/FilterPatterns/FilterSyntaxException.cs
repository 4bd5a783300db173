using System;

namespace CisAws.FilterPatterns;

/// <summary>A text is not a filter pattern. The message says what is wrong, and where.</summary>
public sealed class FilterSyntaxException : FormatException
{
    internal FilterSyntaxException(string trouble, int position)
        : base($"{trouble} at character {position}") => Position = position;

    /// <summary>Where the trouble is, counting characters from 1.</summary>
    public int Position { get; }
}
