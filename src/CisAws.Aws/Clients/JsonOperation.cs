using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace CisAws.Aws.Clients;

/// <summary>
/// An operation of a service that speaks JSON: version 1.1, where the target header names it, or REST, where the path does and everything is in
/// the body, or for a GET in the query.
/// </summary>
internal sealed class JsonOperation<TRequest, TResponse> : Operation<TRequest, TResponse>
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse
{
    private readonly string? _target;
    private readonly string _path;
    private readonly string _method;
    private readonly Func<JsonElement, TResponse> _read;
    private readonly Func<TRequest, Dictionary<string, object?>>? _write;

    private JsonOperation(
        string service, string? target, string path, Func<JsonElement, TResponse> read, Func<TRequest, Dictionary<string, object?>>? write, string method = "POST")
        : base(service)
    {
        _target = target;
        _method = method;
        _path = path;
        _read = read;
        _write = write;
    }

    /// <summary>JSON 1.1.</summary>
    /// <param name="service">The service's signing name.</param>
    /// <param name="target">The operation with the service's target prefix.</param>
    /// <param name="read">Reads a response.</param>
    /// <param name="write">The members of a request: texts, whole numbers, and others as JSON; those that are null are left out.</param>
    public static JsonOperation<TRequest, TResponse> Rpc(
        string service, string target, Func<JsonElement, TResponse> read, Func<TRequest, Dictionary<string, object?>>? write = null) =>
        new(service, target, "/", read, write);

    /// <summary>REST-JSON with everything in the body.</summary>
    public static JsonOperation<TRequest, TResponse> Post(
        string service, string path, Func<JsonElement, TResponse> read, Func<TRequest, Dictionary<string, object?>>? write = null) =>
        new(service, null, path, read, write);

    /// <summary>REST-JSON by GET, with everything in the query.</summary>
    public static JsonOperation<TRequest, TResponse> Get(
        string service, string path, Func<JsonElement, TResponse> read, Func<TRequest, Dictionary<string, object?>>? write = null) =>
        new(service, null, path, read, write, "GET");

    /// <summary>REST-JSON that changes something, with everything in the body.</summary>
    public static JsonOperation<TRequest, TResponse> Patch(
        string service, string path, Func<JsonElement, TResponse> read, Func<TRequest, Dictionary<string, object?>>? write = null) =>
        new(service, null, path, read, write, "PATCH");

    protected override void Write(TRequest input, IRequest request)
    {
        request.HttpMethod = _method;
        request.ResourcePath = _path;
        if (_method == "GET")
        {
            WriteQuery(input, request);
            return;
        }

        request.Content = Body(input);
        request.Headers["Content-Type"] = _target is null ? "application/json" : "application/x-amz-json-1.1";
        if (_target is not null)
        {
            request.Headers["X-Amz-Target"] = _target;
        }
    }

    protected override (TResponse Response, string? RequestId) Read(Stream body)
    {
        using var document = JsonDocument.Parse(body);
        try
        {
            return (_read(document.RootElement), null);
        }
        catch (InvalidOperationException e)
        {
            // A text with half of a surrogate pair.
            throw new JsonException(e.Message, e);
        }
    }

    private void WriteQuery(TRequest input, IRequest request)
    {
        request.UseQueryString = true;
        foreach (var member in _write?.Invoke(input) ?? [])
        {
            if (member.Value is { } value)
            {
                request.Parameters.Add(member.Key, Convert.ToString(value, CultureInfo.InvariantCulture));
            }
        }
    }

    private byte[] Body(TRequest input)
    {
        using var body = new MemoryStream();
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        foreach (var member in _write?.Invoke(input) ?? [])
        {
            switch (member.Value)
            {
                case string text:
                    json.WriteString(member.Key, text);
                    break;
                case int number:
                    json.WriteNumber(member.Key, number);
                    break;
                case JsonNode node:
                    json.WritePropertyName(member.Key);
                    node.WriteTo(json);
                    break;
            }
        }

        json.WriteEndObject();
        json.Flush();
        return body.ToArray();
    }
}
