#if NET
using System;
using System.Net;
using Amazon.Runtime;
using Amazon.RuntimeDependencies;
using Amazon.SecurityToken;
using Amazon.SSO;
using Amazon.SSOOIDC;
#endif

namespace CisAws.Aws.Sessions;

/// <summary>
/// Registers the classes with which the SDK signs in. Left alone it looks for AWSSDK.SecurityToken, SSO and SSOOIDC by name in every load
/// context, and breaks when another module has loaded its own. On .NET Framework there is one context and one copy, and a
/// registration would also bind the other module's sessions to these classes.
/// </summary>
internal static class SdkRegistrations
{
    public static void Register()
    {
#if NET
        var registry = GlobalRuntimeDependencyRegistry.Instance;
        registry.RegisterSecurityTokenServiceClient(context =>
        {
            var asked = context.SecurityTokenServiceClientContextData;
            return asked.Action == SecurityTokenServiceClientContext.ActionContext.AssumeRoleAWSCredentials
                ? throw new InvalidOperationException("Roles are assumed by SdkCredentialAdapter; the registry does not say who assumes them.")
                : new AmazonSecurityTokenServiceClient(
                    new AnonymousAWSCredentials(), new AmazonSecurityTokenServiceConfig { RegionEndpoint = asked.Region, AllowAutoRedirect = false });
        });
        registry.RegisterSSOClient(context => new AmazonSSOClient(
            new AnonymousAWSCredentials(),
            By(context.SSOClientContextData.ProxySettings, new AmazonSSOConfig { RegionEndpoint = context.SSOClientContextData.Region })));
        registry.RegisterSSOOIDCClient(context => new AmazonSSOOIDCClient(
            new AnonymousAWSCredentials(),
            By(
                context.SSOOIDCClientContextData.ProxySettings,
                new AmazonSSOOIDCConfig { RegionEndpoint = context.SSOOIDCClientContextData.Region })));
#endif
    }

#if NET
    private static T By<T>(IWebProxy? proxy, T config) where T : ClientConfig
    {
        // A redirected request would take its token to another host.
        config.AllowAutoRedirect = false;
        if (proxy is not null)
        {
            config.SetWebProxy(proxy);
        }

        return config;
    }
#endif
}
