using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Rules.Iam;

/// <summary>
/// The root user has no access key. The credential report distinguishes active from inactive keys but can be hours old;
/// the account summary is of now but only says that there is a key. The audit accepts an inactive key, and so does the rule,
/// with a warning, unless the program requires more.
/// </summary>
internal sealed class RootAccessKeys : Rule
{
    private const string KeysPresent = "AccountAccessKeysPresent";

    /// <summary>What the report shows of root's keys.</summary>
    private enum Seen
    {
        None,
        Inactive,
        Active,
        NotKnown,
    }

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.CredentialReport, EvidenceKinds.AccountSummary];

    public override string? ReasonSuffix(RuleContext context) => CredentialReportReader.ReasonSuffix(context);

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context)
    {
        var report = CredentialReportReader.Read(context);
        var root = report.Match(r => r.Root, _ => null);
        var present = context.Evidence.Get(EvidenceKinds.AccountSummary).Match(s => s.TryGetValue(KeysPresent, out var count) ? count : (int?)null, _ => null);
        yield return Evaluate(context, root, present, report.Failure ?? context.Evidence.Get(EvidenceKinds.AccountSummary).Failure);
    }

    private static RuleFinding Evaluate(RuleContext context, ReportedUser? root, int? present, ReadFailure? problem)
    {
        var strict = context.Settings.Boolean("FailOnInactiveRootKey");
        var facts = FactsOf(root, present);
        var seen = Look(root);
        if (root?.MoreCredentials is not null && seen is Seen.None or Seen.Inactive && !(strict && seen == Seen.Inactive))
        {
            // The report does not show every key, and only the root user can list its own.
            seen = Seen.NotKnown;
        }

        return (seen, present) switch
        {
            (Seen.Active, 0) => context.Pass(
                context.Account, "KeyGoneSinceReport", "The root user has no access key.",
                [.. facts, new CisFact("Note", "The credential report still shows an active key. The account summary, which is newer, counts none.")]),
            (Seen.Active, _) => context.Fail(
                context.Account, "RootKeyActive", ActiveKeys(root!), facts),
            (Seen.Inactive, _) when strict => context.Fail(
                context.Account, "RootKeyInactive", "The root user has an inactive access key, which the program requires to be deleted.", facts),
            (Seen.Inactive, _) => context.Pass(
                context.Account, "RootKeyInactive", "The root user has no active access key.", facts, ["The credential report shows an inactive access key of the root user; delete it."]),
            (_, 0) => context.Pass(context.Account, "NoRootKey", "The root user has no access key.", facts),
            (_, > 0) when strict => context.Fail(
                context.Account, "RootKeyPresent", "The root user has an access key, which the program requires to be deleted.", facts),
            (Seen.None, null) => context.Pass(context.Account, "NoRootKey", "The root user has no access key.", facts),
            (Seen.None, _) => context.Undecided(
                context.Account, "KeyNotInReport",
                "the account summary counts an access key of the root user that the credential report does not show",
                [.. facts, new CisFact("Note", "The key is newer than the credential report, or inactive.")]),
            _ when problem is not null => context.Unknown(context.Account, problem, facts),
            _ => context.Undecided(context.Account, "UnreadableValue", root?.Problem ?? NotShown(root), facts),
        };
    }

    private static string NotShown(ReportedUser? root) => root?.MoreCredentials is { } more
        ? $"the credential report does not show every access key of the root user ({more})"
        : "the credential report does not show whether the root user's access keys are active";

    private static Seen Look(ReportedUser? root)
    {
        if (root is null or { Problem: not null })
        {
            return Seen.NotKnown;
        }

        var keys = root.AccessKeys;
        return keys.Any(k => k.IsActive == true) ? Seen.Active
            : keys.Any(k => k.IsActive is null) ? Seen.NotKnown
            : keys.Any(k => k.LastRotated.Time is not null) ? Seen.Inactive
            : keys.All(k => k.IsEmpty) ? Seen.None
            : Seen.NotKnown;
    }

    private static string ActiveKeys(ReportedUser root) => root.AccessKeys.Where(k => k.IsActive == true).ToList() switch
    {
        [{ LastRotated.Time: { } created } key] => $"The root user's {key.Title.ToLowerInvariant()} is active (created on {UtcTime.Day(created)}).",
        [var key] => $"The root user's {key.Title.ToLowerInvariant()} is active.",
        _ => "The root user's access keys 1 and 2 are active.",
    };

    private static List<CisFact> FactsOf(ReportedUser? root, int? present)
    {
        var facts = new List<CisFact> { new(KeysPresent, present?.ToString(CultureInfo.InvariantCulture) ?? "(not known)") };
        if (root is { Problem: null })
        {
            facts.AddRange(root.AccessKeys.SelectMany(k => new[] { root.Fact(k.ActiveColumn), root.Fact(k.LastRotatedColumn) }));
            facts.Add(root.Report.GeneratedFact);
        }

        return facts;
    }
}
