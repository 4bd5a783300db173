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
