using System;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Text.RegularExpressions;

namespace CisAws.PowerShell.Events;

/// <summary>The JSON text of CloudTrail records, from a file or a string.</summary>
internal static class RecordText
{
    /// <summary>The largest file that is read, in characters after decompression. CloudTrail's own files stay far below it.</summary>
    private const int MaxLength = 100 * 1024 * 1024;

    /// <summary>Half of a surrogate pair, as a character or as a JSON escape. Whole pairs and other escapes are matched first, to be kept.</summary>
    private static readonly Regex Surrogates = new(
        @"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\."
        + "|[\uD800-\uDBFF][\uDC00-\uDFFF]|(?<half>[\uD800-\uDFFF])",
        RegexOptions.Singleline | RegexOptions.CultureInvariant);

    /// <summary>Reads a file, .json or .json.gz.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is not compressed as its name says, or it is too large.</exception>
    public static string Read(string file)
    {
        using var stream = File.OpenRead(file);
        using Stream plain = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using var reader = new StreamReader(plain);
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var buffer = new char[64 * 1024];
        for (var count = reader.Read(buffer, 0, buffer.Length); count > 0; count = reader.Read(buffer, 0, buffer.Length))
        {
            if (text.GetStringBuilder().Length + count > MaxLength)
            {
                throw new InvalidDataException("it has more than 100 Mi characters; split it into smaller files");
            }

            text.Write(buffer, 0, count);
        }

        return text.ToString();
    }

    /// <summary>
    /// Writes half of a surrogate pair as the text of its escape: no .NET string and no UTF-8 can hold what it means, and a
    /// record must not be lost for it. <c>\ud83d</c> becomes <c>\\ud83d</c>, which reads as the six characters.
    /// </summary>
    public static string WithoutLoneSurrogates(string json) => Surrogates.Replace(
        json,
        match => match.Groups["half"] is not { Success: true, Value: var half } ? match.Value
            : half.Length == 1 ? $@"\\u{(int)half[0]:x4}"
            : @"\" + half);
}
