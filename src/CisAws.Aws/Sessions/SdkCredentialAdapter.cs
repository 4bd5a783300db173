using System;
using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.SharedInterfaces;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using CisAws.Aws.Calls;

namespace CisAws.Aws.Sessions;

/// <summary>
/// Puts credentials that sign in through our clients in the place of the SDK's. The SDK's look for AWSSDK.SecurityToken by
/// name in every load context and may find another module's, ask the metadata service for a region, and know neither
/// -EndpointUrl nor a proxy that was given.
/// </summary>
internal static class SdkCredentialAdapter
{
    /// <param name="credentials">The credentials of a profile or of the environment.</param>
    /// <param name="sts">Makes a client that signs with the given credentials.</param>
    /// <param name="proxy">A proxy; null for the environment's or the system's.</param>
    /// <param name="clock">The time.</param>
    public static AWSCredentials Replacing(
        AWSCredentials credentials, Func<AWSCredentials, AmazonSecurityTokenServiceClient> sts, WebProxy? proxy, Clock clock) =>
        credentials switch
        {
            AssumeRoleAWSCredentials role => new RoleCredentials(Replacing(role.SourceCredentials, sts, proxy, clock), RequestOf(role), sts, clock),
            AssumeRoleWithWebIdentityCredentials web => new WebIdentityCredentials(web, sts),
            SSOAWSCredentials sso when proxy is not null => ByProxy(sso, proxy),
            _ => credentials,
        };

    private static AssumeRoleRequest RequestOf(AssumeRoleAWSCredentials role) => new()
    {
        RoleArn = role.RoleArn,
        RoleSessionName = role.RoleSessionName,
        ExternalId = role.Options.ExternalId,
        DurationSeconds = role.Options.DurationSeconds,
        SourceIdentity = role.Options.SourceIdentity,
    };

    private static SSOAWSCredentials ByProxy(SSOAWSCredentials sso, WebProxy proxy)
    {
        // The constructor makes a client; options that come later do not reach it.
        sso.Options.ProxySettings = proxy;
        return new SSOAWSCredentials(sso.AccountId, sso.Region, sso.RoleName, sso.StartUrl, sso.Options);
    }

    private sealed class WebIdentityCredentials(
        AssumeRoleWithWebIdentityCredentials web, Func<AWSCredentials, AmazonSecurityTokenServiceClient> sts)
        : AssumeRoleWithWebIdentityCredentials(web.WebIdentityTokenFile, web.RoleArn, web.RoleSessionName)
    {
        /// <summary>The token proves who asks, so nothing is signed.</summary>
        protected override ICoreAmazonSTS CreateClient() => sts(new AnonymousAWSCredentials());
    }
}
