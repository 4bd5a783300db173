using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Results;

/// <summary>What a summary counts: one result, live or read back from a file.</summary>
/// <param name="Section">IAM, Logging, Monitoring or Networking.</param>
/// <param name="Level">1 or 2.</param>
/// <param name="Scored">Whether it counts towards the pass rate.</param>
/// <param name="Status">The status.</param>
/// <param name="AccountId">The account.</param>
/// <param name="AccountName">The name of the account; empty if it is not known.</param>
/// <param name="OrganizationalUnit">The names of the root and of the organizational units that the account is in; empty if they are not known.</param>
internal sealed record CountedResult(
    string Section, int Level, bool Scored, CisStatus Status, string AccountId, string AccountName = "", string OrganizationalUnit = "")
{
    /// <summary>The control; empty if it is not known.</summary>
    public string ControlId { get; init; } = "";

    /// <summary>The program that the control is of.</summary>
    public string Program { get; init; } = "";

    /// <summary>The organizational unit of the account, and those above it: Root/Workloads/Production, Root/Workloads, Root.</summary>
    public IEnumerable<string> Units
    {
        get
        {
            for (var unit = OrganizationalUnit; unit.Length > 0; unit = unit.Substring(0, Math.Max(0, unit.LastIndexOf('/'))))
            {
                yield return unit;
            }
        }
    }

    /// <summary>What is counted of a result.</summary>
    public static CountedResult Of(CisResult result) => new(
        result.Section, result.Level, result.Scored, result.Status, result.AccountId, result.AccountName, result.OrganizationalUnit)
    {
        ControlId = result.ControlId.ToString(),
        Program = result.Program,
    };
}

/// <summary>The results of an account, a section, a level, or all.</summary>
public class CisCount
{
    internal CisCount(string name, IReadOnlyCollection<CountedResult> results)
    {
        Name = name;
        Total = results.Count;
        Pass = results.Count(r => r.Status == CisStatus.Pass);
        Fail = results.Count(r => r.Status == CisStatus.Fail);
        Unknown = results.Count(r => r.Status == CisStatus.Unknown);
        Manual = results.Count(r => r.Status == CisStatus.Manual);
        NotApplicable = results.Count(r => r.Status == CisStatus.NotApplicable);
        Exempt = results.Count(r => r.Status == CisStatus.Exempt);
        ScoredPass = results.Count(r => r.Scored && r.Status == CisStatus.Pass);
        ScoredCounted = results.Count(r => r.Scored && r.Status is (CisStatus.Pass or CisStatus.Fail or CisStatus.Exempt or CisStatus.Unknown));
        PassRate = ScoredCounted == 0 ? null : Math.Round(100.0 * ScoredPass / ScoredCounted, 1);
    }

    /// <summary>What is counted: the account, a section, "Level 1"; "All" for several accounts.</summary>
    public string Name { get; }

    /// <summary>How many results there are.</summary>
    public int Total { get; }

    /// <summary>How many pass.</summary>
    public int Pass { get; }

    /// <summary>How many fail.</summary>
    public int Fail { get; }

    /// <summary>How many could not be decided.</summary>
    public int Unknown { get; }

    /// <summary>How many wait for a person.</summary>
    public int Manual { get; }

    /// <summary>How many do not apply.</summary>
    public int NotApplicable { get; }

    /// <summary>How many fail and are accepted.</summary>
    public int Exempt { get; }

    /// <summary>Scored Pass of scored (Pass + Fail + Exempt + Unknown), in percent; null when there are none of these.</summary>
    public double? PassRate { get; }

    /// <summary>How many scored results pass: the pass rate's numerator.</summary>
    public int ScoredPass { get; }

    /// <summary>How many scored results pass, fail, are exempt or unknown: the pass rate's denominator.</summary>
    public int ScoredCounted { get; }

    /// <inheritdoc/>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture, "{0}: {1} of {2} scored pass ({3})", Name, ScoredPass, ScoredCounted,
        PassRate is { } rate ? rate.ToString("0.0", CultureInfo.InvariantCulture) + " %" : "no rate");
}

/// <summary>The results of one account of several.</summary>
public class CisAccountCount : CisCount
{
    internal CisAccountCount(string accountId, IReadOnlyCollection<CountedResult> results) : base(accountId, results)
    {
    }

    /// <summary>For <c>exit</c> in a script: 0 compliant, 2 any Fail, 3 no Fail but Unknown.</summary>
    public int ExitCode => CisSummary.ExitCodeOf(this);

    /// <inheritdoc/>
    public override string ToString() => $"{base.ToString()}, exit code {ExitCode}";
}

/// <summary>The results of one account of an organization.</summary>
public sealed class CisMemberCount : CisAccountCount
{
    internal CisMemberCount(string accountId, IReadOnlyCollection<CountedResult> results) : base(accountId, results) =>
        (AccountName, OrganizationalUnit) = (results.First().AccountName, results.First().OrganizationalUnit);

    /// <summary>The name of the account; empty if it is not known.</summary>
    public string AccountName { get; }

    /// <summary>The names of the root and of the organizational units that the account is in; empty if they are not known.</summary>
    public string OrganizationalUnit { get; }
}

/// <summary>The results of all accounts in an organizational unit and in the units below it.</summary>
public sealed class CisUnitCount : CisCount
{
    internal CisUnitCount(string unit, IReadOnlyCollection<CountedResult> results) : base(unit, results) =>
        AccountCount = results.Select(r => r.AccountId).Distinct().Count();

    /// <summary>How many accounts the results are about.</summary>
    public int AccountCount { get; }
}

/// <summary>What an assessment comes to: counts, the pass rate, what it took, and the exit code for scripts.</summary>
public sealed class CisSummary : CisCount
{
    /// <summary>A summary of the given results.</summary>
    /// <param name="results">The results, of one account or of many.</param>
    /// <param name="calls">How many calls to AWS they took; null when it is not known.</param>
    /// <param name="duration">How long they took; null when it is not known.</param>
    internal CisSummary(IReadOnlyCollection<CountedResult> results, int? calls, TimeSpan? duration)
        : base(results.Select(r => r.AccountId).Distinct().ToList() is [{ Length: > 0 } account] ? account : "All", results)
    {
        var accounts = results.GroupBy(r => r.AccountId).ToList();
        ByAccount = new PrintableList<CisAccountCount>(results.Any(r => r.OrganizationalUnit.Length > 0)
            ? accounts.Select(g => new CisMemberCount(g.Key, g.ToList())).OrderBy(m => m.OrganizationalUnit, StringComparer.Ordinal).ThenBy(m => m.AccountName, StringComparer.Ordinal)
            : accounts.Select(g => new CisAccountCount(g.Key, g.ToList())));
        ByOrganizationalUnit = new PrintableList<CisUnitCount>(results
            .SelectMany(r => r.Units.Select(u => (Unit: u, Result: r))).GroupBy(p => p.Unit, p => p.Result).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new CisUnitCount(g.Key, g.ToList())));
        BySection = new PrintableList<CisCount>(results.Select(r => r.Section).Distinct()
            .Select(name => new CisCount(name, results.Where(r => r.Section == name).ToList())));
        ByLevel = new PrintableList<CisCount>(results.Select(r => r.Level).Distinct().OrderBy(l => l)
            .Select(level => new CisCount($"Level {level}", results.Where(r => r.Level == level).ToList())));
        Calls = calls;
        Seconds = duration is { } d ? Math.Round(d.TotalSeconds, 2) : null;
    }

    /// <summary>How many accounts the results are about.</summary>
    public int AccountCount => ByAccount.Count;

    /// <summary>
    /// The counts of each account, in the order of the results. Where the results have the organizational units of the accounts, in the order of these, with
    /// the names of the accounts.
    /// </summary>
    public PrintableList<CisAccountCount> ByAccount { get; }

    /// <summary>The counts of each organizational unit, with the units below it; empty where the results do not have the units of the accounts.</summary>
    public PrintableList<CisUnitCount> ByOrganizationalUnit { get; }

    /// <summary>The counts of each section.</summary>
    public PrintableList<CisCount> BySection { get; }

    /// <summary>The counts of each level.</summary>
    public PrintableList<CisCount> ByLevel { get; }

    /// <summary>How many calls to AWS it took; null when that is not known.</summary>
    public int? Calls { get; }

    /// <summary>How long it took, in seconds; null when that is not known.</summary>
    public double? Seconds { get; }

    /// <summary>For <c>exit</c> in a script: 0 compliant, 2 any Fail, 3 no Fail but Unknown (or nothing was assessed).</summary>
    public int ExitCode => ExitCodeOf(this);

    /// <summary>The counts of each account, organizational unit, section or level. Accounts come below their unit if both are requested.</summary>
    internal IEnumerable<CisCount> By(IReadOnlyCollection<CisGrouping> groupings)
    {
        var isTree = ByOrganizationalUnit.Count > 0 && groupings.Contains(CisGrouping.OrganizationalUnit) && groupings.Contains(CisGrouping.Account);
        return groupings.Distinct().SelectMany<CisGrouping, CisCount>(grouping => grouping switch
        {
            CisGrouping.OrganizationalUnit when isTree => ByOrganizationalUnit.SelectMany(unit => In(unit.Name).Prepend<CisCount>(unit)),
            CisGrouping.OrganizationalUnit => ByOrganizationalUnit,
            CisGrouping.Account when isTree => In(""),
            CisGrouping.Account => ByAccount,
            CisGrouping.Section => BySection,
            _ => ByLevel,
        });

        IEnumerable<CisCount> In(string unit) => ByAccount.OfType<CisMemberCount>().Where(a => a.OrganizationalUnit == unit);
    }

    internal static int ExitCodeOf(CisCount count) => count.Fail > 0 ? 2 : count.Unknown > 0 || count.Total == 0 ? 3 : 0;
}
