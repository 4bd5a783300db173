using System.Linq;
using CisAws.Evidence;
using CisAws.Testing;
using CsCheck;

namespace CisAws.Emulator.Tests.AwsClients;

/// <summary>Accounts by number: the same number is always the same account.</summary>
internal static class GeneratedAccounts
{
    /// <summary>An account in which some calls are denied.</summary>
    public static AccountEvidence Any(uint number) => AccountGenerator.Any.Generate(new PCG(number, number), null, out _);

    /// <summary>
    /// The first account with something of every kind, which no fewer than all operations can tell, and with tags on users
    /// and security groups, in few regions.
    /// </summary>
    public static AccountEvidence OfEveryKind { get; } = Enumerable.Range(0, 20_000)
        .Select(n => AccountGenerator.Readable.Generate(new PCG((uint)n, (ulong)n), null, out _))
        .First(a => EvidenceKinds.All.All(k => a.SubjectsOf(k).Count > 0) && a.SubjectsOf(EvidenceKinds.Trails).Count <= 2 && HasTags(a));

    public static string HomeRegion(AccountEvidence account) => account.RegionOf(EvidenceKinds.Regions, "");

    private static bool HasTags(AccountEvidence account) =>
        account.Get(EvidenceKinds.AuthorizationDetails).Match(d => d.Users.Any(IsTagged), _ => false) &&
        account.SubjectsOf(EvidenceKinds.SecurityGroups).Any(r => account.Get(EvidenceKinds.SecurityGroups, r).Match(groups => groups.Any(IsTagged), _ => false));

    private static bool IsTagged(ITagged thing) => thing.Tags is { Count: > 0 };
}
