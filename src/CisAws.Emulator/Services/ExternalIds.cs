using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CisAws.Emulator.Services;

/// <summary>The external IDs that a role's trust policy accepts: the values of <c>sts:ExternalId</c> under StringEquals.</summary>
internal static class ExternalIds
{
    /// <summary>The accepted IDs; empty when the policy requires none.</summary>
    public static IReadOnlyList<string> AskedFor(string trustPolicy)
    {
        JsonNode? document;
        try
        {
            document = JsonNode.Parse(trustPolicy);
        }
        catch (JsonException)
        {
            // Evidence may hold a document that is not JSON; such a policy asks for nothing.
            return [];
        }

        return Elements((document as JsonObject)?["Statement"])
            .Select(s => ((s as JsonObject)?["Condition"] as JsonObject)?["StringEquals"] as JsonObject)
            .SelectMany(c => Elements(c?["sts:ExternalId"]))
            .Select(id => id.ToString()).ToList();
    }

    private static IEnumerable<JsonNode> Elements(JsonNode? oneOrMany) => oneOrMany switch
    {
        null => [],
        JsonArray many => many.OfType<JsonNode>(),
        _ => [oneOrMany],
    };
}
