using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using CisAws.Testing;
using CisAws.Text;

namespace CisAws.Core.Tests.Text;

/// <summary>Eight processes change one file; in a long run each does so 1,000 times.</summary>
[Trait("Risk", "Timing")]
public sealed class AtomicFileTests : IDisposable
{
    private const int Writers = 8;

    private const int LargestBytes = 1024 * 1024;

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
        var writes = LongTests.Iterations(25, 1000);
        var ends = await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            await using var process = Start(writer, writes.ToString(CultureInfo.InvariantCulture));
            return await process.FinishAsync();
        }));
        Assert.All(ends, end => Assert.Equal((0, "", writes), (end.ExitCode, end.Error, end.Lines.Count)));
        Assert.All(Counts(), count => Assert.Equal(writes, count));
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task Writers_that_are_killed_lose_nothing_and_block_nobody()
    {
        var lives = LongTests.Iterations(1, 40);
        var random = new Random(6);
        var moments = Enumerable.Range(0, Writers).Select(_ => Enumerable.Range(0, lives).Select(_ => random.Next(1, 25)).ToList()).ToList();
        var written = await Task.WhenAll(moments.Select(async (ends, writer) =>
        {
            var sum = 0;
            foreach (var end in ends)
            {
                await using var process = Start(writer, "1000");
                await process.WaitForAsync(new Regex($@"^written {end}\s*$", RegexOptions.Multiline));
                process.Kill();
                sum += (await process.FinishAsync()).Lines.Count(l => l.StartsWith("written", StringComparison.Ordinal));
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
        await using (var holder = await HoldAsync())
        {
            holder.Kill();
        }

        AtomicFile.Change(_file, LargestBytes, _ => "next");
        Assert.Equal("next", AtomicFile.Read(_file, LargestBytes));
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task What_a_killed_writer_left_is_replaced()
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
        await using var holder = await HoldAsync();
        var deletion = Task.Run(() => AtomicFile.Delete(_file, LargestBytes, _ => { }), TestContext.Current.CancellationToken);
        Assert.Equal(0, (await holder.FinishAsync()).ExitCode);
        await deletion;
        Assert.False(File.Exists(_file), "The writer began before the deletion, and wrote after it.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ChildProcess Start(int writer, string what) =>
        ChildProcess.Start("dotnet", [Writer, _file, writer.ToString(CultureInfo.InvariantCulture), what]);

    private async Task<ChildProcess> HoldAsync()
    {
        var holder = Start(0, "hold");
        await holder.WaitForAsync(new Regex("^holding"));
        return holder;
    }

    private int[] Counts()
    {
        var lines = AtomicFile.Read(_file, LargestBytes).Split('\n');
        Assert.Equal((Writers + 2, Filler.Length, "end"), (lines.Length, lines[Writers].Length, lines[Writers + 1]));
        return lines.Take(Writers).Select(l => int.Parse(l.Split(' ')[1], CultureInfo.InvariantCulture)).ToArray();
    }

    private void AssertNothingIsLeft() => Assert.Equal(["counts.txt"], Directory.GetFiles(_folder).Select(Path.GetFileName));
}
