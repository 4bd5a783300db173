namespace CisAws.Benchmarks;

/// <summary>How much a failure matters. The benchmarks themselves give no severities.</summary>
public enum CisSeverity : long
{
    /// <summary>For information only.</summary>
    Informational,

    /// <summary>Low.</summary>
    Low,

    /// <summary>Medium.</summary>
    Medium,

    /// <summary>High.</summary>
    High,

    /// <summary>Critical.</summary>
    Critical,
}
