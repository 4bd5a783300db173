using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Iam;

/// <summary>1.20.</summary>
public sealed class SupportRoleTests
{
    private const string Trusted = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole"}}""";

    [Fact]
    public void A_role_passes()
    {
        var result = RuleTester.Control("1.20", With(roles: ["Support"]));
        Assert.Equal((CisStatus.Pass, "SupportRole", "Role Support has AWSSupportAccess."), (result.Status, result.ReasonCode, result.Reason));
        Assert.Empty(result.Findings[0].Warnings);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_user_or_a_group_passes_with_a_warning_unless_the_program_asks_for_a_role(bool group)
    {
        var evidence = group ? With(groups: ["Helpdesk"]) : With(users: ["bob"]);
        var result = RuleTester.Control("1.20", evidence);
        Assert.Equal((CisStatus.Pass, "NotARole"), (result.Status, result.ReasonCode));
        Assert.Contains("not attached to a role", Assert.Single(result.Findings[0].Warnings));
        Assert.Equal(CisStatus.Fail, RuleTester.Control("1.20", evidence, ("RequireRole", true)).Status);
        Assert.Equal(CisStatus.Pass, RuleTester.Control("1.20", With(roles: ["Support"], users: ["bob"]), ("RequireRole", true)).Status);
    }

    [Fact]
    public void Nobody_fails() => Assert.Equal("NoSupportRole", RuleTester.Control("1.20", With()).ReasonCode);

    [Fact]
    public void Many_roles_that_all_have_other_policies_fail()
    {
        AttachedPolicy[] lookalike = [new("AWSSupportAccess", "arn:aws:iam::111122223333:policy/AWSSupportAccess"), new("ReadOnlyAccess", "arn:aws:iam::aws:policy/ReadOnlyAccess")];
        var roles = Enumerable.Range(0, 200).Select(i => new IamRole($"r{i}", $"arn:aws:iam::111122223333:role/r{i}", Trusted, [], lookalike)).ToList();
        Assert.Equal(CisStatus.Fail, RuleTester.Control("1.20", With().Set(EvidenceKinds.AuthorizationDetails, "", new AuthorizationDetails([], [], roles, []))).Status);
    }

    [Fact]
    public void A_partition_without_the_policy_fails_with_the_reason() =>
        Assert.Equal("NoSupportPolicy", RuleTester.Control("1.20", RuleTester.NewEvidence().Set(EvidenceKinds.SupportPolicyEntities, "", null)).ReasonCode);

    [Fact]
    public void A_denied_list_is_unknown()
    {
        var result = RuleTester.Control("1.20", With(roles: ["Support"]).Deny(EvidenceKinds.SupportPolicyEntities));
        Assert.Equal(CisStatus.Unknown, result.Status);
        Assert.Contains("iam:ListEntitiesForPolicy", result.Reason);
    }

    [Fact]
    public void Denied_details_take_nothing_from_the_verdict()
    {
        var result = RuleTester.Control("1.20", With(roles: ["Support"]).Deny(EvidenceKinds.AuthorizationDetails));
        Assert.Equal((CisStatus.Pass, false), (result.Status, result.Incomplete));
    }

    [Fact]
    public void A_group_without_members_is_a_warning()
    {
        var result = RuleTester.Control("1.20", With(roles: ["Support"], groups: ["Helpdesk", "Ghosts"]));
        Assert.Equal("Group Ghosts has no member.", Assert.Single(result.Findings[0].Warnings));
    }

    [Theory]
    [InlineData(Trusted, null)]
    [InlineData("""{"Statement":[]}""", "Role Support cannot be assumed")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":{"AWS":[]},"Action":"sts:AssumeRole"}]}""", "Role Support cannot be assumed")]
    [InlineData("""{"Statement":[{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole"}]}""", "Role Support cannot be assumed")]
    [InlineData("nonsense", "The trust policy of role Support is not valid")]
    public void A_role_that_nobody_can_take_is_a_warning(string trust, string? warning)
    {
        var result = RuleTester.Control("1.20", With(roles: ["Support"], trust: trust));
        Assert.Equal(CisStatus.Pass, result.Status);
        if (warning is null)
        {
            Assert.Empty(result.Findings[0].Warnings);
        }
        else
        {
            Assert.Contains(warning, Assert.Single(result.Findings[0].Warnings));
        }
    }

    /// <summary>Bob is a member of Helpdesk; the role Support has the given trust policy.</summary>
    private static AccountEvidence With(string[]? roles = null, string[]? users = null, string[]? groups = null, string trust = Trusted) => RuleTester.NewEvidence()
        .Set(EvidenceKinds.SupportPolicyEntities, "", new PolicyEntities(roles ?? [], users ?? [], groups ?? []))
        .Set(EvidenceKinds.AuthorizationDetails, "", new AuthorizationDetails(
            [new IamUser("bob", "arn:aws:iam::111122223333:user/bob", RuleTester.Now, [], [], ["helpdesk"])],
            [],
            [new IamRole("Support", "arn:aws:iam::111122223333:role/Support", trust, [], []), new IamRole("Other", "arn:aws:iam::111122223333:role/Other", "nonsense", [], [])],
            []));
}
