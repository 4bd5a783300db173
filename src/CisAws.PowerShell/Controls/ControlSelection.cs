using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.PowerShell.Controls;

/// <summary>Chooses controls by id or wildcard.</summary>
internal static class ControlSelection
{
    /// <summary>The controls that an id or a wildcard names, in the catalogue's order; none when there is no such control.</summary>
    public static IReadOnlyList<CisControl> Matching(string idOrWildcard)
    {
        var pattern = Wildcards.Pattern(idOrWildcard.Trim());
        return ControlCatalog.All.Where(c => pattern.IsMatch(c.ControlId.ToString())).ToList();
    }
}
