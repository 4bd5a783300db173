using System;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace CisAws.Aws.Clients;

/// <summary>
/// The configuration of a thin client. Regions, retries, proxies, AWS_ENDPOINT_URL and the profile's services section are
/// the SDK's; only where a service lives is said here.
/// </summary>
internal abstract class ThinClientConfig : ClientConfig
{
    private readonly string _endpointPrefix;
    private readonly string _version;

    /// <param name="serviceId">The service's ID in AWS's models: AWS_ENDPOINT_URL_ and profiles find an endpoint by it.</param>
    /// <param name="signingName">The service's name in the signature.</param>
    /// <param name="endpointPrefix">The first label of the service's host.</param>
    /// <param name="version">The version of the API.</param>
    protected ThinClientConfig(string serviceId, string signingName, string endpointPrefix, string version) : base(new Defaults())
    {
        _endpointPrefix = endpointPrefix;
        _version = version;
        ServiceId = serviceId;
        AuthenticationServiceName = signingName;
    }

    public override string ServiceVersion => _version;

    public override string UserAgent => "CisAws";

    public override string RegionEndpointServiceName => _endpointPrefix;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        new(EndpointFor(parameters.Request).ToString());

    /// <summary>Where a request goes: the custom endpoint when there is one, else AWS's own.</summary>
    internal Uri EndpointFor(AmazonWebServiceRequest request)
    {
        var custom = ServiceURL;
        return new Uri(string.IsNullOrEmpty(custom) ? $"https://{HostFor(request, RegionEndpoint)}/" : custom);
    }

    /// <summary>AWS's own host for a request in a region.</summary>
    protected virtual string HostFor(AmazonWebServiceRequest request, RegionEndpoint region) =>
        $"{FirstLabel(region)}.{region.SystemName}.{region.PartitionDnsSuffix}";

    /// <summary>The first label of the host, which AWS_USE_FIPS_ENDPOINT changes where FIPS 140 has hosts of its own.</summary>
    protected string FirstLabel(RegionEndpoint region) => UseFIPSEndpoint && HasFipsHosts(region) ? _endpointPrefix + "-fips" : _endpointPrefix;

    /// <summary>In GovCloud most services' only hosts are the FIPS ones.</summary>
    protected virtual bool HasFipsHosts(RegionEndpoint region) => region.PartitionName != "aws-us-gov";

    /// <summary>What the SDK's own clients take from a generated file.</summary>
    private sealed class Defaults : IDefaultConfigurationProvider
    {
        public IDefaultConfiguration GetDefaultConfiguration(RegionEndpoint clientRegion, DefaultConfigurationMode? requestedConfigurationMode = null) =>
            new DefaultConfiguration
            {
                Name = DefaultConfigurationMode.Standard,
                RetryMode = RequestRetryMode.Standard,
                S3UsEast1RegionalEndpoint = S3UsEast1RegionalEndpointValue.Regional,
                ConnectTimeout = TimeSpan.FromSeconds(3.1),
                TlsNegotiationTimeout = TimeSpan.FromSeconds(3.1),
            };
    }
}
