using System;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Calls;
using CisAws.Aws.Sessions;
using CisAws.Connections;
using CisAws.Evidence;

namespace CisAws.Aws.Readers;

/// <summary>Live evidence of one account.</summary>
internal sealed class AccountConnection(AwsSession session, string credentialSource, string homeRegion, string? proxy = null) : IAccountConnection
{
    public AccountIdentity Account => session.Account;

    public string CredentialSource { get; } = credentialSource;

    public string HomeRegion { get; } = homeRegion;

    public string? Proxy { get; } = proxy;

    public int CallCount => session.CallCount;

    public async Task<Observation<T>> ReadAsync<T>(EvidenceKind<T> kind, string subject, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var region = "";
        try
        {
            var reader = EvidenceReaders.Find(kind);
            var request = new EvidenceRequest(session, kind, subject, cancellationToken);
            region = reader.RegionOf(request);
            var value = await reader.ReadOrNoneAsync(request).ConfigureAwait(false);
            return Observation.Known(value, new Origin(kind.Actions[0], region, session.Clock.Now()));
        }
        catch (CallFailedException e)
        {
            return Observation.Failed<T>(e.Why, session.Clock.Now());
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return Observation.Failed<T>(ErrorClassifier.Classify(e, kind.Actions[0], region, foreign: false), session.Clock.Now());
        }
    }

    public void Dispose() => session.Dispose();
}
