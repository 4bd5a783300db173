using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace CisAws.Evidence;

/// <summary>
/// The folder that keeps the runs of accounts: <c>runs/{account}/{time}.cisevidence</c>, and results beside them as <c>{time}.json</c>. The time is that
/// of the collection in UTC, <c>20260302T083000Z</c>, so that names sort by it.
/// </summary>
internal static class EvidenceStore
{
    /// <summary>The extension of a file with results.</summary>
    public const string ResultExtension = ".json";

    /// <summary>The folder of the runs in a store.</summary>
    public const string Runs = "runs";

    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>What a run has: its evidence, its results.</summary>
    private static readonly string[] Extensions = [EvidenceArchive.Extension, ResultExtension];

    /// <summary>The file of a run.</summary>
    /// <param name="folder">The store.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="collectedAt">When its evidence was collected.</param>
    /// <param name="extension">What the file holds.</param>
    public static string PathOf(string folder, string accountId, DateTimeOffset collectedAt, string extension = EvidenceArchive.Extension) =>
        Path.Combine(folder, Runs, accountId, collectedAt.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture) + extension);

    /// <summary>The files of the store, with the time of their runs, in the order of accounts and times.</summary>
    /// <param name="folder">The store.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IEnumerable<(string Path, DateTime Time)> Files(string folder)
    {
        var runs = Path.Combine(folder, Runs);
        return Directory.Exists(runs)
            ? Directory.EnumerateDirectories(runs)
                .SelectMany(Directory.EnumerateFiles)
                .Where(f => Extensions.Contains(Path.GetExtension(f), StringComparer.Ordinal))
                .Select(f => (Path: f, Time: TimeOf(f)))
                .Where(f => f.Time is not null)
                .Select(f => (f.Path, f.Time!.Value))
                .OrderBy(f => f.Path, StringComparer.Ordinal)
            : [];
    }

    /// <summary>Whether a name, relative to a store and with slashes, is that of a file of a run.</summary>
    public static bool IsOfRun(string name) =>
        name.Split('/') is [Runs, var account, var file] && Arn.IsAccountId(account) && Extensions.Contains(Path.GetExtension(file), StringComparer.Ordinal) && TimeOf(file) is not null;

    /// <summary>The evidence of an account, with the times of its collections, the oldest first.</summary>
    /// <param name="folder">The store.</param>
    /// <param name="accountId">The account.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IEnumerable<(string Path, DateTime Time)> FilesOf(string folder, string accountId)
    {
        var runs = Path.Combine(folder, Runs, accountId);
        return Directory.Exists(runs)
            ? Directory.EnumerateFiles(runs, "*" + EvidenceArchive.Extension)
                .Select(f => (Path: f, Time: TimeOf(f)))
                .Where(f => f.Time is not null)
                .Select(f => (f.Path, f.Time!.Value))
                .OrderBy(f => f.Path, StringComparer.Ordinal)
            : [];
    }

    private static DateTime? TimeOf(string path) => DateTime.TryParseExact(
        Path.GetFileNameWithoutExtension(path), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
        ? time
        : null;
}
