using System;
using System.Linq;
using CisAws.Evidence;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Iam;

public sealed class ExpiredServerCertificatesTests
{
    private const string Id = "iam-expired-server-certificates";

    [Theory]
    [InlineData(-400, CisStatus.Fail)]
    [InlineData(-0.00001, CisStatus.Fail)]
    [InlineData(0, CisStatus.Fail)]
    [InlineData(0.00001, CisStatus.Pass)]
    [InlineData(400, CisStatus.Pass)]
    public void A_certificate_fails_from_its_expiration_on(double days, CisStatus expected) => Assert.Equal(expected, RuleTester.Rule(Id, With(New("a", days))).Status);

    [Fact]
    public void The_expired_one_is_named()
    {
        var result = RuleTester.Rule(Id, With(New("old", -2), New("new", 2)));
        Assert.Equal("1 of 2 server certificates has expired: old.", result.Reason);
        Assert.Equal("The certificate expired on 2026-02-27.", result.Findings.Single(f => f.Status == CisStatus.Fail).Reason);
    }

    [Fact]
    public void None_does_not_apply_and_denied_is_unknown()
    {
        Assert.Equal("The account has no server certificates in IAM.", RuleTester.Rule(Id, With()).Reason);
        Assert.Equal(CisStatus.NotApplicable, RuleTester.Rule(Id, With()).Status);
        var denied = RuleTester.Rule(Id, RuleTester.NewEvidence().Deny(EvidenceKinds.ServerCertificates));
        Assert.Equal((CisStatus.Unknown, true), (denied.Status, denied.Incomplete));
    }

    private static ServerCertificate New(string name, double days) =>
        new(name, $"arn:aws:iam::111122223333:server-certificate/{name}", RuleTester.Now + TimeSpan.FromDays(days));

    private static AccountEvidence With(params ServerCertificate[] certificates) => RuleTester.NewEvidence().Set(EvidenceKinds.ServerCertificates, "", certificates);
}
