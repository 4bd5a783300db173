using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace CisAws.Testing;

/// <summary>
/// Gives a parser texts that are nearly right: seeds that are changed, cut, joined and nested. It has to accept or refuse each of them, and
/// to throw nothing but the error that it documents. Always the same texts in the same order: 150 in a quick run, as many as four
/// seconds allow in a long one, or as CISAWS_FUZZ_SECONDS says. Part of every test project.
/// </summary>
internal sealed class Fuzz
{
    private const int QuickInputs = 150;
    private const int MostFaults = 20;
    private const int MostKept = 500;
    private const int LongestKept = 4096;
    private const int MostShown = 2000;
    private const int MostShortenings = 2000;

    /// <summary>No input takes long: it is bounded. A hang never ends.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    private readonly string _parser;
    private readonly Func<string, bool> _parse;
    private readonly TextMutator _mutator;
    private readonly List<string> _texts;
    private readonly Dictionary<string, string> _faults = [];
    private int _inputs;
    private int _accepted;
    private double _slowest;
    private (string Text, long Since) _current;

    private Fuzz(string parser, IReadOnlyList<string> seeds, IReadOnlyList<string> tokens, Func<string, bool> parse)
    {
        _parser = parser;
        _parse = parse;
        _mutator = new TextMutator(tokens);
        _texts = [.. seeds];
    }

    private static TimeSpan? Time => Environment.GetEnvironmentVariable("CISAWS_FUZZ_SECONDS") is { Length: > 0 } seconds
        ? TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture))
        : LongTests.Wanted ? TimeSpan.FromSeconds(4) : null;

    /// <summary>Tries a parser.</summary>
    /// <param name="parser">What it parses, for the report.</param>
    /// <param name="seeds">Texts that it accepts.</param>
    /// <param name="tokens">Words of its language.</param>
    /// <param name="parse">True where it accepts a text, false where it refuses one with the error that it documents.</param>
    public static async Task CheckAsync(string parser, IReadOnlyList<string> seeds, IReadOnlyList<string> tokens, Func<string, bool> parse)
    {
        Assert.All(seeds, seed => Assert.True(parse(seed), $"The parser refuses a seed: {Shown(seed)}"));
        var fuzz = new Fuzz(parser, seeds, tokens, parse);
        var run = Task.Factory.StartNew(fuzz.Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        while (await Task.WhenAny(run, Task.Delay(TimeSpan.FromSeconds(1))) != run)
        {
            var (text, since) = fuzz._current;
            Assert.True(Stopwatch.GetElapsedTime(since) < Hang, $"The parser of {parser} hangs: {Shown(text)}");
        }

        await run;
        TestReport.Write([string.Create(
            CultureInfo.InvariantCulture,
            $"Fuzzed {parser,-38} {fuzz._inputs,8} inputs {fuzz._accepted,8} accepted {fuzz._inputs - fuzz._accepted - fuzz._faults.Count,8} refused {fuzz._faults.Count,4} wrong, slowest {fuzz._slowest,5:0} ms")]);
        Assert.True(fuzz._faults.Count == 0, string.Join(Environment.NewLine, fuzz._faults.Values));
    }

    private void Run()
    {
        var time = Time;
        var watch = Stopwatch.StartNew();
        while (_faults.Count < MostFaults && (time is { } limit ? watch.Elapsed < limit : _inputs < QuickInputs))
        {
            Try(_mutator.Change(_texts));
        }
    }

    private void Try(string text)
    {
        _inputs++;
        var started = Stopwatch.GetTimestamp();
        _current = (text, Stopwatch.GetTimestamp());
        try
        {
            if (_parse(text))
            {
                _accepted++;
                Keep(text);
            }

            _slowest = Math.Max(_slowest, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (Exception e)
        {
            // One message for each kind of fault, with the shortest text that shows it.
            var kind = KindOf(e);
            if (!_faults.ContainsKey(kind))
            {
                _faults[kind] = $"{_parser}: {Shown(Shortened(text, kind))}{Environment.NewLine}{e}";
            }
        }
    }

    /// <summary>What is accepted leads to more that is.</summary>
    private void Keep(string text)
    {
        if (text.Length > LongestKept)
        {
            return;
        }

        if (_texts.Count < MostKept)
        {
            _texts.Add(text);
        }
        else
        {
            _texts[_mutator.Below(MostKept)] = text;
        }
    }

    private string Shortened(string text, string kind)
    {
        var left = MostShortenings;
        for (var length = text.Length / 2; length > 0; length /= 2)
        {
            for (var at = 0; at + length <= text.Length && left > 0; left--)
            {
                var shorter = text.Remove(at, length);
                if (FaultOf(shorter) == kind)
                {
                    text = shorter;
                }
                else
                {
                    at += length;
                }
            }
        }

        return text;
    }

    private string? FaultOf(string text)
    {
        _current = (text, Stopwatch.GetTimestamp());
        try
        {
            _parse(text);
            return null;
        }
        catch (Exception e)
        {
            return KindOf(e);
        }
    }

    private static string KindOf(Exception e) =>
        $"{e.GetType().Name} {new StackTrace(e).GetFrames().Select(f => f.GetMethod()).FirstOrDefault(m => m?.DeclaringType?.Namespace?.StartsWith("CisAws", StringComparison.Ordinal) == true)}";

    /// <summary>A text that can be copied into a test.</summary>
    private static string Shown(string text) =>
        $"\"{string.Concat(text.Take(MostShown).Select(Escaped))}{(text.Length > MostShown ? "..." : "")}\" ({text.Length} characters)";

    private static string Escaped(char c) => c switch
    {
        '"' or '\\' => $"\\{c}",
        >= ' ' and <= '~' => c.ToString(),
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
    };
}
