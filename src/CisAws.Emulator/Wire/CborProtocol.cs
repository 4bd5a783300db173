using System;
using System.Collections;
using System.Formats.Cbor;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace CisAws.Emulator.Wire;

/// <summary>Smithy RPC v2 with CBOR, which newer SDKs speak to CloudWatch: the operation is the end of the path.</summary>
internal sealed class CborProtocol : Protocol
{
    private const string ContentType = "application/cbor";

    public override bool Speaks(AwsRequest request) => request.Header("smithy-protocol") == "rpc-v2-cbor";

    public override WireCall Read(AwsRequest request)
    {
        try
        {
            var body = request.Body.Length == 0 ? Input.NewObject() : ReadValue(new CborReader(request.Body)) as JsonObject;
            return new WireCall(
                request.Path[(request.Path.LastIndexOf('/') + 1)..], new Input(body ?? throw AwsError.Serialization("The body is not a CBOR map.")));
        }
        catch (CborContentException e)
        {
            throw AwsError.Serialization($"The body is not CBOR: {e.Message}");
        }
    }

    public override WireResponse Write(string operation, Shape answer, string requestId) => Answer(200, answer);

    public override WireResponse WriteError(AwsError error, string requestId)
    {
        var answer = Answer(error.Status, new Shape { ["__type"] = error.Code, ["message"] = error.Message });
        answer.Headers["x-amzn-query-error"] = JsonProtocol.QueryError(error);
        return answer;
    }

    public override WireResponse WriteNonsense() => Answer(200, new object[] { "unexpected" });

    private static WireResponse Answer(int status, object body)
    {
        var writer = new CborWriter();
        WriteValue(writer, body);
        return new WireResponse(status, ContentType, writer.Encode()) { Headers = { ["smithy-protocol"] = "rpc-v2-cbor" } };
    }

    private static void WriteValue(CborWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                writer.WriteTextString(text);
                break;
            case bool flag:
                writer.WriteBoolean(flag);
                break;
            case DateTimeOffset moment:
                writer.WriteTag(CborTag.UnixTimeSeconds);
                writer.WriteDouble((double)EpochSeconds(moment));
                break;
            case byte[] bytes:
                writer.WriteByteString(bytes);
                break;
            case double number:
                writer.WriteDouble(number);
                break;
            case Shape shape:
                writer.WriteStartMap(shape.Count());
                foreach (var (name, member) in shape)
                {
                    writer.WriteTextString(name);
                    WriteValue(writer, member);
                }

                writer.WriteEndMap();
                break;
            case IEnumerable list:
                writer.WriteStartArray(null);
                foreach (var element in list)
                {
                    WriteValue(writer, element);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteInt64(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static JsonNode? ReadValue(CborReader reader)
    {
        switch (reader.PeekState())
        {
            case CborReaderState.StartMap:
                var map = Input.NewObject();
                for (reader.ReadStartMap(); reader.PeekState() != CborReaderState.EndMap;)
                {
                    map[reader.ReadTextString()] = ReadValue(reader);
                }

                reader.ReadEndMap();
                return map;
            case CborReaderState.StartArray:
                var array = new JsonArray();
                for (reader.ReadStartArray(); reader.PeekState() != CborReaderState.EndArray;)
                {
                    array.Add(ReadValue(reader));
                }

                reader.ReadEndArray();
                return array;
            case CborReaderState.TextString:
                return reader.ReadTextString();
            case CborReaderState.Boolean:
                return reader.ReadBoolean() ? "true" : "false";
            case CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger:
                return reader.ReadInt64();
            case CborReaderState.Null:
                reader.ReadNull();
                return null;
            case var state:
                throw AwsError.Serialization($"The body holds a CBOR {state}, which no parameter here is.");
        }
    }
}
