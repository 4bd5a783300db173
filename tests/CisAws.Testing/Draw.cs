using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;

namespace CisAws.Testing;

/// <summary>
/// Draws one value after another, each of which may depend on those before. The sizes are added up, so that CsCheck can
/// look for a smaller account that fails the same way.
/// </summary>
public sealed class Draw(PCG pcg)
{
    public Size Size { get; } = new(0);

    public T One<T>(Gen<T> gen)
    {
        var value = gen.Generate(pcg, null, out var size);
        Size.Add(size);
        return value;
    }

    public int Int(int from, int to) => One(Gen.Int[from, to]);

    public bool Chance(int percent) => Int(1, 100) <= percent;

    public T OneOf<T>(params IReadOnlyList<T> values) => values[Int(0, values.Count - 1)];

    /// <summary>The value in half of all cases, else null.</summary>
    public T? Maybe<T>(Func<T> value) where T : class => Chance(50) ? value() : null;

    /// <summary>The value in half of all cases, else null.</summary>
    public T? MaybeValue<T>(Func<T> value) where T : struct => Chance(50) ? value() : null;

    public List<T> Many<T>(int from, int to, Func<T> draw) => Enumerable.Range(0, Int(from, to)).Select(_ => draw()).ToList();

    /// <summary>Some of the values, each at most once, in their order.</summary>
    public List<T> Some<T>(IEnumerable<T> values, int percent = 50) => values.Where(_ => Chance(percent)).ToList();

    /// <summary>Text over an alphabet.</summary>
    public string Text(string alphabet, int from, int to) => string.Concat(Many(from, to, () => OneOf(alphabet.ToCharArray())));
}
