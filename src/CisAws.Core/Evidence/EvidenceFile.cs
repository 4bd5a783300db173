using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
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
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The members beside the evidence.</summary>
    public sealed record Header(
        string Schema, string CisAwsVersion, AccountIdentity Account, DateTimeOffset CollectedAt, DateTimeOffset CompletedAt, CollectedRegions Regions);

    /// <summary>The call of a fact that is unreadable; there may have been none.</summary>
    public sealed record Call(string Action, string Region, DateTimeOffset? Time = null);

    /// <summary>Why a fact is unreadable.</summary>
    public sealed record Reason(string ErrorCode, ReadFailureKind Kind, string Message);

    /// <summary>The text of a file.</summary>
    public static string Write(AccountEvidence evidence)
    {
        var header = new Header(
            evidence.Newer?.Schema ?? Schema, evidence.CisAwsVersion, evidence.Account, evidence.CollectedAt, evidence.CompletedAt, evidence.Regions);
        var kinds = evidence.Kinds.Select(k => (k.Name, Facts: Write(evidence, k))).Concat(evidence.Newer?.Kinds ?? []);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = Json.Encoder }))
        {
            writer.WriteStartObject();
            WriteLines(writer, Node(header).AsObject());
            writer.WriteStartObject("evidence");
            foreach (var (name, facts) in kinds.OrderBy(k => k.Name, StringComparer.Ordinal))
            {
                writer.WriteStartObject(name);
                WriteLines(writer, facts);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        // The writer ends lines as the system does. Within texts a line end is escaped.
        return Encoding.UTF8.GetString(stream.ToArray()).Replace("\r\n", "\n") + "\n";
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="json">The text.</param>
    /// <param name="asOf">The time that the evidence is moved to; null for none.</param>
    /// <exception cref="InvalidDataException">The text is not an evidence file that this version reads; the message names the place.</exception>
    public static AccountEvidence Read(string json, DateTimeOffset? asOf)
    {
        try
        {
            using var document = Parse(json);
            return new EvidenceFileReader(document.RootElement).Read(asOf);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            throw new InvalidDataException($"The evidence file is not valid: {e.Message}", e);
        }
    }

    private static JsonDocument Parse(string json)
    {
        try
        {
            return ForeignJson.Parse(json);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(e.LineNumber is null ? e.Message : JsonSyntaxException.Describe(json, e), e);
        }
    }

    private static JsonObject Write(AccountEvidence evidence, EvidenceKind kind) => new(evidence.SubjectsOf(kind)
        .OrderBy(s => s, StringComparer.Ordinal)
        .Select(s => new KeyValuePair<string, JsonNode?>(s, Write(kind, evidence.Get(kind, s)))));

    private static JsonObject Write(EvidenceKind kind, Observation fact)
    {
        var (action, region) = fact.Failure is { } failure ? (failure.Action, failure.Region) : (fact.Origin!.Action, fact.Origin.Region);
        var json = Node(new Call(action, region, fact.Origin?.Time)).AsObject();
        if (fact.Failure is { } why)
        {
            json["unreadable"] = Node(new Reason(why.ErrorCode, why.Kind, why.Message));
        }
        else
        {
            json["value"] = JsonSerializer.SerializeToNode(fact.UntypedValue, kind.ValueType, Json);
        }

        return json;
    }

    private static JsonNode Node<T>(T value) => JsonSerializer.SerializeToNode(value, Json)!;

    /// <summary>Each member on a line.</summary>
    private static void WriteLines(Utf8JsonWriter writer, JsonObject members)
    {
        foreach (var member in members)
        {
            writer.WritePropertyName(member.Key);
            writer.WriteRawValue(member.Value?.ToJsonString(Json) ?? "null");
        }
    }
}
