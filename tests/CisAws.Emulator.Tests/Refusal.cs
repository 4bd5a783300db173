using CisAws.Evidence;

namespace CisAws.Emulator.Tests;

internal static class Refusal
{
    /// <summary>A fact that could not be read.</summary>
    public static Observation Refused<T>(this EvidenceKind<T> kind, ReadFailureKind why, string code, string message) =>
        Observation.Failed<T>(new ReadFailure(kind.Actions[0], "us-east-1", code, why, message));
}
