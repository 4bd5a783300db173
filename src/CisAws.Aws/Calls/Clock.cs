using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace CisAws.Aws.Calls;

/// <summary>The time, and waiting for it to pass.</summary>
internal sealed record Clock(Func<DateTimeOffset> Now, Func<TimeSpan, CancellationToken, Task> WaitAsync)
{
    private static readonly Stopwatch Watch = Stopwatch.StartNew();

    public static readonly Clock System = new(() => DateTimeOffset.UtcNow, Task.Delay) { Elapsed = () => Watch.Elapsed };

    /// <summary>The time since some moment. It does not jump when the clock of the machine is set.</summary>
    public Func<TimeSpan> Elapsed { get; init; } = () => Now() - DateTimeOffset.MinValue;
}
