using System;
using System.Linq;
using System.Text.RegularExpressions;
using CisAws.Aws.Calls;
using CisAws.Connections;
using CisAws.Evidence;

namespace CisAws.Aws.Sessions;

/// <summary>Refuses options that can only fail, before anything is asked of AWS.</summary>
internal static class ConnectionCheck
{
    private static readonly Regex RoleArn = new(@"^arn:aws(-[a-z]+)*:iam::[0-9]{12}:role/[\w+=,.@/-]+\z", RegexOptions.CultureInvariant);
    private static readonly Regex Region = new(@"^[a-z]{2,}(-[a-z]+)+-[0-9]+\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    public static void Validate(ConnectionOptions options)
    {
        if (options.RoleArn is { } role && !RoleArn.IsMatch(role))
        {
            throw Invalid($"'{role}' is not the ARN of an IAM role.", "Use the form arn:aws:iam::123456789012:role/name.");
        }

        if (options.SourceRoleArn is { } source && !RoleArn.IsMatch(source))
        {
            throw Invalid($"'{source}' is not the ARN of an IAM role.", "Use the form arn:aws:iam::123456789012:role/name.");
        }

        if (options.AccountId is { } id && !Arn.IsAccountId(id))
        {
            throw Invalid(
                $"'{id}' is not the ID of an account.",
                "Specify 12 digits. Spreadsheets drop leading zeros: format the column as text." + (id.Length < 12 && id.All(char.IsDigit) ? $" Is it {id.PadLeft(12, '0')}?" : ""));
        }

        if (options.RoleName is { } name && (options.AccountId is null || !RoleNames.IsValid(name)))
        {
            throw options.AccountId is null
                ? Invalid("-RoleName requires an account.", "Specify -AccountId, or accounts from Get-CisAccount.")
                : Invalid($"'{name}' is not the name of a role.", "Specify the name, such as CisAuditor, without an ARN.");
        }

        if (options.AccountId is { } account && Arn.TryParse(options.RoleArn) is { } arn && arn.AccountId != account)
        {
            throw new ConnectionException(
                ConnectionProblem.WrongAccount, $"Role {options.RoleArn} is a role of account {arn.AccountId}, not of account {account}.",
                "Correct the account or the role. To assume a role of each account by this one, add -RoleName.");
        }

        if (options.ExternalId is not null && options.RoleArn is null && options.RoleName is null)
        {
            throw Invalid("-ExternalId requires -RoleArn.", "Specify -RoleArn, or omit -ExternalId.");
        }

        if (options.EndpointUrl is { } url && !IsHttp(url))
        {
            throw Invalid($"'{MessageRedactor.OfEndpoint(url)}' is not a valid endpoint URL.", "Use the form https://host or http://host:port.");
        }

        if (options.EndpointUrl is { } endpoint && new Uri(endpoint) is { Query.Length: > 0 } or { Fragment.Length: > 0 })
        {
            throw Invalid(
                $"The endpoint URL {MessageRedactor.OfEndpoint(endpoint)} has a query or a fragment, which is not valid.", "Use the form https://host or http://host:port.");
        }

        if (options.Region is { } region && !Region.IsMatch(region))
        {
            var by = options.RegionVariable;
            throw Invalid(
                $"'{region}'{(by is null ? "" : $" (from {by})")} is not a valid region name.",
                $"Set {by ?? "-Region"} to a name such as eu-west-1.");
        }

        if (options.ThrottleLimit is < 1 or > 256)
        {
            throw Invalid($"-ThrottleLimit is {options.ThrottleLimit}.", "Use a number from 1 to 256.");
        }
    }

    /// <summary>Refuses an account that is not the one that was asked for: its results would stand under a wrong name.</summary>
    /// <exception cref="ConnectionException">It is another one.</exception>
    public static void ValidateAccount(ConnectionOptions options, AccountIdentity caller)
    {
        if (options.AccountId is { } asked && caller.AccountId != asked)
        {
            throw new ConnectionException(
                ConnectionProblem.WrongAccount, $"The credentials belong to account {caller.AccountId}, not to account {asked}.",
                "Correct the account, the profile or the role.");
        }
    }

    private static bool IsHttp(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    private static ConnectionException Invalid(string message, string action) => new(ConnectionProblem.InvalidOption, message, action);
}
