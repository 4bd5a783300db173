using System;
using System.Security.Cryptography;
using System.Text;

namespace CisAws.Emulator.Accounts;

/// <summary>IDs that AWS makes up and the evidence does not keep: the same for the same thing, so that answers are repeatable.</summary>
internal static class UniqueId
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>An ID of 20 letters and digits such as <c>AIDA...</c> for a user.</summary>
    public static string For(string prefix, string thing)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(prefix + thing));
        return prefix + string.Create(20 - prefix.Length, hash, (span, bytes) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = Alphabet[bytes[i] % Alphabet.Length];
            }
        });
    }

    /// <summary>A secret access key: 40 characters, worth nothing outside of the emulator.</summary>
    public static string Secret(string thing) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes("emulated secret of " + thing)))[..40];
}
