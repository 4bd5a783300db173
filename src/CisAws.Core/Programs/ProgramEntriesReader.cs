using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Assessments;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Programs;

/// <summary>Reads the exemptions and attestations of a program file.</summary>
internal sealed class ProgramEntriesReader(ProblemList problems, List<(ControlSelector ControlId, LocatedJson Place, string What)> named, DateTime today)
{
    /// <summary>The names an exemption may have.</summary>
    public static readonly string[] ExemptionKeys =
        ["control", "resource", "account", "region", "tag", "reason", "owner", "ticket", "expires", "coversEverything"];

    /// <summary>The names an attestation may have: MITRE SAF's, and three more.</summary>
    public static readonly string[] AttestationKeys =
        ["control_id", "status", "explanation", "updated", "updated_by", "frequency", "expires", "evidence", "account_id"];

    /// <summary>The accounts and regions that entries are for, to be held against the program's scope.</summary>
    public List<(string What, LocatedJson Place, string? Account, string? Region)> Scopes { get; } = [];

    /// <summary>The control that a file's id means; in a program it is that itself.</summary>
    public Func<string, string> NameOf { get; init; } = id => id;

    /// <summary>Reads exemptions; one without a last day is refused unless the program allows it.</summary>
    public IEnumerable<CisExemption> ReadExemptions(IReadOnlyList<LocatedJson> places, bool allowPermanent)
    {
        var read = new List<CisExemption>();
        var seen = new HashSet<(ControlSelector, string?, string?, string?, string?)>();
        foreach (var place in places)
        {
            var fields = new JsonFields(place, problems, "an exemption", ExemptionKeys);
            var exemption = new CisExemption
            {
                ControlId = Selector(fields.Text("control", required: true)),
                Resource = fields.Text("resource"),
                AccountId = fields.Text("account", Formats.IsAccountId, Formats.AccountId),
                Region = fields.Text("region", Formats.IsRegion, Formats.Region),
                Tag = fields.Text("tag", t => t[0] != '=', "a tag: key, or key=value"),
                Reason = fields.Text("reason", required: true) ?? "",
                Owner = fields.Text("owner", required: true) ?? "",
                Ticket = fields.Text("ticket"),
                Expires = fields.DayOf("expires"),
                CoversEverything = fields.Boolean("coversEverything") ?? false,
            };
            if (fields["control"]?.Text is not null && Benchmark.Default.Matching(exemption.ControlId).Count == 0)
            {
                problems.Invalid(fields["control"]!, Formats.Control, "UnknownControl");
            }
            else if (ExemptionScope.IsEverything(exemption) && !exemption.CoversEverything)
            {
                problems.Add(
                    "CoversEverything", place, "The exemption would cover every resource of every control.",
                    "Name the controls or the resources it is for. To leave an account out, set the scope. If you do mean everything: \"coversEverything\": true.");
            }

            if (fields["expires"] is null && !allowPermanent)
            {
                _ = fields.Require(
                    "expires",
                    $"Add \"expires\": \"{IsoDate.Write(today.AddDays(90))}\", or allow exemptions without a last day: \"allowPermanentExemptions\": true.");
            }
            else if (exemption.Expires < today)
            {
                problems.Warn(
                    "Expired", fields["expires"]!, $"The exemption for {exemption.ControlId} expired on {IsoDate.Write(exemption.Expires.Value)} and has no effect any more.",
                    "Remove it, or renew it.");
            }

            if (!seen.Add(ExemptionScope.Of(exemption)))
            {
                problems.Duplicate(place, $"An exemption for {exemption.ControlId} and the same resources");
            }

            read.Add(exemption);
            named.Add((exemption.ControlId, place, "exemption"));
            AddScope("exemption", fields["account"], exemption.AccountId, null);
            AddScope("exemption", fields["region"], null, exemption.Region);
            if (fields["resource"] is { } resource && Arn.TryParse(exemption.Resource) is { } arn)
            {
                var (account, region) = (Formats.IsAccountId(arn.AccountId) ? arn.AccountId : null, Formats.IsRegion(arn.Region) ? arn.Region : null);
                AddScope("exemption", resource, account, region);
                if ((account is not null && exemption.AccountId is not null && account != exemption.AccountId) ||
                    (region is not null && exemption.Region is not null && region != exemption.Region))
                {
                    problems.Warn(
                        "NoEffect", resource, "This exemption has no effect: its resource is of another account or region than the exemption.",
                        "Correct one of them.");
                }
            }

        }

        return read;
    }

    /// <summary>Reads attestations.</summary>
    public IEnumerable<CisAttestation> ReadAttestations(IReadOnlyList<LocatedJson> places)
    {
        var read = new List<CisAttestation>();
        var seen = new HashSet<(ControlSelector, string?)>();
        foreach (var place in places)
        {
            var attestation = ReadAttestation(place);
            if (!seen.Add((attestation.ControlId, attestation.AccountId)))
            {
                problems.Duplicate(place, $"An attestation of {attestation.ControlId} for the same account");
            }

            read.Add(attestation);
            named.Add((attestation.ControlId, place, "attestation"));
        }

        return read;
    }

    private CisAttestation ReadAttestation(LocatedJson place)
    {
        var fields = new JsonFields(place, problems, "an attestation", AttestationKeys);
        var id = fields.Text("control_id", required: true) is { } named ? NameOf(named) : null;
        var status = fields.Text("status", s => s is "passed" or "failed", "passed or failed", required: true);
        var attestation = new CisAttestation
        {
            ControlId = Selector(id),
            Status = status == "failed" ? AttestationStatus.Failed : AttestationStatus.Passed,
            Explanation = fields.Text("explanation", required: true) ?? "",
            Updated = fields.DayOf("updated", required: true) ?? today,
            UpdatedBy = fields.Text("updated_by", required: true) ?? "",
            Frequency = fields.Text("frequency", f => Frequencies.After(today, f) is not null, Frequencies.Words),
            Expires = fields.DayOf("expires"),
            Evidence = fields.Text("evidence"),
            AccountId = fields.Text("account_id", Formats.IsAccountId, Formats.AccountId),
        };
        var controls = id is null || Wildcard.IsIn(id) ? [] : Benchmark.Default.Matching(id);
        if (id is not null && controls.Count == 0)
        {
            problems.Invalid(fields["control_id"]!, "the id of a control, such as 1.17", "UnknownControl");
        }
        else if (id is not null && !controls[0].Rules.Any(r => r.SupportsAttestation))
        {
            problems.Warn(
                "NoEffect", fields["control_id"]!, $"The attestation has no effect: a rule decides {id}.",
                "Attest only controls that a person decides: 1.17, 4.4, and controls that a setting makes Manual.");
        }

        // A day's grace: east of Greenwich it is tomorrow already.
        if (attestation.Updated > today.AddDays(1))
        {
            problems.Invalid(fields["updated"]!, "the day it was said, which is not in the future");
        }

        AddScope("attestation", fields["account_id"], attestation.AccountId, null);
        if (fields["frequency"] is null && fields["expires"] is null)
        {
            _ = fields.Require("frequency", "Say how long it is valid: \"frequency\": \"annually\", or \"expires\" with a day.");
        }
        else if ((attestation.Frequency is not null || attestation.Expires is not null) && attestation.ValidUntil < today)
        {
            problems.Warn(
                "Expired", place, $"The attestation of {id} was valid until {IsoDate.Write(attestation.ValidUntil)} and has no effect any more.",
                "Remove it, or renew it after a new review.");
        }

        return attestation;
    }

    private static ControlSelector Selector(string? text) => ControlSelector.TryParse(text, out var selector) ? selector! : ControlSelector.None;

    private void AddScope(string what, LocatedJson? place, string? account, string? region)
    {
        if (place is not null && (account ?? region) is not null)
        {
            Scopes.Add((what, place, account, region));
        }
    }
}
