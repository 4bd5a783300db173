using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CisAws.Aws.Calls;
using CisAws.Aws.Sessions;
using CisAws.Evidence;

namespace CisAws.Aws.Readers;

/// <summary>One piece of evidence to read.</summary>
/// <param name="Session">The account, as its caller may see it.</param>
/// <param name="Kind">The kind, whose actions its calls take.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="CancellationToken">Ends its calls.</param>
internal sealed record EvidenceRequest(AwsSession Session, EvidenceKind Kind, string Subject, CancellationToken CancellationToken)
{
    /// <summary>The subject as an ARN.</summary>
    public Arn Arn => Arn.TryParse(Subject) ?? throw new FormatException($"'{Subject}' is not an ARN.");

    /// <summary>Calls an operation.</summary>
    /// <param name="service">The service that has it.</param>
    /// <param name="call">The operation.</param>
    /// <param name="action">The IAM action that allows it, where that is not the first of the kind.</param>
    /// <exception cref="CallFailedException">The call failed.</exception>
    public Task<TResponse> CallAsync<TClient, TResponse>(
        ServiceClient<TClient> service, Func<TClient, CancellationToken, Task<TResponse>> call, string? action = null)
        where TClient : AmazonServiceClient
        where TResponse : AmazonWebServiceResponse =>
        service.CallAsync(
            action ?? Kind.Actions[0], call, CancellationToken, Arn.TryParse(Subject) is { } arn && Session.IsForeign(arn), EvidenceKinds.LevelsAfter(Kind));

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

    /// <summary>Reads the evidence from all pages of an operation. Each page is read as it comes, so that no two are held at a time.</summary>
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
        await Paginator.ReadAsync(
            token => CallAsync(service, (c, t) => call(c, token, t)), next, page => items.AddRange(read(page))).ConfigureAwait(false);
        return id is null ? items : items.Once(id);
    }
}
