using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Rules;

namespace CisAws.Results;

/// <summary>The statuses of all controls in one account: a row of the matrix of accounts and controls.</summary>
internal sealed class CisAccountStatus
{
    private CisAccountStatus(IReadOnlyList<Column> columns, IEnumerable<CountedResult> results)
    {
        var last = new Dictionary<Column, CountedResult>();
        foreach (var result in results)
        {
            last[ColumnOf(result)] = result;
        }

        var one = last.Values.First();
        (AccountId, AccountName, OrganizationalUnit) = (one.AccountId, one.AccountName, one.OrganizationalUnit);
        var several = columns.Select(c => c.Program).Distinct().Count() > 1;
        StatusOf = columns.Select(c => (several ? $"{c.Program} {c.ControlId}" : c.ControlId, last.TryGetValue(c, out var result) ? result.Status : (CisStatus?)null)).ToList();
        var sections = columns.Select((c, n) => (c, n)).GroupBy(c => (c.c.Program, Section: c.c.ControlId.Split('.')[0])).ToList();
        Statuses = string.Join(" ", sections.Select(s => string.Concat(s.Select(c => Letter(StatusOf[c.n].Status)))));
        Controls = string.Join(", ", sections.Select(s => s.Count() == 1 ? s.First().c.ControlId : $"{s.First().c.ControlId} to {s.Last().c.ControlId}"));
    }

    /// <summary>The account.</summary>
    public string AccountId { get; }

    /// <summary>The name of the account; empty if it is not known.</summary>
    public string AccountName { get; }

    /// <summary>The names of the root and the organizational units that the account is in; empty if they are not known.</summary>
    public string OrganizationalUnit { get; }

    /// <summary>
    /// A letter for each control, in the order of the controls, with a space between sections: . Pass, F Fail, U Unknown, M Manual, E Exempt, - NotApplicable,
    /// _ not assessed.
    /// </summary>
    public string Statuses { get; }

    /// <summary>The first and the last control of each section in <see cref="Statuses"/>.</summary>
    public string Controls { get; }

    /// <summary>The status of each control, null if it was not assessed in the account.</summary>
    public IReadOnlyList<(string Control, CisStatus? Status)> StatusOf { get; }

    /// <summary>The rows of the matrix, in the order of the results. All have the same controls.</summary>
    public static IEnumerable<CisAccountStatus> Of(IReadOnlyCollection<CountedResult> results)
    {
        var columns = results.Select(ColumnOf).Distinct()
            .OrderBy(c => c.Program, StringComparer.Ordinal)
            .ThenBy(c => Benchmarks.ControlId.TryParse(c.ControlId, out var id) ? id!.SortKey : c.ControlId, StringComparer.Ordinal)
            .ToList();
        return results.GroupBy(r => r.AccountId).Select(g => new CisAccountStatus(columns, g));
    }

    private static Column ColumnOf(CountedResult result) => new(result.Program, result.ControlId);

    private static char Letter(CisStatus? status) => status switch
    {
        CisStatus.Pass => '.',
        CisStatus.NotApplicable => '-',
        { } other => $"{other}"[0],
        null => '_',
    };

    private sealed record Column(string Program, string ControlId);
}
