using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.Architecture.Tests;

/// <summary>What breaks a rule of the architecture: one line each, with the place and what to do about it.</summary>
internal static class Offenders
{
    /// <summary>Fails with all lines, which Assert.Empty would cut.</summary>
    public static void AssertNone(this IEnumerable<string> offenders)
    {
        var lines = offenders.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(lines.Count == 0, string.Join(Environment.NewLine, lines));
    }
}
