using System;
using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using CisAws.Aws.Calls;

namespace CisAws.Aws.Sessions;

/// <summary>What every client of a session has in common.</summary>
/// <param name="Profile">The profile whose services section and endpoint_url count; null for the SDK's choice.</param>
/// <param name="EndpointUrl">An endpoint that serves every service; null for the SDK's choice, AWS_ENDPOINT_URL included.</param>
/// <param name="Proxy">A proxy; null for the environment's or the system's.</param>
/// <param name="CallTimeouts">How long calls may take.</param>
/// <param name="OnWarning">Hears of an endpoint without encryption.</param>
internal sealed record ClientSettings(Profile? Profile, string? EndpointUrl, WebProxy? Proxy, CallTimeouts CallTimeouts, Action<string>? OnWarning = null)
{
#if NET
    /// <summary>Makes the HTTP clients; null for the SDK's.</summary>
    public HttpClientFactory? HttpClients { get; init; }

#endif
    /// <summary>Applies the settings to a client's configuration.</summary>
    public T Apply<T>(T config, string region) where T : ClientConfig
    {
        // In this order: the first read of ServiceURL looks for a configured endpoint with the region and profile it finds.
        config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        // A redirected request would take its signature and session token to another host.
        config.AllowAutoRedirect = false;
        if (Profile is not null)
        {
            config.Profile = Profile;
        }

        if (EndpointUrl is not null)
        {
            config.ServiceURL = EndpointUrl;
        }

        if (!string.IsNullOrEmpty(config.ServiceURL))
        {
            // A custom endpoint's host does not say which region to sign for.
            config.AuthenticationRegion = region;
            WarnOfClearText(config.ServiceURL);
            if (config is AmazonS3Config s3)
            {
                s3.ForcePathStyle = true;
            }
        }

        if (Proxy is not null)
        {
            config.SetWebProxy(Proxy);
        }

#if NET
        if (HttpClients is not null)
        {
            config.HttpClientFactory = HttpClients;
        }

#endif
        CallTimeouts.ApplyTo(config);
        return config;
    }

    private void WarnOfClearText(string url)
    {
        if (OnWarning is not null && Uri.TryCreate(url, UriKind.Absolute, out var endpoint) && endpoint.Scheme == Uri.UriSchemeHttp && !endpoint.IsLoopback)
        {
            OnWarning(
                $"The connection to http://{endpoint.Authority} is not encrypted: the access key ID, the session token and the account's data are sent in clear text, " +
                "and responses can be changed in transit. Use an https:// endpoint.");
        }
    }
}
