using System.Linq;
using CisAws.Evidence;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Iam;

/// <summary>1.4.</summary>
public sealed class AccessKeyRotationTests
{
    [Theory]
    [InlineData("true", 90.2, CisStatus.Pass)]
    [InlineData("true", 91, CisStatus.Fail)]
    [InlineData("TRUE", 91, CisStatus.Fail)]
    [InlineData("true", -1, CisStatus.Pass)]
    [InlineData("false", 500, CisStatus.NotApplicable)]
    [InlineData("Expired", 500, CisStatus.NotApplicable)]
    [InlineData("perhaps", 10, CisStatus.Unknown)]
    public void An_active_key_must_not_be_older_than_90_days(string active, double days, CisStatus expected)
    {
        var user = new ReportRow { Key1 = active, Key1Rotated = ReportRow.Ago(days) };
        Assert.Equal(expected, RuleTester.Control("1.4", ReportRow.Evidence(user)).Status);
    }

    [Fact]
    public void Of_two_keys_the_old_one_fails()
    {
        var user = new ReportRow { Key1 = "true", Key1Rotated = ReportRow.Ago(10), Key2 = "true", Key2Rotated = ReportRow.Ago(200) };
        var result = RuleTester.Control("1.4", ReportRow.Evidence(user));
        var failure = Assert.Single(result.Findings, f => f.Status == CisStatus.Fail);
        Assert.Equal(("AWS::IAM::AccessKey", "alice/access_key_2", user.Arn), (failure.ResourceType, failure.ResourceId, failure.ResourceArn));
        Assert.Equal("Access key 2 was created on 2025-08-13 (200 days ago; maximum 90).", failure.Reason);
        Assert.Contains(failure.Facts, f => f.Name == "ReportGenerated");
    }

    [Theory]
    [InlineData("N/A")]
    [InlineData("nonsense")]
    public void An_active_key_without_a_time_is_unknown(string rotated)
    {
        var result = RuleTester.Control("1.4", ReportRow.Evidence(new ReportRow { Key1 = "true", Key1Rotated = rotated }));
        Assert.Equal((CisStatus.Unknown, "UnreadableValue"), (result.Status, result.ReasonCode));
    }

    [Fact]
    public void Root_and_users_without_keys_are_not_reported()
    {
        var root = ReportRow.Root with { Key1 = "true", Key1Rotated = ReportRow.Ago(400) };
        var result = RuleTester.Control("1.4", ReportRow.Evidence(root, new ReportRow()));
        Assert.Equal((CisStatus.NotApplicable, 0), (result.Status, result.Findings.Count));
    }

    [Fact]
    public void A_key_that_was_never_used_is_not_failed_for_that()
    {
        var user = new ReportRow { Key1 = "true", Key1Rotated = ReportRow.Ago(10), Key1Used = "N/A" };
        Assert.Equal(CisStatus.Pass, RuleTester.Control("1.4", ReportRow.Evidence(user)).Status);
    }

    [Fact]
    public void The_setting_decides_the_limit()
    {
        var evidence = ReportRow.Evidence(new ReportRow { Key1 = "true", Key1Rotated = ReportRow.Ago(60) });
        Assert.Equal(CisStatus.Fail, RuleTester.Control("1.4", evidence, ("MaxAccessKeyAgeDays", 45)).Status);
        Assert.Equal(CisStatus.Pass, RuleTester.Control("1.4", evidence).Status);
    }
}
