using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Evidence;
using CisAws.Testing;

namespace CisAws.Core.Tests.Evidence;

public sealed class EvidenceStoreTests
{
    [Fact]
    public async Task No_action_is_asked_twice_about_a_subject()
    {
        var source = new Listener(DemoAccount.Load());
        await new EvidenceStore(source, [], TestContext.Current.CancellationToken).RecordAsync(default);
        Assert.All(source.Asked.CountBy(a => a), asked => Assert.Equal(1, asked.Value));
        Assert.Equal(Kinds.All.Select(k => k.Actions[0]).Distinct().Order(), source.Asked.Select(a => a.Action).Distinct().Order());
    }

    private sealed class Listener(RecordedEvidence account) : IEvidenceSource
    {
        public ConcurrentQueue<(string Action, string Subject)> Asked { get; } = new();

        public AccountIdentity Account => account.Account;

        public Task<Fact<T>> ReadAsync<T>(EvidenceKind<T> kind, string subject, CancellationToken cancellationToken)
        {
            Asked.Enqueue((kind.Actions[0], subject));
            return account.ReadAsync(kind, subject, cancellationToken);
        }
    }
}
