using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Rules.Iam;

/// <summary>A control that is decided for each IAM user from the credential report alone. Root has rules of its own.</summary>
internal abstract class CredentialReportRule : Rule
{
    public sealed override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) =>
        EvaluatesAccessKeys ? [EvidenceKinds.CredentialReport, EvidenceKinds.AccessKeys] : [EvidenceKinds.CredentialReport];

    public sealed override string? ReasonSuffix(RuleContext context) => CredentialReportReader.ReasonSuffix(context);

    public sealed override IEnumerable<RuleFinding> Evaluate(RuleContext context) => CredentialReportReader.Read(context).Match(
        report => report.MissingColumn([ReportColumn.User, .. Columns]) is { } missing
            ? [context.Undecided(context.Account, "MissingColumn", $"the credential report has no column {missing}")]
            : report.Users.SelectMany(user => Evaluate(context, user)),
        why => [context.Unknown(context.Account, why)]);

    /// <summary>True for a control about access keys. The report has room for two a user; the others are listed one user at a time.</summary>
    protected virtual bool EvaluatesAccessKeys => false;

    /// <summary>The columns that the status is based on.</summary>
    protected abstract IReadOnlyList<string> Columns { get; }

    /// <summary>The findings about one user whose row can be read.</summary>
    protected abstract IEnumerable<RuleFinding> EvaluateUser(RuleContext context, ReportedUser user);

    /// <summary>The finding about an access key that the report does not show: only its status and its age are known.</summary>
    protected virtual RuleFinding EvaluateListedKey(RuleContext context, ReportedUser user, CisResource resource, AccessKey key) =>
        throw new InvalidOperationException($"{GetType().Name} does not assess access keys.");

    /// <summary>The findings about the access keys of a user of whom the report does not show every key.</summary>
    /// <param name="context">What the rule decides from.</param>
    /// <param name="user">The user.</param>
    /// <param name="keys">All access keys of the user.</param>
    protected virtual IEnumerable<RuleFinding> EvaluateListedKeys(RuleContext context, ReportedUser user, IReadOnlyList<AccessKey> keys) => keys
        .Where(k => !user.AccessKeys.Any(slot => slot.Shows(k)))
        .Select(k => EvaluateListedKey(context, user, user.Resource with { Type = "AWS::IAM::AccessKey", Id = $"{user.Resource.Id}/{k.Id}" }, k));

    /// <summary>Undecided because the report does not show a key, and with it not when the key was used.</summary>
    protected static RuleFinding NoLastUse(RuleContext context, CisResource resource, AccessKey key) => context.Undecided(
        resource, "LastUseNotShown",
        $"the credential report does not show when access key {key.Id}, created on {UtcTime.Day(key.CreateDate)}, was last used",
        [new CisFact("Command", $"aws iam get-access-key-last-used --access-key-id {key.Id}")], plural: "the credential report does not show their last use");

    /// <summary>Undecided because the cell of a column says nothing that could be understood.</summary>
    protected static RuleFinding NotKnown(RuleContext context, ReportedUser user, CisResource resource, string column) => context.Undecided(
        resource, "UnreadableValue", $"{user.Says(column)} in the credential report", user.Report.Facts);

    private IEnumerable<RuleFinding> Evaluate(RuleContext context, ReportedUser user) => user.Problem is { } problem
        ? [context.Undecided(user.Resource, "MalformedRow", problem, user.Report.Facts)]
        : EvaluatesAccessKeys && user.MoreCredentials is { } more ? EvaluateUser(context, user).Concat(EvaluateMore(context, user, more)) : EvaluateUser(context, user);

    private IEnumerable<RuleFinding> EvaluateMore(RuleContext context, ReportedUser user, string more) =>
        context.Evidence.Get(EvidenceKinds.AccessKeys, user.Resource.Id).Match(
            keys => EvaluateListedKeys(context, user, keys),
            why =>
            [
                context.Unknown(
                    user.Resource, why, [user.Fact(CredentialReport.AdditionalCredentials), user.Report.GeneratedFact],
                    [$"The credential report does not show every access key of {user.Resource.Id}: {more}."]),
            ]);
}
