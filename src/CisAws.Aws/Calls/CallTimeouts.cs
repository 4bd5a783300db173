using System;
using Amazon.Runtime;

namespace CisAws.Aws.Calls;

/// <summary>How long calls may take. An endpoint that never answers ends all its attempts in about the sum of theirs.</summary>
/// <param name="Connect">How long making a connection may take.</param>
/// <param name="Attempt">How long one attempt may take.</param>
/// <param name="Attempts">How many attempts there are; null for the SDK's three, or AWS_MAX_ATTEMPTS.</param>
internal sealed record CallTimeouts(TimeSpan Connect, TimeSpan Attempt, int? Attempts = null)
{
    /// <summary>Three attempts, which is the SDK's default, end in 30 seconds.</summary>
    public static readonly CallTimeouts Default = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));

    /// <summary>For the first call, which finds out that there is no way: two attempts in 10 seconds.</summary>
    public static readonly CallTimeouts FirstCall = new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5), Attempts: 2);

    /// <summary>The time limit of a call with all its attempts; a higher AWS_MAX_ATTEMPTS raises it.</summary>
    public static TimeSpan Of(IClientConfig config)
    {
        var attempt = config.Timeout ?? Default.Attempt;
        return TimeSpan.FromTicks(attempt.Ticks * (config.MaxErrorRetry + 1));
    }

    /// <summary>Sets the times of a client's attempts.</summary>
    public void ApplyTo(ClientConfig config)
    {
        config.Timeout = Attempt;
        if (Attempts is { } attempts)
        {
            config.MaxErrorRetry = attempts - 1;
        }

#if NET
        config.ConnectTimeout = Connect;
#endif
    }
}
