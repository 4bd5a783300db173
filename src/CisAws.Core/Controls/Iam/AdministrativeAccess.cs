using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace CisAws.Controls.Iam;

/// <summary>
/// Where a policy allows everything on everything, by the names of its statements. One statement has to allow it by itself:
/// all actions on one resource and one action on all resources are not all actions on all resources.
/// </summary>
/// <param name="Full">Statements that allow everything at any time.</param>
/// <param name="Conditional">Statements that allow everything under a condition.</param>
/// <param name="Nearly">What comes near without being what the audit looks for, in a sentence each.</param>
internal sealed record AdministrativeAccess(IReadOnlyList<string> Full, IReadOnlyList<string> Conditional, IReadOnlyList<string> Nearly)
{
    private static readonly Regex EveryAction = new(@"^\*+(:\*+)?$", RegexOptions.CultureInvariant);

    private static readonly Regex EveryResource = new(@"^\*+$", RegexOptions.CultureInvariant);

    /// <summary>An ARN of nothing but wildcards after the partition: <c>arn:*</c>, <c>arn:aws:*:*:*:*</c>.</summary>
    private static readonly Regex EveryArn = new(@"^arn(:(aws[a-z-]*|\*+))?(:\*+)+$", RegexOptions.CultureInvariant);

    /// <summary>True when a statement allows everything, under a condition or not.</summary>
    public bool IsAny => Full.Count + Conditional.Count > 0;

    public static AdministrativeAccess Of(PolicyDocument policy)
    {
        var statements = policy.Statements.Select((s, i) => (Statement: s, Name: s.Sid.Length > 0 ? $"statement '{s.Sid}'" : $"statement {i + 1}"))
            .Where(s => s.Statement.IsAllow)
            .ToList();
        return new AdministrativeAccess(
            statements.Where(s => IsEverything(s.Statement) && !s.Statement.HasCondition).Select(s => s.Name).ToList(),
            statements.Where(s => IsEverything(s.Statement) && s.Statement.HasCondition).Select(s => s.Name).ToList(),
            statements.Where(s => !IsEverything(s.Statement)).Select(s => Near(s.Statement, s.Name)).OfType<string>().ToList());
    }

    private static bool IsEverything(PolicyStatement statement) => Has(statement.Action, EveryAction) && Has(statement.Resource, EveryResource);

    private static string? Near(PolicyStatement statement, string name)
    {
        var resources = Has(statement.Resource, EveryResource) ? "every resource"
            : Has(statement.Resource, EveryArn) ? "every resource that has an ARN"
            : statement.NotResource is { } but && !Has(but, EveryResource) ? $"every resource but {string.Join(", ", but)}"
            : null;
        var actions = Has(statement.Action, EveryAction) ? "every action"
            : statement.NotAction is { } except && !Has(except, EveryAction) ? $"every action but {string.Join(", ", except)}"
            : null;
        return resources is null || actions is null
            ? null
            : $"{char.ToUpperInvariant(name[0])}{name.Substring(1)} allows {actions} on {resources}: it comes near to full administrative access.";
    }

    private static bool Has(IReadOnlyList<string>? texts, Regex pattern) => texts is not null && texts.Any(pattern.IsMatch);
}
