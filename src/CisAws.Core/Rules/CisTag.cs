using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Text;

namespace CisAws.Rules;

/// <summary>A tag of the resource that a finding is about.</summary>
public sealed record CisTag(string Key, string Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Key}={Value}";
}

/// <summary>The tags of a resource in the order of their keys; prints as <c>Name=web; Owner=ops</c>.</summary>
public sealed class CisTagList : CisList<CisTag>
{
    /// <summary>A list of the given tags.</summary>
    public CisTagList(IEnumerable<CisTag> items) : base(items.OrderBy(t => t.Key, StringComparer.Ordinal))
    {
    }
}
