using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;

namespace CisAws.Aws.Tests.FaultMatrix;

/// <summary>An answer as it went over the wire.</summary>
internal sealed record WireResponse(HttpStatusCode Status, string Type, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public bool IsJson => Type.Contains("json", StringComparison.Ordinal);
}

/// <summary>A call as it goes over the wire.</summary>
internal sealed record WireCall(string Action, string Region, bool IsLaterPage, HttpRequestMessage Request, string Body)
{
    public HttpMethod Method => Request.Method;

    /// <summary>The time for which it is signed.</summary>
    public DateTimeOffset Time { get; } = DateTimeOffset.ParseExact(
        Request.Headers.NonValidated["X-Amz-Date"].ToString(), "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>The same call to another server.</summary>
    public HttpRequestMessage CopyFor(Uri server)
    {
        var copy = new HttpRequestMessage(Method, new Uri(server, Request.RequestUri!.PathAndQuery)) { Content = new StringContent(Body) };
        foreach (var (name, values) in Request.Headers.NonValidated.Concat(Request.Content?.Headers.NonValidated ?? default))
        {
            if (name is not ("Host" or "Content-Length") && !copy.Headers.TryAddWithoutValidation(name, values))
            {
                copy.Content.Headers.Remove(name);
                copy.Content.Headers.TryAddWithoutValidation(name, values);
            }
        }

        return copy;
    }
}

/// <summary>
/// An account's answers, each asked for once from an emulator and given without a network from then on, so that a run costs
/// little. Some of them can be changed on their way.
/// </summary>
internal sealed class RememberedAws : HttpClientFactory, IDisposable
{
    private readonly ConcurrentDictionary<string, WireResponse> _answers = new();
    private readonly HttpClient _client;
    private readonly Handler _handler;

    public RememberedAws()
    {
        _handler = new Handler(this);
        _client = new HttpClient(_handler);
    }

    /// <summary>Changes the answer to a call, or throws as a connection does; null for no change.</summary>
    public Func<WireCall, WireResponse, Task<WireResponse>>? Change { get; set; }

    /// <summary>The answers given so far to an action, unchanged, and whether each is a later page.</summary>
    public IReadOnlyList<(bool IsLaterPage, WireResponse Answer)> AnswersTo(string action) =>
        _answers.Where(a => a.Key.StartsWith(action + " ", StringComparison.Ordinal)).OrderBy(a => a.Key, StringComparer.Ordinal)
            .Select(a => (a.Key.StartsWith(action + " later ", StringComparison.Ordinal), a.Value)).ToList();

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    /// <summary>What another server answers to a call of this kind, asked for once.</summary>
    public async Task<WireResponse> AskAsync(Uri server, WireCall call)
    {
        var key = $"{server} {call.Action} {call.Method}";
        if (!_answers.TryGetValue(key, out var answer))
        {
            _answers[key] = answer = await _handler.SendAsync(call.CopyFor(server));
        }

        return answer;
    }

    public void Dispose() => _client.Dispose();

    /// <summary>The IAM action of a request.</summary>
    private static string ActionOf(HttpRequestMessage request, string body, string service)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (request.Headers.TryGetValues("X-Amz-Target", out var target))
        {
            return $"{service}:{target.Single().Split('.').Last()}";
        }

        if (service == "account")
        {
            return "account:G" + path[2..];
        }

        switch (service)
        {
            case "access-analyzer":
                return "access-analyzer:ListAnalyzers";
            case "securityhub":
                return "securityhub:DescribeHub";
            case "elasticfilesystem":
                return "elasticfilesystem:DescribeFileSystems";
        }

        return service != "s3" ? $"{(service == "monitoring" ? "cloudwatch" : service)}:{Parameter(body, "Action")}"
            : request.Method == HttpMethod.Head ? "s3:ListBucket"
            : path.StartsWith("/v20180820/", StringComparison.Ordinal) ? "s3:GetAccountPublicAccessBlock"
            : request.RequestUri.Query.TrimStart('?').Split('&')[0].TrimEnd('=') switch
            {
                "list-type=2" => "s3:ListBucket",
                "acl" => "s3:GetBucketAcl",
                "policy" => "s3:GetBucketPolicy",
                "policyStatus" => "s3:GetBucketPolicyStatus",
                "publicAccessBlock" => "s3:GetBucketPublicAccessBlock",
                "ownershipControls" => "s3:GetBucketOwnershipControls",
                "logging" => "s3:GetBucketLogging",
                "versioning" => "s3:GetBucketVersioning",
                "encryption" => "s3:GetEncryptionConfiguration",
                _ when path == "/" => "s3:ListAllMyBuckets",
                var other => $"s3:{other}",
            };
    }

    private static string? Parameter(string form, string name) =>
        form.Split('&').FirstOrDefault(p => p.StartsWith(name + "=", StringComparison.Ordinal))?.Split('=')[1];

    /// <summary>The names that the page token of a request has in the services.</summary>
    private static bool IsLaterPage(string query, string body) =>
        query.Contains("nextToken=", StringComparison.Ordinal) || query.Contains("Marker=", StringComparison.Ordinal) ||
        query.Contains("continuation-token=", StringComparison.Ordinal) ||
        Parameter(body, "NextToken") is not null || Parameter(body, "Marker") is not null ||
        body.Contains("\"nextToken\":", StringComparison.OrdinalIgnoreCase) || body.Contains("\"Marker\":", StringComparison.Ordinal);

    private sealed class Handler(RememberedAws owner) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            var scope = string.Join(' ', request.Headers.NonValidated["Authorization"]).Split('/');
            var call = new WireCall(ActionOf(request, body, scope[3]), scope[2], IsLaterPage(request.RequestUri!.Query, body), request, body);
            var key = $"{call.Action} {(call.IsLaterPage ? "later " : "")}{call.Region} {request.Method} {request.RequestUri!.PathAndQuery} {body}";
            if (!owner._answers.TryGetValue(key, out var answer))
            {
                answer = await SendAsync(request);
                // A credential report is asked for until it is there.
                if (call.Action != "iam:GenerateCredentialReport" || answer.Body.Contains("COMPLETE", StringComparison.Ordinal))
                {
                    owner._answers[key] = answer;
                }
            }

            if (owner.Change is { } change)
            {
                answer = await change(call, answer);
            }

            var changed = new HttpResponseMessage(answer.Status) { Content = new StringContent(answer.Body), RequestMessage = request };
            changed.Content.Headers.Remove("Content-Type");
            changed.Content.Headers.TryAddWithoutValidation("Content-Type", answer.Type);
            foreach (var (name, value) in answer.Headers)
            {
                changed.Headers.TryAddWithoutValidation(name, value);
            }

            return changed;
        }

        public async Task<WireResponse> SendAsync(HttpRequestMessage request)
        {
            using var response = await base.SendAsync(request, CancellationToken.None);
            return new WireResponse(
                response.StatusCode, response.Content.Headers.ContentType?.ToString() ?? "", await response.Content.ReadAsStringAsync(),
                response.Headers.ToDictionary(h => h.Key, h => string.Join(',', h.Value)));
        }
    }
}
