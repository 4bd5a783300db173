using System.Collections.Generic;
using System.Linq;
using CisAws.Text;

namespace CisAws.Connections;

/// <summary>An account of an organization, as AWS Organizations lists it.</summary>
/// <param name="Id">Its ID.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">ACTIVE, PENDING_ACTIVATION, SUSPENDED, PENDING_CLOSURE or CLOSED.</param>
/// <param name="Path">The root and the organizational units that it is in, the root first.</param>
internal sealed record OrganizationAccount(string Id, string Name, string State, IReadOnlyList<OrganizationalUnit> Path)
{
    /// <summary>The state of an account that can be used.</summary>
    public const string Active = "ACTIVE";

    /// <summary>The names of the path: Root/Workloads/Production.</summary>
    public string UnitPath => string.Join("/", Path.Select(u => u.Name));

    /// <summary>Whether the account is in an organizational unit, or in one below it.</summary>
    /// <param name="unit">An ID, a name, or the names from the root or from a unit below it, such as Workloads/Production. Names can have wildcards.</param>
    public bool IsIn(string unit)
    {
        for (var length = 1; length <= Path.Count; length++)
        {
            var names = Path.Take(length).Select(u => u.Name).ToList();
            if (Path[length - 1].Id == unit || Enumerable.Range(0, length).Any(start => Wildcard.Matches(unit, string.Join("/", names.Skip(start)))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an ID or a name means the account. Names can have wildcards.</summary>
    public bool IsNamed(string idOrName) => Id == idOrName || Wildcard.Matches(idOrName, Id) || Wildcard.Matches(idOrName, Name);
}

/// <summary>An organizational unit, or the root.</summary>
/// <param name="Id">Its ID: ou-ab12-11111111, or r-ab12 for the root.</param>
/// <param name="Name">Its name; it is unique among the units of one parent.</param>
internal sealed record OrganizationalUnit(string Id, string Name);
