using System;
using System.Management.Automation;
using System.Net;
using CisAws.Connections;
using CisAws.Evidence;

namespace CisAws.PowerShell.Connections;

/// <summary>
/// The variables that Set-AWSCredential, Set-DefaultAWSRegion and Set-AWSProxy of AWS Tools set. They are
/// read in the caller's scope, on the pipeline thread, and count where no parameter says otherwise.
/// </summary>
internal static class SessionVariables
{
    private const string Credentials = "StoredAWSCredentials";
    private const string Region = "StoredAWSRegion";
    private const string Proxy = "AWSProxy";

    /// <exception cref="ConnectionException">A variable is none of AWS Tools; to pass it over could mean another account.</exception>
    public static ConnectionOptions Apply(ConnectionOptions options, SessionState session)
    {
        if (!NamesCredentials(options) && Value(session, Credentials) is { } credentials)
        {
            options = CredentialArgument.Apply(options with { CredentialVariable = "$" + Credentials }, credentials);
        }

        if (options.Region is null && Value(session, Region) is { } region)
        {
            options = options with { Region = RegionOf(region), RegionVariable = "$" + Region };
        }

        return Value(session, Proxy) is { } proxy ? options with { Proxy = ProxyOf(proxy) } : options;
    }

    private static bool NamesCredentials(ConnectionOptions options) =>
        options is not { AccessKey: null, SecretKey: null, SessionToken: null, Credential: null, ProfileName: null, ProfileLocation: null };

    private static object? Value(SessionState session, string name) => session.PSVariable.GetValue(name);

    /// <summary>A name, or one of the objects that Get-AWSRegion gives.</summary>
    private static string RegionOf(object value)
    {
        var item = PSObject.AsPSObject(value);
        return LanguagePrimitives.ConvertTo<string>(item.Properties["Region"]?.Value ?? item.Properties["SystemName"]?.Value ?? value);
    }

    private static WebProxy ProxyOf(object value)
    {
        try
        {
            return Read(PSObject.AsPSObject(value));
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException or PSInvalidCastException)
        {
            // A conversion that fails repeats the value, which may be a login.
            var why = e is PSInvalidCastException ? "it does not have the properties that Set-AWSProxy sets." : e.Message;
            throw new ConnectionException(
                ConnectionProblem.InvalidOption,
                $"${Proxy} is not a valid proxy: {why}",
                "Set it with Set-AWSProxy -Hostname and -Port, or remove it with Clear-AWSProxy.");
        }
    }

    private static WebProxy Read(PSObject settings)
    {
        if (Property<string>(settings, "Hostname") is not { Length: > 0 } host || Property<int>(settings, "Port") is not (> 0 and var port))
        {
            throw new ArgumentException("Hostname or Port is missing.");
        }

        var proxy = new WebProxy(new UriBuilder(host.Contains("://") ? host : "http://" + host) { Port = port }.Uri)
        {
            BypassProxyOnLocal = Property<bool?>(settings, "BypassOnLocal") ?? false,
            BypassList = Property<string[]>(settings, "BypassList") ?? [],
        };
        if (Property<ICredentials>(settings, "Credentials") is { } login)
        {
            proxy.Credentials = login;
        }

        return proxy;
    }

    private static T? Property<T>(PSObject of, string name) => LanguagePrimitives.ConvertTo<T>(of.Properties[name]?.Value);
}
