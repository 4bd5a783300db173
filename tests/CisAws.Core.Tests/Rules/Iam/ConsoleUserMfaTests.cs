using System.Linq;
using CisAws.Evidence;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Core.Tests.Rules.Iam;

public sealed class ConsoleUserMfaTests
{
    [Theory]
    [InlineData("true", "true", CisStatus.Pass, "MfaActive")]
    [InlineData("true", "false", CisStatus.Fail, "NoMfa")]
    [InlineData("TRUE", "FALSE", CisStatus.Fail, "NoMfa")]
    [InlineData("True", "TRUE", CisStatus.Pass, "MfaActive")]
    [InlineData("false", "false", CisStatus.NotApplicable, "NoPassword")]
    [InlineData("false", "maybe", CisStatus.NotApplicable, "NoPassword")]
    [InlineData("maybe", "true", CisStatus.Unknown, "UnreadableValue")]
    [InlineData("not_supported", "true", CisStatus.Unknown, "UnreadableValue")]
    [InlineData("true", "", CisStatus.Unknown, "UnreadableValue")]
    public void A_user_with_a_password_must_have_mfa(string password, string mfa, CisStatus status, string code)
    {
        var result = RuleTester.Control("1.2", ReportRow.Evidence(new ReportRow { Password = password, Mfa = mfa }));
        var finding = Assert.Single(result.Findings);
        Assert.Equal((status, code), (result.Status, result.ReasonCode));
        Assert.Equal(("AWS::IAM::User", "alice", "arn:aws:iam::111122223333:user/alice"), (finding.ResourceType, finding.ResourceId, finding.ResourceArn));
    }

    [Fact]
    public void Root_is_left_to_1_13_wherever_its_row_stands()
    {
        var good = new ReportRow { Password = "true", Mfa = "true" };
        var root = ReportRow.Root with { Password = "true" };
        Assert.Equal(CisStatus.Pass, RuleTester.Control("1.2", ReportRow.Evidence(root, good)).Status);
        Assert.Equal(CisStatus.Pass, RuleTester.Control("1.2", ReportRow.Evidence(good, root)).Status);
        Assert.Equal(CisStatus.NotApplicable, RuleTester.Control("1.2", ReportRow.Evidence(root)).Status);
    }

    [Fact]
    public void A_user_is_named_as_the_report_names_it()
    {
        var user = new ReportRow("a,b") { Arn = "arn:aws:iam::111122223333:user/team/a,b", Password = "true" };
        var finding = Assert.Single(RuleTester.Control("1.2", ReportRow.Evidence(user)).Findings);
        Assert.Equal(("a,b", user.Arn), (finding.ResourceId, finding.ResourceArn));
    }

    [Fact]
    public void Without_an_arn_in_the_report_one_is_built_from_the_partition()
    {
        var evidence = RuleTester.NewEvidence("aws-cn").Set(EvidenceKinds.CredentialReport, "", ReportRow.Report(new ReportRow()).Without("arn"));
        Assert.Equal("arn:aws-cn:iam::111122223333:user/alice", RuleTester.Control("1.2", evidence).Findings[0].ResourceArn);
    }

    [Fact]
    public void The_reason_counts_users_and_the_facts_date_the_report()
    {
        var evidence = ReportRow.Evidence(
            new ReportRow("ann") { Password = "true", Mfa = "true" }, new ReportRow("bob") { Password = "true" }, new ReportRow("ci"));
        var result = RuleTester.Control("1.2", evidence);
        Assert.Equal("1 of 2 console users has no MFA device: bob.", result.Reason);
        Assert.All(result.Findings, f => Assert.Equal("ReportGenerated=2026-03-01 11:30 UTC", f.Facts.ToString()));
    }

    [Fact]
    public void An_account_without_users_has_nothing_to_assess()
    {
        var result = RuleTester.Control("1.2", ReportRow.Evidence(ReportRow.Root));
        Assert.Equal(("NothingToAssess", 0), (result.ReasonCode, result.Findings.Count));
    }

    [Fact]
    public void Ten_thousand_users_are_ten_thousand_light_findings()
    {
        var users = Enumerable.Range(0, 10_000).Select(i => new ReportRow($"user{i}") { Password = "true", Mfa = i == 9_999 ? "false" : "true" });
        var result = RuleTester.Control("1.2", ReportRow.Evidence([.. users]));
        Assert.Equal((CisStatus.Fail, 10_000), (result.Status, result.Findings.Count));
        Assert.Equal("user9999", Assert.Single(result.Findings, f => f.Status == CisStatus.Fail).ResourceId);
        Assert.All(result.Findings, f => Assert.Same(result.Findings[0].Facts, f.Facts));
    }
}
