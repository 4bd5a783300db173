using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using CisAws.Evidence;

namespace CisAws.Emulator.Tests;

/// <summary>A call, signed by hand so that a test can get any part of it wrong.</summary>
internal sealed record AwsCall(string Service, string Body)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    public string Method { get; init; } = "POST";

    /// <summary>The path with the query string, encoded as it is sent.</summary>
    public string Target { get; init; } = "/";

    public string Region { get; init; } = "us-east-1";

    public Dictionary<string, string> Headers { get; init; } = [];

    public DateTimeOffset Time { get; init; } = DateTimeOffset.UtcNow;

    public string? AccessKey { get; init; }

    public string? SecretKey { get; init; }

    public string? SessionToken { get; init; }

    public bool Signed { get; init; } = true;

    /// <summary>A header that is added once the request is signed.</summary>
    public (string Name, string Value)? Unsigned { get; init; }

    /// <summary>A body that takes the place of the signed one.</summary>
    public string? Tampered { get; init; }

    public static AwsCall Query(string service, string operation, params (string Name, string Value)[] parameters) =>
        new(service, string.Join('&', parameters.Prepend(("Action", operation)).Select(p => $"{Uri.EscapeDataString(p.Item1)}={Uri.EscapeDataString(p.Item2)}")))
        {
            Headers = { ["content-type"] = "application/x-www-form-urlencoded; charset=utf-8" },
        };

    public static AwsCall Json(string service, string target, string body = "{}") =>
        new(service, body) { Headers = { ["content-type"] = "application/x-amz-json-1.1", ["x-amz-target"] = target } };

    public static AwsCall Rest(string service, string method, string target, string body = "") => new(service, body) { Method = method, Target = target };

    public async Task<AwsAnswer> SendAsync(EmulatorServer server)
    {
        using var request = new HttpRequestMessage(new HttpMethod(Method), new Uri(server.Url, Target));
        var headers = new SortedDictionary<string, string>(Headers, StringComparer.Ordinal)
        {
            ["host"] = server.Url.Authority,
            ["x-amz-date"] = Time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture),
        };
        if (SessionToken is not null)
        {
            headers["x-amz-security-token"] = SessionToken;
        }

        if (Signed)
        {
            request.Headers.TryAddWithoutValidation("Authorization", Sign(headers, AccessKey ?? server.AccessKey, SecretKey ?? server.SecretKey));
        }

        if (Method != "GET" && Method != "HEAD")
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Tampered ?? Body));
        }

        foreach (var (name, value) in Unsigned is { } unsigned ? headers.Append(new(unsigned.Name, unsigned.Value)) : headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        var cancellationToken = TestContext.Current.CancellationToken;
        using var response = await Http.SendAsync(request, cancellationToken);
        var answered = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase);
        return new AwsAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken), answered);
    }

    private string Sign(SortedDictionary<string, string> headers, string accessKey, string secretKey)
    {
        var (path, query) = Target.Split('?', 2) is [var p, var q] ? (p, string.Join('&', q.Split('&').Select(n => n.Contains('=') ? n : n + "="))) : (Target, "");
        var names = string.Join(';', headers.Keys);
        var canonical = $"{Method}\n{path}\n{query}\n{string.Concat(headers.Select(h => $"{h.Key}:{h.Value}\n"))}\n{names}\n{Hash(Body)}";
        var scope = $"{headers["x-amz-date"][..8]}/{Region}/{Service}/aws4_request";
        var key = Encoding.UTF8.GetBytes("AWS4" + secretKey);
        foreach (var part in scope.Split('/').Append($"AWS4-HMAC-SHA256\n{headers["x-amz-date"]}\n{scope}\n{Hash(canonical)}"))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return $"AWS4-HMAC-SHA256 Credential={accessKey}/{scope}, SignedHeaders={names}, Signature={Convert.ToHexStringLower(key)}";
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>An answer as it came.</summary>
internal sealed partial record AwsAnswer(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The error code, wherever the protocol has it.</summary>
    public string Code =>
        Headers.TryGetValue("x-amzn-ErrorType", out var type) ? type
        : CodeElement().Match(Body) is { Success: true } xml ? xml.Groups[1].Value
        : TypeMember().Match(Body) is { Success: true } json ? json.Groups[1].Value
        : "";

    [GeneratedRegex("<Code>([^<]*)</Code>")]
    private static partial Regex CodeElement();

    [GeneratedRegex("\"__type\":\"([^\"]*)\"")]
    private static partial Regex TypeMember();
}
