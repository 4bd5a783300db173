using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CisAws.PowerShell.Tests.Examples;

/// <summary>
/// The runtime API of AWS Lambda on loopback, and execution environments that serve it: runspaces that run the entry point of the container image. The
/// events go over HTTP, as in Lambda.
/// </summary>
internal sealed class LambdaRuntime : IAsyncDisposable
{
    private readonly Channel<Invocation> _waiting = Channel.CreateUnbounded<Invocation>();

    private readonly ConcurrentDictionary<string, Invocation> _running = new();

    private readonly WebApplication _api;

    private readonly List<Task> _environments = [];

    private LambdaRuntime()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _api = builder.Build();
        _api.Run(ServeAsync);
    }

    /// <summary>The payloads of all invocations so far.</summary>
    public ConcurrentQueue<JsonNode> Invoked { get; } = new();

    /// <summary>Starts execution environments.</summary>
    /// <param name="count">How many events are processed at the same time.</param>
    /// <param name="prepare">A script that runs first in each of them.</param>
    /// <param name="variables">The variables that it uses.</param>
    public static async Task<LambdaRuntime> StartAsync(int count, string prepare, params (string Name, object? Value)[] variables)
    {
        var runtime = new LambdaRuntime();
        await runtime._api.StartAsync();
        var address = new Uri(runtime._api.Urls.Single()).Authority;
        for (var i = 0; i < count; i++)
        {
            runtime._environments.Add(Task.Run(() =>
            {
                using var session = new ModuleSession();
                session.Objects(prepare, variables);
                // It ends with an error when the API is gone.
                var run = session.Run("& $entry -RuntimeApi $api -TaskFolder $tasks", ("entry", Entry), ("api", address), ("tasks", Tasks));
                Assert.Contains("410", run.Error.Exception.Message);
            }));
        }

        return runtime;
    }

    private static string Entry => Repository.PathOf("examples/StepFunctions/Start-LambdaRuntime.ps1");

    private static string Tasks => Repository.PathOf("examples/WorkItem");

    /// <summary>Invokes the function and waits for its response.</summary>
    /// <exception cref="TaskFailedException">The function returned an error.</exception>
    public async Task<JsonNode?> InvokeAsync(JsonNode payload)
    {
        var invocation = new Invocation(Guid.NewGuid().ToString(), payload.ToJsonString());
        Invoked.Enqueue(payload.DeepClone());
        await _waiting.Writer.WriteAsync(invocation);
        if (await Task.WhenAny([invocation.Response.Task, .. _environments]) != invocation.Response.Task)
        {
            // What ended it is the failure of the test.
            await Task.WhenAny(_environments).Unwrap();
            Assert.Fail("An execution environment has ended.");
        }

        return await invocation.Response.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.Complete();
        await Task.WhenAll(_environments);
        await _api.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        // /2018-06-01/runtime/invocation/next, /2018-06-01/runtime/invocation/{id}/response or /error
        var path = context.Request.Path.Value!.Split('/')[4..];
        if (path is ["next"])
        {
            await NextAsync(context);
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        var body = JsonNode.Parse(await reader.ReadToEndAsync());
        Assert.True(path.Length == 2, $"The environment did not start: {body}");
        Assert.True(_running.TryRemove(path[0], out var done));
        if (path[1] == "response")
        {
            done.Response.SetResult(body);
        }
        else
        {
            Assert.Equal(body!["errorType"]!.GetValue<string>(), context.Request.Headers["Lambda-Runtime-Function-Error-Type"]);
            done.Response.SetException(new TaskFailedException(body["errorType"]!.GetValue<string>(), body["errorMessage"]!.GetValue<string>()));
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private async Task NextAsync(HttpContext context)
    {
        try
        {
            var next = await _waiting.Reader.ReadAsync(context.RequestAborted);
            _running[next.Id] = next;
            context.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = next.Id;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(next.Event);
        }
        catch (ChannelClosedException)
        {
            context.Response.StatusCode = StatusCodes.Status410Gone;
        }
    }

    private sealed record Invocation(string Id, string Event)
    {
        public TaskCompletionSource<JsonNode?> Response { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
