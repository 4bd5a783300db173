using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules;

/// <summary>How findings say that they are based on the evidence of another account than the one they are about, or that it is missing.</summary>
internal static class OtherEvidence
{
    /// <summary>The fact that has the account.</summary>
    public const string FactName = "EvidenceAccount";

    /// <summary>A clause with the account whose evidence decides; empty where it is the account that is assessed.</summary>
    public static string Clause(RuleContext context, EvidenceView used) =>
        used == context.Evidence ? "" : $"; based on the evidence of account {used.Account.AccountId}";

    /// <summary>A fact for each other account whose evidence decides.</summary>
    public static IEnumerable<CisFact> Facts(RuleContext context, params IEnumerable<EvidenceView> used) =>
        used.Where(v => v != context.Evidence).Select(v => v.Account.AccountId).Distinct().Select(a => new CisFact(FactName, a));

    /// <summary>Which account's evidence is missing, as a clause.</summary>
    public static string Missing(string accountId) => $"assess it together with account {accountId}";
}
