using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading.Tasks;
using CisAws.Emulator.Faults;
using CisAws.Evidence;

namespace CisAws.Aws.Tests.FaultMatrix;

/// <summary>Which calls of an action a fault hits.</summary>
internal enum FaultScope
{
    /// <summary>Each call.</summary>
    Everywhere,

    /// <summary>The calls in one region.</summary>
    OneRegion,

    /// <summary>The calls for pages after the first.</summary>
    LaterPages,

    /// <summary>The first call and all that follow, of whatever action.</summary>
    FromThenOn,
}

/// <summary>A way in which calls fail.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Apply">Makes the answer to a call another one, or throws as a connection does; null where the way is none for it.</param>
/// <param name="Failures">
/// The kinds of failure that a fact which rests on such a call may have; null where the answer may be understood, with something wrong in it.
/// </param>
internal sealed record FaultKind(string Name, Func<RememberedAws, WireCall, WireResponse, Task<WireResponse?>> Apply, IReadOnlyList<ReadFailureKind>? Failures)
{
    private static readonly TimeSpan AllowedSkew = TimeSpan.FromMinutes(15);

    /// <summary>Which calls it hits.</summary>
    public FaultScope Scope { get; private init; }

    /// <summary>What more there is to say, for messages.</summary>
    public string Detail { get; private init; } = "";

    /// <summary>True where AWS SDKs recover, so that no result changes.</summary>
    public bool IsRecovered { get; private init; }

    /// <summary>The ways in which AWS refuses a call, and those in which no answer comes.</summary>
    public static IReadOnlyList<FaultKind> NoAnswer(FailingServers servers)
    {
        FaultKind Refused(string name, FaultEffect effect, params ReadFailureKind[] kinds) =>
            new(name, async (aws, call, _) => await aws.AskAsync(servers.Url(effect), call), kinds);
        // SNS refuses another account's topic in the same words, whatever the reason.
        var denied = Refused("denied everywhere", FaultEffect.AccessDenied, ReadFailureKind.AccessDenied, ReadFailureKind.ForeignOwner);
        return
        [
            denied,
            denied with { Name = "denied in one region", Scope = FaultScope.OneRegion },
            Refused("throttled", FaultEffect.Throttled, ReadFailureKind.Throttled),
            Refused("error 500", FaultEffect.ServiceError, ReadFailureKind.ServiceError),
            Broken("connection reset", () => new HttpRequestException(
                "The connection was reset.", new IOException("The connection was reset.", new SocketException((int)SocketError.ConnectionReset)))),
            // What HttpClient throws when its time is over; no test waits for that.
            Broken("hang", () => new TaskCanceledException("The request was canceled due to the configured HttpClient.Timeout.", new TimeoutException())),
            denied with { Name = "page 2 denied", Scope = FaultScope.LaterPages },
            Refused("clock skew", FaultEffect.ClockSkew, ReadFailureKind.CredentialsRejected, ReadFailureKind.ServiceError),
            Refused("token expired in mid-run", FaultEffect.CredentialsExpired, ReadFailureKind.CredentialsRejected) with { Scope = FaultScope.FromThenOn },
        ];
    }

    /// <summary>
    /// The clock of AWS is hours off. The SDK corrects it by the Date of what it is answered, for all that follows; each such clock has to
    /// be off by another number of hours.
    /// </summary>
    public static FaultKind CorrectedSkew(FailingServers servers, int hours) => new(
        "clock skew, corrected",
        async (aws, call, answer) =>
        {
            var now = DateTimeOffset.UtcNow.AddHours(hours);
            var dated = (now - call.Time).Duration() < AllowedSkew ? answer : await aws.AskAsync(servers.Url(FaultEffect.ClockSkew), call);
            return dated with
            {
                Headers = new Dictionary<string, string>(dated.Headers, StringComparer.OrdinalIgnoreCase) { ["Date"] = now.ToString("r", CultureInfo.InvariantCulture) },
            };
        },
        null)
    { IsRecovered = true };

    /// <summary>A wrong answer in place of a good one.</summary>
    public static FaultKind Of(WrongResponse way) => new(
        way.Name,
        (_, _, answer) =>
        {
            // An answer to HEAD has no body that could be wrong; "there is none" is no good answer to make wrong.
            var wrong = (int)answer.Status == 200 ? way.Make(answer) : null;
            return Task.FromResult(wrong is not null && (answer.Body.Length > 0 || wrong.Status != answer.Status) ? wrong : null);
        },
        way.IsNone ? [ReadFailureKind.Malformed] : null)
    { Scope = way.LaterPages ? FaultScope.LaterPages : FaultScope.Everywhere, Detail = way.Detail };

    public override string ToString() => Detail.Length == 0 ? Name : $"{Name}: {Detail}";

    private static FaultKind Broken(string name, Func<Exception> exception) =>
        new(name, (_, _, _) => Task.FromException<WireResponse?>(exception()), [ReadFailureKind.Unreachable]);
}
