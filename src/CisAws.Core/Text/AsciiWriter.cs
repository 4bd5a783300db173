using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace CisAws.Text;

/// <summary>Collects a long ASCII text, with a byte for a character until it is complete: a <see cref="StringWriter"/> takes twice as much.</summary>
internal sealed class AsciiWriter : TextWriter
{
    // Below the size from which an array is a large object.
    private const int BlockSize = 64 * 1024;

    private static readonly Encoding Ascii = Encoding.GetEncoding("us-ascii", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    private readonly List<byte[]> _blocks = [];
    private int _used = BlockSize;

    /// <inheritdoc/>
    public override Encoding Encoding => Ascii;

    private int Length => (_blocks.Count * BlockSize) - BlockSize + _used;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The character is not ASCII.</exception>
    public override void Write(char value) => Block()[_used++] = value < 128 ? (byte)value : throw new ArgumentOutOfRangeException(nameof(value), value, "The text must be ASCII.");

    /// <inheritdoc/>
    /// <exception cref="EncoderFallbackException">A character is not ASCII.</exception>
    public override void Write(string? value)
    {
        for (var at = 0; at < value?.Length;)
        {
            var block = Block();
            var count = Math.Min(value.Length - at, BlockSize - _used);
            _used += Ascii.GetBytes(value, at, count, block, _used);
            at += count;
        }
    }

    /// <summary>The text.</summary>
    public override string ToString()
    {
#if NET
        return string.Create(Length, this, static (text, writer) =>
        {
            foreach (var block in writer.Blocks())
            {
                text = text[Ascii.GetChars(block, text)..];
            }
        });
#else
        return string.Concat(Blocks().Select(b => Ascii.GetString(b.Array!, 0, b.Count)).ToArray());
#endif
    }

    /// <summary>The block with room for the next character.</summary>
    private byte[] Block()
    {
        if (_used == BlockSize)
        {
            _blocks.Add(new byte[BlockSize]);
            _used = 0;
        }

        return _blocks[_blocks.Count - 1];
    }

    private IEnumerable<ArraySegment<byte>> Blocks() => _blocks.Select((b, i) => new ArraySegment<byte>(b, 0, i == _blocks.Count - 1 ? _used : BlockSize));
}
