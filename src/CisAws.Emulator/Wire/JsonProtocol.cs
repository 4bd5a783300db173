using System;

namespace CisAws.Emulator.Wire;

/// <summary>AWS JSON 1.0 and 1.1: the operation in X-Amz-Target, JSON in and out.</summary>
internal sealed class JsonProtocol(string version) : Protocol
{
    private readonly string _contentType = "application/x-amz-json-" + version;

    public override bool Speaks(AwsRequest request) => request.Header("X-Amz-Target") is not null;

    public override WireCall Read(AwsRequest request)
    {
        var target = request.Header("X-Amz-Target") ?? "";
        return new WireCall(target[(target.LastIndexOf('.') + 1)..], Input.FromJson(request.BodyText));
    }

    public override WireResponse Write(string operation, Shape answer, string requestId) => new(200, _contentType, JsonBody.Bytes(answer, EpochSeconds));

    public override WireResponse WriteError(AwsError error, string requestId) =>
        new(error.Status, _contentType, JsonBody.Bytes(new Shape { ["__type"] = error.Code, ["message"] = error.Message }, EpochSeconds))
        {
            Headers = { ["x-amzn-query-error"] = QueryError(error) },
        };

    public override WireResponse WriteNonsense() => new(200, _contentType, "[\"unexpected\"]"u8.ToArray());

    /// <summary>A service that used AWS Query before also returns the error code of that protocol.</summary>
    public static string QueryError(AwsError error) => $"{error.Code};{(error.Status < 500 ? "Sender" : "Receiver")}";
}
