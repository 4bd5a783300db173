using System.Linq;
using CisAws.Evidence;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Network;

public sealed class InstanceMetadataServiceTests
{
    private const string Id = "network-instance-metadata-v2";

    [Theory]
    [InlineData("required", "enabled", CisStatus.Pass, "TokensRequired")]
    [InlineData("required", "disabled", CisStatus.Pass, "MetadataDisabled")]
    [InlineData("optional", "disabled", CisStatus.Pass, "MetadataDisabled")]
    [InlineData("optional", "enabled", CisStatus.Fail, "TokensOptional")]
    [InlineData("newer", "enabled", CisStatus.Unknown, "UnknownValue")]
    public void An_instance_passes_if_it_requires_tokens_or_serves_nothing(string tokens, string endpoint, CisStatus expected, string code)
    {
        var finding = RuleTester.Rule(Id, With(New("i-1", tokens, endpoint))).Findings.Single();
        Assert.Equal((expected, code), (finding.Status, finding.ReasonCode));
    }

    [Theory]
    [InlineData("stopped", CisStatus.Fail)]
    [InlineData("terminated", CisStatus.NotApplicable)]
    [InlineData("shutting-down", CisStatus.NotApplicable)]
    public void Instances_count_until_they_are_terminated(string state, CisStatus expected) =>
        Assert.Equal(expected, RuleTester.Rule(Id, With(New("i-1", "optional") with { State = state })).Status);

    [Fact]
    public void One_of_several_is_named()
    {
        var result = RuleTester.Rule(Id, With(New("i-1", "required"), New("i-2", "optional")));
        Assert.Equal("1 of 2 EC2 instances accepts IMDSv1 too: i-2.", result.Reason);
    }

    [Fact]
    public void A_pending_change_is_a_warning() => Assert.Equal(
        "A change of the metadata options is pending.",
        RuleTester.Rule(Id, With(New("i-1", "required") with { MetadataOptions = new("required", "enabled", "pending") })).Findings.Single().Warnings.ToString());

    /// <summary>Evidence of an older version has no options: that is not a failure of the instance.</summary>
    [Fact]
    public void Without_the_options_or_the_region_it_is_unknown()
    {
        Assert.Equal((CisStatus.Unknown, "NotInEvidence"), Of(new Instance("i-1", "running")));
        var denied = RuleTester.Rule(Id, With(New("i-1", "required")).Deny(EvidenceKinds.Instances, "us-east-1", code: "UnauthorizedOperation"));
        Assert.Equal((CisStatus.Unknown, true), (denied.Status, denied.Incomplete));

        static (CisStatus Status, string Code) Of(Instance instance) => RuleTester.Rule(Id, With(instance)).Findings.Select(f => (f.Status, f.ReasonCode)).Single();
    }

    private static Instance New(string id, string tokens, string endpoint = "enabled") =>
        new(id, "running", MetadataOptions: new MetadataOptions(tokens, endpoint, "applied"));

    private static AccountEvidence With(params Instance[] instances) =>
        RuleTester.NewEvidence().Set(EvidenceKinds.Instances, "us-east-1", []).Set(EvidenceKinds.Instances, "eu-west-1", instances);
}
