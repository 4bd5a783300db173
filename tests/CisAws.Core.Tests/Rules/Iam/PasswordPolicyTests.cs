using System;
using CisAws.Evidence;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Iam;

/// <summary>1.5 to 1.11, which rest on the same one call.</summary>
public sealed class PasswordPolicyTests
{
    /// <summary>A policy that meets all seven.</summary>
    private static readonly PasswordPolicy Good = new(
        MinimumPasswordLength: 14, RequireUppercaseCharacters: true, RequireLowercaseCharacters: true, RequireSymbols: true, RequireNumbers: true,
        ExpirePasswords: true, MaxPasswordAge: 90, PasswordReusePrevention: 24);

    public static TheoryData<string> All => ["1.5", "1.6", "1.7", "1.8", "1.9", "1.10", "1.11"];

    [Theory]
    [MemberData(nameof(All))]
    public void A_good_policy_passes(string control) => Assert.Equal(CisStatus.Pass, RuleTester.Control(control, With(Good)).Status);

    [Theory]
    [MemberData(nameof(All))]
    public void An_empty_policy_fails(string control) => Assert.Equal(CisStatus.Fail, RuleTester.Control(control, With(new PasswordPolicy())).Status);

    [Theory]
    [MemberData(nameof(All))]
    public void No_policy_of_its_own_fails(string control)
    {
        var result = RuleTester.Control(control, With(null));
        Assert.Equal((CisStatus.Fail, "NoPasswordPolicy"), (result.Status, result.ReasonCode));
        Assert.Contains("AWS's default", result.Reason);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_denied_policy_is_unknown_and_names_the_action(string control)
    {
        var result = RuleTester.Control(control, RuleTester.NewEvidence().Deny(EvidenceKinds.PasswordPolicy));
        Assert.Equal((CisStatus.Unknown, true), (result.Status, result.Incomplete));
        Assert.Contains("iam:GetAccountPasswordPolicy", result.Reason);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Without_users_the_policy_is_judged_all_the_same_with_a_note(string control)
    {
        var result = RuleTester.Control(control, With(Good).Set(EvidenceKinds.CredentialReport, "", ReportRow.Report(ReportRow.Root with { Password = "true" })));
        Assert.Equal(CisStatus.Pass, result.Status);
        Assert.Contains(new CisFact("Note", "No IAM user currently has a password."), result.Findings[0].Facts);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("perhaps")]
    public void Where_a_user_may_have_a_password_there_is_no_note(string password)
    {
        var result = RuleTester.Control("1.9", With(Good).Set(EvidenceKinds.CredentialReport, "", ReportRow.Report(new ReportRow { Password = password })));
        Assert.DoesNotContain(result.Findings[0].Facts, f => f.Name == "Note");
    }

    [Fact]
    public void A_row_that_cannot_be_read_may_be_a_user_with_a_password()
    {
        var report = ReportRow.Report(new ReportRow()).WithRow("bob", "arn:aws:iam::111122223333:user/bob", "", "false");
        Assert.DoesNotContain(RuleTester.Control("1.9", With(Good).Set(EvidenceKinds.CredentialReport, "", report)).Findings[0].Facts, f => f.Name == "Note");
    }

    [Fact]
    public void A_denied_report_takes_nothing_from_the_verdict()
    {
        var result = RuleTester.Control("1.9", With(Good).Deny(EvidenceKinds.CredentialReport));
        Assert.Equal((CisStatus.Pass, false), (result.Status, result.Incomplete));
        Assert.DoesNotContain(result.Findings[0].Facts, f => f.Name == "Note");
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("1.6")]
    [InlineData("1.7")]
    [InlineData("1.8")]
    public void Each_kind_of_character_is_looked_at_by_its_own_control_only(string control)
    {
        var policy = control switch
        {
            "1.5" => Good with { RequireUppercaseCharacters = false },
            "1.6" => Good with { RequireLowercaseCharacters = false },
            "1.7" => Good with { RequireSymbols = false },
            _ => Good with { RequireNumbers = false },
        };
        foreach (var other in new[] { "1.5", "1.6", "1.7", "1.8" })
        {
            Assert.Equal(other == control ? CisStatus.Fail : CisStatus.Pass, RuleTester.Control(other, With(policy)).Status);
        }
    }

    [Theory]
    [InlineData("1.5", "an uppercase letter")]
    [InlineData("1.6", "a lowercase letter")]
    [InlineData("1.7", "a symbol")]
    [InlineData("1.8", "a number")]
    public void The_reason_names_the_kind_of_character(string control, string character) =>
        Assert.Equal($"The password policy does not require {character}.", RuleTester.Control(control, With(new PasswordPolicy())).Reason);

    [Theory]
    [InlineData(14, CisStatus.Pass)]
    [InlineData(13, CisStatus.Fail)]
    [InlineData(128, CisStatus.Pass)]
    [InlineData(null, CisStatus.Fail)]
    public void Passwords_must_have_14_characters(int? length, CisStatus expected) =>
        Assert.Equal(expected, RuleTester.Control("1.9", With(Good with { MinimumPasswordLength = length })).Status);

    [Theory]
    [InlineData(24, CisStatus.Pass, "ReusePrevented")]
    [InlineData(23, CisStatus.Fail, "TooFewRemembered")]
    [InlineData(0, CisStatus.Fail, "ReuseAllowed")]
    [InlineData(null, CisStatus.Fail, "ReuseAllowed")]
    public void The_last_24_passwords_must_be_remembered(int? count, CisStatus expected, string code)
    {
        var result = RuleTester.Control("1.10", With(Good with { PasswordReusePrevention = count }));
        Assert.Equal((expected, code), (result.Status, result.ReasonCode));
    }

    [Theory]
    [InlineData(true, 90, CisStatus.Pass)]
    [InlineData(true, 91, CisStatus.Fail)]
    [InlineData(true, 1, CisStatus.Pass)]
    [InlineData(false, null, CisStatus.Fail)]
    [InlineData(true, 0, CisStatus.Fail)]
    [InlineData(true, null, CisStatus.Fail)]
    [InlineData(false, 60, CisStatus.Fail)]
    [InlineData(null, 60, CisStatus.Pass)]
    [InlineData(null, null, CisStatus.Fail)]
    public void Passwords_must_expire_within_90_days(bool? expire, int? days, CisStatus expected)
    {
        var policy = Good with { ExpirePasswords = expire, MaxPasswordAge = days };
        Assert.Equal(expected, RuleTester.Control("1.11", With(policy)).Status);
        Assert.Equal(expected, RuleTester.Control("1.11", With(policy with { HardExpiry = true })).Status);
    }

    [Theory]
    [InlineData("1.9", "MinPasswordLength", 16)]
    [InlineData("1.11", "MaxPasswordAgeDays", 60)]
    public void A_stricter_setting_fails_what_passed(string control, string setting, int value) =>
        Assert.Equal(CisStatus.Fail, RuleTester.Control(control, With(Good), (setting, value)).Status);

    [Fact]
    public void A_laxer_setting_passes_what_failed() =>
        Assert.Equal(CisStatus.Pass, RuleTester.Control("1.10", With(Good with { PasswordReusePrevention = 12 }), ("PasswordReuseCount", 12)).Status);

    private static AccountEvidence With(PasswordPolicy? policy) => RuleTester.NewEvidence().Set(EvidenceKinds.PasswordPolicy, "", policy);
}
