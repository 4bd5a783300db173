using System;
using System.Diagnostics.CodeAnalysis;

namespace CisAws.Testing;

/// <summary>
/// Programs that are not ours and bear witness: moto, the AWS CLI, boto3, Mono. Where one is missing the tests that need it say
/// so and are skipped, unless CISAWS_REQUIRE_WITNESSES is 1, as it is in continuous integration. Part of every test project.
/// </summary>
internal static class Witnesses
{
    /// <summary>Ends a test that cannot do without a program.</summary>
    [DoesNotReturn]
    public static void Missing(string sentence)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CISAWS_REQUIRE_WITNESSES") == "1", sentence);
        Assert.Fail(sentence);
    }
}
