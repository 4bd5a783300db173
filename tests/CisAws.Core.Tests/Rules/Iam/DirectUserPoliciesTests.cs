using System.Collections.Generic;
using System.Linq;
using CisAws.Assessments;
using CisAws.Evidence;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Core.Tests.Rules.Iam;

/// <summary>1.16.</summary>
public sealed class DirectUserPoliciesTests
{
    private static readonly AttachedPolicy ChangePassword = new("IAMUserChangePassword", "arn:aws:iam::aws:policy/IAMUserChangePassword");

    private static readonly InlinePolicy Inline = new("send-mail", """{"Statement":[]}""");

    [Fact]
    public void A_user_without_policies_passes() => Assert.Equal("NoDirectPolicies", RuleTester.Control("1.16", With(User())).ReasonCode);

    [Fact]
    public void A_managed_policy_fails_and_is_named()
    {
        var result = RuleTester.Control("1.16", With(User(attached: [ChangePassword])));
        Assert.Equal((CisStatus.Fail, "AttachedDirectly"), (result.Status, result.ReasonCode));
        Assert.Equal("IAM user alice has directly attached policies.", result.Reason);
        Assert.Equal("Policy IAMUserChangePassword is attached directly to the user.", result.Findings[0].Reason);
        Assert.Equal(("AWS::IAM::User", "alice"), (result.Findings[0].ResourceType, result.Findings[0].ResourceId));
    }

    [Fact]
    public void An_inline_policy_alone_fails_and_is_named() =>
        Assert.Equal("Policy send-mail (inline) is attached directly to the user.", RuleTester.Control("1.16", With(User(inline: [Inline]))).Findings[0].Reason);

    [Fact]
    public void Both_are_counted() =>
        Assert.Equal(
            "2 policies are attached directly to the user: IAMUserChangePassword, send-mail (inline).",
            RuleTester.Control("1.16", With(User(attached: [ChangePassword], inline: [Inline]))).Findings[0].Reason);

    [Fact]
    public void A_boundary_and_the_policies_of_groups_are_no_attachment()
    {
        var user = User() with { PermissionsBoundaryArn = "arn:aws:iam::111122223333:policy/boundary", Groups = ["Admins"] };
        Assert.Equal(CisStatus.Pass, RuleTester.Control("1.16", With(user)).Status);
    }

    [Fact]
    public void An_allowed_policy_passes_with_a_note_and_an_inline_one_beside_it_fails()
    {
        var allowed = ("AllowedDirectPolicyArns", (object)new PrintableList<string>([ChangePassword.Arn]));
        var result = RuleTester.Control("1.16", With(User(attached: [ChangePassword])), allowed);
        Assert.Equal((CisStatus.Pass, "OnlyAllowedPolicies"), (result.Status, result.ReasonCode));
        Assert.Contains("IAMUserChangePassword", result.Findings[0].Facts.ToString());
        Assert.Equal(CisStatus.Fail, RuleTester.Control("1.16", With(User(attached: [ChangePassword], inline: [Inline])), allowed).Status);
    }

    [Theory]
    [InlineData("AWSCompromisedKeyQuarantine")]
    [InlineData("AWSCompromisedKeyQuarantineV3")]
    public void A_quarantine_by_AWS_is_called_an_incident(string name)
    {
        var policy = new AttachedPolicy(name, $"arn:aws:iam::aws:policy/{name}");
        var result = RuleTester.Control("1.16", With(User(attached: [policy])));
        Assert.Equal(CisStatus.Fail, result.Status);
        Assert.Contains("incident", Assert.Single(result.Findings[0].Warnings));
        var allowed = RuleTester.Control("1.16", With(User(attached: [policy])), ("AllowedDirectPolicyArns", new PrintableList<string>([policy.Arn])));
        Assert.Single(allowed.Findings[0].Warnings);
    }

    [Fact]
    public void The_last_of_150_users_is_judged()
    {
        var users = Enumerable.Range(0, 150).Select(i => User() with { Name = $"user{i}", AttachedPolicies = i == 149 ? [ChangePassword] : [] });
        var result = RuleTester.Control("1.16", With([.. users]));
        Assert.Equal("1 of 150 IAM users has directly attached policies: user149.", result.Reason);
    }

    [Fact]
    public void No_users_does_not_apply() => Assert.Equal((CisStatus.NotApplicable, "The account has no IAM users."), Verdict(With()));

    [Fact]
    public void Denied_details_are_unknown() =>
        Assert.Equal(CisStatus.Unknown, RuleTester.Control("1.16", RuleTester.NewEvidence().Deny(EvidenceKinds.AuthorizationDetails)).Status);

    private static (CisStatus, string) Verdict(AccountEvidence evidence) => (RuleTester.Control("1.16", evidence).Status, RuleTester.Control("1.16", evidence).Reason);

    private static IamUser User(AttachedPolicy[]? attached = null, InlinePolicy[]? inline = null) =>
        new("alice", "arn:aws:iam::111122223333:user/alice", RuleTester.Now, inline ?? [], attached ?? [], []);

    private static AccountEvidence With(params IamUser[] users) =>
        RuleTester.NewEvidence().Set(EvidenceKinds.AuthorizationDetails, "", new AuthorizationDetails(users, [], [], []));
}
