using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CisAws.Emulator;
using CisAws.Emulator.Faults;
using CisAws.Evidence;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.PowerShell.Tests;

/// <summary>Which accounts Get-CisAccount returns, how they are used, and what it says where it cannot list them.</summary>
public sealed class GetCisAccountTests(DemoOrganization organization) : IClassFixture<DemoOrganization>, IDisposable
{
    private const string Web = "111122223333";
    private const string Management = "444455556666";

    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("", Web + " " + Management)]
    [InlineData("-OrganizationalUnit Workloads", Web)]
    [InlineData("-OrganizationalUnit Production", Web)]
    [InlineData("-OrganizationalUnit Workloads/Production", Web)]
    [InlineData("-OrganizationalUnit Root/Workloads/Prod*", Web)]
    [InlineData("-OrganizationalUnit ou-n0rr-7prd2n9w", Web)]
    [InlineData("-OrganizationalUnit r-n0rr", Web + " " + Management)]
    [InlineData("-OrganizationalUnit Root", Web + " " + Management)]
    [InlineData("-OrganizationalUnit Workloads/*", Web)]
    [InlineData("-OrganizationalUnit Production, Suspended", Web)]
    [InlineData("-OrganizationalUnit Suspended", "")]
    [InlineData("-Exclude norrvik-m*", Web)]
    [InlineData("-Exclude " + Management, Web)]
    [InlineData("-Exclude 4444*, norrvik-transport", "")]
    [InlineData("-Tag Environment", Web + " " + Management)]
    [InlineData("-Tag Environment=prod, 'Owner=Tr*'", Web)]
    [InlineData("-Tag Environment=test", "")]
    [InlineData("-Tag environment", "")]
    public void It_returns_the_active_accounts_that_are_asked_for(string parameters, string expected)
    {
        var run = Run($"Get-CisAccount {parameters} @account");
        Assert.Empty(run.Errors.Select(e => e.Exception.Message));
        Assert.Equal(expected, string.Join(' ', Accounts(run).Select(a => a.AccountId)));
    }

    [Fact]
    public void An_account_has_its_place_and_its_role()
    {
        var accounts = Accounts(Run("Get-CisAccount -Tag Environment=prod -Region eu-west-1, us-east-1 -ExternalId norrvik-cis @account"));
        var web = Assert.Single(accounts);
        Assert.Equal(
            ("norrvik-transport", "Root/Workloads/Production", "", "", "eu-west-1; us-east-1", "Environment=prod; Owner=Transport", false),
            (web.Name, web.OrganizationalUnit, web.RoleArn, web.ExternalId, web.Region.ToString(), web.Tags!.ToString(), web.IsManagementAccount));

        var management = Accounts(Run("Get-CisAccount -RoleName audit/Reader -ExternalId norrvik-cis @account"))[1];
        Assert.Equal(
            ("norrvik-management", "Root", "arn:aws:iam::444455556666:role/audit/Reader", "norrvik-cis", true),
            (management.Name, management.OrganizationalUnit, management.RoleArn, management.ExternalId, management.IsManagementAccount));
        Assert.Null(management.Tags);
    }

    [Fact]
    public void The_role_of_the_auditor_is_assumed_in_each_account_and_results_name_theirs()
    {
        var run = Run("Get-CisAccount -ExternalId norrvik-cis @account | Invoke-CisAssessment '1.5', '1.9' -AccessKey $account.AccessKey -SecretKey $account.SecretKey");
        Assert.Empty(run.Errors);
        Assert.Equal(
            [(Web, "1.5"), (Web, "1.9"), (Management, "1.5"), (Management, "1.9")],
            run.Output.Select(o => (CisResult)o.BaseObject).Select(r => (r.AccountId, r.ControlId.ToString())));
        Assert.All(run.Output.Select(o => (CisResult)o.BaseObject), r => Assert.NotEqual(CisStatus.Unknown, r.Status));
    }

    [Fact]
    public void An_account_whose_role_is_missing_is_Unknown_and_the_others_are_assessed()
    {
        var run = Run("Get-CisAccount -RoleName Missing @account | Invoke-CisAssessment '1.5' -AccessKey $account.AccessKey -SecretKey $account.SecretKey");
        Assert.Equal("RoleNotAssumed", Assert.Single(run.Errors).FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal([(Web, CisStatus.Pass), (Management, CisStatus.Unknown)], run.Output.Select(o => (CisResult)o.BaseObject).Select(r => (r.AccountId, r.Status)));
    }

    [Fact]
    public void Accounts_that_are_not_active_are_named() => Assert.Equal(
        ["1 account is not active and not returned: 565678789090 (SUSPENDED)."], Run("Get-CisAccount @account").Warnings);

    [Fact]
    public void An_exclusion_without_effect_is_named() => Assert.Contains(
        "-Exclude sandbx-*: no account of the organization has this ID or name.", Run("Get-CisAccount -Exclude sandbx-*, norrvik-transport @account").Warnings);

    [Theory]
    [InlineData("Get-CisAccount -OrganizationalUnit Productoin @account", "UnknownOrganizationalUnit", "'Productoin' was not found", "Root/Workloads/Production")]
    [InlineData("Get-CisAccount -OrganizationalUnit PolicyStaging @account", "UnknownOrganizationalUnit", "or has no accounts", "Units with accounts: Root, Root/Suspended, Root/Workloads/Production")]
    [InlineData("Get-CisAccount -RoleName 'arn:aws:iam::111122223333:role/X' @account", "InvalidRoleName", "is not the name of a role", "without an ARN")]
    [InlineData("Get-CisAccount -RoleName '' @account", "InvalidRoleName", "'' is not the name of a role", "CisAuditor")]
    [InlineData("Get-CisAccount -ProfileName nobody", "ProfileNotFound", "nobody", "")]
    public void What_is_not_valid_is_an_error_that_says_what_is(string script, string id, string message, string action)
    {
        var run = Run(script);
        Assert.Empty(run.Output);
        Assert.Equal(id, run.Error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains(message, run.Error.Exception.Message);
        Assert.Contains(action, run.Error.ErrorDetails.RecommendedAction);
    }

    [Theory]
    [InlineData("organizations:ListRoots")]
    [InlineData("organizations:ListAccountsForParent")]
    [InlineData("organizations:ListOrganizationalUnitsForParent")]
    public async Task Without_the_permission_the_error_shows_the_action_and_another_way(string action)
    {
        await using var server = await DemoOrganization.StartAsync(new EmulatorOptions { Faults = [Fault.Deny(action)] });
        var error = _session.Run("Get-CisAccount @account", DemoServer.Account(server)).Error;
        Assert.Equal("OrganizationNotListed", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains($"{action} was denied", error.Exception.Message);
        Assert.Contains("Import-Csv accounts.csv | Get-CisAccount", error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public async Task A_member_cannot_list_its_organization()
    {
        await using var server = await DemoServer.StartAsync();
        Assert.Equal("OrganizationNotListed", _session.Run("Get-CisAccount @account", DemoServer.Account(server)).Error.FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public async Task An_account_whose_tags_are_not_known_is_an_error()
    {
        await using var server = await DemoOrganization.StartAsync(new EmulatorOptions { Faults = [Fault.Deny("organizations:ListTagsForResource")] });
        var run = _session.Run("Get-CisAccount -Tag Environment @account", DemoServer.Account(server));
        Assert.Empty(run.Output);
        Assert.Equal(["TagsNotRead", "TagsNotRead"], run.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Pages_of_any_size_give_the_same_accounts(int pageSize)
    {
        await using var server = await DemoOrganization.StartAsync(new EmulatorOptions { PageSize = pageSize });
        Assert.Equal([Web, Management], _session.Run("Get-CisAccount @account", DemoServer.Account(server)).Output.Select(o => ((CisAccount)o.BaseObject).AccountId));
    }

    [Theory]
    [InlineData("Get-CisAccount -AccountId '111122223333', '444455556666'", "")]
    [InlineData("Get-CisAccount -AccountId '111122223333, 444455556666'", "")]
    [InlineData("'AccountId,Name', '111122223333,web', '444455556666,' | ConvertFrom-Csv | Get-CisAccount", "")]
    [InlineData("'Id', '111122223333', '111122223333', '444455556666' | ConvertFrom-Csv | Get-CisAccount", "DuplicateAccount: Account 111122223333 appears twice in the list.")]
    [InlineData("Get-CisAccount -AccountId '11122223333', '111122223333', '444455556666'", "InvalidAccountId: '11122223333' is not the ID of an account.")]
    [InlineData("Get-CisAccount -AccountId prod, '111122223333', '444455556666'", "InvalidAccountId: 'prod' is not the ID of an account.")]
    public void A_list_needs_no_call(string script, string error)
    {
        var run = _session.Run(script);
        Assert.Equal([Web, Management], Accounts(run).Select(a => a.AccountId));
        Assert.Equal(["arn:aws:iam::111122223333:role/CisAuditor", "arn:aws:iam::444455556666:role/CisAuditor"], Accounts(run).Select(a => a.RoleArn));
        Assert.Equal(error, string.Join("; ", run.Errors.Select(e => $"{e.FullyQualifiedErrorId.Split(',')[0]}: {e.Exception.Message}")));
    }

    [Fact]
    public void A_leading_zero_that_a_spreadsheet_dropped_is_suggested() =>
        Assert.Contains("Is it 011122223333?", _session.Run("Get-CisAccount -AccountId '11122223333'").Error.ErrorDetails.RecommendedAction);

    [Fact]
    public void The_partition_of_a_list_is_that_of_its_regions()
    {
        var account = Assert.Single(Accounts(_session.Run("Get-CisAccount -AccountId 111122223333 -Region cn-north-1")));
        Assert.Equal("arn:aws-cn:iam::111122223333:role/CisAuditor", account.RoleArn);
    }

    [Fact]
    public void Columns_of_a_file_are_taken_over()
    {
        var script =
            """
            'AccountId,Name,RoleArn,ExternalId,Region', '111122223333,web,arn:aws:iam::111122223333:role/Own,x-1,eu-west-1 us-east-1', '444455556666,,,,' |
                ConvertFrom-Csv | Get-CisAccount
            """;
        var accounts = Accounts(_session.Run(script));
        Assert.Equal(
            ("web", "arn:aws:iam::111122223333:role/Own", "x-1", "eu-west-1; us-east-1"),
            (accounts[0].Name, accounts[0].RoleArn, accounts[0].ExternalId, accounts[0].Region.ToString()));
        Assert.Equal(
            ("", "arn:aws:iam::444455556666:role/CisAuditor", "", ""),
            (accounts[1].Name, accounts[1].RoleArn, accounts[1].ExternalId, accounts[1].Region.ToString()));
    }

    private static List<CisAccount> Accounts(SessionOutput run) => run.Output.Select(o => (CisAccount)o.BaseObject).ToList();

    private SessionOutput Run(string script) => _session.Run(script, DemoServer.Account(organization.Server));
}
