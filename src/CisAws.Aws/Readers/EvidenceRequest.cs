using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CisAws.Aws.Calls;
using CisAws.Aws.Sessions;
using CisAws.Connections;
using CisAws.Evidence;

namespace CisAws.Aws.Readers;

/// <summary>How much of a list is read.</summary>
internal enum ReadExtent
{
    /// <summary>All of its pages.</summary>
    All,

    /// <summary>The first page.</summary>
    FirstPage,

    /// <summary>A first page of as few items as the operation accepts.</summary>
    FewestItems,
}

/// <summary>One piece of evidence to read.</summary>
/// <param name="Session">The account, as its caller may see it.</param>
/// <param name="Kind">The kind, whose actions its calls take.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="CancellationToken">Ends its calls.</param>
internal sealed record EvidenceRequest(AwsSession Session, EvidenceKind Kind, string Subject, CancellationToken CancellationToken)
{
    /// <summary>When it is cancelled, nothing is read any more.</summary>
    public CancellationToken Deadline { get; init; }

    /// <summary>How much of a list is read.</summary>
    public ReadExtent Extent { get; init; }

    /// <summary>Takes the outcome of each call; null if it is not of interest.</summary>
    public Action<CallOutcome>? OnCall { get; init; }

    /// <summary>The subject as an ARN.</summary>
    public Arn Arn => Arn.TryParse(Subject) ?? throw new FormatException($"'{Subject}' is not an ARN.");

    /// <summary>Calls an operation.</summary>
    /// <param name="service">The service that has it.</param>
    /// <param name="call">The operation.</param>
    /// <param name="action">The IAM action that allows it, where that is not the first of the kind.</param>
    /// <exception cref="CallFailedException">The call failed.</exception>
    public async Task<TResponse> CallAsync<TClient, TResponse>(
        ServiceClient<TClient> service, Func<TClient, CancellationToken, Task<TResponse>> call, string? action = null)
        where TClient : AmazonServiceClient
        where TResponse : AmazonWebServiceResponse
    {
        var name = action ?? Kind.Actions[0];
        try
        {
            var isForeign = Arn.TryParse(Subject) is { } arn && Session.IsForeign(arn);
            var response = await service.CallAsync(name, call, CancellationToken, isForeign, EvidenceKinds.LevelsAfter(Kind)).ConfigureAwait(false);
            OnCall?.Invoke(new CallOutcome(name, service.Region, Subject, null));
            return response;
        }
        catch (CallFailedException e)
        {
            OnCall?.Invoke(new CallOutcome(name, service.Region, Subject, e.Why));
            throw;
        }
    }

    /// <summary>Calls an operation, and reads the evidence from its response.</summary>
    /// <param name="service">The service that has it.</param>
    /// <param name="call">The operation.</param>
    /// <param name="read">Reads the evidence, or throws.</param>
    /// <exception cref="CallFailedException">The call failed.</exception>
    public async Task<T> ReadAsync<TClient, TResponse, T>(
        ServiceClient<TClient> service, Func<TClient, CancellationToken, Task<TResponse>> call, Func<TResponse, T> read)
        where TClient : AmazonServiceClient
        where TResponse : AmazonWebServiceResponse =>
        read(await CallAsync(service, call).ConfigureAwait(false));

    /// <summary>How many items of a list to ask for.</summary>
    /// <param name="usual">How many where all are wanted; null for the operation's default.</param>
    /// <param name="fewest">The fewest that the operation accepts.</param>
    public int? PageSize(int? usual = null, int fewest = 1) => Extent == ReadExtent.FewestItems ? fewest : usual;

    /// <summary>Reads the pages of a list, as many as <see cref="Extent"/> says.</summary>
    /// <param name="read">Reads the page of a token; null for the first.</param>
    /// <param name="next">The token of the page after this one; null or empty on the last.</param>
    /// <param name="take">Takes what is on the page.</param>
    /// <exception cref="CallFailedException">A call failed.</exception>
    public Task ReadPagesAsync<TPage>(Func<string?, Task<TPage>> read, Func<TPage, string?> next, Action<TPage> take) =>
        Paginator.ReadAsync(read, Extent == ReadExtent.All ? next : _ => null, take);

    /// <summary>
    /// Reads the evidence from the pages of an operation, as many as <see cref="Extent"/> says. Each page is read as it comes, so that no two are held at a
    /// time.
    /// </summary>
    /// <param name="service">The service that has it.</param>
    /// <param name="call">Calls the operation for the page of a token; null for the first.</param>
    /// <param name="next">The token of the page after this one; null or empty on the last.</param>
    /// <param name="read">Reads the items of a page, or throws.</param>
    /// <param name="id">What identifies an item, as pages can overlap; null where nothing does.</param>
    /// <exception cref="CallFailedException">A call failed.</exception>
    public async Task<IReadOnlyList<T>> ListAsync<TClient, TPage, T>(
        ServiceClient<TClient> service, Func<TClient, string?, CancellationToken, Task<TPage>> call, Func<TPage, string?> next,
        Func<TPage, IReadOnlyList<T>> read, Func<T, string>? id = null)
        where TClient : AmazonServiceClient
        where TPage : AmazonWebServiceResponse
    {
        var items = new List<T>();
        await ReadPagesAsync(
            token => CallAsync(service, (c, t) => call(c, token, t)), next, page => items.AddRange(read(page))).ConfigureAwait(false);
        return id is null ? items : items.Once(id);
    }
}
