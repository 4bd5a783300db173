using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Iam;

/// <summary>1.14 where MFA is on; the rest is in <see cref="RootMfaTests"/>.</summary>
public sealed class RootHardwareMfaTests
{
    [Theory]
    [InlineData("aws", "mfa/my-phone", "root", CisStatus.Fail)]
    [InlineData("aws-cn", "mfa/my-phone", "root", CisStatus.Fail)]
    [InlineData("aws", "mfa/root-account-mfa-device", "root", CisStatus.Fail)]
    [InlineData("aws", "mfa/root-account-mfa-device", null, CisStatus.Fail)]
    [InlineData("aws", "mfa/root-account-mfa-device", "user/bob", CisStatus.Pass)]
    [InlineData("aws", "mfa/my-phone", "user/groot", CisStatus.Pass)]
    [InlineData("aws", "mfa/my-phone", "user/root", CisStatus.Pass)]
    [InlineData("aws", "mfa/my-phone", null, CisStatus.Pass)]
    public void A_virtual_device_of_root_fails_by_its_owner_and_not_by_its_name(string partition, string serial, string? owner, CisStatus expected)
    {
        var prefix = $"arn:{partition}:iam::{RuleTester.AccountId}:";
        Assert.Equal(expected, RuleTester.Control("1.14", With([new VirtualMfaDevice(prefix + serial, owner is null ? null : prefix + owner)], partition)).Status);
    }

    [Fact]
    public void Mfa_without_a_virtual_device_passes_with_a_word_about_passkeys()
    {
        var result = RuleTester.Control("1.14", With([]));
        Assert.Equal((CisStatus.Pass, "NoVirtualRootMfa"), (result.Status, result.ReasonCode));
        Assert.Contains("passkey", result.Findings[0].Facts.ToString());
    }

    [Fact]
    public void The_failure_names_the_device_wherever_it_stands()
    {
        var devices = Enumerable.Range(0, 150)
            .Select(i => new VirtualMfaDevice($"arn:aws:iam::111122223333:mfa/u{i}", $"arn:aws:iam::111122223333:user/u{i}"))
            .Append(new VirtualMfaDevice("arn:aws:iam::111122223333:mfa/phone", "arn:aws:iam::111122223333:root"));
        var result = RuleTester.Control("1.14", With(devices.ToList()));
        Assert.Equal(CisStatus.Fail, result.Status);
        Assert.Equal("The root user has a virtual MFA device: phone.", result.Reason);
    }

    [Fact]
    public void A_denied_list_is_unknown()
    {
        var result = RuleTester.Control("1.14", With([]).Deny(EvidenceKinds.VirtualMfaDevices));
        Assert.Equal(CisStatus.Unknown, result.Status);
        Assert.Contains("iam:ListVirtualMFADevices", result.Reason);
    }

    [Fact]
    public void Without_mfa_the_denied_list_does_not_matter_to_the_failure()
    {
        var evidence = RuleTester.NewEvidence()
            .Set(EvidenceKinds.AccountSummary, "", new Dictionary<string, int> { ["AccountMFAEnabled"] = 0, ["AccountPasswordPresent"] = 1 })
            .Deny(EvidenceKinds.VirtualMfaDevices);
        Assert.Equal(CisStatus.Fail, RuleTester.Control("1.14", evidence).Status);
    }

    private static AccountEvidence With(IReadOnlyList<VirtualMfaDevice> devices, string partition = "aws") => RuleTester.NewEvidence(partition)
        .Set(EvidenceKinds.AccountSummary, "", new Dictionary<string, int> { ["AccountMFAEnabled"] = 1, ["AccountPasswordPresent"] = 1 })
        .Set(EvidenceKinds.VirtualMfaDevices, "", devices);
}
