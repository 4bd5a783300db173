using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Emulator.Accounts;
using CisAws.Emulator.Faults;
using CisAws.Emulator.Wire;
using CisAws.Evidence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CisAws.Emulator;

/// <summary>An AWS endpoint on loopback that serves the accounts of evidence files over the protocols of AWS.</summary>
public sealed class EmulatorServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly AccountRegister _register;
    private readonly TimeSpan _latency;
    private readonly Endpoint _endpoint;
    private readonly ConcurrentQueue<EmulatorRequest> _requests = new();
    private readonly CancellationTokenSource _stopping = new();

    private EmulatorServer(IReadOnlyList<AccountEvidence> accounts, EmulatorOptions options)
    {
        _register = new AccountRegister(accounts, options.Organization);
        _latency = options.Latency;
        _endpoint = new Endpoint(_register, options, request =>
        {
            _requests.Enqueue(request);
            options.OnRequest?.Invoke(request);
        });

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            // Kestrel would respond with 408 to slow clients; AWS does not, and tests run on slow machines.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            // An object of S3 can be larger.
            kestrel.Limits.MaxRequestBodySize = null;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        _app = builder.Build();
        _app.Run(ServeAsync);
    }

    /// <summary>The endpoint URL: <c>http://127.0.0.1:5000/</c>.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>The access key ID of the (first) account.</summary>
    public string AccessKey => _register.Accounts[0].Owner.AccessKey;

    /// <summary>The secret of <see cref="AccessKey"/>.</summary>
    public string SecretKey => _register.Accounts[0].Owner.SecretKey;

    /// <summary>The number of requests so far, including those that failed.</summary>
    public int RequestCount => _requests.Count;

    /// <summary>The requests so far, in the order of their responses.</summary>
    public IReadOnlyList<EmulatorRequest> Requests => _requests.ToArray();

    /// <summary>Serves one account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="options">How the server behaves; null for the defaults.</param>
    /// <param name="ct">Cancels the start.</param>
    public static Task<EmulatorServer> StartAsync(AccountEvidence account, EmulatorOptions? options = null, CancellationToken ct = default) =>
        StartAsync([account], options, ct);

    /// <summary>Serves several accounts. The credentials of each can assume the roles of all.</summary>
    /// <param name="accounts">The accounts, at least one; <see cref="AccessKey"/> is the first one's.</param>
    /// <param name="options">How the server behaves; null for the defaults.</param>
    /// <param name="ct">Cancels the start.</param>
    public static async Task<EmulatorServer> StartAsync(
        IReadOnlyList<AccountEvidence> accounts, EmulatorOptions? options = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        ArgumentOutOfRangeException.ThrowIfZero(accounts.Count);
        var server = new EmulatorServer(accounts, options ?? new EmulatorOptions());
        try
        {
            await server._app.StartAsync(ct).ConfigureAwait(false);
            server.Url = new Uri(server._app.Urls.Single());
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Puts an object into a bucket of the first account, as s3:PutObject does.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The key of the object, whatever it is.</param>
    /// <param name="content">Its content.</param>
    public void PutObject(string bucket, string key, byte[] content)
    {
        var objects = _register.Accounts[0].Objects;
        lock (objects)
        {
            objects[(bucket, key)] = content;
        }
    }

    /// <summary>The access key ID and secret of one of the accounts.</summary>
    /// <param name="accountId">The account.</param>
    public (string AccessKey, string SecretKey) CredentialsOf(string accountId)
    {
        var owner = _register.FindAccount(accountId)?.Owner
            ?? throw new ArgumentException($"Account {accountId} is not served.", nameof(accountId));
        return (owner.AccessKey, owner.SecretKey);
    }

    /// <summary>Clears <see cref="Requests"/>. Faults continue to count calls.</summary>
    public void ResetCounters() => _requests.Clear();

    /// <summary>Stops the server. Calls that are waiting get no response.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        try
        {
            var request = await AwsRequest.ReadAsync(context, ended.Token).ConfigureAwait(false);
            var reply = _endpoint.Answer(request);
            if (_latency > TimeSpan.Zero)
            {
                await Task.Delay(_latency, ended.Token).ConfigureAwait(false);
            }

            if (reply.Fault == FaultEffect.Hang)
            {
                await Task.Delay(Timeout.Infinite, ended.Token).ConfigureAwait(false);
            }

            if (reply.Answer is { } answer)
            {
                await SendAsync(context, answer, reply.Fault == FaultEffect.Interrupted, ended.Token).ConfigureAwait(false);
            }
            else
            {
                context.Abort();
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The client has closed the connection, or the server stops.
            context.Abort();
        }
    }

    private static async Task SendAsync(HttpContext context, WireResponse answer, bool isInterrupted, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        context.Response.ContentLength = answer.Body.Length;
        // Kestrel sends what there is and closes the connection where that is less than the length. A reset could overtake what was sent.
        var sent = isInterrupted ? answer.Body.Length / 2 : answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body.AsMemory(0, sent), cancellationToken).ConfigureAwait(false);
    }
}
