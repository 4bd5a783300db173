using System.Linq;
using CisAws.Evidence;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Core.Tests.Rules.Iam;

/// <summary>1.3.</summary>
public sealed class UnusedCredentialsTests
{
    private const double Hour = 1.0 / 24;

    [Theory]
    [InlineData(90 - Hour, CisStatus.Pass)]
    [InlineData(90, CisStatus.Fail)]
    [InlineData(400, CisStatus.Fail)]
    [InlineData(-1, CisStatus.Pass)]
    public void A_password_must_have_been_used_less_than_90_days_ago(double days, CisStatus expected)
    {
        var user = new ReportRow { Password = "true", PasswordUsed = ReportRow.Ago(days), PasswordChanged = ReportRow.Ago(500) };
        Assert.Equal(expected, RuleTester.Control("1.3", ReportRow.Evidence(user)).Status);
    }

    [Theory]
    [InlineData("no_information", 91, CisStatus.Fail)]
    [InlineData("no_information", 10, CisStatus.Pass)]
    [InlineData("N/A", 10, CisStatus.Pass)]
    [InlineData("nonsense", 10, CisStatus.Unknown)]
    public void A_password_that_was_never_used_counts_from_its_last_change(string used, int changed, CisStatus expected)
    {
        // The user is old: only the password's own time counts.
        var user = new ReportRow { Password = "true", PasswordUsed = used, PasswordChanged = ReportRow.Ago(changed), Created = ReportRow.Ago(1100) };
        Assert.Equal(expected, RuleTester.Control("1.3", ReportRow.Evidence(user)).Status);
    }

    [Theory]
    [InlineData("N/A", "2026-02-25T00:00:00Z", CisStatus.Pass)]
    [InlineData("N/A", "2025-02-25T00:00:00Z", CisStatus.Fail)]
    [InlineData("N/A", "N/A", CisStatus.Unknown)]
    [InlineData("nonsense", "2026-02-25T00:00:00Z", CisStatus.Unknown)]
    public void A_password_without_any_time_of_its_own_counts_from_the_users_creation(string changed, string created, CisStatus expected)
    {
        var user = new ReportRow { Password = "true", PasswordUsed = "no_information", PasswordChanged = changed, Created = created };
        Assert.Equal(expected, RuleTester.Control("1.3", ReportRow.Evidence(user)).Status);
    }

    [Fact]
    public void A_password_that_was_reset_but_not_used_since_fails_with_a_note()
    {
        var user = new ReportRow { Password = "true", PasswordUsed = ReportRow.Ago(200), PasswordChanged = ReportRow.Ago(1) };
        var finding = Assert.Single(RuleTester.Control("1.3", ReportRow.Evidence(user)).Findings);
        Assert.Equal((CisStatus.Fail, "Unused"), (finding.Status, finding.ReasonCode));
        Assert.Contains(finding.Facts, f => f.Name == "Note" && f.Value.Contains("2026-02-28"));
    }

    [Theory]
    [InlineData("true", "N/A", 120, CisStatus.Fail)]
    [InlineData("true", "N/A", 10, CisStatus.Pass)]
    [InlineData("true", "2026-02-25T00:00:00+00:00", 900, CisStatus.Pass)]
    [InlineData("true", "2025-02-25T00:00:00+00:00", 10, CisStatus.Fail)]
    [InlineData("true", "nonsense", 10, CisStatus.Unknown)]
    [InlineData("false", "N/A", 400, CisStatus.NotApplicable)]
    [InlineData("Expired", "N/A", 400, CisStatus.NotApplicable)]
    [InlineData("perhaps", "N/A", 400, CisStatus.Unknown)]
    public void An_active_key_must_have_been_used_or_be_new(string active, string used, int made, CisStatus expected)
    {
        var key1 = new ReportRow { Key1 = active, Key1Used = used, Key1Rotated = ReportRow.Ago(made) };
        var key2 = new ReportRow { Key2 = active, Key2Used = used, Key2Rotated = ReportRow.Ago(made) };
        Assert.Equal(expected, RuleTester.Control("1.3", ReportRow.Evidence(key1)).Status);
        Assert.Equal(expected, RuleTester.Control("1.3", ReportRow.Evidence(key2)).Status);
    }

    [Fact]
    public void An_active_key_without_any_time_is_unknown()
    {
        var result = RuleTester.Control("1.3", ReportRow.Evidence(new ReportRow { Key1 = "true" }));
        Assert.Equal(CisStatus.Unknown, result.Status);
        Assert.Contains("access_key_1_last_rotated is 'N/A'", result.Reason);
    }

    [Fact]
    public void Root_is_left_out()
    {
        var root = ReportRow.Root with
        {
            Password = "true",
            PasswordUsed = ReportRow.Ago(500),
            Key1 = "true",
            Key1Rotated = ReportRow.Ago(900),
            Key1Used = ReportRow.Ago(900),
        };
        Assert.Empty(RuleTester.Control("1.3", ReportRow.Evidence(root)).Findings);
    }

    [Fact]
    public void Each_credential_is_judged_for_itself_and_the_failure_names_it()
    {
        var user = new ReportRow
        {
            Password = "true",
            PasswordUsed = ReportRow.Ago(1),
            PasswordChanged = ReportRow.Ago(1),
            Key1 = "true",
            Key1Used = ReportRow.Ago(1),
            Key1Rotated = ReportRow.Ago(50),
            Key2 = "true",
            Key2Used = ReportRow.Ago(200),
            Key2Rotated = ReportRow.Ago(300),
        };
        var result = RuleTester.Control("1.3", ReportRow.Evidence(ReportRow.Root, user));
        Assert.Equal(["alice/access_key_2", "alice/password", "alice/access_key_1"], result.Findings.Select(f => f.ResourceId));
        Assert.Equal(["AWS::IAM::AccessKey", "AWS::IAM::LoginProfile", "AWS::IAM::AccessKey"], result.Findings.Select(f => f.ResourceType));
        Assert.All(result.Findings, f => Assert.Equal(user.Arn, f.ResourceArn));
        Assert.Equal("1 of 3 enabled IAM user credentials has not been used for 90 days: alice/access_key_2.", result.Reason);
        Assert.Equal("Access key 2 was last used on 2025-08-13 (200 days ago; must be less than 90).", result.Findings[0].Reason);
    }

    [Fact]
    public void A_user_without_password_and_keys_has_nothing_to_assess() =>
        Assert.Empty(RuleTester.Control("1.3", ReportRow.Evidence(new ReportRow())).Findings);

    [Fact]
    public void The_setting_decides_the_limit()
    {
        var evidence = ReportRow.Evidence(new ReportRow { Password = "true", PasswordUsed = ReportRow.Ago(50) });
        Assert.Equal(CisStatus.Fail, RuleTester.Control("1.3", evidence, ("MaxUnusedCredentialDays", 45)).Status);
        Assert.Equal(CisStatus.Pass, RuleTester.Control("1.3", evidence).Status);
    }

    [Fact]
    public void Ten_thousand_users_are_thirty_thousand_findings()
    {
        var users = Enumerable.Range(0, 10_000).Select(i => new ReportRow($"user{i}")
        {
            Password = "true",
            PasswordUsed = ReportRow.Ago(3),
            Key1 = "true",
            Key1Used = ReportRow.Ago(3),
            Key1Rotated = ReportRow.Ago(30),
            Key2 = "true",
            Key2Used = ReportRow.Ago(3),
            Key2Rotated = ReportRow.Ago(30),
        });
        var result = RuleTester.Control("1.3", ReportRow.Evidence([.. users]));
        Assert.Equal((CisStatus.Pass, 30_000), (result.Status, result.Findings.Count));
        Assert.All(result.Findings, f => Assert.Same(result.Findings[0].Facts, f.Facts));
    }
}
