using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.FilterPatterns;
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

    public static Gen<Node> Tree { get; } = TreeOf(Leaves, 3);

    public static Gen<Node> TreeOf(Leaf[] leaves, int depth)
    {
        var leaf = Gen.Int[0, leaves.Length - 1].Select(i => (Node)leaves[i]);
        return Gen.Recursive<Node>((at, tree) => at == depth
            ? leaf
            : Gen.OneOf(leaf, Gen.Select(Gen.Bool, tree.List[2, 4]).Select((or, terms) => (Node)new Branch(or, terms))));
    }

    /// <summary>The same tree with the terms of each branch in another order.</summary>
    public static Node Reorder(Node tree, int seed)
    {
        var chance = new Random(seed);
        return Of(tree);

        Node Of(Node node) => node is Branch branch
            ? branch with { Terms = [.. branch.Terms.Select(Of).OrderBy(_ => chance.Next())] }
            : node;
    }

    public static FilterPattern Parse(Node tree, int seed = 0) => FilterPattern.Parse(Spell(tree, seed));

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

        // In quotes a number would be text, and a regular expression too.
        string Quoted(Leaf leaf) => leaf.Test is "=" or "!=" && leaf.Value![0] is not ((>= '0' and <= '9') or '%' or '"') && chance.Next(2) == 0 ? $"\"{leaf.Value}\"" : leaf.Value!;

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
