using System;
using System.Text.Json;

namespace CisAws.Text;

/// <summary>A text is not JSON: where, why, and what would be right.</summary>
internal sealed class JsonSyntaxException(int line, string path, string message, string fix) : FormatException(message)
{
    // Above this a located reading takes too much memory.
    private const int LongestLocated = 4 * 1024 * 1024;

    /// <summary>The line, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>The innermost value that had begun, as JSONPath.</summary>
    public string Path { get; } = path;

    /// <summary>What to do.</summary>
    public string Fix { get; } = fix;

    /// <summary>What is wrong with a text that .NET does not read, in the words for program files: those of .NET are for its callers.</summary>
    public static string Describe(string json, JsonException problem)
    {
        if (json.Length <= LongestLocated)
        {
            try
            {
                LocatedJson.Parse(json);
            }
            catch (JsonSyntaxException e)
            {
                return FormattableString.Invariant($"line {e.Line}, {e.Path}: {e.Message} {e.Fix}");
            }
        }

        return FormattableString.Invariant($"line {problem.LineNumber + 1} is not valid JSON.");
    }
}
