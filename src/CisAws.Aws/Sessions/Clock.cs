using System;
using System.Threading;
using System.Threading.Tasks;

namespace CisAws.Aws.Sessions;

/// <summary>The time, and waiting for it to pass.</summary>
internal sealed record Clock(Func<DateTimeOffset> Now, Func<TimeSpan, CancellationToken, Task> WaitAsync)
{
    public static readonly Clock System = new(() => DateTimeOffset.UtcNow, Task.Delay);
}
