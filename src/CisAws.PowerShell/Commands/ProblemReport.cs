using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Assessments;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.PowerShell.Connections;
using CisAws.Results;
using CisAws.Text;

namespace CisAws.PowerShell.Commands;

/// <summary>Collects what went wrong in the run over one account, for the warnings at its end.</summary>
internal sealed class ProblemReport(AccountLabel account)
{
    private const int Shown = 5;

    private readonly HashSet<ControlId> _controls = [];

    private readonly HashSet<ControlId> _late = [];

    private readonly HashSet<ReadFailure> _unreadable = [];

    private readonly List<CisResult> _ruleErrors = [];

    private IReadOnlyCollection<string> _disabled = [];

    public void Add(CisResult result)
    {
        if (result.ReasonCode == RuleError.Code)
        {
            _ruleErrors.Add(result);
        }

        if (!result.Incomplete)
        {
            return;
        }

        // What was not read in time has one reason, and is not listed call by call.
        if (result.ReadFailures.Any(IsLate))
        {
            _late.Add(result.ControlId);
        }

        if (result.ReadFailures.Any(f => !IsLate(f)))
        {
            _controls.Add(result.ControlId);
            _unreadable.UnionWith(result.ReadFailures.Where(f => !IsLate(f)));
        }
    }

    /// <summary>Notes regions that were named and are not enabled.</summary>
    public void AddDisabledRegions(IReadOnlyCollection<string> regions) => _disabled = regions;

    /// <summary>The warnings, each of which begins with the account.</summary>
    public IEnumerable<string> Warnings()
    {
        foreach (var warning in OfDisabledRegions(_disabled, account))
        {
            yield return warning;
        }

        if (_late.Count > 0)
        {
            yield return account.About(
                $"{Undecided(_late)}, because the time limit of the run (-TimeoutSec) was reached. Increase it, or assess fewer regions or controls.");
        }

        if (_unreadable.Count > 0)
        {
            yield return account.About(OfUnreadable());
        }

        if (_ruleErrors.Count > 0)
        {
            yield return account.About(OfRuleErrors());
        }
    }

    /// <summary>The warning about regions that were named and are not enabled; none if there are none.</summary>
    public static IEnumerable<string> OfDisabledRegions(IReadOnlyCollection<string> regions, AccountLabel account) => regions.Count == 0
        ? []
        : [account.About($"{RegionScope.NotEnabled(regions)} Enable {(regions.Count == 1 ? "it" : "them")} in the account, or correct -Region or the regions of the program.")];

    private string OfUnreadable()
    {
        var lines = _unreadable
            .GroupBy(u => (u.Kind, u.Action, u.AccountId))
            .OrderBy(g => g.Key.Kind).ThenBy(g => g.Key.Action, StringComparer.Ordinal)
            .Select(g => "  " + Line(g.First(), g.Select(u => u.Region).Where(r => r.Length > 0).Distinct().OrderBy(r => r, StringComparer.Ordinal).ToList()));
        return $"{Undecided(_controls)}, because evidence could not be read:" +
            Environment.NewLine + string.Join(Environment.NewLine, lines);
    }

    private static string Undecided(HashSet<ControlId> controls) =>
        $"{controls.Count} control{(controls.Count == 1 ? " is" : "s are")} Unknown or incomplete ({List([.. controls.OrderBy(c => c).Select(c => c.ToString())])})";

    private static bool IsLate(ReadFailure why) => why.Kind == ReadFailureKind.Deadline;

    private string OfRuleErrors() =>
        $"{_ruleErrors.Count} control{(_ruleErrors.Count == 1 ? " is" : "s are")} Unknown because of an error in CisAws ({List(_ruleErrors.ConvertAll(r => r.ControlId.ToString()))}). " +
        $"First error: {_ruleErrors[0].Reason} Report it to the maintainers of CisAws with the facts of the finding: " +
        $"(Invoke-CisAssessment '{_ruleErrors[0].ControlId}').Findings.Facts";

    private static string Line(ReadFailure why, List<string> regions) =>
        TerminalText.Escape(why.In(List(regions)));

    private static string List(List<string> items) => Quantity.List(items, Shown);
}
