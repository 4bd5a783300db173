using System;
using CisAws.Aws.Calls;

namespace CisAws.Aws.Tests;

/// <summary>The module gives up after seconds. A test that is not about that waits longer than any call takes on a busy machine.</summary>
internal static class TestTimeouts
{
    public static readonly CallTimeouts Long = new(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2));

    /// <summary>A connector that waits that long.</summary>
    public static AwsConnector Connector { get; } = new(Long, Long);
}
