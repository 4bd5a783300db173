using System;

namespace CisAws.Reports;

/// <summary>What was sent to AWS Security Hub of one account.</summary>
public sealed class CisFindingImport
{
    internal CisFindingImport(string accountId, string region) => (AccountId, Region) = (accountId, region);

    /// <summary>The account.</summary>
    public string AccountId { get; }

    /// <summary>The region of Security Hub.</summary>
    public string Region { get; }

    /// <summary>How many findings were imported: new ones and updates.</summary>
    public int ImportedCount { get; internal set; }

    /// <summary>How many findings were archived, because their resource no longer exists.</summary>
    public int ArchivedCount { get; internal set; }

    /// <summary>How many exempt findings were suppressed.</summary>
    public int SuppressedCount { get; internal set; }

    /// <summary>How many findings are no longer suppressed, because they are no longer exempt.</summary>
    public int ReopenedCount { get; internal set; }

    /// <summary>How many findings Security Hub refused.</summary>
    public int RefusedCount { get; internal set; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{AccountId} {Region}: {ImportedCount} imported, {ArchivedCount} archived, {SuppressedCount} suppressed, {ReopenedCount} reopened, {RefusedCount} refused");
}
