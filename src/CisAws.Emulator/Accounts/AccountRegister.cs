using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using CisAws.Evidence;

namespace CisAws.Emulator.Accounts;

/// <summary>The accounts that are served, and the access keys that work in them.</summary>
internal sealed class AccountRegister
{
    private readonly ConcurrentDictionary<string, Principal> _principals = new(StringComparer.Ordinal);

    public AccountRegister(IReadOnlyList<AccountEvidence> accounts, EmulatedOrganization? organization = null)
    {
        Organization = organization;
        Accounts = accounts.Select(a => new EmulatedAccount(a)).ToList();
        foreach (var account in Accounts)
        {
            if (!_principals.TryAdd(account.Owner.AccessKey, account.Owner))
            {
                throw new ArgumentException($"Account {account.AccountId} is in two evidence files.", nameof(accounts));
            }
        }
    }

    public IReadOnlyList<EmulatedAccount> Accounts { get; }

    /// <summary>The organization that they are in; null if it cannot be listed.</summary>
    public EmulatedOrganization? Organization { get; }

    public Principal? Find(string accessKey) => _principals.GetValueOrDefault(accessKey);

    public EmulatedAccount? FindAccount(string accountId) => Accounts.FirstOrDefault(a => a.AccountId == accountId);

    /// <summary>Opens a session of a role, with credentials of its own.</summary>
    public Principal OpenSession(EmulatedAccount account, string roleName, string sessionName, TimeSpan duration)
    {
        var random = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        var roleArn = $"arn:{account.Partition}:iam::{account.AccountId}:role/{roleName}";
        var session = new Principal(
            account,
            $"arn:{account.Partition}:sts::{account.AccountId}:assumed-role/{roleName}/{sessionName}",
            $"{UniqueId.For("AROA", roleArn)}:{sessionName}",
            UniqueId.For("ASIA", random),
            UniqueId.Secret(random),
            Convert.ToBase64String(RandomNumberGenerator.GetBytes(96)),
            DateTimeOffset.UtcNow + duration);
        _principals[session.AccessKey] = session;
        return session;
    }
}
