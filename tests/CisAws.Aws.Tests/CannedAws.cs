using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CisAws.Aws.Calls;
using CisAws.Aws.Readers;
using CisAws.Aws.Sessions;
using CisAws.Evidence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CisAws.Aws.Tests;

/// <summary>A request as it arrived. The operation is that of the form or the target, else the method and the path.</summary>
internal sealed record CannedRequest(string Operation, string Body, IHeaderDictionary Headers)
{
    /// <summary>The third and fourth part of a signature's scope: region and service.</summary>
    public string SignedFor => string.Join("/", Headers.Authorization.ToString().Split('/').Skip(2).Take(2));

    /// <summary>The access key id of the signature.</summary>
    public string SignedBy => Headers.Authorization.ToString() is { Length: > 0 } header ? header.Split('=')[1].Split('/')[0] : "";
}

/// <summary>An answer to give.</summary>
internal sealed record CannedAnswer(string Body, int Status = 200, string Type = "text/xml")
{
    public Dictionary<string, string> Headers { get; init; } = new() { ["x-amzn-RequestId"] = "11111111-2222-3333-4444-555555555555" };

    /// <summary>sts:GetCallerIdentity's, for a user of <see cref="CannedAws.AccountId"/>.</summary>
    public static CannedAnswer Identity { get; } = new($"""
        <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
        <Arn>arn:aws:iam::{CannedAws.AccountId}:user/a</Arn><UserId>A</UserId><Account>{CannedAws.AccountId}</Account>
        </GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>
        """);

    /// <summary>sts:AssumeRole's, or sts:AssumeRoleWithWebIdentity's.</summary>
    public static CannedAnswer Role(string key, string operation = "AssumeRole", string expires = "2099-01-01T00:00:00Z") => new($"""
        <{operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{operation}Result><Credentials>
        <AccessKeyId>{key}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
        <Expiration>{expires}</Expiration>
        </Credentials>
        <AssumedRoleUser><AssumedRoleId>A:s</AssumedRoleId><Arn>arn:aws:sts::{CannedAws.AccountId}:assumed-role/r/s</Arn></AssumedRoleUser>
        </{operation}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></{operation}Response>
        """);

    public static CannedAnswer Json(string body, int status = 200) => new(body, status, "application/x-amz-json-1.1");

    /// <summary>An error of the query protocol.</summary>
    public static CannedAnswer QueryError(string code, int status = 400, string message = "No.") =>
        new($"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>r</RequestId></ErrorResponse>", status);

    public static CannedAnswer JsonError(string type, int status = 400, string message = "No.") =>
        Json($$"""{"__type":"{{type}}","message":"{{message}}"}""", status);
}

/// <summary>An endpoint on the loopback that gives prepared answers, and the account behind it.</summary>
internal sealed class CannedAws : IAsyncDisposable
{
    public const string AccountId = "111122223333";

    private readonly ConcurrentDictionary<string, ConcurrentQueue<CannedAnswer>> _answers = new();
    private readonly WebApplication _app;
    private readonly Lazy<AccountConnection> _connection;

    private CannedAws()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
        _connection = new(() => new AccountConnection(Session(), "a test", "us-east-1"));
    }

    public ConcurrentQueue<CannedRequest> Requests { get; } = new();

    /// <summary>What was waited for, and not waited.</summary>
    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public string Url => _app.Urls.Single();

    public static async Task<CannedAws> StartAsync()
    {
        var aws = new CannedAws();
        await aws._app.StartAsync(TestContext.Current.CancellationToken);
        return aws;
    }

    /// <summary>Prepares the answers to an operation, one a call; the last one is given for ever.</summary>
    public CannedAws On(string operation, params CannedAnswer[] answers)
    {
        _answers[operation] = new ConcurrentQueue<CannedAnswer>(answers);
        return this;
    }

    public CannedAws On(string operation, string xml) => On(operation, new CannedAnswer(xml));

    public AccountConnection Connection => _connection.Value;

    public Task<Observation<T>> ReadAsync<T>(EvidenceKind<T> kind, string subject = "") =>
        _connection.Value.ReadAsync(kind, subject, TestContext.Current.CancellationToken);

    public async Task<T> KnownAsync<T>(EvidenceKind<T> kind, string subject = "") =>
        (await ReadAsync(kind, subject)).Match(v => v, why => throw new InvalidOperationException($"{why}: {why.Message}"));

    public async Task<ReadFailure> UnreadableAsync<T>(EvidenceKind<T> kind, string subject = "") =>
        (await ReadAsync(kind, subject)).Failure ?? throw new InvalidOperationException($"{kind} is known.");

    public async ValueTask DisposeAsync()
    {
        if (_connection.IsValueCreated)
        {
            _connection.Value.Dispose();
        }

        await _app.DisposeAsync();
    }

    private AwsSession Session() => new(
        new AccountIdentity(AccountId, "aws", $"arn:aws:iam::{AccountId}:user/auditor"),
        "us-east-1",
        new BasicAWSCredentials("AKIAIOSFODNN7EXAMPLE", "secret"),
        new ClientSettings(null, Url, null, new CallTimeouts(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30), Attempts: 1)),
        new CallLimiter(new(16), Clock.System, null),
        new Clock(() => Now, (wait, _) =>
        {
            Waits.Enqueue(wait);
            return Task.CompletedTask;
        }));

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var path = context.Request.Path.ToString().TrimEnd('/') + context.Request.QueryString;
        var headers = new HeaderDictionary(context.Request.Headers.ToDictionary(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase));
        var request = new CannedRequest(OperationOf(context.Request, path, body), body, headers);
        var answer = Answer(request);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.Type;
        foreach (var header in answer.Headers)
        {
            context.Response.Headers[header.Key] = header.Value;
        }

        if (context.Request.Method != "HEAD")
        {
            await context.Response.WriteAsync(answer.Body, context.RequestAborted);
        }
    }

    /// <summary>The answers are given in the order of the requests.</summary>
    private CannedAnswer Answer(CannedRequest request)
    {
        lock (Requests)
        {
            Requests.Enqueue(request);
            return _answers.TryGetValue(request.Operation, out var answers)
                ? answers.Count > 1 && answers.TryDequeue(out var next) ? next : answers.First()
                : new CannedAnswer($"Nothing is prepared for {request.Operation}.", 400);
        }
    }

    private static string OperationOf(HttpRequest request, string path, string body)
    {
        if (request.Headers["X-Amz-Target"].ToString() is { Length: > 0 } target)
        {
            return target.Split('.').Last();
        }

        var action = body.Split('&').FirstOrDefault(p => p.StartsWith("Action=", StringComparison.Ordinal));
        return action is null ? $"{request.Method} {path}" : action.Split('=')[1];
    }
}
