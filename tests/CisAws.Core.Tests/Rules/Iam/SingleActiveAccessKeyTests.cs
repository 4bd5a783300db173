using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Iam;

public sealed class SingleActiveAccessKeyTests
{
    private const string Rule = "iam-single-active-access-key";

    [Theory]
    [InlineData("true", "true", CisStatus.Fail, "SeveralActiveKeys")]
    [InlineData("true", "false", CisStatus.Pass, "OneActiveKey")]
    [InlineData("false", "TRUE", CisStatus.Pass, "OneActiveKey")]
    [InlineData("true", "Expired", CisStatus.Pass, "OneActiveKey")]
    [InlineData("false", "false", CisStatus.NotApplicable, "NoActiveKey")]
    [InlineData("true", "maybe", CisStatus.Unknown, "UnreadableValue")]
    public void A_user_has_one_active_key_at_most(string first, string second, CisStatus status, string code)
    {
        var user = new ReportRow { Key1 = first, Key1Rotated = ReportRow.Ago(20), Key2 = second, Key2Rotated = ReportRow.Ago(10) };
        var result = RuleTester.Rule(Rule, ReportRow.Evidence(user));
        Assert.Equal((status, code), (result.Status, result.ReasonCode));
        Assert.Equal(("AWS::IAM::User", "alice"), (result.Findings.Single().ResourceType, result.Findings.Single().ResourceId));
    }

    [Theory]
    [InlineData("Active,Inactive,Inactive", CisStatus.Pass)]
    [InlineData("Inactive,Active,Active", CisStatus.Fail)]
    [InlineData("Inactive,Inactive,Inactive", CisStatus.NotApplicable)]
    public void Where_the_report_does_not_show_every_key_the_list_decides(string keys, CisStatus status)
    {
        var listed = keys.Split(',').Select((s, i) => new AccessKey($"AKIA{i}", s, RuleTester.Now.AddDays(-i))).ToList();
        var result = RuleTester.Rule(Rule, More().Set<IReadOnlyList<AccessKey>>(EvidenceKinds.AccessKeys, "alice", listed));
        Assert.Equal(status, result.Status);
        Assert.Single(result.Findings);
    }

    [Fact]
    public void What_cannot_be_read_is_unknown()
    {
        Assert.Equal((CisStatus.Unknown, "AccessDenied"), CodeOf(More().Deny(EvidenceKinds.AccessKeys, "alice")));
        Assert.Equal((CisStatus.Unknown, "AccessDenied"), CodeOf(RuleTester.NewEvidence().Deny(EvidenceKinds.CredentialReport)));
        Assert.Equal((CisStatus.NotApplicable, "NothingToAssess"), CodeOf(ReportRow.Evidence(ReportRow.Root)));
    }

    private static (CisStatus Status, string Code) CodeOf(AccountEvidence evidence) =>
        RuleTester.Rule(Rule, evidence) is var result ? (result.Status, result.ReasonCode) : default;

    /// <summary>A user whose further keys the report only counts.</summary>
    private static AccountEvidence More() => RuleTester.NewEvidence().Set(
        EvidenceKinds.CredentialReport, "",
        ReportRow.Report(new ReportRow { Key1 = "true", Key1Rotated = ReportRow.Ago(20) }).WithMore("1 additional access key; call ListAccessKeys"));
}
