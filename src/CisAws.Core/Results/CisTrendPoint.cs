using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CisAws.Results;

/// <summary>The counts of one run, at its time.</summary>
public sealed class CisTrendPoint : CisCount
{
    private CisTrendPoint(CisResult first, IEnumerable<CisResult> results, string path) : base(first.AccountId, [.. results.Select(CountedResult.Of)])
    {
        AssessedAt = first.AssessedAt;
        AccountId = first.AccountId;
        Benchmark = first.Benchmark;
        Program = first.Program;
        ProgramVersion = first.ProgramVersion;
        CisAwsVersion = first.Run.CisAwsVersion;
        RunId = first.RunId;
        Path = path;
    }

    /// <summary>When the run began (UTC).</summary>
    public DateTime AssessedAt { get; }

    /// <summary>The account.</summary>
    public string AccountId { get; }

    /// <summary>The benchmark that the controls are of.</summary>
    public string Benchmark { get; }

    /// <summary>The program.</summary>
    public string Program { get; }

    /// <summary>The version of the program; empty where it has none.</summary>
    public string ProgramVersion { get; }

    /// <summary>The version of CisAws that assessed.</summary>
    public string CisAwsVersion { get; }

    /// <summary>The run.</summary>
    public Guid RunId { get; }

    /// <summary>The file that the results are in.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{AssessedAt.ToString("u", CultureInfo.InvariantCulture)} {base.ToString()}";

    /// <summary>The runs of a file, each with the account and the program that it is of.</summary>
    /// <param name="results">The results of the file.</param>
    /// <param name="path">The file.</param>
    internal static IEnumerable<CisTrendPoint> Of(IEnumerable<CisResult> results, string path) => results
        .GroupBy(r => (r.RunId, r.AccountId, r.Benchmark, r.Program, r.ProgramVersion))
        .Select(g => new CisTrendPoint(g.First(), g, path));
}
