using System;
using System.Collections.Generic;
using CisAws.Evidence;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Iam;

/// <summary>1.13, and what 1.14 shares with it.</summary>
public sealed class RootMfaTests
{
    public static TheoryData<string> Both => ["1.13", "1.14"];

    [Fact]
    public void Root_with_mfa_passes() => Assert.Equal(CisStatus.Pass, RuleTester.Control("1.13", With(mfa: 1, password: 1)).Status);

    [Theory]
    [MemberData(nameof(Both))]
    public void Root_with_a_password_and_no_mfa_fails(string control)
    {
        var result = RuleTester.Control(control, With(mfa: 0, password: 1));
        Assert.Equal((CisStatus.Fail, "NoRootMfa"), (result.Status, result.ReasonCode));
    }

    [Theory]
    [InlineData("1.13", "Pass", CisStatus.Pass)]
    [InlineData("1.13", "NotApplicable", CisStatus.NotApplicable)]
    [InlineData("1.13", "Strict", CisStatus.Fail)]
    [InlineData("1.14", "Pass", CisStatus.Pass)]
    [InlineData("1.14", "NotApplicable", CisStatus.NotApplicable)]
    [InlineData("1.14", "Strict", CisStatus.Fail)]
    public void Root_without_credentials_is_as_the_setting_says(string control, string setting, CisStatus expected)
    {
        var result = RuleTester.Control(control, With(mfa: 0, password: 0), ("AbsentRootCredentials", setting));
        Assert.Equal((expected, "RootCredentialsAbsent"), (result.Status, result.ReasonCode));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void A_summary_without_AccountMFAEnabled_is_unknown(string control)
    {
        var result = RuleTester.Control(control, With(mfa: null, password: 0));
        Assert.Equal((CisStatus.Unknown, "MissingSummaryKey", true), (result.Status, result.ReasonCode, result.Incomplete));
        Assert.Contains("AccountMFAEnabled", result.Reason);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void A_denied_summary_is_unknown(string control) =>
        Assert.Equal(CisStatus.Unknown, RuleTester.Control(control, RuleTester.NewEvidence().Deny(EvidenceKinds.AccountSummary)).Status);

    [Theory]
    [InlineData("true", CisStatus.Fail)]
    [InlineData("not_supported", CisStatus.Fail)]
    [InlineData("false", CisStatus.Pass)]
    [InlineData("perhaps", CisStatus.Unknown)]
    public void Where_the_summary_does_not_tell_of_the_password_the_report_does(string password, CisStatus expected)
    {
        var evidence = With(mfa: 0, password: null)
            .Set(EvidenceKinds.CredentialReport, "", ReportRow.Report(ReportRow.Root with { Password = password }));
        Assert.Equal(expected, RuleTester.Control("1.13", evidence).Status);
    }

    [Fact]
    public void Without_either_witness_of_the_password_it_is_unknown()
    {
        Assert.Equal(CisStatus.Unknown, RuleTester.Control("1.13", With(mfa: 0, password: null).Deny(EvidenceKinds.CredentialReport)).Status);
        Assert.Equal(CisStatus.Unknown, RuleTester.Control("1.13", With(mfa: 0, password: null).Set(EvidenceKinds.CredentialReport, "", ReportRow.Report())).Status);
    }

    [Fact]
    public void A_denied_report_takes_nothing_from_a_verdict_of_the_summary()
    {
        var result = RuleTester.Control("1.13", With(mfa: 1, password: 1).Deny(EvidenceKinds.CredentialReport));
        Assert.Equal((CisStatus.Pass, false), (result.Status, result.Incomplete));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void In_GovCloud_root_cannot_sign_in(string control)
    {
        var evidence = With(mfa: 0, password: 1, "aws-us-gov");
        Assert.Equal((CisStatus.NotApplicable, "GovCloud"), (RuleTester.Control(control, evidence).Status, RuleTester.Control(control, evidence).ReasonCode));
    }

    private static AccountEvidence With(int? mfa, int? password, string partition = "aws")
    {
        var summary = new Dictionary<string, int>();
        if (mfa is { } m)
        {
            summary["AccountMFAEnabled"] = m;
        }

        if (password is { } p)
        {
            summary["AccountPasswordPresent"] = p;
        }

        return RuleTester.NewEvidence(partition)
            .Set(EvidenceKinds.AccountSummary, "", summary)
            .Set(EvidenceKinds.VirtualMfaDevices, "", []);
    }
}
