using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using CisAws.Evidence;

namespace CisAws.Emulator.Accounts;

/// <summary>A role that credentials of any served account can assume. Of the trust policy, the kind of the principal and the external ID count.</summary>
/// <param name="Arn">The ARN of the role.</param>
/// <param name="ExternalIds">The external IDs that the trust policy accepts; empty if it requires none.</param>
internal sealed record AssumableRole(string Arn, IReadOnlyList<string> ExternalIds)
{
    /// <summary>The roles of an account; null if the evidence does not contain them, in which case any role can be assumed.</summary>
    public static IReadOnlyList<AssumableRole>? Of(AccountEvidence account) => account.Get(EvidenceKinds.AuthorizationDetails).Match<IReadOnlyList<AssumableRole>?>(
        details => [.. from role in details.Roles
                       let statements = Statements(role.AssumeRolePolicyDocument)
                       where statements.Count == 0 || statements.Any(TrustsAws)
                       select new AssumableRole(role.Arn, [.. statements.SelectMany(ExternalIdsOf)])],
        _ => null);

    /// <summary>Whether the trust policy accepts a call with this external ID.</summary>
    public bool Accepts(string? externalId) => ExternalIds.Count == 0 || (externalId is not null && ExternalIds.Contains(externalId));

    // Roles of services and identity providers cannot be assumed with sts:AssumeRole.
    private static bool TrustsAws(JsonObject statement) => statement["Principal"] switch
    {
        JsonObject principal => principal.ContainsKey("AWS"),
        JsonValue principal => principal.ToString() == "*",
        _ => false,
    };

    private static IEnumerable<string> ExternalIdsOf(JsonObject statement) =>
        Elements(((statement["Condition"] as JsonObject)?["StringEquals"] as JsonObject)?["sts:ExternalId"]).Select(id => id.ToString());

    private static List<JsonObject> Statements(string trustPolicy)
    {
        try
        {
            return Elements((JsonNode.Parse(trustPolicy) as JsonObject)?["Statement"]).OfType<JsonObject>().ToList();
        }
        catch (JsonException)
        {
            // Evidence may contain a document that is not JSON; it restricts nothing.
            return [];
        }
    }

    private static IEnumerable<JsonNode> Elements(JsonNode? oneOrMany) => oneOrMany switch
    {
        null => [],
        JsonArray many => many.OfType<JsonNode>(),
        _ => [oneOrMany],
    };
}
