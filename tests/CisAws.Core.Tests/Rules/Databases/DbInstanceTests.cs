using System.Linq;
using CisAws.Evidence;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Databases;

public sealed class DbInstanceTests
{
    private const string Encryption = "databases-rds-encryption";
    private const string Upgrades = "databases-rds-minor-upgrades";
    private const string Public = "databases-rds-public-access";
    private const string MultiAz = "databases-rds-multi-az";

    public static TheoryData<string> Rules => [Encryption, Upgrades, Public, MultiAz];

    [Theory]
    [InlineData(Encryption)]
    [InlineData(Upgrades)]
    [InlineData(Public)]
    [InlineData(MultiAz)]
    public void Each_rule_looks_at_its_own_property(string rule)
    {
        Assert.Equal(CisStatus.Pass, RuleTester.Rule(rule, With(Good)).Status);
        Assert.Equal(CisStatus.Fail, RuleTester.Rule(rule, With(Bad(rule))).Status);
        Assert.All(Rules.Select(r => r.Data).Where(other => other != rule), other => Assert.Equal(CisStatus.Pass, RuleTester.Rule(other, With(Bad(rule))).Status));
    }

    [Theory]
    [InlineData("postgres", CisStatus.Fail)]
    [InlineData("aurora-mysql", CisStatus.Fail)]
    [InlineData("docdb", CisStatus.NotApplicable)]
    [InlineData("neptune", CisStatus.NotApplicable)]
    public void Instances_of_other_services_are_left_out(string engine, CisStatus expected) =>
        Assert.Equal(expected, RuleTester.Rule(Encryption, With(Good with { Engine = engine, StorageEncrypted = false })).Status);

    [Theory]
    [InlineData("a", "b", CisStatus.Pass)]
    [InlineData("a", "a", CisStatus.Fail)]
    [InlineData("a", null, CisStatus.Fail)]
    public void A_cluster_with_instances_in_two_zones_needs_no_standby(string one, string? two, CisStatus expected)
    {
        var member = Good with { MultiAz = false, ClusterId = "orders" };
        Assert.Equal(expected, RuleTester.Rule(MultiAz, With(member with { AvailabilityZone = one }, member with { Id = "db-2", AvailabilityZone = two })).Status);
    }

    /// <summary>The other instance is in a cluster of the same name in another region.</summary>
    [Fact]
    public void Clusters_do_not_reach_over_regions()
    {
        var member = Good with { MultiAz = false, ClusterId = "orders" };
        var evidence = RuleTester.NewEvidence()
            .Set(EvidenceKinds.DbInstances, "us-east-1", [member with { AvailabilityZone = "us-east-1a" }])
            .Set(EvidenceKinds.DbInstances, "eu-west-1", [member with { AvailabilityZone = "eu-west-1a" }]);
        Assert.Equal(2, RuleTester.Rule(MultiAz, evidence).FailCount);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void None_does_not_apply_and_a_denied_region_is_unknown(string rule)
    {
        Assert.Equal((CisStatus.NotApplicable, "The account has no DB instances."), Of(rule, With()));
        Assert.Equal(CisStatus.Unknown, Of(rule, With(Good).Deny(EvidenceKinds.DbInstances, "eu-west-1")).Status);
        Assert.Equal(CisStatus.Fail, Of(rule, With(Bad(rule)).Deny(EvidenceKinds.DbInstances, "eu-west-1")).Status);
    }

    [Fact]
    public void A_failure_names_the_instance()
    {
        var failure = RuleTester.Rule(Public, With(Bad(Public))).Findings.Single();
        Assert.Equal(("AWS::RDS::DBInstance", "db-1", "us-east-1"), (failure.ResourceType, failure.ResourceId, failure.Region));
    }

    private static readonly DbInstance Good = new("db-1", "arn:aws:rds:us-east-1:111122223333:db:db-1", "postgres", true, true, false, true);

    private static DbInstance Bad(string rule) => rule switch
    {
        Encryption => Good with { StorageEncrypted = false },
        Upgrades => Good with { AutoMinorVersionUpgrade = false },
        Public => Good with { PubliclyAccessible = true },
        _ => Good with { MultiAz = false },
    };

    private static (CisStatus Status, string Reason) Of(string rule, AccountEvidence evidence)
    {
        var result = RuleTester.Rule(rule, evidence);
        return (result.Status, result.Reason);
    }

    private static AccountEvidence With(params DbInstance[] instances) =>
        RuleTester.NewEvidence().Set(EvidenceKinds.DbInstances, "us-east-1", instances).Set(EvidenceKinds.DbInstances, "eu-west-1", []);
}
