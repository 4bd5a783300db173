using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Core.Tests.Rules.Trails;
using CisAws.Evidence;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Alarms;

/// <summary>A member account sees its organisation's trail; the filters and alarms on it are in the account that owns the trail.</summary>
public sealed class OwnerEvidenceTests
{
    private const string Owner = RuleTester.AccountId;
    private const string Member = "222233334444";
    private const string Administrator = "333344445555";

    private static readonly string Trail = TrailEvidence.Trail().Arn;

    public static TheoryData<string, string, string> Cases => new()
    {
        { "", "Pass", "Alarmed" },
        { "actions", "Fail", "ActionsDisabled" },
        { "filters", "Fail", "NoMatchingFilter" },
        { "subscriptions", "Fail", "NoConfirmedSubscription" },
        { "status", "Fail", "NotLogging" },
        { "group", "Fail", "NoLogGroup" },
        { "denied", "Unknown", "AccessDenied" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void With_the_owners_evidence_the_chain_is_followed_in_the_owners_account(string change, string status, string code)
    {
        var owner = OwnerWith(change);
        var result = Assess(MemberOf(owner), owner);
        Assert.Equal((Enum.Parse<CisStatus>(status), code, Member), (result.Status, result.ReasonCode, result.AccountId));
        Assert.EndsWith(change == "denied" ? $" of account {Owner}." : $"; based on the evidence of account {Owner}.", result.Reason, StringComparison.Ordinal);
        Assert.Equal(change == "denied", result.Incomplete);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Without_the_owners_evidence_the_reason_names_the_account_to_assess(string change, string status, string code)
    {
        Assert.NotEqual("ForeignOwner", status + code);
        var result = Assess(MemberOf(OwnerWith(change)), RuleTester.NewEvidence(accountId: Administrator));
        Assert.Equal((CisStatus.Unknown, "ForeignOwner"), (result.Status, result.ReasonCode));
        Assert.Equal(
            $"Not decided: account {Owner} owns trail main and has its metric filters and alarms; assess it together with account {Owner}.", result.Reason);
    }

    [Fact]
    public void What_the_owner_could_not_read_names_the_owner()
    {
        var owner = OwnerWith("denied");
        var result = Assess(MemberOf(owner), owner);
        Assert.StartsWith($"Not decided: logs:DescribeMetricFilters was denied in {MonitoredAccount.LogGroupArn} of account {Owner}", result.Reason, StringComparison.Ordinal);
        Assert.Contains(result.ReadFailures, f => f.AccountId == Owner);
    }

    [Theory]
    [InlineData(true, "Pass")]
    [InlineData(false, "Unknown")]
    public void A_log_group_of_a_delegated_administrator_is_judged_by_the_administrators_evidence(bool hasAdministrator, string status)
    {
        var group = MonitoredAccount.LogGroupArnOf("CloudTrail/main", Administrator);
        var administrator = new MonitoredAccount("3.5").Evidence();
        var chain = administrator.Get(EvidenceKinds.MetricFilters, MonitoredAccount.LogGroupArn).Match(f => f, _ => []);
        var owner = new MonitoredAccount("3.5").Trail(t => t with { CloudWatchLogsLogGroupArn = group + ":*" }).Evidence();
        var moved = MemberOf(owner, Administrator)
            .Set(EvidenceKinds.TrailLogGroup, group, new LogGroup("CloudTrail/main", group))
            .Set(EvidenceKinds.MetricFilters, group, chain)
            .Set(EvidenceKinds.Alarms, MonitoredAccount.Region, administrator.Get(EvidenceKinds.Alarms, MonitoredAccount.Region).Match(a => a, _ => null!))
            .Set(EvidenceKinds.TopicSubscriptions, MonitoredAccount.TopicArn, [new Subscription($"{MonitoredAccount.TopicArn}:1", "email", Owner)])
            .Set(EvidenceKinds.TopicAttributes, MonitoredAccount.TopicArn, null);

        var result = Assess(MemberOf(owner), hasAdministrator ? [owner, moved] : [owner]);

        Assert.Equal(status, result.Status.ToString());
        Assert.Contains(hasAdministrator ? $"based on the evidence of account {Administrator}." : $"account {Administrator} owns log group", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assessment_takes_the_evidence_of_other_accounts()
    {
        var owner = OwnerWith("");
        var results = new List<CisResult>();
        await new Assessment([RuleTester.With("3.5")], [], RuleTester.Now, new EvidenceSet([owner])).RunAsync(
            MemberOf(owner), results.Add, TestContext.Current.CancellationToken);
        Assert.Equal("Alarmed", Assert.Single(results).ReasonCode);
    }

    [Fact]
    public void An_account_alone_in_the_set_is_judged_as_without_one()
    {
        var account = new MonitoredAccount("3.5").Trail(t => t with { CloudWatchLogsLogGroupArn = MonitoredAccount.LogGroupArnOf("x", Member) }).Evidence();
        Assert.Equal(RuleTester.Control("3.5", account).Reason, Assess(account, account).Reason);
    }

    private static CisResult Assess(AccountEvidence account, params AccountEvidence[] set) =>
        RuleTester.Replay(RuleTester.With("3.5"), account, [], RuleTester.Now, new EvidenceSet(set)).Result;

    private static AccountEvidence OwnerWith(string change)
    {
        var account = new MonitoredAccount("3.5").Trail(t => t with { IsOrganizationTrail = true });
        return (change switch
        {
            "actions" => account.Alarm(a => a with { ActionsEnabled = false }),
            "filters" => account.Filters(),
            "subscriptions" => account.Subscriptions("PendingConfirmation"),
            "status" => account.Status(s => s with { IsLogging = false }),
            "group" => account.Trail(t => t with { CloudWatchLogsLogGroupArn = null }),
            "denied" => account.Deny(EvidenceKinds.MetricFilters, MonitoredAccount.LogGroupArn),
            _ => account,
        }).Evidence();
    }

    /// <summary>An account that sees the trails of another and can read nothing about them.</summary>
    private static AccountEvidence MemberOf(AccountEvidence owner, string accountId = Member)
    {
        var member = RuleTester.NewEvidence(accountId: accountId)
            .Deny(EvidenceKinds.TrailStatus, Trail, ReadFailureKind.ForeignOwner, "TrailNotFoundException")
            .Deny(EvidenceKinds.EventSelectors, Trail, ReadFailureKind.ForeignOwner, "TrailNotFoundException");
        foreach (var region in owner.SubjectsOf(EvidenceKinds.Trails))
        {
            member.Add(EvidenceKinds.Trails, region, owner.Get(EvidenceKinds.Trails, region));
        }

        return member;
    }
}
