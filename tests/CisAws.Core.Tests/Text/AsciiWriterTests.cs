using System;
using System.Linq;
using System.Text;
using CisAws.Text;

namespace CisAws.Core.Tests.Text;

public sealed class AsciiWriterTests
{
    /// <summary>Lengths around those of the blocks that it consists of.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(200_001)]
    public void It_gives_what_was_written(int length)
    {
        var text = string.Concat(Enumerable.Range(0, length).Select(i => (char)(' ' + (i % 95))));
        using var inOne = new AsciiWriter();
        inOne.Write(text);
        Assert.Equal(text, inOne.ToString());

        using var inParts = new AsciiWriter();
        foreach (var c in text)
        {
            inParts.Write(c);
        }

        Assert.Equal(text, inParts.ToString());
    }

    [Fact]
    public void What_it_cannot_hold_is_refused()
    {
        using var writer = new AsciiWriter();
        Assert.Throws<EncoderFallbackException>(() => writer.Write("malmö"));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Write('\u0080'));
        writer.Write((string?)null);
    }
}
