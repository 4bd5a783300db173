using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CisAws.PowerShell.Tests.Connections;

/// <summary>An endpoint that rejects every signature as AWS does: with the request as it should have been signed, headers and all.</summary>
internal sealed class EchoingEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly bool _asksForLogin;

    private EchoingEndpoint(bool asksForLogin)
    {
        _asksForLogin = asksForLogin;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public string Url => _app.Urls.Single();

    /// <summary>What was repeated.</summary>
    public ConcurrentQueue<string> Echoed { get; } = new();

    /// <param name="asksForLogin">Whether it is a proxy that asks who comes, and lets nobody through.</param>
    public static async Task<EchoingEndpoint> StartAsync(bool asksForLogin = false)
    {
        var endpoint = new EchoingEndpoint(asksForLogin);
        await endpoint._app.StartAsync(TestContext.Current.CancellationToken);
        return endpoint;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var headers = context.Request.Headers.Select(h => $"{h.Key.ToLowerInvariant()}:{h.Value}\n");
        var request = string.Concat(headers) + "\n" + await reader.ReadToEndAsync(context.RequestAborted);
        Echoed.Enqueue(request);
        if (_asksForLogin)
        {
            context.Response.StatusCode = 407;
            context.Response.Headers["Proxy-Authenticate"] = "Basic realm=\"proxy\"";
            return;
        }

        context.Response.StatusCode = 403;
        context.Response.ContentType = "text/xml";
        await context.Response.WriteAsync(
            "<ErrorResponse><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>" +
            "The request signature we calculated does not match the signature you provided. " +
            "Check your AWS Secret Access Key and signing method.\n\nThe Canonical String for this request should have been\n" +
            $"'{System.Security.SecurityElement.Escape(request)}'\n</Message></Error><RequestId>r</RequestId></ErrorResponse>",
            context.RequestAborted);
    }
}
