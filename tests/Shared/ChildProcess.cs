using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace CisAws.Testing;

/// <summary>
/// A program that a test runs. It sees the clean environment of <see cref="TestEnvironment"/>, what it prints is captured, and it is
/// killed with all that it started when it is disposed, when the test is cancelled and when the test process ends. Part of every
/// test project.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>Far more than any child needs on a busy machine: one that takes longer hangs.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private static readonly ConcurrentDictionary<ChildProcess, string> Running = new();

    private readonly Process _process;
    private readonly string _name;
    private readonly Captured _output;
    private readonly Captured _error;

    static ChildProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var child in Running.Keys)
        {
            child.Kill();
        }
    };

    private ChildProcess(Process process, string name)
    {
        (_process, _name) = (process, name);
        (_output, _error) = (new Captured(process.StandardOutput), new Captured(process.StandardError));
        Running[this] = name;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads from its standard input.</param>
    /// <param name="environment">Variables to set for it; null removes one.</param>
    /// <exception cref="Win32Exception">There is no such program.</exception>
    public static async Task<ChildOutput> RunAsync(
        string program, IEnumerable<string> arguments, string input = "", IReadOnlyDictionary<string, string?>? environment = null)
    {
        await using var child = Start(program, arguments, environment);
        return await child.FinishAsync(input);
    }

    /// <summary>Starts a program. Dispose it: that kills it.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public static ChildProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            // A terminal's input would be the test's own.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        return new ChildProcess(Process.Start(start)!, string.Join(' ', arguments.Prepend(program)));
    }

    /// <summary>
    /// Starts a program that serves until it is killed, and waits for the line that says where. Let it choose the port (0) itself.
    /// Where there is a POSIX shell, the program does not outlive the test process even if that is killed.
    /// </summary>
    /// <param name="ready">What it prints when it is ready, and what is wanted of it.</param>
    /// <inheritdoc cref="RunAsync"/>
    public static async Task<(ChildProcess Server, Match Ready)> StartServerAsync(
        string program, IEnumerable<string> arguments, Regex ready, IReadOnlyDictionary<string, string?>? environment = null)
    {
        // The shell's input ends when the test process does, however it does.
        const string Guard = "\"$@\" & child=$!; exec >/dev/null 2>&1; cat; kill -9 $child";
        var server = OperatingSystem.IsWindows()
            ? Start(program, arguments, environment)
            : Start("/bin/sh", ["-c", Guard, "sh", program, .. arguments], environment);
        try
        {
            return (server, await server.WaitForAsync(ready));
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until a line that the program prints matches. The test fails if it ends before that.</summary>
    public Task<Match> WaitForAsync(Regex pattern) => WithinLimitAsync(async cancellationToken =>
    {
        while (true)
        {
            var (lines, more) = _output.Lines();
            var (errors, moreErrors) = _error.Lines();
            if (pattern.Match(lines) is { Success: true } match)
            {
                return match;
            }

            if (pattern.Match(errors) is { Success: true } other)
            {
                return other;
            }

            if (more is null && moreErrors is null)
            {
                Assert.Fail($"{_name} ended before it printed '{pattern}'. {Printed}");
            }

            await Task.WhenAny(new[] { more, moreErrors }.OfType<Task>()).WaitAsync(cancellationToken);
        }
    });

    /// <summary>Gives the program its input and waits for its end.</summary>
    public Task<ChildOutput> FinishAsync(string input = "") => WithinLimitAsync(async cancellationToken =>
    {
        try
        {
            await _process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended without reading all of it; its exit code says whether that is right.
        }

        await _process.WaitForExitAsync(cancellationToken);
        await Task.WhenAll(_output.Reading, _error.Reading).WaitAsync(cancellationToken);
        return new ChildOutput(_process.ExitCode, _output.Text, _error.Text);
    });

    /// <summary>Interrupts the program, as Ctrl+C does on a POSIX terminal.</summary>
    public Task InterruptAsync() => RunAsync("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);

    /// <summary>Kills the program and all that it started.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended already.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        Running.TryRemove(this, out _);
        _process.Dispose();
    }

    private string Printed => $"It printed:\n{_output.Text}{_error.Text}";

    private async Task<T> WithinLimitAsync<T>(Func<CancellationToken, Task<T>> wait)
    {
        var test = TestContext.Current.CancellationToken;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(test);
        limit.CancelAfter(Limit);
        try
        {
            return await wait(limit.Token);
        }
        catch (OperationCanceledException) when (!test.IsCancellationRequested)
        {
            throw new TimeoutException($"{_name} has not ended within {Limit.TotalMinutes} minutes. {Printed}");
        }
    }

    /// <summary>What is read from a stream, as it comes.</summary>
    private sealed class Captured
    {
        private readonly StringBuilder _text = new();
        private TaskCompletionSource _more = NewSignal();
        private bool _ended;

        public Captured(TextReader reader) => Reading = ReadAsync(reader);

        /// <summary>Ends with the stream.</summary>
        public Task Reading { get; }

        public string Text
        {
            get
            {
                lock (_text)
                {
                    return _text.ToString();
                }
            }
        }

        /// <summary>The lines that are complete, and a task that ends when there is more; none when there will be no more.</summary>
        public (string Lines, Task? More) Lines()
        {
            lock (_text)
            {
                var text = _text.ToString();
                return _ended ? (text, null) : (text[..(text.LastIndexOf('\n') + 1)], _more.Task);
            }
        }

        private async Task ReadAsync(TextReader reader)
        {
            var buffer = new char[4096];
            int read;
            do
            {
                read = await reader.ReadAsync(buffer);
                TaskCompletionSource more;
                lock (_text)
                {
                    _text.Append(buffer, 0, read);
                    _ended = read == 0;
                    (more, _more) = (_more, NewSignal());
                }

                more.SetResult();
            }
            while (read > 0);
        }

        private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>What a program printed, and how it ended.</summary>
internal sealed record ChildOutput(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of its output that are not empty.</summary>
    public IReadOnlyList<string> Lines { get; } = Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
