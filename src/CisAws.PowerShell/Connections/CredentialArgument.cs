using System.Collections;
using System.Management.Automation;
using System.Net;
using System.Security;
using CisAws.Connections;

namespace CisAws.PowerShell.Connections;

/// <summary>Turns a credentials object, of -Credential or of $StoredAWSCredentials, into connection options.</summary>
internal static class CredentialArgument
{
    /// <summary>
    /// A PSCredential gives its user name and password as access key and secret key; a hashtable its entries; any other
    /// object is handed to the door, which bridges it by the shape of its members.
    /// </summary>
    public static ConnectionOptions Apply(ConnectionOptions options, object credential)
    {
        var value = credential is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : credential;
        var withKeys = value switch
        {
            PSCredential user => options with { AccessKey = user.UserName, SecretKey = user.GetNetworkCredential().Password },
            IDictionary table => options with
            {
                AccessKey = Text(table["AccessKeyId"] ?? table["AccessKey"]),
                SecretKey = Text(table["SecretAccessKey"] ?? table["SecretKey"]),
                SessionToken = Text(table["SessionToken"] ?? table["Token"]),
            },
            PSObject custom when Property(custom, "Credentials") is { } held => Apply(options, held),
            PSObject custom => options with
            {
                AccessKey = Text(Property(custom, "AccessKeyId") ?? Property(custom, "AccessKey")),
                SecretKey = Text(Property(custom, "SecretAccessKey") ?? Property(custom, "SecretKey")),
                SessionToken = Text(Property(custom, "SessionToken") ?? Property(custom, "Token")),
            },
            _ => options,
        };

        // What has no keys of its own must not be passed over: the search would go on and might end in another account.
        return withKeys is { AccessKey: null, SecretKey: null, Credential: null } ? options with { Credential = value } : withKeys;
    }

    private static object? Property(PSObject custom, string name) => custom.Properties[name]?.Value;

    private static string? Text(object? value) => value switch
    {
        null => null,
        SecureString secret => new NetworkCredential("", secret).Password,
        _ => LanguagePrimitives.ConvertTo<string>(value),
    };
}
