using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CisAws.Testing;
using Engine = System.Management.Automation.PowerShell;

namespace CisAws.PowerShell.Tests;

/// <summary>
/// What a process keeps that assesses for long, and what is left when a user presses Ctrl+C: nothing. No other test of the assembly runs
/// beside these, since they count what belongs to the process.
/// </summary>
[Trait("Risk", "Timing")]
[Collection(nameof(Environment))]
public sealed class ResourceTests(DemoServer demo) : IClassFixture<DemoServer>, IDisposable
{
    /// <summary>A run allocates megabytes; what it would keep of them is more than this.</summary>
    private const int MostBytesKeptByARun = 5_000;

    /// <summary>What a process keeps for once, such as compiled scripts.</summary>
    private const int MostBytesKept = 2_000_000;

    /// <summary>Connections are kept open for the next run, and closed when they were idle for a while.</summary>
    private const int MostHandlesMore = 40;

    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    /// <summary>In turn, so that each run is short and all that a run does is done.</summary>
    private static readonly string[] Controls = ["'1.*'", "'2.*'", "'3.1'", "'4.*'"];

    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Assessments_in_one_process_leave_nothing_behind()
    {
        var runs = LongTests.Iterations(12, 500);
        using var watch = new UnobservedExceptions();
        var first = Math.Max(runs / 4, Controls.Length);
        Run(first);
        var before = Used.Now();
        Run(runs - first);
        var after = Used.Now();

        TestReport.Write([string.Create(
            CultureInfo.InvariantCulture,
            $"{runs} assessments in one process: live memory {before.Bytes / 1e6:0.0} -> {after.Bytes / 1e6:0.0} MB, handles {before.Handles} -> {after.Handles}, sockets {before.Sockets} -> {after.Sockets}, {watch.Seen.Count} unobserved exceptions")]);
        Assert.InRange(after.Bytes - before.Bytes, long.MinValue, MostBytesKept + ((long)MostBytesKeptByARun * runs));
        Assert.InRange(after.Handles - before.Handles, int.MinValue, MostHandlesMore);
        Assert.Empty(watch.Seen);
    }

    [Fact]
    public async Task Ctrl_C_ends_an_assessment_at_any_moment()
    {
        var times = LongTests.Iterations(10, 200);
        var chance = new Random(13);
        const string Everything = "'1.*', '2.*', '3.1', '4.*'";
        using var watch = new UnobservedExceptions();
        Run(Everything);
        var whole = Stopwatch.StartNew();
        Run(Everything);
        var duration = whole.Elapsed;
        var (stopped, longest) = (0, TimeSpan.Zero);
        for (var i = 0; i < times; i++)
        {
            using var ps = Engine.Create(_session.Runspace);
            ps.AddScript(Script(Everything));
            var running = Task.Run(() => ps.Invoke(), TestContext.Current.CancellationToken);
            await Task.Delay(duration * chance.NextDouble(), TestContext.Current.CancellationToken);
            var stop = Stopwatch.StartNew();
            await Task.Run(ps.Stop, TestContext.Current.CancellationToken).WaitAsync(Hang, TestContext.Current.CancellationToken);
            try
            {
                await running.WaitAsync(Hang, TestContext.Current.CancellationToken);
            }
            // Where it was stopped before it began, PowerShell says so in a plain InvalidOperationException.
            catch (Exception e) when (e is PipelineStoppedException || e.GetType() == typeof(InvalidOperationException))
            {
                // It throws or not, by where it was stopped.
            }

            if (ps.InvocationStateInfo.State == PSInvocationState.Stopped)
            {
                stopped++;
            }
            else
            {
                // It was shorter than the first ones.
                duration *= 0.8;
            }

            longest = stop.Elapsed > longest ? stop.Elapsed : longest;
            Assert.Empty(ps.Streams.Error);
            demo.Server.ResetCounters();
        }

        // What was stopped does not harm what comes next.
        Run(Everything);
        Used.Now();
        TestReport.Write([string.Create(
            CultureInfo.InvariantCulture,
            $"Ctrl+C at {times} moments: {stopped} assessments stopped, the others had ended; the longest stop took {longest.TotalSeconds:0.00} s, {watch.Seen.Count} unobserved exceptions")]);
        Assert.True(stopped > 0, "No assessment was stopped.");
        Assert.Empty(watch.Seen);
    }

    // How many connections are kept open depends on how many calls there are at once, and so on what else the machine does.
    private static string Script(string controls) => $"Invoke-CisAssessment {controls} @account -Region us-east-1, eu-west-1 -ThrottleLimit 8 -WarningAction Ignore";

    private void Run(int times)
    {
        for (var i = 0; i < times; i++)
        {
            Run(Controls[i % Controls.Length]);
        }
    }

    private void Run(string controls)
    {
        Assert.NotEmpty(_session.Objects(Script(controls), DemoServer.Account(demo.Server)));
        demo.Server.ResetCounters();
    }

    /// <summary>What the process uses.</summary>
    private sealed record Used(long Bytes, int Handles, int Sockets)
    {
        public static Used Now()
        {
            for (var i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            var bytes = GC.GetTotalMemory(forceFullCollection: true);
            if (!OperatingSystem.IsLinux())
            {
                using var process = Process.GetCurrentProcess();
                return new Used(bytes, process.HandleCount, 0);
            }

            var files = Directory.GetFiles("/proc/self/fd");
            return new Used(bytes, files.Length, files.Count(f => new FileInfo(f).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true));
        }
    }

    /// <summary>Exceptions of tasks that nothing has looked at; they show when the tasks are collected.</summary>
    private sealed class UnobservedExceptions : IDisposable
    {
        public UnobservedExceptions()
        {
            // Those of other tests.
            Used.Now();
            TaskScheduler.UnobservedTaskException += OnUnobserved;
        }

        public ConcurrentQueue<Exception> Seen { get; } = new();

        public void Dispose() => TaskScheduler.UnobservedTaskException -= OnUnobserved;

        private void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs e) => Seen.Enqueue(e.Exception);
    }
}
