using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Connections;
using CisAws.Evidence;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Controls;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Loading;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.PowerShell.Commands;

/// <summary>Lists the accounts of an organization, as input for Invoke-CisAssessment.</summary>
/// <remarks>
/// <para>Returns the active accounts of the organization in AWS Organizations, each with the role to assume in it. Run it with credentials of the
/// management account or of a delegated administrator. Without -RoleName the role is CisAuditor, which Get-CisPolicy creates. OrganizationAccountAccessRole, which has all permissions,
/// is used only if you name it. In the account of the credentials no role is assumed.</para>
/// <para>The role is assumed by the cmdlet that the accounts are piped to, with its own credentials: those of -ProfileName, which are handed on, or the
/// default ones. Keys are not handed on.</para>
/// <para>Accounts that are not active, such as suspended and closed ones, are not returned. A warning names them.</para>
/// <para>With -AccountId, or with AccountId as a column of a CSV file, the accounts are listed without a call to AWS. IDs that are not valid and accounts
/// that appear twice are errors.</para>
/// <para>The list takes two calls for each organizational unit (organizations:ListAccountsForParent and organizations:ListOrganizationalUnitsForParent),
/// organizations:ListRoots, and organizations:DescribeOrganization. With -Tag it takes a call for each account (organizations:ListTagsForResource).</para>
/// </remarks>
/// <example>
/// <code>Get-CisAccount | Invoke-CisAssessment | Export-CisReport organization.csv</code>
/// <para>Assess all accounts of the organization, with the role CisAuditor.</para>
/// </example>
/// <example>
/// <code>Get-CisAccount -OrganizationalUnit Workloads -Exclude sandbox-*, 444455556666 -RoleName SecurityAudit</code>
/// <para>List the accounts of an organizational unit and the units below it, without some.</para>
/// </example>
/// <example>
/// <code>Get-CisAccount -Tag Environment=prod | Test-CisAccess | Where-Object Status -eq Denied</code>
/// <para>Test the roles of the accounts that have a tag.</para>
/// </example>
/// <example>
/// <code>
/// $accounts = Import-Csv accounts.csv | Get-CisAccount -RoleName CisAuditor -ErrorAction Stop
/// $results = $accounts | Invoke-CisAssessment
/// exit ($results | Measure-CisAssessment).ExitCode
/// </code>
/// <para>Assess a list of accounts in a scheduled task. The file has the column AccountId, and optionally Name, RoleArn, ExternalId and Region.</para>
/// </example>
/// <returns>An account, with the role to assume in it.</returns>
/// <seealso cref="InvokeCisAssessmentCommand"/>
/// <seealso cref="TestCisAccessCommand"/>
/// <seealso cref="GetCisPolicyCommand"/>
/// <seealso href="about_CisAws_Credentials"/>
[Cmdlet(VerbsCommon.Get, "CisAccount", DefaultParameterSetName = OrganizationSet, HelpUri = HelpPages.Address + "Get-CisAccount.md")]
[OutputType(typeof(CisAccount))]
public sealed class GetCisAccountCommand : AwsCmdlet
{
    private const string OrganizationSet = "Organization";
    private const string ListSet = "List";
    private const int MostNamed = 5;

    private readonly HashSet<string> _listed = new(StringComparer.Ordinal);

    /// <summary>The IDs of accounts, instead of those of the organization.</summary>
    [Parameter(ParameterSetName = ListSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ListArgument]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[] AccountId { get; set; } = [];

    /// <summary>The name of the account.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Name { get; set; }

    /// <summary>
    /// Only accounts in these organizational units, and in the units below them: IDs such as ou-ab12-11111111, names, or names from the root down, such as
    /// Workloads/Production.
    /// </summary>
    [Parameter(ParameterSetName = OrganizationSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[]? OrganizationalUnit { get; set; }

    /// <summary>Only accounts that have all of these tags in the organization: a key, or key=value. The value can have wildcards.</summary>
    [Parameter(ParameterSetName = OrganizationSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[]? Tag { get; set; }

    /// <summary>Accounts to leave out: IDs or names.</summary>
    [Parameter(ParameterSetName = OrganizationSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[]? Exclude { get; set; }

    /// <summary>The role to assume in each account, without an ARN; it can have a path, such as audit/CisAuditor. Default: CisAuditor.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string RoleName { get; set; } = AuditorPolicy.RoleName;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (!RoleNames.IsValid(RoleName))
        {
            ThrowTerminatingError(CisErrors.InvalidRoleName(RoleName));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        base.ProcessRecord();
        if (ParameterSetName == ListSet)
        {
            ListGiven();
        }
        else
        {
            Connect(connection => Run(token => ListAsync(connection, token)));
        }
    }

    private protected override ConnectionOptions Given()
    {
        var given = base.Given();
        // The external ID is for the roles of the accounts, and for that of the caller, if there is one.
        return given.RoleArn is null ? given with { ExternalId = null } : given;
    }

    private void ListGiven()
    {
        foreach (var id in AccountId)
        {
            if (!Arn.IsAccountId(id))
            {
                WriteError(CisErrors.InvalidArgument(
                    "InvalidAccountId", $"'{id}' is not the ID of an account.", id,
                    "Specify 12 digits. Spreadsheets drop leading zeros: format the column as text." + (id.Length < 12 && id.All(char.IsDigit) ? $" Is it {id.PadLeft(12, '0')}?" : "")));
            }
            else if (!_listed.Add(id))
            {
                WriteError(CisErrors.DuplicateAccount(id, "Remove one of the rows. The account is returned once."));
            }
            else
            {
                WriteObject(Account(id) with
                {
                    Name = Name ?? "",
                    RoleArn = string.IsNullOrEmpty(RoleArn) ? RoleNames.ArnOf(RoleNames.PartitionOf(Region), id, RoleName) : RoleArn!,
                });
            }
        }
    }

    private async Task ListAsync(IAccountConnection connection, CancellationToken token)
    {
        var described = await connection.ReadAsync(EvidenceKinds.Organization, "", token).ConfigureAwait(false);
        if (described.TryGet(out var organization, out _) && organization is null)
        {
            Post(() => ThrowTerminatingError(CisErrors.NoOrganization(connection.Account.AccountId)));
            return;
        }

        var listed = await connection.ReadOrganizationAsync(token).ConfigureAwait(false);
        if (!listed.TryGet(out var all, out var why))
        {
            Post(() => ThrowTerminatingError(CisErrors.OrganizationNotListed(connection.Account.AccountId, why)));
            return;
        }

        Post(() => RefuseUnknownUnits(all));
        var selected = all.Where(a => OrganizationalUnit?.Any(a.IsIn) != false && Exclude?.Any(a.IsNamed) != true).ToList();
        var active = selected.Where(a => a.State == OrganizationAccount.Active).ToList();
        var tags = Tag is null ? [] : await Task.WhenAll(active.Select(a => connection.ReadAccountTagsAsync(a.Id, token))).ConfigureAwait(false);
        Post(() =>
        {
            WarnOfUnused(all);
            WarnOfInactive(selected.Except(active).ToList());
            for (var i = 0; i < active.Count; i++)
            {
                Write(active[i], Tag is null ? null : tags[i], organization, connection.Account);
            }
        });
    }

    private void Write(
        OrganizationAccount account, Observation<IReadOnlyDictionary<string, string>>? observed, Organization? organization, AccountIdentity caller)
    {
        IReadOnlyDictionary<string, string>? tags = null;
        if (observed is not null && !observed.TryGet(out tags, out var why))
        {
            // Whether it has the tag is not known: to leave it out silently would be a gap.
            WriteError(CisErrors.TagsNotRead(account.Id, why));
            return;
        }

        if (tags is not null && !Tag!.All(t => ExemptionScope.HasTag(tags, t)))
        {
            return;
        }

        WriteObject(Account(account.Id) with
        {
            Name = account.Name,
            OrganizationalUnit = account.UnitPath,
            RoleArn = account.Id == caller.AccountId ? "" : RoleNames.ArnOf(caller.Partition, account.Id, RoleName),
            ExternalId = account.Id == caller.AccountId ? "" : ExternalId ?? "",
            Tags = tags is null ? null : new PrintableList<CisTag>(tags.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => new CisTag(t.Key, t.Value))),
            IsManagementAccount = account.Id == organization?.ManagementAccountId,
        });
    }

    private CisAccount Account(string id) => new(id)
    {
        ExternalId = ExternalId ?? "",
        ProfileName = ProfileName ?? "",
        ProfileLocation = ProfileLocation ?? "",
        EndpointUrl = EndpointUrl ?? "",
        Region = new(Region ?? []),
    };

    private void RefuseUnknownUnits(IReadOnlyList<OrganizationAccount> all)
    {
        if (OrganizationalUnit?.FirstOrDefault(u => !all.Any(a => a.IsIn(u))) is { } unknown)
        {
            var units = all.Select(a => a.UnitPath).Distinct().OrderBy(p => p, StringComparer.Ordinal).ToList();
            ThrowTerminatingError(CisErrors.InvalidArgument(
                "UnknownOrganizationalUnit", $"Organizational unit '{unknown}' was not found, or has no accounts.", unknown,
                $"Units with accounts: {TerminalText.Escape(Quantity.List(units, 20))}."));
        }
    }

    private void WarnOfUnused(IReadOnlyList<OrganizationAccount> all)
    {
        var unused = (Exclude ?? []).Where(e => !all.Any(a => a.IsNamed(e))).ToList();
        if (unused.Count > 0)
        {
            WriteWarning($"-Exclude {Quantity.List(unused, unused.Count)}: no account of the organization has this ID or name.");
        }
    }

    private void WarnOfInactive(IReadOnlyList<OrganizationAccount> inactive)
    {
        if (inactive.Count > 0)
        {
            var named = inactive.Select(a => $"{a.Id} ({a.State})").ToList();
            WriteWarning($"{Quantity.Of(inactive.Count, "account")} {(inactive.Count == 1 ? "is" : "are")} not active and not returned: {Quantity.List(named, MostNamed)}.");
        }
    }
}
