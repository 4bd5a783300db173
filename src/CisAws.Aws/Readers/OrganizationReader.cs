using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Organizations;
using Amazon.Organizations.Model;
using Amazon.Runtime;
using CisAws.Aws.Calls;
using CisAws.Aws.Sessions;
using CisAws.Connections;
using CisAws.Evidence;
using Unit = CisAws.Connections.OrganizationalUnit;

namespace CisAws.Aws.Readers;

/// <summary>
/// Reads the accounts of an organization, from the root down, because the list of all accounts does not contain the organizational units. That takes two
/// calls for each unit, and one more for every 20 accounts in it.
/// </summary>
internal sealed class OrganizationReader(AwsSession session, CancellationToken cancellationToken)
{
    private const string ListRoots = "organizations:ListRoots";
    private const string ListUnits = "organizations:ListOrganizationalUnitsForParent";
    private const string ListAccounts = "organizations:ListAccountsForParent";
    private const string ListTags = "organizations:ListTagsForResource";

    /// <summary>The accounts of all states, sorted by ID.</summary>
    public Task<Observation<IReadOnlyList<OrganizationAccount>>> AccountsAsync() => ObserveAsync<IReadOnlyList<OrganizationAccount>>(ListRoots, async () =>
    {
        var roots = await PagesAsync(
            ListRoots, (c, token, t) => c.ListRootsAsync(new() { NextToken = token }, t), p => p.NextToken,
            p => p.Roots.Required("Roots").Select(r => new Unit(r.Id.Required("Id"), r.Name.Required("Name")))).ConfigureAwait(false);
        var accounts = await Task.WhenAll(roots.Select(r => InAsync([r]))).ConfigureAwait(false);
        // An account that is moved meanwhile can be in two units.
        return accounts.SelectMany(a => a).Once(a => a.Id).OrderBy(a => a.Id, StringComparer.Ordinal).ToList();
    });

    /// <summary>The tags of an account.</summary>
    public Task<Observation<IReadOnlyDictionary<string, string>>> TagsAsync(string accountId) => ObserveAsync(ListTags, async () =>
    {
        var tags = await PagesAsync(
            ListTags, (c, token, t) => c.ListTagsForResourceAsync(new() { ResourceId = accountId, NextToken = token }, t), p => p.NextToken,
            p => p.Tags.Required("Tags")).ConfigureAwait(false);
        return tags.TagsBy(t => t.Key, t => t.Value);
    });

    private async Task<IEnumerable<OrganizationAccount>> InAsync(IReadOnlyList<Unit> path)
    {
        var parent = path[path.Count - 1].Id;
        var accounts = PagesAsync(
            ListAccounts, (c, token, t) => c.ListAccountsForParentAsync(new() { ParentId = parent, NextToken = token }, t), p => p.NextToken,
            p => p.Accounts.Required("Accounts").Select(a => new OrganizationAccount(
                a.Id.Required("Id"), a.Name ?? "", (string.IsNullOrEmpty(a.State) ? a.Status : a.State).Required("State"), path)));
        var units = await PagesAsync(
            ListUnits, (c, token, t) => c.ListOrganizationalUnitsForParentAsync(new() { ParentId = parent, NextToken = token }, t), p => p.NextToken,
            p => p.OrganizationalUnits.Required("OrganizationalUnits").Select(u => new Unit(u.Id.Required("Id"), u.Name.Required("Name")))).ConfigureAwait(false);
        var below = await Task.WhenAll(units.Select(u => InAsync([.. path, u]))).ConfigureAwait(false);
        return (await accounts.ConfigureAwait(false)).Concat(below.SelectMany(a => a));
    }

    private async Task<List<T>> PagesAsync<TPage, T>(
        string action, Func<AmazonOrganizationsClient, string?, CancellationToken, Task<TPage>> call, Func<TPage, string?> next, Func<TPage, IEnumerable<T>> read)
        where TPage : AmazonWebServiceResponse
    {
        var items = new List<T>();
        await Paginator.ReadAsync(
            token => session.Organizations.CallAsync(action, (c, t) => call(c, token, t), cancellationToken), next, page => items.AddRange(read(page))).ConfigureAwait(false);
        return items;
    }

    private async Task<Observation<T>> ObserveAsync<T>(string action, Func<Task<T>> read)
    {
        try
        {
            return Observation.Known(await read().ConfigureAwait(false), new Origin(action, "", session.Clock.Now()));
        }
        catch (CallFailedException e)
        {
            return Observation.Failed<T>(e.Why, session.Clock.Now());
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return Observation.Failed<T>(ErrorClassifier.Classify(e, action, "", foreign: false), session.Clock.Now());
        }
    }
}
