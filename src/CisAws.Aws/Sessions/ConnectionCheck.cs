using System;
using System.Text.RegularExpressions;
using CisAws.Aws.Calls;
using CisAws.Connections;

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

        if (options.ExternalId is not null && options.RoleArn is null)
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

    private static bool IsHttp(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    private static ConnectionException Invalid(string message, string action) => new(ConnectionProblem.InvalidOption, message, action);
}
