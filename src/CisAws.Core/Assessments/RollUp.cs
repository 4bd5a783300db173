using System.Collections.Generic;
using System.Linq;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Assessments;

/// <summary>The status of a rule, rolled up from its findings: Fail > Unknown > Manual > Exempt > Pass > NotApplicable.</summary>
internal static class RollUp
{
    /// <summary>The status that takes precedence over the others.</summary>
    public static CisStatus Worst(IEnumerable<CisStatus> statuses)
    {
        return statuses.OrderBy(s => s.Precedence()).First();
    }

    /// <summary>The status of a rule.</summary>
    /// <param name="findings">Its findings.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="context">What it decided from.</param>
    /// <param name="scope">"2 of 17 regions" when not every enabled region was assessed: then nothing is said of the account as a whole. Else null.</param>
    public static (CisStatus Status, string ReasonCode, string Reason) Of(
        IReadOnlyList<CisFinding> findings, Rule rule, RuleContext context, string? scope)
    {
        if (findings.Count == 0)
        {
            return (CisStatus.NotApplicable, "NothingToAssess", ControlReason.Within(scope, rule.EmptyReason(context, scope is not null)));
        }

        var status = Worst(findings.Select(f => f.Status));
        return (status, findings.First(f => f.Status == status).ReasonCode, ControlReason.Of(status, findings, rule, scope));
    }
}
