using System.Linq;
using System.Net.Sockets;
using CisAws.Rules.Network;
using CsCheck;

namespace CisAws.Core.Tests.Rules.Network;

public sealed class CidrBlockTests
{
    // A small space to count through: the last five bits of 10.0.0.0/27.
    private const int Size = 32;

    private static readonly Gen<(int Address, int Prefix)> Block = Gen.Select(Gen.Int[0, Size - 1], Gen.Int[27, 32]);

    [Fact]
    public void Cover_agrees_with_counting_addresses() => Gen.Select(Block.Array[0, 8], Block).Sample((blocks, target) =>
    {
        var covered = blocks.SelectMany(Addresses).ToHashSet();
        var expected = Addresses(target).All(covered.Contains);
        return Parse(target).IsCoveredBy(blocks.Select(Parse)) == expected;
    });

    [Fact]
    public void Containment_agrees_with_counting_addresses() => Gen.Select(Block, Block).Sample((outer, inner) =>
        Parse(outer).Contains(Parse(inner)) == Addresses(inner).All(Addresses(outer).Contains));

    [Fact]
    public void Halving_a_block_again_and_again_still_covers_it() => Gen.Select(Gen.Int[0, 128], Gen.Int[0, 20]).Sample((prefix, cuts) =>
    {
        // fd00::/p, cut in half, the second half cut in half ...: all pieces cover it, and without the last they do not.
        var whole = CidrBlock.TryParse($"fd00::/{prefix}")!;
        var pieces = new[] { whole }.ToList();
        for (var i = 0; i < cuts && !pieces[^1].IsHost; i++)
        {
            var last = pieces[^1];
            var half = last.First + ((last.Last - last.First) / 2);
            pieces.RemoveAt(pieces.Count - 1);
            pieces.AddRange([last with { Last = half }, last with { First = half + 1 }]);
        }

        return whole.IsCoveredBy(Enumerable.Reverse(pieces)) && !whole.IsCoveredBy(pieces.Take(pieces.Count - 1));
    });

    [Theory]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("10.9.8.7/8", "10.0.0.0/8")]
    [InlineData("::/0", "::/0")]
    [InlineData("0::0/0", "::/0")]
    [InlineData("0:0:0:0:0:0:0:0/0", "::/0")]
    [InlineData("2001:DB8::1/32", "2001:db8::/32")]
    public void Spelling_does_not_matter(string text, string same) => Assert.Equal(CidrBlock.TryParse(same), CidrBlock.TryParse(text));

    [Theory]
    [InlineData("")]
    [InlineData("0.0.0.0")]
    [InlineData("0.0.0.0/33")]
    [InlineData("0.0.0.0/-1")]
    [InlineData("0.0.0.0/ 0")]
    [InlineData("::/129")]
    [InlineData("22/0")]
    [InlineData("everyone/0")]
    [InlineData("0.0.0.0/0/0")]
    public void What_is_no_block_is_not_read_as_one(string text) => Assert.Null(CidrBlock.TryParse(text));

    [Fact]
    public void The_families_do_not_mix()
    {
        Assert.False(CidrBlock.AllIpv6.Contains(CidrBlock.AllIpv4));
        Assert.False(CidrBlock.AllIpv4.IsCoveredBy([CidrBlock.AllIpv6]));
        Assert.Equal(AddressFamily.InterNetworkV6, CidrBlock.AllIpv6.Family);
    }

    private static CidrBlock Parse((int Address, int Prefix) block) => CidrBlock.TryParse($"10.0.0.{block.Address}/{block.Prefix}")!;

    private static int[] Addresses((int Address, int Prefix) block)
    {
        var size = 1 << (32 - block.Prefix);
        return Enumerable.Range(block.Address / size * size, size).ToArray();
    }
}
