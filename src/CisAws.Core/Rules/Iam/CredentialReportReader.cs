using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Rules.Iam;

/// <summary>
/// Reads the IAM credential report: columns by their names, because AWS has added some, and users by theirs, because root
/// is not always first. See https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html.
/// </summary>
internal sealed class CredentialReportReader
{
    private readonly CredentialReport _report;
    private readonly AccountIdentity _account;
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);

    private CredentialReportReader(CredentialReport report, AccountIdentity account)
    {
        _report = report;
        _account = account;
        Facts = RuleFinding.EscapedFacts([new CisFact("ReportGenerated", UtcTime.Minute(report.GeneratedTime))]);
        for (var i = report.Columns.Count - 1; i >= 0; i--)
        {
            _columns[report.Columns[i].Trim()] = i;
        }
    }

    /// <summary>That a stored report was used because a new one could not be generated; null for a current report, whose time is a fact.</summary>
    public static string? ReasonSuffix(RuleContext context) => context.Evidence.Get(EvidenceKinds.CredentialReport).Match(
        report => report.GenerationError is { } error
            ? $"Based on the stored credential report generated at {UtcTime.Minute(report.GeneratedTime)}; a new one could not be generated ({error})."
            : null,
        _ => (string?)null);

    /// <summary>When the report was generated: it does not contain later changes.</summary>
    public CisFact GeneratedFact => Facts[0];

    /// <summary>The same as the facts of a finding. Most findings of a large account share this list.</summary>
    public PrintableList<CisFact> Facts { get; }

    /// <summary>The root user's row; null when the report has none.</summary>
    public ReportedUser? Root => AllUsers.FirstOrDefault(u => u.IsRoot);

    /// <summary>The IAM users, which root is not.</summary>
    public IEnumerable<ReportedUser> Users => AllUsers.Where(u => !u.IsRoot);

    private IEnumerable<ReportedUser> AllUsers => _report.Rows.Select((cells, i) => new ReportedUser(this, cells, i + 1));

    /// <summary>The report in a context that declares it.</summary>
    public static Observation<CredentialReportReader> Read(RuleContext context)
    {
        var fact = context.Evidence.Get(EvidenceKinds.CredentialReport);
        return fact.Match(
            report => Observation.Known(new CredentialReportReader(report, context.Evidence.Account), fact.Origin!),
            why => Observation.Failed<CredentialReportReader>(why));
    }

    /// <summary>The first of the given columns that the report lacks; null when it has them all.</summary>
    public string? MissingColumn(IEnumerable<string> needed) => needed.FirstOrDefault(c => !_columns.ContainsKey(c));

    internal int ColumnCount => _report.Columns.Count;

    internal string? Cell(IReadOnlyList<string> cells, string column) =>
        _columns.TryGetValue(column, out var index) && index < cells.Count ? cells[index].Trim() : null;

    /// <summary>The ARN in the report, which knows the user's path; else one without a path.</summary>
    internal string ArnOf(string name, string? reported) => Arn.TryParse(reported) is not null
        ? reported!
        : $"arn:{_account.Partition}:iam::{_account.AccountId}:{(name == CredentialReport.RootName ? "root" : "user/" + name)}";
}
