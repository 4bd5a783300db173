using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Text;

namespace CisAws.Assessments;

/// <summary>A region was named that the account's partition does not have.</summary>
public sealed class UnknownRegionException : Exception
{
    internal UnknownRegionException(string accountId, IReadOnlyCollection<string> unknown, IReadOnlyCollection<string> known)
        : base($"Account {accountId}: {string.Join(" ", unknown.Select(u => $"Region '{u}' was not found. {Suggestion.For(u, known, "Regions")}"))}") =>
        Unknown = unknown;

    /// <summary>The names that are not regions.</summary>
    public IReadOnlyCollection<string> Unknown { get; }
}
