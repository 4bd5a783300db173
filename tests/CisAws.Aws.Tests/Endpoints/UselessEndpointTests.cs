using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Calls;
using CisAws.Aws.Sessions;
using CisAws.Connections;
using Microsoft.AspNetCore.Http;

namespace CisAws.Aws.Tests.Endpoints;

/// <summary>Endpoints that are useless from the first call on end the run at once, with an error that says where and what to do.</summary>
[Trait("Risk", "Timing")]
public sealed class UselessEndpointTests
{
    private static readonly CallTimeouts Short = new(TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(500), Attempts: 2);
    private static readonly CallTimeouts Long = new(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), Attempts: 2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(Faults.HtmlAsync), ConnectionProblem.EndpointUnreachable)]
    [InlineData(nameof(Faults.HangAsync), ConnectionProblem.EndpointUnreachable)]
    [InlineData(nameof(Faults.BreakOffAsync), ConnectionProblem.EndpointUnreachable)]
    [InlineData(nameof(Faults.ExpiredTokenAsync), ConnectionProblem.CredentialsRejected)]
    public async Task An_endpoint_that_answers_badly_is_named(string fault, ConnectionProblem problem)
    {
        Func<HttpContext, Task> answer = fault switch
        {
            nameof(Faults.HtmlAsync) => Faults.HtmlAsync,
            nameof(Faults.HangAsync) => Faults.HangAsync,
            nameof(Faults.BreakOffAsync) => Faults.BreakOffAsync,
            _ => Faults.ExpiredTokenAsync,
        };
        await using var endpoint = await FaultyProxy.StartAsync("http://127.0.0.1:9", 0, answer, Cancel);

        await RejectedAsync(endpoint.Url, problem, answer == Faults.HangAsync ? Short : Long);
    }

    [Fact]
    public async Task An_endpoint_that_refuses_is_named()
    {
        // Bound and not listening: nobody else can take the port meanwhile.
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        await RejectedAsync($"http://{bound.LocalEndPoint}", ConnectionProblem.EndpointUnreachable, Long);
    }

    private static async Task RejectedAsync(string url, ConnectionProblem problem, CallTimeouts patience)
    {
        var exception = await Assert.ThrowsAsync<ConnectionException>(
            () => new AwsConnector(patience, patience).ConnectAsync(Assessed.Options(url), Cancel));

        Assert.Equal(problem, exception.Problem);
        Assert.Contains(url, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", exception.Message, StringComparison.Ordinal);
        Assert.NotEmpty(exception.RecommendedAction);
    }
}
