using System;
using System.Security.Cryptography;
using System.Text;

namespace CisAws.Text;

/// <summary>GUIDs that are the same for the same name, version 5 of RFC 9562.</summary>
internal static class NamedGuid
{
    /// <summary>The GUID of a name.</summary>
    /// <param name="space">The space that the name is unique in.</param>
    /// <param name="name">The name.</param>
    public static Guid Of(Guid space, string name)
    {
        // The RFC counts bytes in network order; .NET's first three fields are little-endian.
        var prefix = Swap(space.ToByteArray());
        var text = Encoding.UTF8.GetBytes(name);
        var input = new byte[prefix.Length + text.Length];
        prefix.CopyTo(input, 0);
        text.CopyTo(input, prefix.Length);
#pragma warning disable CA5350 // The RFC prescribes SHA-1, and nothing is protected by it.
#if NET
        var hash = SHA1.HashData(input);
#else
        using var sha = SHA1.Create();
        var hash = sha.ComputeHash(input);
#endif
#pragma warning restore CA5350
        Array.Resize(ref hash, 16);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(Swap(hash));
    }

    private static byte[] Swap(byte[] bytes)
    {
        Array.Reverse(bytes, 0, 4);
        Array.Reverse(bytes, 4, 2);
        Array.Reverse(bytes, 6, 2);
        return bytes;
    }
}
