using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Iam;

/// <summary>Users with more than two access keys: the credential report has room for two (1.3, 1.4, 1.12, 1.21).</summary>
public sealed class AdditionalCredentialsTests
{
    private const string Cell = "1 additional access key; call ListAccessKeys";

    // Console user with two keys that are in order under all three controls.
    private static readonly ReportRow User = new("many.keys")
    {
        Created = ReportRow.Ago(400),
        Password = "true",
        PasswordUsed = ReportRow.Ago(1),
        Key1 = "true",
        Key1Rotated = ReportRow.Ago(20),
        Key1Used = ReportRow.Ago(1),
        Key2 = "true",
        Key2Rotated = ReportRow.Ago(10),
        Key2Used = ReportRow.Ago(1),
    };

    [Theory]
    [InlineData("1.3")]
    [InlineData("1.4")]
    [InlineData("1.21")]
    public void Keys_that_cannot_be_listed_make_the_user_unknown(string control)
    {
        var result = RuleTester.Control(control, With(Cell).Deny(EvidenceKinds.AccessKeys, "many.keys"));
        Assert.Equal((CisStatus.Unknown, true), (result.Status, result.Incomplete));
        var finding = Assert.Single(result.Findings, f => f.Status == CisStatus.Unknown);
        Assert.Equal(("AWS::IAM::User", "many.keys", "AccessDenied"), (finding.ResourceType, finding.ResourceId, finding.ReasonCode));
        Assert.Contains("iam:ListAccessKeys was denied", finding.Reason);
        Assert.Contains(Cell, finding.Warnings.ToString());
        Assert.Equal("iam:ListAccessKeys", Assert.Single(result.ReadFailures).Action);
        Assert.Equal(CisStatus.Pass, RuleTester.Control(control, With("N/A")).Status);
        Assert.Equal(CisStatus.Pass, RuleTester.Control(control, With("")).Status);
    }

    [Theory]
    [InlineData("1.3", "Active", 30, CisStatus.Pass, "New")]
    [InlineData("1.3", "Active", 200, CisStatus.Unknown, "LastUseNotShown")]
    [InlineData("1.3", "Inactive", 200, CisStatus.NotApplicable, "KeyInactive")]
    [InlineData("1.4", "Active", 30, CisStatus.Pass, "RotatedInTime")]
    [InlineData("1.4", "Active", 200, CisStatus.Fail, "KeyTooOld")]
    [InlineData("1.4", "Inactive", 200, CisStatus.NotApplicable, "KeyInactive")]
    [InlineData("1.21", "Active", 200, CisStatus.Pass, "MadeLater")]
    [InlineData("1.21", "Active", 400, CisStatus.Unknown, "LastUseNotShown")]
    public void A_key_that_only_the_list_shows_is_judged_by_its_status_and_age(string control, string status, double days, CisStatus expected, string code)
    {
        var result = RuleTester.Control(control, WithKeys(new AccessKey("AKIAEXAMPLE3", status, RuleTester.Now.AddDays(-days))));
        var finding = Assert.Single(result.Findings, f => f.ResourceId == "many.keys/AKIAEXAMPLE3");
        Assert.Equal((expected, code, "AWS::IAM::AccessKey"), (finding.Status, finding.ReasonCode, finding.ResourceType));
    }

    [Fact]
    public void A_key_that_the_report_shows_is_not_judged_twice()
    {
        var result = RuleTester.Control("1.4", WithKeys());
        Assert.Equal(["many.keys/access_key_1", "many.keys/access_key_2"], result.Findings.Select(f => f.ResourceId));
        Assert.Equal(CisStatus.Pass, result.Status);
    }

    [Fact]
    public void Other_users_and_other_controls_ask_for_no_keys()
    {
        Assert.Equal(["many.keys"], Report("N/A", Cell).UsersWithMoreCredentials());
        var control = DefaultPrograms.Benchmark.Find(CisAws.Benchmarks.ControlId.Parse("1.2"))!;
        Assert.DoesNotContain(EvidenceKinds.AccessKeys, control.Needs);
    }

    [Theory]
    [InlineData(false, null, false, CisStatus.Unknown)]
    [InlineData(false, 1, false, CisStatus.Unknown)]
    [InlineData(false, 0, false, CisStatus.Pass)]
    [InlineData(true, 1, false, CisStatus.Unknown)]
    [InlineData(true, 1, true, CisStatus.Fail)]
    public void More_keys_of_the_root_user_are_only_known_to_be_none_by_the_account_summary(bool inactiveKey, int? present, bool strict, CisStatus expected)
    {
        var root = inactiveKey ? ReportRow.Root with { Key1Rotated = ReportRow.Ago(400) } : ReportRow.Root;
        var summary = present is { } count ? new Dictionary<string, int> { ["AccountAccessKeysPresent"] = count } : [];
        var evidence = RuleTester.NewEvidence().Set(EvidenceKinds.AccountSummary, "", summary).Set(EvidenceKinds.CredentialReport, "", ReportRow.Report(root).WithMore(Cell));
        Assert.Equal(expected, RuleTester.Control("1.12", evidence, ("FailOnInactiveRootKey", strict)).Status);
    }

    private static CredentialReport Report(string rootCell, string userCell) => ReportRow.Report(ReportRow.Root, User).WithMore(rootCell, userCell);

    private static AccountEvidence With(string cell) => RuleTester.NewEvidence().Set(EvidenceKinds.CredentialReport, "", Report("N/A", cell));

    private static AccountEvidence WithKeys(params AccessKey[] more) => With(Cell).Set(
        EvidenceKinds.AccessKeys, "many.keys",
        [new AccessKey("AKIAEXAMPLE1", "Active", RuleTester.Now.AddDays(-20)), new AccessKey("AKIAEXAMPLE2", "Active", RuleTester.Now.AddDays(-10)), .. more]);
}
