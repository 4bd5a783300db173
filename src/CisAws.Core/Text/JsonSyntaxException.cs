using System;

namespace CisAws.Text;

/// <summary>A text is not JSON: where, why, and what would be right.</summary>
internal sealed class JsonSyntaxException(int line, string path, string message, string fix) : FormatException(message)
{
    /// <summary>The line, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>The innermost value that had begun, as JSONPath.</summary>
    public string Path { get; } = path;

    /// <summary>What to do.</summary>
    public string Fix { get; } = fix;
}
