using System.Linq;
using CisAws.Evidence;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Network;

public sealed class VpcFlowLoggingTests
{
    private static readonly Vpc Vpc = new("vpc-1", RuleTester.AccountId, false, "available", ["10.0.0.0/16"], []);

    private static readonly FlowLog Good = new("fl-1", "vpc-1", "ACTIVE", "REJECT", "SUCCESS");

    public static TheoryData<string, FlowLog[]> FlowLogs => new()
    {
        { "Logged", [Good] },
        { "Logged", [Good with { TrafficType = "ALL" }] },
        { "Logged", [Good with { DeliverLogsStatus = null }] },
        { "Logged", [Good with { Id = "fl-0", Status = "INACTIVE", DeliverLogsStatus = "FAILED" }, Good] },
        { "RejectedPacketsNotLogged", [Good with { TrafficType = "ACCEPT" }] },
        { "DeliveryFailed", [Good with { TrafficType = "ALL", DeliverLogsStatus = "FAILED", DeliverLogsErrorMessage = "Access error" }] },
        { "FlowLogInactive", [Good with { Status = "INACTIVE" }] },
        { "DeliveryFailed", [Good with { TrafficType = "ACCEPT" }, Good with { DeliverLogsStatus = "FAILED" }] },
        { "NoFlowLog", [Good with { ResourceId = "subnet-1" }] },
        { "NoFlowLog", [Good with { ResourceId = "vpc-2" }] },
        { "NoFlowLog", [] },
    };

    [Theory]
    [MemberData(nameof(FlowLogs))]
    public void A_vpc_needs_an_active_log_of_rejected_packets(string code, FlowLog[] flowLogs)
    {
        var finding = Assert.Single(RuleTester.Control("2.9", Network([Vpc], flowLogs)).Findings);
        Assert.Equal((code == "Logged" ? CisStatus.Pass : CisStatus.Fail, code), (finding.Status, finding.ReasonCode));
        Assert.Equal(("AWS::EC2::VPC", "arn:aws:ec2:us-east-1:111122223333:vpc/vpc-1"), (finding.ResourceType, finding.ResourceArn));
    }

    [Fact]
    public void The_reason_says_why_nothing_is_delivered() => Assert.Contains(
        "Access error",
        RuleTester.Control("2.9", Network([Vpc], [Good with { DeliverLogsStatus = "FAILED", DeliverLogsErrorMessage = "Access error" }])).Findings[0].Reason);

    [Theory]
    [InlineData("subnet-1,subnet-2", CisStatus.Pass)]
    [InlineData("subnet-1", CisStatus.Fail)]
    [InlineData("", CisStatus.Fail)]
    public void Logs_of_every_subnet_count_where_the_program_says_so(string logged, CisStatus expected)
    {
        var flowLogs = logged.Split(',').Select(s => Good with { Id = "fl-" + s, ResourceId = s }).ToArray();
        var evidence = Network([Vpc], flowLogs)
            .Set(EvidenceKinds.Subnets, "us-east-1", [Subnet("subnet-1"), Subnet("subnet-2"), Subnet("subnet-3") with { VpcId = "vpc-2" }])
            .Set(EvidenceKinds.Subnets, "eu-west-1", []);
        Assert.Equal(CisStatus.Fail, RuleTester.Control("2.9", evidence).Status);
        Assert.Equal(expected, RuleTester.Control("2.9", evidence, ("AcceptSubnetCoverage", true)).Status);
    }

    [Fact]
    public void A_vpc_without_subnets_is_not_covered_by_them() => Assert.Equal(
        CisStatus.Fail,
        RuleTester.Control("2.9", Network([Vpc], []).Set(EvidenceKinds.Subnets, "us-east-1", []).Set(EvidenceKinds.Subnets, "eu-west-1", []), ("AcceptSubnetCoverage", true)).Status);

    [Theory]
    [InlineData(false, CisStatus.Unknown)]
    [InlineData(true, CisStatus.Pass)]
    public void Subnets_that_cannot_be_read_matter_where_the_vpc_has_no_log(bool hasLog, CisStatus expected)
    {
        var evidence = Network([Vpc], hasLog ? [Good] : []).Deny(EvidenceKinds.Subnets, "us-east-1").Set(EvidenceKinds.Subnets, "eu-west-1", []);
        Assert.Equal(expected, RuleTester.Control("2.9", evidence, ("AcceptSubnetCoverage", true)).Status);
    }

    [Fact]
    public void A_shared_vpc_is_its_owners() =>
        Assert.Equal("OtherOwner", RuleTester.Control("2.9", Network([Vpc with { OwnerId = "444455556666" }], [])).ReasonCode);

    [Fact]
    public void A_vpc_that_is_being_created_is_not_judged() =>
        Assert.Equal("Pending", RuleTester.Control("2.9", Network([Vpc with { State = "pending" }], [])).ReasonCode);

    [Fact]
    public void No_vpc_is_not_applicable() => Assert.Equal("NothingToAssess", RuleTester.Control("2.9", Network([], [])).ReasonCode);

    [Theory]
    [InlineData(true, CisStatus.Unknown)]
    [InlineData(false, CisStatus.Fail)]
    public void A_region_that_cannot_be_read_spoils_a_pass_and_excuses_no_fail(bool logged, CisStatus expected) =>
        Assert.Equal(expected, RuleTester.Control("2.9", Network([Vpc], logged ? [Good] : []).Deny(EvidenceKinds.Vpcs, "eu-west-1")).Status);

    [Fact]
    public void Flow_logs_that_cannot_be_read_matter_where_there_is_a_vpc()
    {
        var evidence = Network([Vpc], []).Deny(EvidenceKinds.FlowLogs, "us-east-1");
        Assert.Equal(CisStatus.Unknown, RuleTester.Control("2.9", evidence).Status);
        Assert.Equal("us-east-1", Assert.Single(RuleTester.Control("2.9", evidence).Findings).ResourceId);
        Assert.Equal(CisStatus.NotApplicable, RuleTester.Control("2.9", Network([], []).Deny(EvidenceKinds.FlowLogs, "us-east-1")).Status);
    }

    private static Subnet Subnet(string id) => new(id, "vpc-1", RuleTester.AccountId);

    private static AccountEvidence Network(Vpc[] vpcs, FlowLog[] flowLogs) => RuleTester.NewEvidence()
        .Set(EvidenceKinds.Vpcs, "us-east-1", vpcs).Set(EvidenceKinds.Vpcs, "eu-west-1", [])
        .Set(EvidenceKinds.FlowLogs, "us-east-1", flowLogs).Set(EvidenceKinds.FlowLogs, "eu-west-1", []);
}
