using CisAws.Evidence;

namespace CisAws.Emulator.Tests;

internal static class Refusal
{
    /// <summary>A fact that could not be read.</summary>
    public static Fact Refused<T>(this EvidenceKind<T> kind, UnreadableKind why, string code, string message) =>
        Facts.Unreadable<T>(new Unreadable(kind.Actions[0], "us-east-1", code, why, message));
}
