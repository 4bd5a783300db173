using System;
using System.Threading.Tasks;

namespace CisAws.Shell;

internal sealed class DemoAccount : IAsyncDisposable
{
    public const string Script = "Invoke-CisAssessment";
    public static Task<DemoAccount> StartAsync(string module) => Task.FromResult(new DemoAccount());
    public ValueTask DisposeAsync() => default;
}
