using System.Linq;
using CisAws.Evidence;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Iam;

/// <summary>1.19.</summary>
public sealed class InstanceRolesTests
{
    private static readonly InstanceProfile Web = new("web", "arn:aws:iam::111122223333:instance-profile/web", ["WebRole"]);

    private static readonly InstanceProfile Empty = new("empty", "arn:aws:iam::111122223333:instance-profile/empty", []);

    [Theory]
    [InlineData("pending")]
    [InlineData("running")]
    [InlineData("stopping")]
    [InlineData("stopped")]
    public void An_instance_must_have_a_role_running_or_not(string state)
    {
        var good = RuleTester.Control("1.19", With(new Instance("i-1", state, Web.Arn)));
        Assert.Equal((CisStatus.Pass, "HasInstanceRole"), (good.Status, good.ReasonCode));
        Assert.Contains("was not assessed", good.Findings[0].Facts.ToString());

        var bad = RuleTester.Control("1.19", With(new Instance("i-1", state)));
        Assert.Equal((CisStatus.Fail, "NoInstanceRole"), (bad.Status, bad.ReasonCode));
        Assert.Equal(CisStatus.Manual, RuleTester.Control("1.19", With(new Instance("i-1", state)), ("InstanceRoleMode", "Advisory")).Status);
    }

    [Theory]
    [InlineData("terminated")]
    [InlineData("shutting-down")]
    public void An_instance_that_is_going_or_gone_is_ignored(string state) =>
        Assert.Empty(RuleTester.Control("1.19", With(new Instance("i-1", state))).Findings);

    [Theory]
    [InlineData("empty", "InstanceProfileWithoutRole")]
    [InlineData("deleted", "InstanceProfileMissing")]
    public void A_profile_that_gives_no_role_fails_in_either_mode(string profile, string code)
    {
        var evidence = With(new Instance("i-1", "running", $"arn:aws:iam::111122223333:instance-profile/{profile}"));
        Assert.Equal(code, RuleTester.Control("1.19", evidence).ReasonCode);
        Assert.Equal(CisStatus.Fail, RuleTester.Control("1.19", evidence, ("InstanceRoleMode", "Advisory")).Status);
    }

    [Fact]
    public void The_second_of_two_instances_is_judged_as_well_and_is_named()
    {
        var result = RuleTester.Control("1.19", With(new Instance("i-1", "running", Web.Arn), new Instance("i-2", "running")));
        Assert.Equal("1 of 2 EC2 instances has no IAM role: i-2.", result.Reason);
        var failure = result.Findings.Single(f => f.Status == CisStatus.Fail);
        Assert.Equal(
            ("AWS::EC2::Instance", "eu-west-1", "arn:aws:ec2:eu-west-1:111122223333:instance/i-2"),
            (failure.ResourceType, failure.Region, failure.ResourceArn));
    }

    [Fact]
    public void No_instance_anywhere_does_not_apply()
    {
        var result = RuleTester.Control("1.19", With());
        Assert.Equal((CisStatus.NotApplicable, "The account has no EC2 instances."), (result.Status, result.Reason));
    }

    [Fact]
    public void A_denied_region_is_unknown_or_makes_a_failure_incomplete()
    {
        var passing = With(new Instance("i-1", "running", Web.Arn)).Deny(EvidenceKinds.Instances, "us-east-1", code: "UnauthorizedOperation");
        var unknown = RuleTester.Control("1.19", passing);
        Assert.Equal((CisStatus.Unknown, true), (unknown.Status, unknown.Incomplete));
        Assert.Contains("Not decided in us-east-1: ec2:DescribeInstances was denied.", unknown.Reason);

        var failing = With(new Instance("i-1", "running")).Deny(EvidenceKinds.Instances, "us-east-1", code: "UnauthorizedOperation");
        Assert.Equal((CisStatus.Fail, true), (RuleTester.Control("1.19", failing).Status, RuleTester.Control("1.19", failing).Incomplete));
    }

    [Fact]
    public void Without_the_profiles_only_an_instance_without_one_is_decided()
    {
        var evidence = With(new Instance("i-1", "running", Web.Arn)).Deny(EvidenceKinds.InstanceProfiles);
        Assert.Equal(CisStatus.Unknown, RuleTester.Control("1.19", evidence).Status);
        Assert.Equal(CisStatus.Fail, RuleTester.Control("1.19", With(new Instance("i-1", "running")).Deny(EvidenceKinds.InstanceProfiles)).Status);
    }

    [Fact]
    public void Profiles_that_no_instance_has_are_not_missed()
    {
        var result = RuleTester.Control("1.19", With(new Instance("i-1", "running")).Deny(EvidenceKinds.InstanceProfiles));
        Assert.Equal((CisStatus.Fail, false), (result.Status, result.Incomplete));
    }

    [Fact]
    public void A_profile_that_is_listed_twice_is_one()
    {
        var evidence = With(new Instance("i-1", "running", Web.Arn)).Set(EvidenceKinds.InstanceProfiles, "", [Web, Empty, Web]);
        Assert.Equal(CisStatus.Pass, RuleTester.Control("1.19", evidence).Status);
    }

    /// <summary>Instances in eu-west-1.</summary>
    private static AccountEvidence With(params Instance[] instances) => RuleTester.NewEvidence()
        .Set(EvidenceKinds.InstanceProfiles, "", [Web, Empty])
        .Set(EvidenceKinds.Instances, "us-east-1", [])
        .Set(EvidenceKinds.Instances, "eu-west-1", instances);
}
