using System.Collections.Generic;
using System.Linq;
using CisAws.Emulator.Wire;

namespace CisAws.Emulator.Services;

/// <summary>Every service that is served.</summary>
internal static class ServiceCatalog
{
    public static IReadOnlyList<Service> All { get; } =
    [
        Iam.Service, Sts.Service, CloudTrail.Service, Config.Service, Logs.Service, CloudWatch.Service, Sns.Service,
        AccountManagement.Service, Organizations.Service, S3Control.Service, S3.Service, Kms.Service, Ec2.Service,
        AccessAnalyzer.Service, SecurityHubService.Service, Efs.Service, Rds.Service,
    ];

    /// <summary>The service that a credential scope names, with the protocol that the request speaks; null when none is served.</summary>
    public static (Service Service, Protocol Protocol)? Find(string signingName, AwsRequest request) => All
        .Where(s => s.SigningName == signingName)
        .Select(s => (Service: s, Protocol: s.ProtocolOf(request)))
        .Where(s => s.Protocol is not null)
        .Select(s => ((Service, Protocol)?)(s.Service, s.Protocol!))
        .FirstOrDefault();

    /// <summary>
    /// A service with the protocol of a request whose credential scope names none: enough to write an error that the
    /// client understands.
    /// </summary>
    public static (Service Service, Protocol Protocol) Guess(AwsRequest request)
    {
        Service service;
        if (request.Header("smithy-protocol") is not null)
        {
            service = CloudWatch.Service;
        }
        else if (request.Header("X-Amz-Target") is not null)
        {
            service = CloudTrail.Service;
        }
        else if (request.Method == "POST" && request.Path == "/")
        {
            service = Iam.Service;
        }
        else
        {
            service = S3.Service;
        }

        return (service, service.ProtocolOf(request) ?? new S3Protocol(control: true));
    }
}
