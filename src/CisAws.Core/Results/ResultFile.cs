using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CisAws.Text;

namespace CisAws.Results;

/// <summary>What a result document contains.</summary>
/// <param name="Results">The results, in its order.</param>
/// <param name="Warning">What in it this version does not understand; null for nothing.</param>
internal sealed record ResultDocument(IReadOnlyList<CisResult> Results, string? Warning);

/// <summary>
/// The document that results are kept in, <c>cisaws-results/1</c>: JSON in ASCII, one line a result, one line a finding, and at its end one line a run.
/// <code>
/// {
///   "schema":"cisaws-results/1",
///   "results":[
///     {"controlId":"1.4","title":"...","status":"Fail",...,"accountId":"111122223333",...,"runId":"0f8f...","assessedAt":"2026-03-02T08:30:00Z",...,"findings":[
///       {"status":"Fail","resourceType":"AWS::IAM::User","resourceId":"alice",...}]}
///   ],
///   "runs":[
///     {"runId":"0f8f...","cisAwsVersion":"0.1.0","calls":181,"seconds":3.25}
///   ]
/// }
/// </code>
/// The results may be of many accounts and runs. What a run took is known only after its last result, so runs come last.
/// <para>
/// A minor version, <c>cisaws-results/1.1</c>, may add optional members, and nothing else. This version reads such a document with a warning, and
/// ignores what it does not know. In a document of its own version whatever it does not know is an error, and so is another major version.
/// </para>
/// </summary>
internal static class ResultFile
{
    /// <summary>The value of <c>schema</c> in a document that this version writes.</summary>
    public const string Schema = "cisaws-results/1";

    /// <summary>The size above which a file is not read.</summary>
    public const int MaximumBytes = 1024 * 1024 * 1024;

    private static readonly Regex NewerSchema = new($@"\A{Schema}\.[1-9][0-9]*\z", RegexOptions.CultureInvariant);

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes results as they come.</summary>
    public sealed class Writer
    {
        private readonly TextWriter _writer;
        private readonly List<AssessmentRun> _runs = [];
        private readonly HashSet<Guid> _ids = [];
        private bool _hasResults;

        /// <summary>Begins a document.</summary>
        /// <param name="writer">Takes the text, which is ASCII.</param>
        public Writer(TextWriter writer)
        {
            _writer = writer;
            _writer.Write($"{{\n  \"schema\":\"{Schema}\",\n  \"results\":[");
        }

        /// <summary>Adds a result.</summary>
        public void Add(CisResult result)
        {
            _writer.Write(_hasResults ? ",\n    " : "\n    ");
            _hasResults = true;
            ResultFormat.Result.Write(_writer, result.Values);
            if (_ids.Add(result.RunId))
            {
                _runs.Add(result.Run);
            }
        }

        /// <summary>Ends the document, with what the runs took.</summary>
        public void End()
        {
            _writer.Write(_hasResults ? "\n  ],\n  \"runs\":[" : "],\n  \"runs\":[");
            for (var i = 0; i < _runs.Count; i++)
            {
                _writer.Write(i == 0 ? "\n    " : ",\n    ");
                ResultFormat.Run.Write(_writer, _runs[i].Values);
            }

            _writer.Write(_runs.Count == 0 ? "]\n}" : "\n  ]\n}");
        }
    }

    /// <summary>Writes a document.</summary>
    public static void Write(IEnumerable<CisResult> results, Stream stream)
    {
        using var text = new StreamWriter(stream, Utf8, bufferSize: 64 * 1024, leaveOpen: true) { NewLine = "\n" };
        Write(results, text);
        text.WriteLine();
    }

    /// <summary>The text of a document.</summary>
    public static string Write(IEnumerable<CisResult> results)
    {
        using var text = new AsciiWriter();
        Write(results, text);
        return text.ToString();
    }

    private static void Write(IEnumerable<CisResult> results, TextWriter text)
    {
        var writer = new Writer(text);
        foreach (var result in results)
        {
            writer.Add(result);
        }

        writer.End();
    }

    /// <summary>Reads the text of a document.</summary>
    /// <exception cref="InvalidDataException">The text is not a result document that this version reads; the message has the place.</exception>
    public static ResultDocument Read(string text)
    {
        try
        {
            return Read(Utf8.GetBytes(text));
        }
        catch (EncoderFallbackException e)
        {
            throw Invalid("the text contains half of a surrogate pair.", e);
        }
    }

    /// <summary>Reads a file: UTF-8, or the encoding of its byte order mark.</summary>
    /// <exception cref="InvalidDataException">It is not a result document that this version reads; the message has the place.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access is denied.</exception>
    public static ResultDocument ReadFile(string path) => Read(ReadBytes(path));

    /// <summary>Reads a file if its member schema says that it is a result document, be it valid or not; returns null for any other file.</summary>
    /// <exception cref="InvalidDataException">It is not a result document that this version reads; the message has the place.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access is denied.</exception>
    public static ResultDocument? TryReadFile(string path)
    {
        var json = ReadBytes(path);
        return ClaimsSchema(json) ? Read(json) : null;
    }

    private static ResultDocument Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            var schema = SchemaOf(json.Span);
            var reading = new JsonReading(isNewer: schema != Schema);
            var reader = new Utf8JsonReader(json.Span);
            reader.Read();
            var values = ResultFormat.Document.Read(ref reader, reading);
            return new ResultDocument(Results(values), reading.Ignored.Count == 0 ? null :
                $"The result document has schema {schema}, written by a newer version of CisAws. This version reads {Schema} and ignores " +
                $"{string.Join(", ", reading.Ignored.Select(n => TerminalText.Escape(n)))}. Update CisAws to use all of the document.");
        }
        catch (UnexpectedJsonException e)
        {
            throw Invalid(e.Message, e);
        }
        catch (JsonException e)
        {
            throw Invalid(JsonSyntaxException.Describe(Encoding.UTF8.GetString(json.ToArray()), e), e);
        }
    }

    /// <summary>The schema that a text states. The whole text is read for it: what is not JSON is an error before anything else.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    private static string SchemaOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var (schema, shown) = ("", "missing");
        while (reader.Read())
        {
            if (IsSchema(ref reader))
            {
                reader.Read();
                var begin = (int)reader.TokenStartIndex;
                schema = JsonTypes.TextOf(ref reader);
                reader.Skip();
                shown = LocatedJson.Shortened(Encoding.UTF8.GetString(json.Slice(begin, (int)reader.BytesConsumed - begin).ToArray()));
            }
        }

        return schema == Schema || NewerSchema.IsMatch(schema)
            ? schema
            : throw Invalid($"$.schema is {shown}; this version of CisAws reads \"{Schema}\" and its minor versions.");
    }

    private static bool IsSchema(ref Utf8JsonReader reader) =>
        reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1, ValueIsEscaped: false } && reader.ValueTextEquals("schema");

    /// <summary>The results, each with its run.</summary>
    private static List<CisResult> Results(DocumentValues document)
    {
        var took = new Dictionary<Guid, RunValues>();
        for (var i = 0; i < document.Runs.Count; i++)
        {
            var run = document.Runs[i];
            took[run.RunId] = took.ContainsKey(run.RunId) ? throw Invalid(FormattableString.Invariant($"$.runs[{i}].runId appears more than once.")) : run;
        }

        var (runs, results) = (new Dictionary<Guid, AssessmentRun>(), new List<CisResult>());
        foreach (var values in document.Results)
        {
            var place = FormattableString.Invariant($"$.results[{results.Count}]");
            if (!runs.TryGetValue(values.RunId, out var run))
            {
                runs[values.RunId] = run = took.TryGetValue(values.RunId, out var known)
                    ? new AssessmentRun(known, values.AssessedAt, values.CollectedAt)
                    : throw Invalid($"{place}.runId is not in $.runs.");
            }

            results.Add(run.StartedAt == values.AssessedAt && run.CollectedAt == values.CollectedAt
                ? new CisResult(values, run)
                : throw Invalid($"{place} has another assessedAt or collectedAt than the results of the same run before it."));
        }

        return results;
    }

    /// <summary>The text of a file in UTF-8 without a byte order mark.</summary>
    private static ReadOnlyMemory<byte> ReadBytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length > MaximumBytes)
        {
            throw Invalid($"the file is larger than the maximum of {MaximumBytes / 1024 / 1024} MiB.");
        }

        var bytes = new byte[file.Length];
        var length = 0;
        for (var count = -1; count != 0; length += count)
        {
            count = file.Read(bytes, length, bytes.Length - length);
        }

        return bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => bytes.AsMemory(3, length - 3),
            // Windows PowerShell's > and Out-File write UTF-16.
            [0xFF, 0xFE, ..] => Encoding.Convert(Encoding.Unicode, Encoding.UTF8, bytes, 2, length - 2),
            [0xFE, 0xFF, ..] => Encoding.Convert(Encoding.BigEndianUnicode, Encoding.UTF8, bytes, 2, length - 2),
            _ => bytes.AsMemory(0, length),
        };
    }

    /// <summary>Whether a text names the schema before anything in it that is not JSON.</summary>
    private static bool ClaimsSchema(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        try
        {
            while (reader.Read())
            {
                if (IsSchema(ref reader))
                {
                    return reader.Read() && reader.TokenType == JsonTokenType.String && reader.GetString()!.StartsWith("cisaws-results/", StringComparison.Ordinal);
                }

                if (reader.CurrentDepth == 0 && reader.TokenType != JsonTokenType.StartObject)
                {
                    return false;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or not Unicode.
        }

        return false;
    }

    private static InvalidDataException Invalid(string problem, Exception? innerException = null) => new($"The result document is not valid: {problem}", innerException);
}
