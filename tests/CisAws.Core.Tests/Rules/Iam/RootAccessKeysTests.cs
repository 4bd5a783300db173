using System.Collections.Generic;
using CisAws.Evidence;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Iam;

/// <summary>1.12.</summary>
public sealed class RootAccessKeysTests
{
    private static readonly ReportRow Keyless = ReportRow.Root;

    private static readonly ReportRow InactiveKey = ReportRow.Root with { Key1Rotated = ReportRow.Ago(400) };

    private static readonly ReportRow ActiveKey = ReportRow.Root with { Key1 = "true", Key1Rotated = ReportRow.Ago(400) };

    [Fact]
    public void No_key_by_both_witnesses_passes()
    {
        var result = RuleTester.Control("1.12", With(Keyless, 0));
        Assert.Equal((CisStatus.Pass, "NoRootKey", false), (result.Status, result.ReasonCode, result.Incomplete));
    }

    [Theory]
    [InlineData("true", "false", "The root user's access key 1 is active (created on 2025-01-25).")]
    [InlineData("false", "TRUE", "The root user's access key 2 is active (created on 2025-01-25).")]
    public void An_active_key_in_either_slot_fails_and_is_named(string key1, string key2, string reason)
    {
        var root = ReportRow.Root with { Key1 = key1, Key1Rotated = ReportRow.Ago(400), Key2 = key2, Key2Rotated = ReportRow.Ago(400) };
        var result = RuleTester.Control("1.12", With(root, 1));
        Assert.Equal((CisStatus.Fail, "RootKeyActive"), (result.Status, result.ReasonCode));
        Assert.Equal(reason, result.Reason);
    }

    [Fact]
    public void An_inactive_key_passes_with_a_warning_and_fails_when_the_program_says_so()
    {
        foreach (var present in new int?[] { 0, 1, null })
        {
            var result = RuleTester.Control("1.12", With(InactiveKey, present));
            Assert.Equal((CisStatus.Pass, "RootKeyInactive"), (result.Status, result.ReasonCode));
            Assert.Contains("delete it", Assert.Single(result.Findings[0].Warnings));
            Assert.Equal(CisStatus.Fail, RuleTester.Control("1.12", With(InactiveKey, present), ("FailOnInactiveRootKey", true)).Status);
        }
    }

    [Fact]
    public void A_key_that_only_the_summary_counts_is_unknown()
    {
        var result = RuleTester.Control("1.12", With(Keyless, 1));
        Assert.Equal((CisStatus.Unknown, "KeyNotInReport"), (result.Status, result.ReasonCode));
        Assert.Equal(CisStatus.Fail, RuleTester.Control("1.12", With(Keyless, 1), ("FailOnInactiveRootKey", true)).Status);
    }

    [Fact]
    public void A_key_that_only_the_older_report_shows_is_gone()
    {
        var result = RuleTester.Control("1.12", With(ActiveKey, 0));
        Assert.Equal((CisStatus.Pass, "KeyGoneSinceReport"), (result.Status, result.ReasonCode));
        Assert.Contains(result.Findings[0].Facts, f => f.Name == "Note");
    }

    [Fact]
    public void Without_the_report_the_summary_decides_as_far_as_it_can()
    {
        Assert.Equal(CisStatus.Pass, RuleTester.Control("1.12", With(null, 0)).Status);
        var unknown = RuleTester.Control("1.12", With(null, 1));
        Assert.Equal(CisStatus.Unknown, unknown.Status);
        Assert.Contains("iam:GetCredentialReport", unknown.Reason);
        Assert.Equal(CisStatus.Fail, RuleTester.Control("1.12", With(null, 1), ("FailOnInactiveRootKey", true)).Status);
    }

    [Fact]
    public void Without_the_summary_the_report_decides()
    {
        var denied = With(ActiveKey, null).Deny(EvidenceKinds.AccountSummary);
        Assert.Equal((CisStatus.Fail, true), (RuleTester.Control("1.12", denied).Status, RuleTester.Control("1.12", denied).Incomplete));
        Assert.Equal(CisStatus.Pass, RuleTester.Control("1.12", With(Keyless, null).Deny(EvidenceKinds.AccountSummary)).Status);
        Assert.Equal(CisStatus.Pass, RuleTester.Control("1.12", With(Keyless, null)).Status);
    }

    [Fact]
    public void Without_either_it_is_unknown() =>
        Assert.Equal(CisStatus.Unknown, RuleTester.Control("1.12", With(null, null).Deny(EvidenceKinds.AccountSummary)).Status);

    [Theory]
    [InlineData(null, CisStatus.Unknown)]
    [InlineData(1, CisStatus.Unknown)]
    [InlineData(0, CisStatus.Pass)]
    public void A_report_that_does_not_tell_leaves_it_to_the_summary(int? present, CisStatus expected)
    {
        var nonsense = ReportRow.Root with { Key2 = "perhaps" };
        Assert.Equal(expected, RuleTester.Control("1.12", With(nonsense, present)).Status);

        var noTime = ReportRow.Root with { Key2Rotated = "perhaps" };
        Assert.Equal(expected, RuleTester.Control("1.12", With(noTime, present)).Status);

        Assert.Equal(expected, RuleTester.Control("1.12", With(new ReportRow(), present)).Status);
    }

    [Theory]
    [InlineData("not_supported")]
    [InlineData("false")]
    [InlineData("true")]
    public void The_password_of_root_does_not_matter(string password)
    {
        Assert.Equal(CisStatus.Fail, RuleTester.Control("1.12", With(ActiveKey with { Password = password }, 1)).Status);
        Assert.Equal(CisStatus.Pass, RuleTester.Control("1.12", With(Keyless with { Password = password }, 0)).Status);
    }

    [Fact]
    public void A_keyed_root_without_password_and_mfa_fails_here_and_passes_1_13()
    {
        var evidence = With(ActiveKey, 1).Set(
            EvidenceKinds.AccountSummary, "", new Dictionary<string, int> { ["AccountMFAEnabled"] = 0, ["AccountPasswordPresent"] = 0, ["AccountAccessKeysPresent"] = 1 });
        Assert.Equal(CisStatus.Pass, RuleTester.Control("1.13", evidence).Status);
        Assert.Equal(CisStatus.Fail, RuleTester.Control("1.12", evidence).Status);
    }

    /// <summary>A root row, or a denied report; a count of keys, or a summary that does not tell.</summary>
    private static AccountEvidence With(ReportRow? root, int? keysPresent)
    {
        var summary = new Dictionary<string, int> { ["Users"] = 3 };
        if (keysPresent is { } count)
        {
            summary["AccountAccessKeysPresent"] = count;
        }

        var evidence = RuleTester.NewEvidence().Set(EvidenceKinds.AccountSummary, "", summary);
        return root is null
            ? evidence.Deny(EvidenceKinds.CredentialReport)
            : evidence.Set(EvidenceKinds.CredentialReport, "", ReportRow.Report(root, new ReportRow("bob") { Key1 = "true", Key1Rotated = ReportRow.Ago(1) }));
    }
}
