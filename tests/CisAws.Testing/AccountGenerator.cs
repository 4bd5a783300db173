using System.Threading;
using CisAws.Evidence;
using CisAws.Testing.Accounts;
using CsCheck;

namespace CisAws.Testing;

/// <summary>
/// Whole accounts: every kind of evidence, consistent in itself, with nothing in it that AWS could not answer. What is
/// recorded is just what an <see cref="EvidenceCollector"/> asks for.
/// </summary>
public sealed class AccountGenerator : Gen<AccountEvidence>
{
    private readonly bool _denies;

    private AccountGenerator(bool denies) => _denies = denies;

    /// <summary>Accounts in which the caller may read everything of its own.</summary>
    public static Gen<AccountEvidence> Readable { get; } = new AccountGenerator(denies: false);

    /// <summary>Accounts in which some calls are denied.</summary>
    public static Gen<AccountEvidence> Any { get; } = new AccountGenerator(denies: true);

    /// <inheritdoc/>
    public override AccountEvidence Generate(PCG pcg, Size? min, out Size size)
    {
        var draw = new Draw(pcg);
        size = draw.Size;
        return Generate(new AccountDraft(draw));
    }

    private AccountEvidence Generate(AccountDraft draft)
    {
        CredentialReports.Add(draft, Principals.Add(draft));
        Contacts.Add(draft);
        var trails = Trails.Add(draft, new Buckets(draft));
        Alarming.Add(draft, trails);
        Keys.Add(draft);
        Recorders.Add(draft);
        Networks.Add(draft);
        Storage.Add(draft);
        if (_denies)
        {
            Denials.Add(draft);
        }

        // Recording leaves out what nobody can ask for, such as the status of a trail that no readable region shows.
        var collector = new EvidenceCollector(draft.Evidence, [], CancellationToken.None);
        return collector.CollectAsync(EvidenceKinds.All, AccountDraft.CollectedAt).GetAwaiter().GetResult();
    }
}
