using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CisAws.PowerShell.Tests;

/// <summary>
/// As much of Security Hub as is used, for the demo account; one finding in a page, so that there are several. That the calls are those of AWS is
/// shown against moto, in the tests of CisAws.Aws.
/// </summary>
public sealed class SecurityHubServer : IAsyncLifetime
{
    public const string AccountId = "111122223333";

    private readonly WebApplication _app;

    public SecurityHubServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/", Identify);
        _app.MapPost("/findings", context => AnswerAsync(context, Get));
        _app.MapPost("/findings/import", context => AnswerAsync(context, Import));
        _app.MapPatch("/findings/batchupdate", context => AnswerAsync(context, Update));
    }

    /// <summary>The findings by their IDs.</summary>
    public Dictionary<string, JsonObject> Findings { get; } = [];

    /// <summary>How many findings each import had.</summary>
    public List<int> Imports { get; } = [];

    /// <summary>What an account without Security Hub is answered.</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>Findings whose title contains it are refused.</summary>
    public string? Refused { get; set; }

    public string Url => _app.Urls.Single();

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task Identify(HttpContext context)
    {
        context.Response.ContentType = "text/xml";
        await context.Response.WriteAsync(
            $"""
            <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
            <Arn>arn:aws:iam::{AccountId}:user/a</Arn><UserId>A</UserId><Account>{AccountId}</Account>
            </GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>
            """);
    }

    private async Task AnswerAsync(HttpContext context, Func<JsonObject, JsonObject> answer)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = JsonNode.Parse(await reader.ReadToEndAsync(context.RequestAborted))!.AsObject();
        context.Response.ContentType = "application/json";
        context.Response.Headers["x-amzn-RequestId"] = "11111111-2222-3333-4444-555555555555";
        if (!IsEnabled)
        {
            context.Response.StatusCode = 401;
            context.Response.Headers["x-amzn-ErrorType"] = "InvalidAccessException";
            await context.Response.WriteAsync($$"""{"Code":"InvalidAccessException","Message":"Account {{AccountId}} is not subscribed to AWS Security Hub"}""");
            return;
        }

        string text;
        lock (Findings)
        {
            text = answer(request).ToJsonString();
        }

        await context.Response.WriteAsync(text);
    }

    private JsonObject Get(JsonObject request)
    {
        var prefix = request["Filters"]!["GeneratorId"]![0]!["Value"]!.GetValue<string>();
        var matching = Findings.Values.Where(f => f["GeneratorId"]!.GetValue<string>().StartsWith(prefix, StringComparison.Ordinal)).ToList();
        var start = int.Parse(request["NextToken"]?.GetValue<string>() ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        var answer = new JsonObject { [nameof(Findings)] = new JsonArray([.. matching.Skip(start).Take(1).Select(f => f.DeepClone())]) };
        if (start + 1 < matching.Count)
        {
            answer["NextToken"] = $"{start + 1}";
        }

        return answer;
    }

    private JsonObject Import(JsonObject request)
    {
        var refused = new JsonArray();
        var findings = request[nameof(Findings)]!.AsArray().Select(f => f!.AsObject()).ToList();
        Imports.Add(findings.Count);
        foreach (var finding in findings)
        {
            var id = finding["Id"]!.GetValue<string>();
            if (Refused is not null && finding["Title"]!.GetValue<string>().Contains(Refused, StringComparison.Ordinal))
            {
                refused.Add(new JsonObject { ["Id"] = id, ["ErrorCode"] = "InvalidInput", ["ErrorMessage"] = "No." });
                continue;
            }

            var stored = finding.DeepClone().AsObject();
            stored["Workflow"] = Findings.TryGetValue(id, out var before) ? before["Workflow"]!.DeepClone() : new JsonObject { ["Status"] = "NEW" };
            Findings[id] = stored;
        }

        return new JsonObject { ["FailedCount"] = refused.Count, ["SuccessCount"] = findings.Count - refused.Count, ["FailedFindings"] = refused };
    }

    private JsonObject Update(JsonObject request)
    {
        foreach (var id in request["FindingIdentifiers"]!.AsArray())
        {
            Findings[id!["Id"]!.GetValue<string>()]["Workflow"] = request["Workflow"]!.DeepClone();
        }

        return new JsonObject { ["ProcessedFindings"] = request["FindingIdentifiers"]!.DeepClone(), ["UnprocessedFindings"] = new JsonArray() };
    }
}
