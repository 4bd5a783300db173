using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using CisAws.Text;

namespace CisAws.Rules.Alarms;

/// <summary>The access policy of an SNS topic, as far as CloudWatch alarms are concerned.</summary>
internal static class TopicPolicy
{
    private const string Publish = "sns:publish";

    private static readonly Regex Stars = new(@"\*+", RegexOptions.CultureInvariant);

    /// <summary>
    /// Whether CloudWatch may publish to the topic for the alarms of an account. Conditions are taken to be met: the usual policy
    /// allows everyone on the condition that the owner of the topic owns the source as well. Null when there is no policy, or it
    /// cannot be read.
    /// </summary>
    public static bool? AllowsAlarms(string? policy, string accountId)
    {
        if (string.IsNullOrEmpty(policy))
        {
            return null;
        }

        try
        {
            using var document = ForeignJson.Parse(policy!);
            var statements = Items(document.RootElement.GetProperty("Statement")).Where(s => IsAbout(s, accountId)).ToList();
            return statements.Any(IsAllow) && !statements.Any(s => !IsAllow(s) && !s.TryGetProperty("Condition", out _));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static bool IsAllow(JsonElement statement) => statement.GetProperty("Effect").GetString() == "Allow";

    /// <summary>Whether a statement is about publishing, by CloudWatch.</summary>
    private static bool IsAbout(JsonElement statement, string accountId) =>
        (statement.TryGetProperty("Action", out var action) ? Items(action).Any(IsPublish)
            : statement.TryGetProperty("NotAction", out var others) && !Items(others).Any(IsPublish)) &&
        (statement.TryGetProperty("Principal", out var principal) ? IsCloudWatch(principal, accountId)
            : statement.TryGetProperty("NotPrincipal", out var excluded) && !IsCloudWatch(excluded, accountId));

    /// <summary>An alarm publishes as CloudWatch, on behalf of the account that owns it.</summary>
    private static bool IsCloudWatch(JsonElement principal, string accountId) => principal.ValueKind == JsonValueKind.Object
        ? principal.EnumerateObject().Any(p => Items(p.Value).Select(Text).Any(v => p.Name switch
        {
            "AWS" => v == "*" || v == accountId || v.EndsWith($"::{accountId}:root", StringComparison.Ordinal),
            "Service" => v.StartsWith("cloudwatch.amazonaws.com", StringComparison.Ordinal),
            _ => false,
        }))
        : Items(principal).Any(p => Text(p) == "*");

    /// <summary>
    /// Actions are patterns, and their case does not count. Stars in a row are as much as one; as a regular expression, they would be tried
    /// in endless combinations.
    /// </summary>
    private static bool IsPublish(JsonElement action) => Regex.IsMatch(
        Publish,
        $@"\A{Regex.Escape(Stars.Replace(Text(action).ToLowerInvariant(), "*")).Replace("\\*", ".*").Replace("\\?", ".")}\z",
        RegexOptions.CultureInvariant);

    /// <summary>A text of the policy; null in its place is none.</summary>
    private static string Text(JsonElement value) => value.GetString() ?? "";

    private static IEnumerable<JsonElement> Items(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [element];
}
