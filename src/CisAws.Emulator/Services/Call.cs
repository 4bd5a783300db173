using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using CisAws.Emulator.Accounts;
using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Services;

/// <summary>A call that an operation answers: who asks, where, and for what.</summary>
internal sealed record Call(Principal Principal, string Region, string Operation, Input Input, AccountRegister Register, int? PageSize)
{
    public EmulatedAccount Account => Principal.Account;

    /// <summary>Headers to send beside the answer.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    /// <summary>What the evidence holds about the account.</summary>
    public T Read<T>(EvidenceKind<T> kind) => Account.Read(kind);

    /// <summary>What the evidence holds about the call's region.</summary>
    public T ReadRegion<T>(EvidenceKind<T> kind) => Account.Read(kind, Region);

    /// <summary>One page of a list; the token is null on the last one.</summary>
    /// <param name="all">The whole list.</param>
    /// <param name="token">The name of the parameter that carries the token.</param>
    /// <param name="limit">The name of the parameter that carries the caller's limit; null where there is none.</param>
    /// <param name="most">How many the service gives at most.</param>
    public Page<T> Page<T>(IReadOnlyList<T> all, string token, string? limit, int most)
    {
        var asked = limit is null ? null : Input.Number(limit);
        if (asked is < 1)
        {
            throw AwsError.Validation($"{limit} must be at least 1.");
        }

        var size = Math.Min(Math.Min(asked ?? most, most), PageSize ?? most);
        var start = Input.Text(token) is { Length: > 0 } sent ? Offset(sent, token) : 0;
        var items = all.Skip(start).Take(size).ToList();
        var next = start + items.Count < all.Count ? Token(start + items.Count) : null;
        return new Page<T>(items, next);
    }

    private string Token(int offset) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Operation}/{Region}/{offset}")));

    private int Offset(string token, string parameter)
    {
        var buffer = new byte[token.Length];
        var text = Convert.TryFromBase64String(token, buffer, out var length) ? Encoding.ASCII.GetString(buffer, 0, length) : "";
        var start = $"{Operation}/{Region}/";
        return text.StartsWith(start, StringComparison.Ordinal)
            ? int.Parse(text[start.Length..], NumberStyles.None, CultureInfo.InvariantCulture)
            : throw AwsError.Validation($"The {parameter} '{token}' is not one that {Operation} gave in {Region}.");
    }
}

/// <summary>A page of a list, and the token of the next.</summary>
internal readonly record struct Page<T>(IReadOnlyList<T> Items, string? NextToken);
