using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.Rules.Policies;

/// <summary>
/// Where a policy allows everything on everything, by the names of its statements. One statement has to allow it by itself:
/// all actions on one resource and one action on all resources are not all actions on all resources.
/// </summary>
/// <param name="Full">Statements that allow everything at any time.</param>
/// <param name="Conditional">Statements that allow everything under a condition.</param>
/// <param name="Unclear">Statements whose wildcards are too complex to decide.</param>
/// <param name="Nearly">What comes near without being what the audit looks for, in a sentence each.</param>
internal sealed record AdministrativeAccess(
    IReadOnlyList<string> Full, IReadOnlyList<string> Conditional, IReadOnlyList<string> Unclear, IReadOnlyList<string> Nearly)
{
    /// <summary>True when a statement allows everything, under a condition or not.</summary>
    public bool IsAny => Full.Count + Conditional.Count > 0;

    /// <summary>Assesses a policy of an account in a partition.</summary>
    public static AdministrativeAccess Of(PolicyDocument policy, string partition)
    {
        var statements = policy.Statements
            .Select((s, i) => new NamedStatement(s, s.Sid.Length > 0 ? $"statement '{s.Sid}'" : $"statement {i + 1}"))
            .Where(s => s.Statement.IsAllow)
            .Select(s => s with { IsEverything = EveryAction(s.Statement.Action) & EveryResource(s.Statement.Resource, partition) })
            .ToList();
        return new AdministrativeAccess(
            statements.Where(s => s.IsEverything == true && !s.Statement.HasCondition).Select(s => s.Name).ToList(),
            statements.Where(s => s.IsEverything == true && s.Statement.HasCondition).Select(s => s.Name).ToList(),
            statements.Where(s => s.IsEverything is null).Select(s => s.Name).ToList(),
            statements.Where(s => s.IsEverything == false).Select(s => Near(s.Statement, s.Name, partition)).OfType<string>().ToList());
    }

    private static string? Near(PolicyStatement statement, string name, string partition)
    {
        var resources = EveryResource(statement.Resource, partition) != false ? "every resource"
            : statement.Resource is { } some && PolicyWildcards.MatchEveryArn(some, partition) != false ? "every resource that has an ARN"
            : statement.NotResource is { } but && EveryResource(but, partition) == false ? $"every resource except {string.Join(", ", but)}"
            : null;
        var actions = EveryAction(statement.Action) != false ? "every action"
            : statement.NotAction is { } except && EveryAction(except) == false ? $"every action except {string.Join(", ", except)}"
            : null;
        return resources is null || actions is null
            ? null
            : $"{char.ToUpperInvariant(name[0])}{name.Substring(1)} allows {actions} on {resources}, which is close to full administrative access.";
    }

    private static bool? EveryAction(IReadOnlyList<string>? actions) => actions is null ? false : PolicyWildcards.MatchEveryAction(actions);

    /// <summary>
    /// A pattern that spells out <c>arn:</c> is the near form, which the benchmark's audit does not look for: it leaves out the
    /// actions that have no resource but <c>*</c>.
    /// </summary>
    private static bool? EveryResource(IReadOnlyList<string>? resources, string partition) => resources is null
        ? false
        : PolicyWildcards.MatchEveryArn(resources.Where(r => !r.StartsWith("arn:", StringComparison.Ordinal)), partition);

    /// <summary>A statement, and whether it allows everything; null where that is too complex to decide.</summary>
    private sealed record NamedStatement(PolicyStatement Statement, string Name, bool? IsEverything = null);
}
