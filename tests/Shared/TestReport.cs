using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace CisAws.Testing;

/// <summary>
/// What a test has counted and a person may want to see, such as a table of faults and outcomes. It is appended to the file that
/// CISAWS_TEST_REPORT names; .ci/run names one, and prints it in the end. Part of every test project.
/// </summary>
internal static class TestReport
{
    private static readonly Lock OneAtATime = new();

    public static void Write(IEnumerable<string> lines)
    {
        if (Environment.GetEnvironmentVariable("CISAWS_TEST_REPORT") is { Length: > 0 } file)
        {
            lock (OneAtATime)
            {
                File.AppendAllText(file, string.Join('\n', lines) + "\n");
            }
        }
    }
}
