using System.Collections.Generic;

namespace CisAws.FilterPatterns.Automata;

/// <summary>Numbers for sequences of numbers, in the order in which they are added; equal sequences have the same number.</summary>
internal sealed class Interned
{
    private readonly List<int[]> _items = [];
    private readonly Dictionary<int[], int> _numbers = new(new SameItems());

    public int Count => _items.Count;

    public int[] this[int number] => _items[number];

    /// <summary>Adds a sequence if it is new, and returns its number.</summary>
    public int Add(int[] item)
    {
        if (!_numbers.TryGetValue(item, out var number))
        {
            number = Count;
            _items.Add(item);
            _numbers.Add(item, number);
        }

        return number;
    }

    private sealed class SameItems : IEqualityComparer<int[]>
    {
        public bool Equals(int[]? x, int[]? y)
        {
            for (var i = 0; i < x!.Length; i++)
            {
                if (i >= y!.Length || x[i] != y[i])
                {
                    return false;
                }
            }

            return x.Length == y!.Length;
        }

        public int GetHashCode(int[] items)
        {
            var hash = 17;
            foreach (var item in items)
            {
                hash = unchecked((hash * 31) + item);
            }

            return hash;
        }
    }
}
