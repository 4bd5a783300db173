using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Rules.Iam;

/// <summary>No server certificate that is stored in IAM has expired.</summary>
internal sealed class ExpiredServerCertificates : Rule
{
    public override (string One, string Several) ResourceNoun => ("server certificate", "server certificates");

    public override string EmptyReason(RuleContext context, bool partial) => "The account has no server certificates in IAM.";

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.ServerCertificates];

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context) => context.Evidence.Get(EvidenceKinds.ServerCertificates).Match(
        certificates => certificates.Select(c => Evaluate(context, c)), why => [context.Unknown(context.Account, why)]);

    private static RuleFinding Evaluate(RuleContext context, ServerCertificate certificate)
    {
        var resource = new CisResource("AWS::IAM::ServerCertificate", certificate.Name, certificate.Arn, "");
        var until = UtcTime.Day(certificate.Expiration);
        CisFact[] facts = [new("Expiration", UtcTime.Minute(certificate.Expiration))];
        return certificate.Expiration <= context.Now
            ? context.Fail(resource, "Expired", $"The certificate expired on {until}.", facts, plural: "have expired")
            : context.Pass(resource, "NotExpired", $"The certificate is valid until {until}.", facts, plural: "have not expired");
    }
}
