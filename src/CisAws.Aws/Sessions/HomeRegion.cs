using System;

namespace CisAws.Aws.Sessions;

/// <summary>The region of calls that belong to none.</summary>
internal static class HomeRegion
{
    public const string Default = "us-east-1";

    /// <summary>Read here because the SDK reads it once a process, and would ask the instance's metadata service.</summary>
    public static string? FromEnvironment() => Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION");

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
