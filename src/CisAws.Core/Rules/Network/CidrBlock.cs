using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Numerics;

namespace CisAws.Rules.Network;

/// <summary>An IPv4 or IPv6 range in CIDR notation, as the first and the last of its addresses.</summary>
internal sealed record CidrBlock(AddressFamily Family, BigInteger First, BigInteger Last)
{
    /// <summary>0.0.0.0/0.</summary>
    public static CidrBlock AllIpv4 { get; } = TryParse("0.0.0.0/0")!;

    /// <summary>::/0.</summary>
    public static CidrBlock AllIpv6 { get; } = TryParse("::/0")!;

    /// <summary>True for a single address, /32 or /128.</summary>
    public bool IsHost => First == Last;

    /// <summary>
    /// Reads a range in any spelling; null when the text is not one. Host bits are cleared, as EC2 does: 10.0.0.7/8 is 10.0.0.0/8.
    /// </summary>
    public static CidrBlock? TryParse(string text)
    {
        var parts = text.Split('/');
        if (parts.Length != 2 || !IsAddress(parts[0], out var address) ||
            !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var prefix))
        {
            return null;
        }

        var bytes = address.GetAddressBytes();
        var hostBits = (8 * bytes.Length) - prefix;
        if (hostBits < 0)
        {
            return null;
        }

        // BigInteger reads its bytes from the least, and one more of zero keeps it positive.
        var number = new BigInteger(Enumerable.Reverse(bytes).Concat([(byte)0]).ToArray());
        var size = BigInteger.One << hostBits;
        var first = number / size * size;
        return new CidrBlock(address.AddressFamily, first, first + size - 1);
    }

    /// <summary>True when the other block lies within this one, or is this one.</summary>
    public bool Contains(CidrBlock other) => Family == other.Family && First <= other.First && other.Last <= Last;

    /// <summary>True when the blocks together leave no address of this one out.</summary>
    public bool IsCoveredBy(IEnumerable<CidrBlock> blocks)
    {
        var (family, next) = (Family, First);
        foreach (var block in blocks.Where(b => b.Family == family).OrderBy(b => b.First))
        {
            if (block.First > next)
            {
                return false;
            }

            if (block.Last >= Last)
            {
                return true;
            }

            next = BigInteger.Max(next, block.Last + 1);
        }

        return false;
    }

    // IPAddress reads "22" as 0.0.0.22.
    private static bool IsAddress(string text, out IPAddress address) =>
        IPAddress.TryParse(text, out address!) && (address.AddressFamily == AddressFamily.InterNetworkV6 || text.Split('.').Length == 4);
}
