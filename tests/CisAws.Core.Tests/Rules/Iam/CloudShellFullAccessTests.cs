using CisAws.Evidence;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Iam;

public sealed class CloudShellFullAccessTests
{
    private const string Id = "iam-cloudshell-full-access";

    [Theory]
    [InlineData("arn:aws:iam::aws:policy/AWSCloudShellFullAccess", CisStatus.Fail)]
    [InlineData("arn:aws:iam::111122223333:policy/AWSCloudShellFullAccess", CisStatus.Pass)]
    [InlineData("arn:aws:iam::aws:policy/AdministratorAccess", CisStatus.Pass)]
    public void Only_the_policy_of_AWS_counts(string arn, CisStatus expected) => Assert.Equal(expected, RuleTester.Rule(Id, With(User(arn))).Status);

    [Fact]
    public void Each_kind_of_identity_counts_and_is_named()
    {
        const string Arn = "arn:aws:iam::aws:policy/AWSCloudShellFullAccess";
        var policies = new[] { new AttachedPolicy("AWSCloudShellFullAccess", Arn) };
        var group = new IamGroup("ops", "arn:aws:iam::111122223333:group/ops", [], policies);
        var role = new IamRole("Ops", "arn:aws:iam::111122223333:role/Ops", "{}", [], policies);
        var result = RuleTester.Rule(Id, With(new AuthorizationDetails([], [group], [role], [])));
        Assert.Equal("The AWS managed policy AWSCloudShellFullAccess is attached to group ops, role Ops.", result.Reason);
    }

    [Fact]
    public void Other_partitions_have_their_own_policy()
    {
        const string Arn = "arn:aws-cn:iam::aws:policy/AWSCloudShellFullAccess";
        Assert.Equal(CisStatus.Fail, RuleTester.Rule(Id, RuleTester.NewEvidence("aws-cn").Set(EvidenceKinds.AuthorizationDetails, "", User(Arn))).Status);
        Assert.Equal(CisStatus.Pass, RuleTester.Rule(Id, With(User(Arn))).Status);
    }

    [Fact]
    public void Denied_is_unknown() =>
        Assert.Equal((CisStatus.Unknown, true), Of(RuleTester.Rule(Id, RuleTester.NewEvidence().Deny(EvidenceKinds.AuthorizationDetails))));

    private static (CisStatus Status, bool Incomplete) Of(CisAws.Results.CisResult result) => (result.Status, result.Incomplete);

    private static AuthorizationDetails User(string arn) => new(
        [new IamUser("ann", "arn:aws:iam::111122223333:user/ann", RuleTester.Now, [], [new AttachedPolicy("AWSCloudShellFullAccess", arn)], [])], [], [], []);

    private static AccountEvidence With(AuthorizationDetails details) => RuleTester.NewEvidence().Set(EvidenceKinds.AuthorizationDetails, "", details);
}
