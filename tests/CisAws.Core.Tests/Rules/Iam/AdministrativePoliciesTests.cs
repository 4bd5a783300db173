using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using CisAws.Evidence;
using CisAws.Rules;
using CisAws.Rules.Policies;
using CsCheck;

namespace CisAws.Core.Tests.Rules.Iam;

/// <summary>1.22.</summary>
public sealed class AdministrativePoliciesTests
{
    private const string Everything = """{"Version":"2012-10-17","Statement":[{"Sid":"All","Effect":"Allow","Action":"*","Resource":"*"}]}""";

    private const string ReadBucket = """{"Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}}""";

    private const string AdministratorAccess = "arn:aws:iam::aws:policy/AdministratorAccess";

    /// <summary>Later versions of the benchmark are about attached policies, and a boundary is not one.</summary>
    [Fact]
    public void A_policy_that_is_not_attached_may_be_left_out()
    {
        var unused = Policy(Everything) with { AttachmentCount = 0 };
        Assert.Equal(CisStatus.Fail, RuleTester.Control("1.22", With(unused)).Status);
        var left = RuleTester.Control("1.22", With(unused), ("OnlyAttachedPolicies", true));
        Assert.Equal((CisStatus.NotApplicable, "NotAttached"), (left.Status, left.ReasonCode));
        Assert.Equal(CisStatus.Fail, RuleTester.Control("1.22", With(unused with { AttachmentCount = 1 }), ("OnlyAttachedPolicies", true)).Status);
    }

    [Theory]
    [InlineData(Everything)]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":["s3:Get*","*"],"Resource":["*","arn:aws:s3:::b"]}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*:*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"**","Resource":"**"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"?*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*?","Resource":"?*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*:?*","Resource":"*:*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"???*","Resource":"arn*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":["?","*:*x*","*:*w*","*:*"],"Resource":"a?n*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":["a*","b*","c*","d*","e*","f*","g*","h*","i*","j*","k*","l*","m*","n*","O*","P*","q*","r*","s*","t*","u*","v*","w*","x*","y*","z*"],"Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Sid":"x\ud800","Effect":"Allow","Action":["\ud800","*"],"Resource":["arn:aws:s3:::b/\ud800*","*"]}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Deny","Action":"iam:*","Resource":"*"},{"Effect":"Allow","Action":"*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}]}""")]
    public void A_statement_that_allows_everything_on_everything_fails(string document)
    {
        var result = RuleTester.Control("1.22", With(Policy(document)));
        Assert.Equal((CisStatus.Fail, "FullAdministration"), (result.Status, result.ReasonCode));
        Assert.Equal(("AWS::IAM::Policy", "team-policy"), (result.Findings[0].ResourceType, result.Findings[0].ResourceId));
    }

    [Fact]
    public void A_document_with_half_of_a_surrogate_pair_is_not_decided()
    {
        var document = """{"Statement":[{"Effect":"Allow","Action":"s3:?","Resource":"*"}]}""".Replace('?', '\ud800');
        Assert.Equal(CisStatus.Unknown, RuleTester.Control("1.22", With(Policy(document))).Status);
    }

    [Theory]
    [InlineData(ReadBucket)]
    [InlineData("""{"Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b"},{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":["s3:*","iam:*"],"Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"s*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"?","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"?:*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":["a*","b*","c*","d*","e*","f*","g*","h*","i*","j*","k*","l*","m*","n*","o*","p*","q*","r*","s*","t*","u*","v*","w*","x*","y*"],"Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/\ud800*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","action":"*","resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Deny","NotAction":"iam:*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","NotAction":"*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::*"}]}""")]
    [InlineData("""{"Statement":[]}""")]
    public void Anything_less_passes(string document)
    {
        var result = RuleTester.Control("1.22", With(Policy(document)));
        Assert.Equal(CisStatus.Pass, result.Status);
        Assert.Empty(result.Findings[0].Warnings);
    }

    [Theory]
    [InlineData("""{"Statement":[{"Effect":"Allow","NotAction":["iam:*","organizations:*"],"Resource":"*"}]}""", "every action except iam:*, organizations:* on every resource")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*","NotResource":"arn:aws:s3:::vault"}]}""", "every action on every resource except arn:aws:s3:::vault")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*","Resource":"arn:aws:*:*:*:*"}]}""", "every resource that has an ARN")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*","Resource":"arn:*"}]}""", "every resource that has an ARN")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"?*","Resource":"arn:aws:*?"}]}""", "every resource that has an ARN")]
    [InlineData("""{"Statement":[{"Sid":"Near","Effect":"Allow","NotAction":"iam:*","NotResource":"arn:aws:s3:::vault"}]}""", "Statement 'Near' allows")]
    public void What_comes_near_passes_with_a_warning(string document, string warning)
    {
        var result = RuleTester.Control("1.22", With(Policy(document)));
        Assert.Equal(CisStatus.Pass, result.Status);
        Assert.Contains(warning, Assert.Single(result.Findings[0].Warnings));
    }

    [Fact]
    public void A_condition_is_noted_and_softens_the_verdict_only_when_the_program_says_so()
    {
        var evidence = With(Policy("""{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}]}"""));
        Assert.Contains(RuleTester.Control("1.22", evidence).Findings[0].Facts, f => f.Name == "Note" && f.Value.StartsWith("The statement has a condition", System.StringComparison.Ordinal));
        var warned = RuleTester.Control("1.22", evidence, ("ConditionalPolicies", "Warn"));
        Assert.Equal(CisStatus.Pass, warned.Status);
        Assert.Contains("under a condition", Assert.Single(warned.Findings[0].Warnings));
        Assert.Equal(CisStatus.Fail, RuleTester.Control("1.22", With(Policy(Everything)), ("ConditionalPolicies", "Warn")).Status);
    }

    [Fact]
    public void An_empty_condition_is_none() =>
        Assert.Equal(
            CisStatus.Fail,
            RuleTester.Control("1.22", With(Policy("""{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{}}]}""")), ("ConditionalPolicies", "Warn")).Status);

    [Fact]
    public void Attached_or_not_it_fails_and_says_to_whom_it_is_attached()
    {
        Assert.Contains("attached to no identity", RuleTester.Control("1.22", With(Policy(Everything))).Findings[0].Reason);
        var attached = With(Policy(Everything) with { AttachmentCount = 1 }, attachedTo: [new("team-policy", "arn:aws:iam::111122223333:policy/team-policy")]);
        Assert.Contains("(statement 'All'); it is attached to user alice, group Admins, role Deploy.", RuleTester.Control("1.22", attached).Findings[0].Reason);
    }

    [Fact]
    public void A_policy_used_only_as_a_boundary_does_not_apply_unless_the_program_says_so()
    {
        var evidence = With(Policy(Everything) with { PermissionsBoundaryUsageCount = 2 });
        var result = RuleTester.Control("1.22", evidence);
        Assert.Equal((CisStatus.NotApplicable, "BoundaryOnly"), (result.Status, result.ReasonCode));
        Assert.Equal(CisStatus.Fail, RuleTester.Control("1.22", evidence, ("IncludeBoundaryOnly", true)).Status);
        var both = With(Policy(Everything) with { AttachmentCount = 1, PermissionsBoundaryUsageCount = 2 });
        Assert.Equal(CisStatus.Fail, RuleTester.Control("1.22", both).Status);
    }

    [Fact]
    public void Only_the_default_version_decides_and_another_is_a_warning()
    {
        var policy = Policy(ReadBucket) with { Versions = [new("v1", false, Everything), new("v2", true, ReadBucket)], DefaultVersionId = "v2" };
        var result = RuleTester.Control("1.22", With(policy));
        Assert.Equal(CisStatus.Pass, result.Status);
        Assert.Contains("Version v1", Assert.Single(result.Findings[0].Warnings));
        var turned = policy with { Versions = [new("v1", true, Everything), new("v2", false, ReadBucket)], DefaultVersionId = "v1" };
        Assert.Equal(CisStatus.Fail, RuleTester.Control("1.22", With(turned)).Status);
    }

    [Theory]
    [InlineData("nonsense", "not JSON")]
    [InlineData("", "not JSON")]
    [InlineData("[]", "no Statement")]
    [InlineData("""{"Version":"2012-10-17"}""", "no Statement")]
    [InlineData("""{"Statement":["x"]}""", "not an object")]
    [InlineData("""{"Statement":{"Effect":"allow","Action":"*","Resource":"*"}}""", "Effect")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":1,"Resource":"*"}}""", "Action")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"*","Resource":[null]}}""", "Resource")]
    public void A_document_that_is_no_policy_is_unknown_with_what_is_wrong(string document, string problem)
    {
        var result = RuleTester.Control("1.22", With(Policy(document)));
        Assert.Equal((CisStatus.Unknown, "MalformedPolicy", true), (result.Status, result.ReasonCode, result.Incomplete));
        Assert.Contains(problem, result.Reason);
    }

    [Fact]
    public void Wildcards_that_are_too_intricate_are_unknown()
    {
        // Every text of up to 40 characters matches, and on the way each set of the last 19 places with an a is a state of its own.
        var actions = Enumerable.Range(1, 40).Select(n => new string('?', n)).Append("*a" + new string('?', 18)).Select(a => $"\"{a}\"");
        var result = RuleTester.Control("1.22", With(Policy($$"""{"Statement":[{"Sid":"Odd","Effect":"Allow","Action":[{{string.Join(",", actions)}}],"Resource":"*"}]}""")));
        Assert.Equal((CisStatus.Unknown, "PolicyUndecidable"), (result.Status, result.ReasonCode));
        Assert.Contains("statement 'Odd'", result.Reason);
    }

    [Fact]
    public void What_is_called_everything_matches_every_action() => (
        from patterns in Gen.OneOf(Gen.Char["ab:*?*?"].Array[0, 5].Select(c => new string(c))).List[1, 4]
        from service in Gen.Char["abz"].Array[1, 4].Select(c => new string(c))
        from name in Gen.Char["abz"].Array[1, 4].Select(c => new string(c))
        select (patterns, Action: $"{service}:{name}")).Sample(c =>
        {
            var matches = c.patterns.Exists(p => Regex.IsMatch(c.Action, "^" + Regex.Escape(p).Replace(@"\*", ".*").Replace(@"\?", ".") + "$"));
            Assert.True(matches || PolicyWildcards.MatchEveryAction(c.patterns) == false, $"{string.Join(' ', c.patterns)} does not match {c.Action}.");
        });

    [Fact]
    public void A_missing_default_version_is_unknown() =>
        Assert.Equal("NoDefaultVersion", RuleTester.Control("1.22", With(Policy(Everything) with { DefaultVersionId = "v9" })).ReasonCode);

    [Theory]
    [InlineData("Warn", CisStatus.NotApplicable, 1)]
    [InlineData("Ignore", CisStatus.NotApplicable, 0)]
    [InlineData("Fail", CisStatus.Fail, 1)]
    public void AWS_own_administrator_policy_is_as_the_setting_says(string mode, CisStatus expected, int findings)
    {
        var result = RuleTester.Control("1.22", With(null, attachedTo: [new("AdministratorAccess", AdministratorAccess)]), ("AwsManagedAdmin", mode));
        Assert.Equal((expected, findings), (result.Status, result.Findings.Count));
        Assert.All(result.Findings, f => Assert.Contains("user alice, group Admins, role Deploy", f.Facts.ToString()));
        Assert.All(result.Findings.Where(f => mode == "Warn"), f => Assert.Single(f.Warnings));
    }

    [Fact]
    public void A_policy_of_the_account_called_AdministratorAccess_is_not_AWS_own()
    {
        var evidence = With(null, attachedTo: [new("AdministratorAccess", "arn:aws:iam::111122223333:policy/AdministratorAccess")]);
        Assert.Empty(RuleTester.Control("1.22", evidence, ("AwsManagedAdmin", "Fail")).Findings);
    }

    [Theory]
    [InlineData("Warn", CisStatus.NotApplicable, 3)]
    [InlineData("Ignore", CisStatus.NotApplicable, 0)]
    [InlineData("Fail", CisStatus.Fail, 3)]
    public void An_inline_policy_is_as_the_setting_says(string mode, CisStatus expected, int findings)
    {
        var result = RuleTester.Control("1.22", With(null, inline: new InlinePolicy("god", Everything)), ("InlinePolicies", mode));
        Assert.Equal((expected, findings), (result.Status, result.Findings.Count));
        if (findings > 0)
        {
            Assert.Equal(["alice/god", "Admins/god", "Deploy/god"], result.Findings.Select(f => f.ResourceId));
            Assert.Equal(["AWS::IAM::UserPolicy", "AWS::IAM::GroupPolicy", "AWS::IAM::RolePolicy"], result.Findings.Select(f => f.ResourceType));
        }
    }

    [Fact]
    public void A_conditional_inline_policy_follows_both_settings()
    {
        var inline = new InlinePolicy("god", """{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"a":"b"}}}}""");
        Assert.Equal(CisStatus.Fail, RuleTester.Control("1.22", With(null, inline: inline), ("InlinePolicies", "Fail")).Status);
        Assert.Equal(CisStatus.Pass, RuleTester.Control("1.22", With(null, inline: inline), ("InlinePolicies", "Fail"), ("ConditionalPolicies", "Warn")).Status);
    }

    [Theory]
    [InlineData("Warn", CisStatus.NotApplicable)]
    [InlineData("Fail", CisStatus.Unknown)]
    public void An_inline_policy_that_cannot_be_understood_is_not_passed_over(string mode, CisStatus expected)
    {
        var result = RuleTester.Control("1.22", With(null, inline: new InlinePolicy("odd", "nonsense")), ("InlinePolicies", mode));
        Assert.Equal((expected, 3), (result.Status, result.Findings.Count));
        Assert.All(result.Findings, f => Assert.Contains("is not a valid policy", f.Warnings + f.Reason));
    }

    [Fact]
    public void A_harmless_inline_policy_is_no_finding() =>
        Assert.Empty(RuleTester.Control("1.22", With(null, inline: new InlinePolicy("small", ReadBucket)), ("InlinePolicies", "Fail")).Findings);

    [Fact]
    public void No_policy_does_not_apply_and_denied_details_are_unknown()
    {
        Assert.Equal("NothingToAssess", RuleTester.Control("1.22", With(null)).ReasonCode);
        Assert.Equal(CisStatus.Unknown, RuleTester.Control("1.22", RuleTester.NewEvidence().Deny(EvidenceKinds.AuthorizationDetails)).Status);
    }

    private static ManagedPolicy Policy(string document) =>
        new("team-policy", "arn:aws:iam::111122223333:policy/team-policy", 0, 0, "v1", [new PolicyVersion("v1", true, document)]);

    /// <summary>One policy or none, and a user, a group and a role with the given attachments.</summary>
    private static AccountEvidence With(ManagedPolicy? policy, AttachedPolicy[]? attachedTo = null, InlinePolicy? inline = null)
    {
        IReadOnlyList<InlinePolicy> inlines = inline is null ? [] : [inline];
        IReadOnlyList<AttachedPolicy> attached = attachedTo ?? [];
        return RuleTester.NewEvidence().Set(EvidenceKinds.AuthorizationDetails, "", new AuthorizationDetails(
            [new IamUser("alice", "arn:aws:iam::111122223333:user/alice", RuleTester.Now, inlines, attached, [])],
            [new IamGroup("Admins", "arn:aws:iam::111122223333:group/Admins", inlines, attached)],
            [new IamRole("Deploy", "arn:aws:iam::111122223333:role/Deploy", """{"Statement":[]}""", inlines, attached)],
            policy is null ? [] : [policy]));
    }
}
