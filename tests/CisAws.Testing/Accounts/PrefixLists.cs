using CisAws.Evidence;

namespace CisAws.Testing.Accounts;

/// <summary>Prefix lists, which security groups and routes name by an id that says nothing of its region.</summary>
internal static class PrefixLists
{
    /// <summary>A list that security groups or routes of the region may name: what it holds is the same for both.</summary>
    public static string Draw(AccountDraft draft, string region)
    {
        var id = draft.Id("pl");
        var subject = EvidenceKinds.PrefixListSubject(region, id);
        var cidrs = draft.Draw.Some(["0.0.0.0/1", "128.0.0.0/1", "10.20.0.0/16", "2001:db8::/32", "::/0"]);
        draft.Evidence.Set(EvidenceKinds.SecurityGroupPrefixLists, subject, cidrs).Set(EvidenceKinds.RoutePrefixLists, subject, cidrs);
        return id;
    }
}
