using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Text.Json;
using CisAws.Text;

namespace CisAws.Rules.Policies;

/// <summary>
/// A policy in IAM's grammar (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html): one
/// statement or a list of them, one text or a list of them. The names of elements are case-sensitive.
/// </summary>
internal sealed class PolicyDocument
{
    private PolicyDocument(IReadOnlyList<PolicyStatement> statements) => Statements = statements;

    public IReadOnlyList<PolicyStatement> Statements { get; }

    /// <summary>Reads a document that was decoded from its URL encoding.</summary>
    /// <param name="json">The document.</param>
    /// <param name="document">The policy; null when the text is none.</param>
    /// <param name="problem">What is wrong with the text; null when it is a policy.</param>
    /// <returns>True when the text is a policy.</returns>
    public static bool TryParse(string json, [NotNullWhen(true)] out PolicyDocument? document, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            using var parsed = ForeignJson.Parse(json);
            document = new PolicyDocument(Statement(parsed.RootElement));
            problem = null;
            return true;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            // InvalidOperationException: the name of an element is not Unicode.
            document = null;
            problem = e switch { FormatException => e.Message, JsonException => "it is not JSON", _ => "it contains text that is not Unicode" };
            return false;
        }
    }

    private static List<PolicyStatement> Statement(JsonElement policy)
    {
        if (policy.ValueKind != JsonValueKind.Object || !policy.TryGetProperty("Statement", out var statement))
        {
            throw new FormatException("it has no Statement");
        }

        return statement.ValueKind == JsonValueKind.Array
            ? statement.EnumerateArray().Select(PolicyStatement.Parse).ToList()
            : [PolicyStatement.Parse(statement)];
    }
}

/// <summary>
/// A statement of a policy, Allow or else Deny. A list is null where the statement has no such element; a condition or a
/// principal that says nothing counts as none.
/// </summary>
internal sealed record PolicyStatement(
    string Sid,
    bool IsAllow,
    IReadOnlyList<string>? Action,
    IReadOnlyList<string>? NotAction,
    IReadOnlyList<string>? Resource,
    IReadOnlyList<string>? NotResource,
    bool HasCondition,
    bool HasPrincipal)
{
    internal static PolicyStatement Parse(JsonElement statement)
    {
        if (statement.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("a Statement is not an object");
        }

        var effect = Texts(statement, "Effect");
        if (effect is not ["Allow" or "Deny"])
        {
            throw new FormatException("the Effect of a Statement is neither Allow nor Deny");
        }

        return new PolicyStatement(
            Texts(statement, "Sid") is [var sid] ? sid : "",
            effect[0] == "Allow",
            Texts(statement, "Action"),
            Texts(statement, "NotAction"),
            Texts(statement, "Resource"),
            Texts(statement, "NotResource"),
            statement.TryGetProperty("Condition", out var condition) && !IsEmpty(condition),
            statement.TryGetProperty("Principal", out var principal) && !IsEmpty(principal));
    }

    private static List<string>? Texts(JsonElement statement, string name)
    {
        if (!statement.TryGetProperty(name, out var value))
        {
            return null;
        }

        var texts = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToList() : [value];
        return texts.TrueForAll(t => t.ValueKind == JsonValueKind.String)
            ? texts.ConvertAll(Text)
            : throw new FormatException($"a Statement's {name} is neither a string nor a list of strings");
    }

    /// <summary>
    /// A text of the policy. One that holds half of a surrogate pair has no value in .NET and is taken as it is written: it
    /// names no action or resource that exists, and must not keep the rest of the policy from being assessed.
    /// </summary>
    private static string Text(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return value.GetRawText().Trim('"');
        }
    }

    /// <summary>Whether an element says nothing: {}, [], "", or {"AWS": []}.</summary>
    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().All(p => IsEmpty(p.Value)),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.String => value.GetRawText() == "\"\"",
        JsonValueKind.Null => true,
        _ => false,
    };
}
