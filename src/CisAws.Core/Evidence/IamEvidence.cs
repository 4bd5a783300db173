using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.Evidence;

/// <summary>
/// The IAM credential report as it was served: columns by header name, rows as text. What a cell means is decided by the
/// rules, so that a recorded report can be assessed again. A row may have more or fewer cells than there are columns.
/// </summary>
/// <param name="GeneratedTime">When AWS generated the report (UTC); it does not contain later activity.</param>
/// <param name="Columns">The header, in the order of the report.</param>
/// <param name="Rows">One row a user, root among them as <c>&lt;root_account&gt;</c>.</param>
/// <param name="GenerationError">The error code when a new report was refused and the stored one had to do; else null.</param>
public sealed record CredentialReport(
    DateTimeOffset GeneratedTime, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, string? GenerationError = null)
{
    /// <summary>What the report calls the root user.</summary>
    internal const string RootName = "<root_account>";

    /// <summary>The column that says how many access keys and certificates of a user are not in the report: it has room for two of each.</summary>
    internal const string AdditionalCredentials = "additional_credentials_info";

    // All the words seen in reports of different years for "there is none".
    private static readonly string[] None = ["", "N/A", "no_information", "not_supported", "not_applicable"];

    /// <summary>True when a cell says that there is no such thing.</summary>
    internal static bool IsNone(string cell) => None.Contains(cell, StringComparer.OrdinalIgnoreCase);

    /// <summary>The IAM users of whom the report does not show every access key or certificate.</summary>
    internal IEnumerable<string> UsersWithMoreCredentials()
    {
        var names = Columns.Select(c => c.Trim()).ToList();
        var (user, additional) = (IndexOf("user"), IndexOf(AdditionalCredentials));
        return user < 0 || additional < 0
            ? []
            : Rows.Where(r => r.Count == names.Count && !IsNone(r[additional].Trim())).Select(r => r[user].Trim()).Where(n => n != RootName);

        int IndexOf(string column) => names.FindIndex(n => string.Equals(n, column, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>An access key of an IAM user, without its secret. <paramref name="Status"/> is Active, Inactive or Expired.</summary>
public sealed record AccessKey(string Id, string Status, DateTimeOffset CreateDate);

/// <summary>The account's password policy; a number is null where the policy does not set it.</summary>
public sealed record PasswordPolicy(
    int? MinimumPasswordLength = null,
    bool RequireUppercaseCharacters = false,
    bool RequireLowercaseCharacters = false,
    bool RequireSymbols = false,
    bool RequireNumbers = false,
    bool? ExpirePasswords = null,
    int? MaxPasswordAge = null,
    int? PasswordReusePrevention = null,
    bool AllowUsersToChangePassword = false,
    bool? HardExpiry = null);

/// <summary>An assigned virtual MFA device. <paramref name="UserArn"/> is null when AWS returned no owner.</summary>
public sealed record VirtualMfaDevice(string SerialNumber, string? UserArn = null, DateTimeOffset? EnableDate = null);

/// <summary>A policy embedded in a user, group or role; the document is decoded JSON.</summary>
public sealed record InlinePolicy(string Name, string Document);

/// <summary>A managed policy attached to a user, group or role.</summary>
public sealed record AttachedPolicy(string Name, string Arn);

/// <summary>An IAM user with what is attached to it.</summary>
public sealed record IamUser(
    string Name,
    string Arn,
    DateTimeOffset CreateDate,
    IReadOnlyList<InlinePolicy> InlinePolicies,
    IReadOnlyList<AttachedPolicy> AttachedPolicies,
    IReadOnlyList<string> Groups,
    string? PermissionsBoundaryArn = null,
    IReadOnlyDictionary<string, string>? Tags = null) : ITagged;

/// <summary>An IAM group with what is attached to it.</summary>
public sealed record IamGroup(
    string Name, string Arn, IReadOnlyList<InlinePolicy> InlinePolicies, IReadOnlyList<AttachedPolicy> AttachedPolicies);

/// <summary>An IAM role with its trust policy and what is attached to it.</summary>
public sealed record IamRole(
    string Name,
    string Arn,
    string AssumeRolePolicyDocument,
    IReadOnlyList<InlinePolicy> InlinePolicies,
    IReadOnlyList<AttachedPolicy> AttachedPolicies,
    string? PermissionsBoundaryArn = null);

/// <summary>A version of a managed policy; the document is decoded JSON.</summary>
public sealed record PolicyVersion(string VersionId, bool IsDefaultVersion, string Document);

/// <summary>A customer managed policy with its versions and how often it is used.</summary>
public sealed record ManagedPolicy(
    string Name,
    string Arn,
    int AttachmentCount,
    int PermissionsBoundaryUsageCount,
    string DefaultVersionId,
    IReadOnlyList<PolicyVersion> Versions);

/// <summary>What <c>iam:GetAccountAuthorizationDetails</c> answers: users, groups, roles and customer managed policies.</summary>
public sealed record AuthorizationDetails(
    IReadOnlyList<IamUser> Users, IReadOnlyList<IamGroup> Groups, IReadOnlyList<IamRole> Roles, IReadOnlyList<ManagedPolicy> Policies);

/// <summary>Who has a policy attached as a permissions policy (not as a boundary), by name.</summary>
public sealed record PolicyEntities(IReadOnlyList<string> Roles, IReadOnlyList<string> Users, IReadOnlyList<string> Groups);

/// <summary>An instance profile and the names of its roles.</summary>
public sealed record InstanceProfile(string Name, string Arn, IReadOnlyList<string> Roles);

/// <summary>The account's primary contact, as <c>account:GetContactInformation</c> answers.</summary>
public sealed record ContactInformation(
    string? FullName = null, string? CompanyName = null, string? PhoneNumber = null, string? AddressLine1 = null,
    string? City = null, string? CountryCode = null, string? PostalCode = null);

/// <summary>An alternate contact of the account.</summary>
public sealed record AlternateContact(string? Name = null, string? Title = null, string? EmailAddress = null, string? PhoneNumber = null);

/// <summary>The organisation the account is a member of.</summary>
public sealed record Organization(string Id, string ManagementAccountId);
