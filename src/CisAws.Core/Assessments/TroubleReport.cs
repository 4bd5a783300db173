using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Catalog;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Assessments;

/// <summary>Collects what could not be read in a run, for the one warning at its end.</summary>
internal sealed class TroubleReport
{
    private const int Shown = 5;

    private readonly HashSet<ControlId> _controls = [];

    private readonly HashSet<Unreadable> _unreadable = [];

    private readonly List<CisResult> _ruleErrors = [];

    public void Add(CisResult result)
    {
        if (result.ReasonCode == RuleError.Code)
        {
            _ruleErrors.Add(result);
        }

        if (result.Incomplete && result.Unreadable.Count > 0)
        {
            _controls.Add(result.ControlId);
            _unreadable.UnionWith(result.Unreadable);
        }
    }

    /// <summary>The request to report errors in rules; null when there were none.</summary>
    public string? ToReportRequest() => _ruleErrors.Count == 0
        ? null
        : $"{_ruleErrors.Count} control{(_ruleErrors.Count == 1 ? " is" : "s are")} Unknown because of an error in CisAws ({List(_ruleErrors.ConvertAll(r => r.ControlId.ToString()))}). " +
          $"The first: {_ruleErrors[0].Reason} Please report it to the maintainers of CisAws, with the facts of the finding: " +
          $"(Invoke-CisAssessment '{_ruleErrors[0].ControlId}').Findings.Facts";

    /// <summary>The warning; null when everything was read.</summary>
    public string? ToWarning()
    {
        if (_unreadable.Count == 0)
        {
            return null;
        }

        var lines = _unreadable
            .GroupBy(u => (u.Kind, u.Action))
            .OrderBy(g => g.Key.Kind).ThenBy(g => g.Key.Action, StringComparer.Ordinal)
            .Select(g => "  " + Line(g.First(), g.Select(u => u.Region).Where(r => r.Length > 0).Distinct().OrderBy(r => r, StringComparer.Ordinal).ToList()));
        var controls = $"{_controls.Count} control{(_controls.Count == 1 ? " is" : "s are")} Unknown or incomplete";
        return $"{controls} ({List(_controls.OrderBy(c => c).Select(c => c.ToString()).ToList())}), because something could not be read:" +
            Environment.NewLine + string.Join(Environment.NewLine, lines);
    }

    private static string Line(Unreadable why, List<string> regions) =>
        TerminalText.Escape((why with { Region = "" }).ToString() + (regions.Count == 0 ? "" : $" in {List(regions)}"));

    private static string List(List<string> items) =>
        string.Join(", ", items.Take(Shown)) + (items.Count > Shown ? $" and {items.Count - Shown} more" : "");
}
