using System;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace CisAws.Aws.Tests.Endpoints;

/// <summary>What can go wrong on the way to AWS.</summary>
internal static class Faults
{
    /// <summary>The session has expired, said in the words of the service's own protocol.</summary>
    public static Task ExpiredTokenAsync(HttpContext context)
    {
        const string Message = "The security token included in the request is expired";
        var (status, type, body) = ServiceOf(context.Request) switch
        {
            "ec2" => (400, "text/xml", $"<Response><Errors><Error><Code>RequestExpired</Code><Message>{Message}</Message></Error></Errors><RequestID>r</RequestID></Response>"),
            "s3" => (400, "application/xml", $"<Error><Code>ExpiredToken</Code><Message>{Message}</Message><RequestId>r</RequestId></Error>"),
            "iam" or "sns" or "sts" => (403, "text/xml", $"<ErrorResponse><Error><Type>Sender</Type><Code>ExpiredToken</Code><Message>{Message}</Message></Error><RequestId>r</RequestId></ErrorResponse>"),
            _ => (400, "application/x-amz-json-1.1", $$"""{"__type":"ExpiredTokenException","message":"{{Message}}"}"""),
        };
        return WriteAsync(context, status, type, body);
    }

    /// <summary>A proxy's or a portal's page, with the status of success.</summary>
    public static Task HtmlAsync(HttpContext context) =>
        WriteAsync(context, 200, "text/html", "<!DOCTYPE html><html><head><title>Welcome</title></head><body>Please sign in<br></body></html>");

    /// <summary>Never answers.</summary>
    public static Task HangAsync(HttpContext context) => Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);

    /// <summary>Promises more than it sends.</summary>
    public static async Task BreakOffAsync(HttpContext context)
    {
        context.Response.ContentLength = 4096;
        context.Response.ContentType = "text/xml";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?>\n<"));
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private static async Task WriteAsync(HttpContext context, int status, string type, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        await context.Response.WriteAsync(body);
    }

    /// <summary>Signature version 4 names the service in the credential's scope.</summary>
    private static string ServiceOf(HttpRequest request) =>
        request.Headers.Authorization.ToString().Split('/').ElementAtOrDefault(3) ?? throw new InvalidOperationException("The request is not signed.");
}
