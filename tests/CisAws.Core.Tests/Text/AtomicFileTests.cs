using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Text;

namespace CisAws.Core.Tests.Text;

/// <summary>Eight processes change one file. With CISAWS_LONG_TESTS=1 each does so 1,000 times.</summary>
public sealed class AtomicFileTests : IDisposable
{
    private const int Writers = 8;

    private const int LargestBytes = 1024 * 1024;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("CISAWS_LONG_TESTS") == "1";

    // Long enough to be written in several steps, so that half of it would show.
    private static readonly string Filler = new('x', 100_000);

    // Beside the tests' own folder, as every project's output.
    private static readonly string Writer = Path.Combine(
        AppContext.BaseDirectory.Replace("CisAws.Core.Tests", "CisAws.FileWriter", StringComparison.Ordinal), "CisAws.FileWriter.dll");

    private readonly string _folder = Directory.CreateTempSubdirectory("writers ").FullName;

    private readonly string _file;

    public AtomicFileTests()
    {
        _file = Path.Combine(_folder, "counts.txt");
        AtomicFile.Change(_file, LargestBytes, _ => string.Join('\n', [.. Enumerable.Range(0, Writers).Select(w => $"{w} 0"), Filler, "end"]));
    }

    [Fact]
    public async Task No_update_of_eight_processes_is_lost()
    {
        var writes = IsLong ? 1000 : 25;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => RunAsync(writer, writes)));
        Assert.All(outcomes, outcome => Assert.Equal((writes, 0), outcome));
        Assert.All(Counts(), count => Assert.Equal(writes, count));
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task Writers_that_are_killed_lose_nothing_and_block_nobody()
    {
        var lives = IsLong ? 40 : 2;
        var random = new Random(6);
        var ends = Enumerable.Range(0, Writers).Select(_ => Enumerable.Range(0, lives).Select(_ => random.Next(0, 25)).ToList()).ToList();
        var written = await Task.WhenAll(ends.Select(async (moments, writer) =>
        {
            var sum = 0;
            foreach (var moment in moments)
            {
                sum += (await RunAsync(writer, writes: 1000, killAfter: moment)).Written;
            }

            return sum;
        }));

        // Killed between the write and the line that tells of it, a writer has written once more than it said.
        Assert.All(Counts().Zip(written), c => Assert.InRange(c.First, c.Second, c.Second + lives));
        AtomicFile.Change(_file, LargestBytes, text => text!);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task A_writer_that_is_killed_in_the_middle_of_a_change_blocks_nobody()
    {
        using var holder = Start(0, "hold");
        try
        {
            Assert.Equal("holding", await holder.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        }
        finally
        {
            holder.Kill(entireProcessTree: true);
        }

        await holder.WaitForExitAsync(TestContext.Current.CancellationToken);
        AtomicFile.Change(_file, LargestBytes, _ => "next");
        Assert.Equal("next", AtomicFile.Read(_file, LargestBytes));
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task A_draft_that_a_killed_writer_left_is_replaced()
    {
        await File.WriteAllTextAsync(_file + ".tmp", "half a te", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_file + ".lock", "", TestContext.Current.CancellationToken);
        AtomicFile.Change(_file, LargestBytes, _ => "new");
        Assert.Equal("new", AtomicFile.Read(_file, LargestBytes));
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task Deletion_waits_for_its_turn()
    {
        using var holder = Start(0, "hold");
        try
        {
            Assert.Equal("holding", await holder.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            var deletion = Task.Run(() => AtomicFile.Delete(_file, LargestBytes, _ => { }), TestContext.Current.CancellationToken);
            holder.StandardInput.Close();
            await deletion;
            await holder.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.False(File.Exists(_file), "The writer began before the deletion, and wrote after it.");
        }
        finally
        {
            holder.Kill(entireProcessTree: true);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Runs a writer to its end, or until it has written so many times; gives how often it said that it has, and its exit code.</summary>
    private async Task<(int Written, int ExitCode)> RunAsync(int writer, int writes, int killAfter = int.MaxValue)
    {
        using var process = Start(writer, writes.ToString(CultureInfo.InvariantCulture));
        try
        {
            var written = 0;
            while (written < killAfter && await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is not null)
            {
                written++;
                // Whole at every moment, while the others write.
                _ = Counts();
            }

            if (killAfter < int.MaxValue)
            {
                process.Kill(entireProcessTree: true);
            }

            // What it said before it was killed.
            while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) == "written")
            {
                written++;
            }

            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (written, process.ExitCode);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private Process Start(int writer, string what)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])[Writer, _file, writer.ToString(CultureInfo.InvariantCulture), what])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private int[] Counts()
    {
        var lines = AtomicFile.Read(_file, LargestBytes).Split('\n');
        Assert.Equal((Writers + 2, Filler.Length, "end"), (lines.Length, lines[Writers].Length, lines[Writers + 1]));
        return lines.Take(Writers).Select(l => int.Parse(l.Split(' ')[1], CultureInfo.InvariantCulture)).ToArray();
    }

    private void AssertNothingIsLeft() => Assert.Equal(["counts.txt"], Directory.GetFiles(_folder).Select(Path.GetFileName));
}
