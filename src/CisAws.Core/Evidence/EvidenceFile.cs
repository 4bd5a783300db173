using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CisAws.Text;

namespace CisAws.Evidence;

/// <summary>
/// The file that holds the evidence of one account, <c>cisaws-evidence/1</c>: one line a fact, kinds and subjects in ordinal order.
/// <code>
/// {
///   "schema": "cisaws-evidence/1",
///   "cisAwsVersion": "0.1.0",
///   "account": {"accountId":"111122223333","partition":"aws","callerArn":"arn:aws:sts::111122223333:assumed-role/Auditor/run"},
///   "collectedAt": "2026-03-02T08:30:00+00:00",
///   "completedAt": "2026-03-02T08:30:41+00:00",
///   "regions": {"named":[],"enabled":["eu-west-1","us-east-1"],"assessed":["eu-west-1","us-east-1"]},
///   "evidence": {
///     "ec2.vpcs": {
///       "eu-west-1": {"action":"ec2:DescribeVpcs","region":"eu-west-1","time":"2026-03-02T08:30:07+00:00","value":[]},
///       "us-east-1": {"action":"ec2:DescribeVpcs","region":"us-east-1","time":"2026-03-02T08:30:07+00:00","unreadable":{"errorCode":"UnauthorizedOperation","kind":"AccessDenied","message":"..."}}
///     }
///   }
/// }
/// </code>
/// A kind is an <see cref="EvidenceKind"/> by its name; a fact has a value or says why it is unreadable. Action, region and time are those of
/// the call; a fact without a call, such as one of a region that is not enabled, has no time. A kind that was collected and has no subject
/// is an empty object.
/// <para>
/// A minor version, <c>cisaws-evidence/1.1</c>, may add kinds and optional members, and nothing else. This version reads such a file with a warning,
/// ignores what it does not know, and writes unknown kinds again unchanged. In a file of its own version whatever it does not know is an error,
/// and so is another major version.
/// </para>
/// </summary>
internal static class EvidenceFile
{
    /// <summary>The value of <c>schema</c> in a file that this version writes.</summary>
    public const string Schema = "cisaws-evidence/1";

    /// <summary>How values are written and read.</summary>
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(), new SharedStringConverter(), new ArrayConverter() },
    };

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The members beside the evidence.</summary>
    public sealed record Header(
        string Schema, string CisAwsVersion, AccountIdentity Account, DateTimeOffset CollectedAt, DateTimeOffset CompletedAt, CollectedRegions Regions);

    /// <summary>The call of a fact that is unreadable; there may have been none.</summary>
    public sealed record Call(string Action, string Region, DateTimeOffset? Time = null);

    /// <summary>Why a fact is unreadable.</summary>
    public sealed record Reason(string ErrorCode, ReadFailureKind Kind, string Message);

    /// <summary>The text of a file, in UTF-8.</summary>
    public static byte[] Write(AccountEvidence evidence)
    {
        using var stream = new MemoryStream();
        Write(evidence, stream);
        return stream.ToArray();
    }

    /// <summary>Writes the text of a file, in UTF-8, line by line.</summary>
    public static void Write(AccountEvidence evidence, Stream stream)
    {
        var header = new Header(
            evidence.Newer?.Schema ?? Schema, evidence.CisAwsVersion, evidence.Account, evidence.CollectedAt, evidence.CompletedAt, evidence.Regions);
        var kinds = evidence.Kinds.Select(k => (k.Name, Facts: FactsOf(evidence, k)))
            .Concat(evidence.Newer?.Kinds.Select(k => (k.Name, FactsOf(k.Facts))) ?? [])
            .OrderBy(k => k.Name, StringComparer.Ordinal);
        using var lines = new LineWriter(stream);
        lines.Begin();
        foreach (var member in JsonSerializer.SerializeToElement(header, Json).EnumerateObject())
        {
            lines.Member(member.Name, member.Value.WriteTo);
        }

        lines.Begin("evidence");
        foreach (var (name, facts) in kinds)
        {
            lines.Begin(name);
            foreach (var (subject, write) in facts)
            {
                lines.Member(subject, write);
            }

            lines.End();
        }

        lines.End();
        lines.End();
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="json">The text.</param>
    /// <param name="asOf">The time that the evidence is moved to; null for none.</param>
    /// <exception cref="InvalidDataException">The text is not an evidence file that this version reads; the message names the place.</exception>
    public static AccountEvidence Read(string json, DateTimeOffset? asOf)
    {
        try
        {
            return Read(Utf8.GetBytes(json), asOf);
        }
        catch (EncoderFallbackException e)
        {
            throw new InvalidDataException("The evidence file is not valid: The text is not valid Unicode.", e);
        }
    }

    /// <summary>Reads the text of a file, in UTF-8 without a byte order mark.</summary>
    /// <inheritdoc cref="Read(string, DateTimeOffset?)"/>
    public static AccountEvidence Read(ReadOnlyMemory<byte> json, DateTimeOffset? asOf)
    {
        try
        {
            return Reader(json).Read(asOf);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            throw new InvalidDataException($"The evidence file is not valid: {e.Message}", e);
        }
    }

    private static EvidenceFileReader Reader(ReadOnlyMemory<byte> json)
    {
        try
        {
            return new EvidenceFileReader(json);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(e.LineNumber is null ? e.Message : JsonSyntaxException.Describe(Encoding.UTF8.GetString(json.ToArray()), e), e);
        }
    }

    private static IEnumerable<(string Subject, Action<Utf8JsonWriter> Write)> FactsOf(AccountEvidence evidence, EvidenceKind kind) =>
        evidence.SubjectsOf(kind).OrderBy(s => s, StringComparer.Ordinal).Select(s => (s, (Action<Utf8JsonWriter>)(writer => Write(writer, kind, evidence.Get(kind, s)))));

    private static IEnumerable<(string Subject, Action<Utf8JsonWriter> Write)> FactsOf(JsonElement facts) =>
        facts.EnumerateObject().Select(f => (f.Name, (Action<Utf8JsonWriter>)f.Value.WriteTo));

    private static void Write(Utf8JsonWriter writer, EvidenceKind kind, Observation fact)
    {
        var (action, region) = fact.Failure is { } failure ? (failure.Action, failure.Region) : (fact.Origin!.Action, fact.Origin.Region);
        writer.WriteStartObject();
        foreach (var member in JsonSerializer.SerializeToElement(new Call(action, region, fact.Origin?.Time), Json).EnumerateObject())
        {
            member.WriteTo(writer);
        }

        if (fact.Failure is { } why)
        {
            writer.WritePropertyName("unreadable");
            JsonSerializer.Serialize(writer, new Reason(why.ErrorCode, why.Kind, why.Message), Json);
        }
        else
        {
            writer.WritePropertyName("value");
            JsonSerializer.Serialize(writer, fact.UntypedValue, kind.ValueType, Json);
        }

        writer.WriteEndObject();
    }

    /// <summary>
    /// Writes objects with each member on a line of its own. A writer that indents would put the members of values on lines too, and would hold all
    /// of the text; and it ends lines as the system does.
    /// </summary>
    private sealed class LineWriter(Stream stream) : IDisposable
    {
        private const int BlockSize = 64 * 1024;

        private readonly MemoryStream _block = new();
        private readonly Utf8JsonWriter _json = new(Stream.Null, new JsonWriterOptions { Encoder = Json.Encoder });
        private int _depth;
        private bool _isEmpty;

        public void Begin(string? name = null)
        {
            if (name is not null)
            {
                Name(name);
            }

            Text("{");
            _depth++;
            _isEmpty = true;
        }

        public void Member(string name, Action<Utf8JsonWriter> write)
        {
            Name(name);
            Value(write);
            if (_block.Length >= BlockSize)
            {
                Flush();
            }
        }

        public void End()
        {
            _depth--;
            Text(_isEmpty ? "}" : Line("}"));
            _isEmpty = false;
            if (_depth == 0)
            {
                Text("\n");
                Flush();
            }
        }

        public void Dispose()
        {
            _json.Dispose();
            _block.Dispose();
        }

        private string Line(string text) => "\n" + new string(' ', 2 * _depth) + text;

        private void Name(string name)
        {
            Text((_isEmpty ? "" : ",") + Line(""));
            Value(writer => writer.WriteStringValue(name));
            Text(": ");
            _isEmpty = false;
        }

        private void Value(Action<Utf8JsonWriter> write)
        {
            _json.Reset(_block);
            write(_json);
            _json.Flush();
        }

        private void Text(string text)
        {
            var bytes = Utf8.GetBytes(text);
            _block.Write(bytes, 0, bytes.Length);
        }

        private void Flush()
        {
            stream.Write(_block.GetBuffer(), 0, (int)_block.Length);
            _block.SetLength(0);
        }
    }
}
