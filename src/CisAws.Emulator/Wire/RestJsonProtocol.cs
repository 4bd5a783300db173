namespace CisAws.Emulator.Wire;

/// <summary>REST with JSON bodies: the operation is the method and the path, and a GET has its parameters in the query.</summary>
internal sealed class RestJsonProtocol : Protocol
{
    public override bool Speaks(AwsRequest request) => true;

    public override WireCall Read(AwsRequest request) => new($"{request.Method} {request.Path}", request.Method == "GET" ? Input.FromQuery(request.Query) : Input.FromJson(request.BodyText));

    public override WireResponse Write(string operation, Shape answer, string requestId) => new(200, "application/json", JsonBody.Bytes(answer, EpochSeconds));

    public override WireResponse WriteError(AwsError error, string requestId) =>
        new(error.Status, "application/json", JsonBody.Bytes(new Shape { ["message"] = error.Message }, EpochSeconds))
        {
            Headers = { ["x-amzn-ErrorType"] = error.Code },
        };

    public override WireResponse WriteNonsense() => new(200, "application/json", "[\"unexpected\"]"u8.ToArray());
}
