using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Controls.Iam;

/// <summary>A control that is decided for each IAM user by the credential report alone. Root has controls of its own.</summary>
internal abstract class CredentialReportRule : ControlRule
{
    public sealed override string NothingToAssess => $"The account has no {Noun}.";

    public sealed override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [Kinds.CredentialReport];

    public sealed override string? Footnote(RuleContext context) => CredentialReportReader.Read(context).Match<string?>(r => r.Footnote, _ => null);

    public sealed override IEnumerable<CisFinding> Evaluate(RuleContext context) => CredentialReportReader.Read(context).Match(
        report => report.MissingColumn([ReportColumn.User, .. Columns]) is { } missing
            ? [context.Undecided(context.Account, "MissingColumn", $"Not decided: the credential report has no column {missing}.")]
            : report.Users.SelectMany(user => Judge(context, user)),
        why => [context.Unknown(context.Account, why)]);

    /// <summary>The columns the verdict rests on.</summary>
    protected abstract IReadOnlyList<string> Columns { get; }

    /// <summary>The findings about one user whose row can be read.</summary>
    protected abstract IEnumerable<CisFinding> JudgeUser(RuleContext context, ReportedUser user);

    /// <summary>Undecided because the cell of a column says nothing that could be understood.</summary>
    protected static CisFinding NotKnown(RuleContext context, ReportedUser user, CisResource resource, string column) => context.Undecided(
        resource, "UnreadableValue", $"Not decided: in the credential report {user.Says(column)}.", [user.Report.GeneratedFact]);

    private IEnumerable<CisFinding> Judge(RuleContext context, ReportedUser user) => user.Trouble is { } trouble
        ? [context.Undecided(user.Resource, "MalformedRow", $"Not decided: {trouble}", [user.Report.GeneratedFact])]
        : JudgeUser(context, user);
}
