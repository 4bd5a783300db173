using System;
using System.Collections;
using System.Collections.Generic;
using System.IO.Enumeration;
using System.Linq;
using CisAws.Emulator.Wire;

namespace CisAws.Emulator.Services;

/// <summary>What every Describe of EC2 does with a list: IDs, filters, pages. The filters are those an operation adds.</summary>
internal sealed class Ec2Query<T> : IEnumerable
{
    private const int MostItems = 1000;

    private readonly Dictionary<string, Func<T, IEnumerable<string?>>> _filters = new(StringComparer.Ordinal);
    private readonly Call _call;
    private readonly string _idParameter;
    private readonly Func<T, string> _id;
    private readonly string _notFound;

    /// <param name="call">The call.</param>
    /// <param name="idParameter">The parameter that lists IDs.</param>
    /// <param name="id">A thing's ID.</param>
    /// <param name="notFound">The error code for an ID that does not exist.</param>
    public Ec2Query(Call call, string idParameter, Func<T, string> id, string notFound)
    {
        _call = call;
        _idParameter = idParameter;
        _id = id;
        _notFound = notFound;
    }

    public void Add(string filter, Func<T, string?> value) => _filters.Add(filter, item => [value(item)]);

    public void Add(string filter, Func<T, IEnumerable<string?>> values) => _filters.Add(filter, values);

    /// <summary>The requested items, in the order of the evidence.</summary>
    public IReadOnlyList<T> Select(IReadOnlyList<T> all)
    {
        _call.Input.Accept("DryRun", "IncludeManagedResources");
        var ids = _call.Input.Texts(_idParameter);
        if (ids.FirstOrDefault(wanted => all.All(item => _id(item) != wanted)) is { } missing)
        {
            throw new AwsError(_notFound, 400, $"The ID '{missing}' does not exist");
        }

        var filters = _call.Input.Structures("Filter").Select(f => (Values: ValuesOf(f.RequiredText("Name")), Wanted: f.Texts("Value"))).ToList();
        return all
            .Where(item => ids.Count == 0 || ids.Contains(_id(item), StringComparer.Ordinal))
            .Where(item => filters.All(f => f.Values(item).Any(v => v is not null && f.Wanted.Any(w => FileSystemName.MatchesSimpleExpression(w, v, ignoreCase: false)))))
            .ToList();
    }

    /// <summary>One page of them.</summary>
    public Page<T> Page(IReadOnlyList<T> all) => _call.Page(Select(all), "NextToken", "MaxResults", MostItems);

    public IEnumerator GetEnumerator() => _filters.Keys.GetEnumerator();

    private Func<T, IEnumerable<string?>> ValuesOf(string filter) => _filters.TryGetValue(filter, out var values)
        ? values
        : throw new AwsError(
            "InvalidParameterValue", 400, $"The filter '{filter}' is invalid here. The emulator knows {string.Join(", ", _filters.Keys)}.");
}
