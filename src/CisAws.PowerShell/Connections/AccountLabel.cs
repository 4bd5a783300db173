using System.Globalization;
using CisAws.Connections;
using CisAws.Evidence;

namespace CisAws.PowerShell.Connections;

/// <summary>
/// The name of an account in errors, warnings and results. In a list each has to say which account it is about, also while the account's ID is not
/// known yet.
/// </summary>
internal sealed class AccountLabel
{
    private readonly string? _profile;
    private readonly string _other;
    private readonly string? _role;
    private readonly bool _isOfList;
    private string? _id;

    /// <param name="options">How the account was asked for.</param>
    /// <param name="position">Its place in a list, counted from 1; null where there is no list.</param>
    public AccountLabel(ConnectionOptions options, int? position)
    {
        _isOfList = position is not null;
        _profile = string.IsNullOrEmpty(options.ProfileName) ? null : options.ProfileName;
        _role = string.IsNullOrEmpty(options.RoleArn) ? null : options.RoleArn;
        _id = Arn.IsAccountId(options.AccountId ?? "") ? options.AccountId : Arn.TryParse(options.RoleArn) is { } role && Arn.IsAccountId(role.AccountId) ? role.AccountId : null;
        _other = _role is not null ? $"Role {_role}"
            : options.CredentialVariable is null && options.AccessKey is { Length: > 8 } key ? $"Access key {key.Substring(0, 4)}...{key.Substring(key.Length - 4)}"
            : position is { } row ? $"Account {row.ToString(CultureInfo.InvariantCulture)} of the list"
            : "";
    }

    /// <summary>The account's ID; null while it is not known.</summary>
    public string? KnownId => _id;

    /// <summary>The account's ID; where it is not known, what it was asked for by.</summary>
    public string AccountId => _id ?? _profile ?? _other;

    /// <summary>Notes the ID that AWS returned.</summary>
    public void Identify(string accountId) => _id = accountId;

    /// <summary>A sentence that begins with the account. The sentence alone, outside of a list, if it names the profile or the role itself.</summary>
    public string About(string sentence) =>
        ToString() is { Length: > 0 } label && (_isOfList || !(Names(sentence, _profile) || Names(sentence, _role))) ? $"{label}: {sentence}" : sentence;

    /// <summary>The sentence about the account in a list; outside of one the sentence alone, for a problem that has nothing to do with the account.</summary>
    public string InListAbout(string sentence) => _isOfList ? About(sentence) : sentence;

    /// <summary>"Account 111122223333 (profile audit)"; empty where nothing is known yet.</summary>
    public override string ToString() => (_id, _profile) switch
    {
        ({ } id, { } profile) => $"Account {id} (profile {profile})",
        ({ } id, null) => $"Account {id}",
        (null, { } profile) => $"Profile {profile}",
        _ => _other,
    };

    private static bool Names(string sentence, string? name) => name is not null && sentence.Contains(name);
}
