using System;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace CisAws.Aws.Clients;

/// <summary>
/// An operation of a service that speaks JSON: version 1.1, where the target header names it, or REST, where the path does.
/// The members of requests and answers are those of the classes, by name.
/// </summary>
internal sealed class JsonOperation<TRequest, TResponse> : Operation<TRequest, TResponse>
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse
{
    private readonly string? _target;
    private readonly string _path;
    private readonly JsonSerializerOptions _requests;

    private JsonOperation(string service, string? target, string path, JsonNamingPolicy? requestNames) : base(service)
    {
        _target = target;
        _path = path;
        _requests = new JsonSerializerOptions
        {
            PropertyNamingPolicy = requestNames,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        };
    }

    /// <summary>JSON 1.1.</summary>
    /// <param name="service">The service's signing name.</param>
    /// <param name="target">The operation with the service's target prefix.</param>
    /// <param name="requestNames">How the members of requests are spelled; null for as they are.</param>
    public static JsonOperation<TRequest, TResponse> Rpc(string service, string target, JsonNamingPolicy? requestNames = null) =>
        new(service, target, "/", requestNames);

    /// <summary>REST-JSON with everything in the body.</summary>
    public static JsonOperation<TRequest, TResponse> Post(string service, string path) => new(service, null, path, null);

    protected override void Write(TRequest input, IRequest request)
    {
        request.ResourcePath = _path;
        request.Content = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(input, _requests));
        request.Headers["Content-Type"] = _target is null ? "application/json" : "application/x-amz-json-1.1";
        if (_target is not null)
        {
            request.Headers["X-Amz-Target"] = _target;
        }
    }

    protected override (TResponse Response, string? RequestId) Read(string body) =>
        (JsonSerializer.Deserialize<TResponse>(body, JsonShapes.Answers) ?? throw new JsonException("The response is null."), null);
}

internal static class JsonShapes
{
    /// <summary>Services differ in the case of their members (CloudTrail's trailList, Config's roleARN); the names do not.</summary>
    public static readonly JsonSerializerOptions Answers = new() { PropertyNameCaseInsensitive = true, Converters = { new EpochSeconds() } };

    /// <summary>JSON 1.1 gives times as seconds since 1970, with a fraction.</summary>
    private sealed class EpochSeconds : JsonConverter<DateTime>
    {
        private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Epoch.AddMilliseconds(Math.Round(reader.GetDouble() * 1000));

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
            writer.WriteNumberValue((value - Epoch).TotalSeconds);
    }
}
