using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;

namespace CisAws.Core.Tests.FilterPatterns;

/// <summary>Random filter patterns as trees, and random spellings of a tree that all mean the same.</summary>
internal static class Patterns
{
    private static readonly Leaf[] Leaves =
    [
        new Leaf("$.eventName", "=", "CreateTrail"),
        new Leaf("$.eventName", "!=", "Delete*"),
        new Leaf("$.eventSource", "=", "kms.amazonaws.com"),
        new Leaf("$.userIdentity.type", "=", "Root"),
        new Leaf("$.userIdentity.invokedBy", "NOT EXISTS", null),
        new Leaf("$.readOnly", "IS TRUE", null),
        new Leaf("$.requestParameters.ipPermissions.items[0].toPort", ">=", "22"),
    ];

    private static readonly Gen<Node> Leaf = Gen.Int[0, Leaves.Length - 1].Select(i => (Node)Leaves[i]);

    public static Gen<Node> Tree { get; } = Gen.Recursive<Node>((depth, tree) => depth == 3
        ? Leaf
        : Gen.OneOf(Leaf, Gen.Select(Gen.Bool, tree.List[2, 4]).Select((or, terms) => (Node)new Branch(or, terms))));

    /// <summary>One of the spellings of a tree: spaces, quotes and redundant parentheses by chance.</summary>
    public static string Spell(Node tree, int seed)
    {
        var chance = new Random(seed);
        return $"{Space()}{{{Space()}{Of(tree)}{Space()}}}{Space()}";

        string Of(Node node)
        {
            var text = node switch
            {
                Leaf { Value: null } leaf => $"{leaf.Field} {Space()}{leaf.Test.Replace(" ", " " + Space(), StringComparison.Ordinal)}",
                Leaf leaf => $"{leaf.Field}{Space()}{leaf.Test}{Space()}{Quoted(leaf)}",
                Branch branch => string.Join($"{Space()}{(branch.IsOr ? "||" : "&&")}{Space()}", branch.Terms.Select(t => Inside(branch, t))),
                _ => throw new InvalidOperationException(),
            };
            return chance.Next(3) == 0 ? $"({Space()}{text}{Space()})" : text;
        }

        // An OR inside an AND needs its parentheses.
        string Inside(Branch parent, Node term) => term is Branch { IsOr: true } && !parent.IsOr ? $"({Of(term)})" : Of(term);

        string Quoted(Leaf leaf) => leaf.Test is "=" or "!=" && chance.Next(2) == 0 ? $"\"{leaf.Value}\"" : leaf.Value!;

        string Space() => chance.Next(4) switch { 0 => " ", 1 => "\n", 2 => " \t ", _ => "" };
    }

    /// <summary>What a tree says when branches of one kind inside each other count as one.</summary>
    public static string Flat(Node tree) => tree switch
    {
        Branch branch => $"({string.Join(branch.IsOr ? " or " : " and ", Terms(branch).Select(Flat))})",
        _ => tree.ToString()!,
    };

    private static IEnumerable<Node> Terms(Branch branch) =>
        branch.Terms.SelectMany(t => t is Branch inner && inner.IsOr == branch.IsOr ? Terms(inner) : [t]);
}

internal abstract record Node;

internal sealed record Leaf(string Field, string Test, string? Value) : Node;

internal sealed record Branch(bool IsOr, IReadOnlyList<Node> Terms) : Node;
