using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CisAws.Emulator.Wire;

/// <summary>A request as it came over the wire: nothing is decoded, since the signature covers the bytes that were sent.</summary>
internal sealed class AwsRequest
{
    private readonly IHeaderDictionary _headers;

    private AwsRequest(HttpRequest request, string target, byte[] body)
    {
        Method = request.Method;
        Host = request.Host.Value ?? "";
        var query = target.IndexOf('?', StringComparison.Ordinal);
        Path = query < 0 ? target : target[..query];
        Query = query < 0 ? "" : target[(query + 1)..];
        Body = body;
        _headers = request.Headers;
    }

    public string Method { get; }

    public string Host { get; }

    /// <summary>The path, percent-encoded as it was sent.</summary>
    public string Path { get; }

    /// <summary>The query string without the question mark, as it was sent.</summary>
    public string Query { get; }

    public byte[] Body { get; }

    public string BodyText => Encoding.UTF8.GetString(Body);

    public System.Collections.Generic.IEnumerable<string> HeaderNames => _headers.Keys;

    public static async Task<AwsRequest> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return new AwsRequest(context.Request, OriginForm(target), body.ToArray());
    }

    /// <summary>A header's value; null when it is not there.</summary>
    public string? Header(string name) =>
        name.Equals("host", StringComparison.OrdinalIgnoreCase) ? Host
        : _headers.TryGetValue(name, out var values) ? string.Join(',', values.ToArray())
        : null;

    /// <summary>A client that takes the emulator for its proxy sends the whole address.</summary>
    private static string OriginForm(string target)
    {
        var authority = target.IndexOf("://", StringComparison.Ordinal);
        if (target.StartsWith('/') || authority < 0)
        {
            return target;
        }

        var path = target.IndexOf('/', authority + 3);
        return path < 0 ? "/" : target[path..];
    }
}
