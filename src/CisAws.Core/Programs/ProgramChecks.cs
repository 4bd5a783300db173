using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Programs;

/// <summary>What is wrong with a program although each of its fields is valid: entries that lack an expiry date, have expired, or have no effect.</summary>
internal sealed class ProgramChecks(ReadContext context)
{
    private readonly ProblemList _problems = context.Problems;

    /// <summary>Checks a program that was read from a file.</summary>
    public void Check(CisProgram program, LocatedJson root)
    {
        var exemptions = Placed(program.Exemptions, root["exemptions"]);
        foreach (var (exemption, place) in exemptions)
        {
            Check(exemption, place, program.AllowPermanentExemptions);
        }

        Check(program.Attestations, root["attestations"]);
        if (!_problems.HasErrors)
        {
            CheckEffect(program, root["controls"] ?? root);
            CheckScope(program, root["scope"]?["regions"]?.Items ?? [], exemptions.SelectMany(ScopesOf).Concat(Placed(program.Attestations, root["attestations"]).Select(ScopeOf)));
        }
    }

    /// <summary>Checks attestations.</summary>
    public void Check(IReadOnlyList<CisAttestation> attestations, LocatedJson? list)
    {
        foreach (var (attestation, place) in Placed(attestations, list))
        {
            Check(attestation, place);
        }
    }

    private void Check(CisAttestation attestation, LocatedJson place)
    {
        context.Named.Add((attestation.ControlId, place, "attestation"));
        if (context.Matching(attestation.ControlId) is { Count: > 0 } controls && !controls.Any(c => c.Rules.Any(r => r.SupportsAttestation)))
        {
            _problems.Warn(
                "NoEffect", place["control_id"]!, $"The attestation has no effect: a rule decides {attestation.ControlId}.",
                $"Attest only controls that can be Manual: {string.Join(", ", context.Controls.Where(c => c.Rules.Any(r => r.SupportsAttestation)).Select(c => c.ControlId))}.");
        }

        // A day's grace: east of Greenwich it is tomorrow already.
        if (attestation.Updated > context.Today.AddDays(1))
        {
            _problems.Invalid(place["updated"]!, "the date of the attestation, which is not in the future");
        }

        if (place["frequency"] is null && place["expires"] is null)
        {
            context.Missing(place, "frequency", "an attestation", "State how long it is valid: \"frequency\": \"annually\", or \"expires\" with a date.");
        }
        else if (attestation.Updated != default && (attestation.Frequency ?? (object?)attestation.Expires) is not null && attestation.ValidUntil < context.Today)
        {
            _problems.Warn(
                "Expired", place, $"The attestation of {attestation.ControlId} was valid until {IsoDate.Write(attestation.ValidUntil)} and no longer has an effect.",
                "Remove it, or renew it after a new review.");
        }
    }

    private void Check(CisExemption exemption, LocatedJson place, bool allowPermanent)
    {
        context.Named.Add((exemption.ControlId, place, "exemption"));
        if (exemption.IsForEverything && !exemption.CoversEverything)
        {
            _problems.Add(
                "CoversEverything", place, "The exemption would cover every resource of every control.",
                "Name the controls or resources that it is for. To exclude an account, set the scope. To cover everything deliberately, add \"coversEverything\": true.");
        }

        if (place["expires"] is null && !allowPermanent)
        {
            context.Missing(
                place, "expires", "an exemption",
                $"Add \"expires\": \"{IsoDate.Write(context.Today.AddDays(90))}\", or allow exemptions without an expiry date: \"allowPermanentExemptions\": true.");
        }
        else if (exemption.Expires < context.Today)
        {
            _problems.Warn(
                "Expired", place["expires"]!, $"The exemption for {exemption.ControlId} expired on {IsoDate.Write(exemption.Expires.Value)} and no longer has an effect.",
                "Remove it, or renew it.");
        }

        var (account, region) = PlaceOf(exemption);
        if (IsOther(account, exemption.AccountId) || IsOther(region, exemption.Region))
        {
            _problems.Warn(
                "NoEffect", place["resource"]!, "This exemption has no effect: its resource is in another account or region than the exemption.",
                "Correct the resource, the account or the region.");
        }
    }

    /// <summary>What selects nothing, or is about controls that the program does not have, is reported, because its author expects it to have an effect.</summary>
    private void CheckEffect(CisProgram program, LocatedJson controls)
    {
        var inForce = program.Controls;
        if (inForce.Count == 0)
        {
            _problems.Add(
                "NoControls", controls, "The program selects no controls.",
                "Choose controls by IDs, sections or levels that its base has, or add some.");
            return;
        }

        foreach (var (selector, place, what) in context.Named.Where(n => !inForce.Any(c => n.Selector.Matches(c.ControlId))))
        {
            _problems.Warn(
                "NoEffect", place, $"This {what} has no effect: the program does not contain {selector}.",
                $"Remove it, or add {selector} to the program's controls.");
        }
    }

    /// <summary>Entries for accounts or regions that are not in the program's scope are reported.</summary>
    private void CheckScope(CisProgram program, IEnumerable<LocatedJson> regionsInScope, IEnumerable<(string What, LocatedJson? Place, string? Account, string? Region)> entries)
    {
        foreach (var region in regionsInScope)
        {
            CheckRegion(region, region.Text!);
        }

        var accounts = new HashSet<string>(program.AccountsInScope, StringComparer.Ordinal);
        var regions = new HashSet<string>(program.RegionsInScope, StringComparer.Ordinal);
        foreach (var (what, place, account, region) in entries.Where(e => e.Place is not null))
        {
            if (account is not null && accounts.Count > 0 && !accounts.Contains(account))
            {
                _problems.Warn(
                    "NoEffect", place!, $"This {what} has no effect: account {account} is not in the program's scope.",
                    "Correct the account, or add it to the program's scope.");
            }

            if (region is not null && regions.Count > 0 && !regions.Contains(region))
            {
                _problems.Warn(
                    "NoEffect", place!, $"This {what} has no effect: region {region} is not in the program's scope.",
                    "Correct the region, or add it to the program's scope.");
            }
            else if (region is not null)
            {
                CheckRegion(place!, region);
            }
        }
    }

    private void CheckRegion(LocatedJson place, string region)
    {
        if (AwsRegion.Find(region) is null)
        {
            _problems.Warn(
                "UnknownRegion", place, $"'{region}' is not an AWS region that CisAws knows.",
                Suggestion.For(region, AwsRegion.All.Select(r => r.Name).ToList(), "The regions are"));
        }
    }

    /// <summary>Entries with their places: every object in the list is one.</summary>
    private static List<(T Entry, LocatedJson Place)> Placed<T>(IReadOnlyList<T> entries, LocatedJson? list) =>
        entries.Zip((list?.Items ?? []).Where(i => i.Kind == JsonValueKind.Object), (entry, place) => (entry, place)).ToList();

    private static IEnumerable<(string What, LocatedJson? Place, string? Account, string? Region)> ScopesOf((CisExemption Exemption, LocatedJson Place) entry)
    {
        var (account, region) = PlaceOf(entry.Exemption);
        return
        [
            ("exemption", entry.Place["account"], entry.Exemption.AccountId, null),
            ("exemption", entry.Place["region"], null, entry.Exemption.Region),
            ("exemption", entry.Place["resource"], account, region),
        ];
    }

    private static (string What, LocatedJson? Place, string? Account, string? Region) ScopeOf((CisAttestation Attestation, LocatedJson Place) entry) =>
        ("attestation", entry.Place["account_id"], entry.Attestation.AccountId, null);

    /// <summary>The account and the region in an exemption's ARN; null where there is none, or a wildcard.</summary>
    private static (string? Account, string? Region) PlaceOf(CisExemption exemption) => Arn.TryParse(exemption.Resource) is { } arn
        ? (Formats.IsAccountId(arn.AccountId) ? arn.AccountId : null, Formats.IsRegion(arn.Region) ? arn.Region : null)
        : (null, null);

    private static bool IsOther(string? a, string? b) => a is not null && b is not null && a != b;
}
