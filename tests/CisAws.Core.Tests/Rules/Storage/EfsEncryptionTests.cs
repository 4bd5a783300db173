using CisAws.Evidence;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Storage;

public sealed class EfsEncryptionTests
{
    private const string Id = "storage-efs-encryption";

    [Fact]
    public void Each_file_system_has_to_be_encrypted()
    {
        Assert.Equal(CisStatus.Pass, RuleTester.Rule(Id, With(new FileSystem("fs-1", "arn:1", true))).Status);
        Assert.Equal(
            "1 of 2 EFS file systems is not encrypted at rest: fs-2.",
            RuleTester.Rule(Id, With(new FileSystem("fs-1", "arn:1", true), new FileSystem("fs-2", "arn:2", false))).Reason);
    }

    [Fact]
    public void None_does_not_apply_and_a_denied_region_is_unknown()
    {
        Assert.Equal(CisStatus.NotApplicable, RuleTester.Rule(Id, With()).Status);
        Assert.Equal(CisStatus.Unknown, RuleTester.Rule(Id, With(new FileSystem("fs-1", "arn:1", true)).Deny(EvidenceKinds.FileSystems, "us-east-1")).Status);
    }

    private static AccountEvidence With(params FileSystem[] systems) =>
        RuleTester.NewEvidence().Set(EvidenceKinds.FileSystems, "us-east-1", []).Set(EvidenceKinds.FileSystems, "eu-west-1", systems);
}
