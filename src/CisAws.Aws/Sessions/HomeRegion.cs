using System;
using CisAws.Connections;
using CisAws.Evidence;

namespace CisAws.Aws.Sessions;

/// <summary>The region for calls that belong to no region.</summary>
/// <param name="Name">Its name.</param>
/// <param name="NamedBy">The option, variable or profile that names it; null for the default.</param>
internal sealed record HomeRegion(string Name, string? NamedBy)
{
    /// <summary>Whether an account may not have enabled it.</summary>
    public bool MayBeDisabled => AwsRegion.Find(Name) is { OptIn: true };

    /// <summary>The region to use where this one is not enabled.</summary>
    public HomeRegion Instead => new(AwsPartition.Of("aws").MainRegion, $"instead of {Name}, which rejects the credentials");

    /// <summary>The instance metadata service is not asked: outside of EC2 that takes long, and any region of the partition works.</summary>
    public static HomeRegion Of(ConnectionOptions options, FoundCredentials found) =>
        Named(options.Region, options.RegionVariable ?? "-Region")
        ?? FromEnvironment()
        ?? Named(found.Region, found.Source)
        ?? new(options.RoleArn is { } arn ? AwsPartition.Of(arn.Split(':')[1]).MainRegion : "us-east-1", null);

    /// <summary>Read here because the SDK reads it once a process.</summary>
    public static HomeRegion? FromEnvironment() => Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION");

    public override string ToString() => $"{Name} ({NamedBy ?? "default; none configured"})";

    private static HomeRegion? Variable(string name) => Named(Environment.GetEnvironmentVariable(name), name);

    private static HomeRegion? Named(string? region, string by) => string.IsNullOrEmpty(region) ? null : new(region!.ToLowerInvariant(), by);
}
