using System;

namespace CisAws.FilterPatterns;

/// <summary>A text is not a filter pattern of the JSON form.</summary>
internal sealed class FilterSyntaxException(string trouble, int position) : FormatException($"{trouble} at character {position}")
{
    /// <summary>Where the trouble is, counting characters from 1.</summary>
    public int Position { get; } = position;
}
