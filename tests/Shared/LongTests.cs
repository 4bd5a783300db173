using System;

namespace CisAws.Testing;

/// <summary>
/// The switch for long runs: with CISAWS_LONG_TESTS=1, as in continuous integration, properties are tried on many more inputs,
/// and the tests that take minutes run too. Part of every test project.
/// </summary>
internal static class LongTests
{
    public static bool Wanted { get; } = Environment.GetEnvironmentVariable("CISAWS_LONG_TESTS") == "1";

    /// <summary>How many inputs a property is tried on: <c>property.Sample(..., iter: LongTests.Iterations(200, 10_000))</c>.</summary>
    public static int Iterations(int usual, int many) => Wanted ? many : usual;

    /// <summary>Skips a test that runs for minutes, unless long runs are wanted. Its first statement.</summary>
    public static void Require() => Assert.SkipUnless(Wanted, "This test runs for minutes. CISAWS_LONG_TESTS=1 includes it.");
}
