using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.Assessments;

/// <summary>A region was named that the account's partition does not have.</summary>
public sealed class UnknownRegionException : Exception
{
    internal UnknownRegionException(string accountId, IReadOnlyCollection<string> unknown, IReadOnlyCollection<string> known)
        : base($"Account {accountId}: There is no region {string.Join(", ", unknown.Select(u => $"'{u}'"))} in its partition. It has: {string.Join(", ", known)}.") =>
        Unknown = unknown;

    /// <summary>The names that are not regions.</summary>
    public IReadOnlyCollection<string> Unknown { get; }
}
