using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Security;
using CisAws.Connections;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Text;

namespace CisAws.PowerShell.Connections;

/// <summary>Turns a credentials object, of -Credential or of $StoredAWSCredentials, into connection options.</summary>
internal static class CredentialArgument
{
    private const int LongestName = 19;

    private static readonly string[] Names = ["AccessKeyId", "AccessKey", "SecretAccessKey", "SecretKey", "SessionToken", "Token"];

    /// <summary>What else is in the output of aws configure export-credentials and of a credential_process.</summary>
    private static readonly string[] Others = ["Version", "Expiration", "AccountId"];

    /// <summary>
    /// A PSCredential gives its user name and password as access key and secret key; a hashtable its entries; any other
    /// object is handed to the connector, which bridges it by the shape of its members.
    /// </summary>
    /// <exception cref="ConnectionException">A member is misspelt: without it the keys would be used in another way than was meant.</exception>
    public static ConnectionOptions Apply(ConnectionOptions options, object credential)
    {
        var value = credential is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : credential;
        var withKeys = value switch
        {
            PSCredential user => options with { AccessKey = user.UserName, SecretKey = user.GetNetworkCredential().Password },
            IDictionary table => Keys(options, table.Cast<DictionaryEntry>().Select(e => (e.Key.ToString() ?? "", (object?)e.Value)), mayHaveMore: false),
            PSObject custom when custom.Properties["Credentials"]?.Value is { } held => Apply(options, held),
            PSObject custom => Keys(options, custom.Properties.Select(p => (p.Name, (object?)p.Value)), mayHaveMore: true),
            _ => options,
        };

        // What has no keys of its own must not be passed over: the search would go on and might end in another account.
        return withKeys is { AccessKey: null, SecretKey: null, Credential: null } ? options with { Credential = value } : withKeys;
    }

    /// <param name="options">Where the keys go.</param>
    /// <param name="members">The members of a hashtable or of an object.</param>
    /// <param name="mayHaveMore">Objects come out of other programs' JSON, and may say more; a hashtable is written for this, and may not.</param>
    private static ConnectionOptions Keys(ConnectionOptions options, IEnumerable<(string Name, object? Value)> members, bool mayHaveMore)
    {
        var known = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in members)
        {
            var isKnown = Names.Contains(name, StringComparer.OrdinalIgnoreCase);
            var isMore = Others.Contains(name, StringComparer.OrdinalIgnoreCase) || (mayHaveMore && Suggestion.Nearest(name, Names) is null);
            if (!isKnown && !isMore)
            {
                throw Unknown(options, name);
            }

            known[name] = value;
        }

        object? First(string name, string other) => known.TryGetValue(name, out var value) && value is not null ? value : known.TryGetValue(other, out value) ? value : null;
        return options with
        {
            AccessKey = Text(First("AccessKeyId", "AccessKey")),
            SecretKey = Text(First("SecretAccessKey", "SecretKey")),
            SessionToken = Text(First("SessionToken", "Token")),
        };
    }

    private static ConnectionException Unknown(ConnectionOptions options, string name)
    {
        // A key and its secret in each other's place must not come out in an error.
        var shown = name.Length is > 0 and <= LongestName && name.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_') ? $"the unknown key '{name}'" : "an unknown key";
        var nearest = Suggestion.Nearest(name, Names) is { } near ? $" Did you mean '{near}'?" : "";
        return new ConnectionException(
            ConnectionProblem.InvalidOption,
            $"{options.CredentialVariable ?? "-Credential"} has {shown}.{nearest} Valid keys: AccessKeyId, SecretAccessKey, SessionToken.",
            "Use a hashtable with AccessKeyId and SecretAccessKey, and SessionToken if the credentials are temporary.");
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        SecureString secret => new NetworkCredential("", secret).Password,
        _ => LanguagePrimitives.ConvertTo<string>(value),
    };
}
