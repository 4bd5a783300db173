using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Organizations.Model;
using Amazon.Runtime;
using CisAws.Aws.Clients;

namespace Amazon.Organizations;

internal sealed class AmazonOrganizationsConfig() : ThinClientConfig("Organizations", "organizations", "organizations", "2016-11-28");

/// <summary>AWS Organizations: the organisation an account is in, and its accounts.</summary>
internal sealed class AmazonOrganizationsClient(AWSCredentials credentials, AmazonOrganizationsConfig config) : ThinClient(credentials, config)
{
    private static readonly JsonOperation<DescribeOrganizationRequest, DescribeOrganizationResponse> DescribeOrganization = Of<DescribeOrganizationRequest, DescribeOrganizationResponse>(
        nameof(DescribeOrganization), response => new()
        {
            Organization = response.Child("Organization", o => new Organization { Id = o.Text("Id"), MasterAccountId = o.Text("MasterAccountId") }),
        });

    private static readonly JsonOperation<ListRootsRequest, ListRootsResponse> ListRoots = Of<ListRootsRequest, ListRootsResponse>(
        nameof(ListRoots),
        response => new()
        {
            Roots = response.Members("Roots", r => new Root { Id = r.Text("Id"), Name = r.Text("Name") }),
            NextToken = response.Text("NextToken"),
        },
        request => new() { ["NextToken"] = request.NextToken });

    private static readonly JsonOperation<ListOrganizationalUnitsForParentRequest, ListOrganizationalUnitsForParentResponse> ListOrganizationalUnitsForParent =
        Of<ListOrganizationalUnitsForParentRequest, ListOrganizationalUnitsForParentResponse>(
            nameof(ListOrganizationalUnitsForParent),
            response => new()
            {
                OrganizationalUnits = response.Members("OrganizationalUnits", u => new OrganizationalUnit { Id = u.Text("Id"), Name = u.Text("Name") }),
                NextToken = response.Text("NextToken"),
            },
            request => new() { ["ParentId"] = request.ParentId, ["NextToken"] = request.NextToken });

    private static readonly JsonOperation<ListAccountsForParentRequest, ListAccountsForParentResponse> ListAccountsForParent =
        Of<ListAccountsForParentRequest, ListAccountsForParentResponse>(
            nameof(ListAccountsForParent),
            response => new()
            {
                Accounts = response.Members("Accounts", a => new Model.Account { Id = a.Text("Id"), Name = a.Text("Name"), State = a.Text("State"), Status = a.Text("Status") }),
                NextToken = response.Text("NextToken"),
            },
            request => new() { ["ParentId"] = request.ParentId, ["NextToken"] = request.NextToken });

    private static readonly JsonOperation<ListTagsForResourceRequest, ListTagsForResourceResponse> ListTagsForResource =
        Of<ListTagsForResourceRequest, ListTagsForResourceResponse>(
            nameof(ListTagsForResource),
            response => new()
            {
                Tags = response.Members("Tags", t => new Tag { Key = t.Text("Key"), Value = t.Text("Value") }),
                NextToken = response.Text("NextToken"),
            },
            request => new() { ["ResourceId"] = request.ResourceId, ["NextToken"] = request.NextToken });

    public Task<DescribeOrganizationResponse> DescribeOrganizationAsync(
        DescribeOrganizationRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(DescribeOrganization, request, cancellationToken);

    public Task<ListRootsResponse> ListRootsAsync(ListRootsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(ListRoots, request, cancellationToken);

    public Task<ListOrganizationalUnitsForParentResponse> ListOrganizationalUnitsForParentAsync(
        ListOrganizationalUnitsForParentRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(ListOrganizationalUnitsForParent, request, cancellationToken);

    public Task<ListAccountsForParentResponse> ListAccountsForParentAsync(
        ListAccountsForParentRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(ListAccountsForParent, request, cancellationToken);

    public Task<ListTagsForResourceResponse> ListTagsForResourceAsync(
        ListTagsForResourceRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(ListTagsForResource, request, cancellationToken);

    private static JsonOperation<TRequest, TResponse> Of<TRequest, TResponse>(
        string name, Func<JsonElement, TResponse> read, Func<TRequest, Dictionary<string, object?>>? write = null)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse =>
        JsonOperation<TRequest, TResponse>.Rpc("organizations", "AWSOrganizationsV20161128." + name, read, write);
}
