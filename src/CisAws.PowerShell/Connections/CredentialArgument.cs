using System.Collections;
using System.Management.Automation;
using CisAws.Connections;

namespace CisAws.PowerShell.Connections;

/// <summary>Turns what -Credential was given into connection options.</summary>
internal static class CredentialArgument
{
    /// <summary>
    /// A PSCredential gives its user name and password as access key and secret key; a hashtable its entries; any other
    /// object is handed to the door, which bridges it by the shape of its members.
    /// </summary>
    public static ConnectionOptions Apply(ConnectionOptions options, object? credential)
    {
        var value = credential is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : credential;
        return value switch
        {
            null => options,
            PSCredential user => options with { AccessKey = user.UserName, SecretKey = user.GetNetworkCredential().Password },
            IDictionary table => options with
            {
                AccessKey = Text(table["AccessKeyId"] ?? table["AccessKey"]),
                SecretKey = Text(table["SecretAccessKey"] ?? table["SecretKey"]),
                SessionToken = Text(table["SessionToken"] ?? table["Token"]),
            },
            PSObject custom => options with
            {
                AccessKey = Property(custom, "AccessKeyId") ?? Property(custom, "AccessKey"),
                SecretKey = Property(custom, "SecretAccessKey") ?? Property(custom, "SecretKey"),
                SessionToken = Property(custom, "SessionToken") ?? Property(custom, "Token"),
            },
            _ => options with { Credential = value },
        };
    }

    private static string? Property(PSObject custom, string name) => Text(custom.Properties[name]?.Value);

    private static string? Text(object? value) => value is null ? null : LanguagePrimitives.ConvertTo<string>(value);
}
