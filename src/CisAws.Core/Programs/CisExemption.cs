using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Programs;

/// <summary>
/// An accepted failure: a failing finding that it covers stays visible, as Exempt. It has no effect on findings that pass or that are Unknown.
/// </summary>
public sealed record CisExemption
{
    /// <summary>The controls: an ID, or a wildcard such as 4.*.</summary>
    public ControlSelector ControlId { get; init; } = ControlSelector.None;

    /// <summary>The ARN or the ID of the resource, wildcards allowed; null for every resource.</summary>
    public string? Resource { get; init; }

    /// <summary>The account; null for every account.</summary>
    public string? AccountId { get; init; }

    /// <summary>The region; null for every region.</summary>
    public string? Region { get; init; }

    /// <summary>
    /// A tag the resource must have: <c>key</c>, or <c>key=value</c> with wildcards in the value; null for none. A resource whose tags are not in the
    /// evidence is not covered.
    /// </summary>
    public string? Tag { get; init; }

    /// <summary>Why the failure is accepted.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Who accepts it.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Where it was decided, such as a ticket's number; null for none.</summary>
    public string? Ticket { get; init; }

    /// <summary>The last day (UTC) on which it is valid; null for no limit, which the program must allow.</summary>
    public DateTime? Expires { get; init; }

    /// <summary>Confirms that it is meant to cover every resource of every control; without it such an exemption is refused.</summary>
    public bool CoversEverything { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var place = ProgramFormat.Exemption.About(this);
        return $"{ControlId} {(place.Length == 0 ? "every resource" : place)} {Until} ({Owner}): {Reason}";
    }

    /// <summary>
    /// True when it covers every resource of every control, be it of one account or region: that is a matter of scope, and usually a mistake.
    /// </summary>
    internal bool IsForEverything =>
        Benchmark.All.Any(b => b.Matching(ControlId).Count == b.Controls.Count) &&
        Tag is null &&
        (Resource is null || Regex.IsMatch(Resource, "^(arn(:aws[a-z-]*)?:?)?[*?:]*$", RegexOptions.CultureInvariant));

    internal string Until => Expires is { } day ? "until " + IsoDate.Write(day) : "without expiry";
}

/// <summary>A person's statement on a control that only a person can decide. In files its fields have the names of MITRE SAF.</summary>
public sealed record CisAttestation
{
    /// <summary>The control, by its ID.</summary>
    public ControlSelector ControlId { get; init; } = ControlSelector.None;

    /// <summary>Whether the requirement is met.</summary>
    public AttestationStatus Status { get; init; }

    /// <summary>How this was established.</summary>
    public string Explanation { get; init; } = "";

    /// <summary>The day (UTC) of the attestation.</summary>
    public DateTime Updated { get; init; }

    /// <summary>Who attests it.</summary>
    public string UpdatedBy { get; init; } = "";

    /// <summary>
    /// How long it is valid: annually, semiannually, quarterly, monthly, every2weeks, fortnightly, weekly, every3days,
    /// daily, or a number with d, w, m or y such as 90d; null where <see cref="Expires"/> is given instead.
    /// </summary>
    public string? Frequency { get; init; }

    /// <summary>The last day (UTC) on which it is valid; null where <see cref="Frequency"/> is given instead. With both, the earlier counts.</summary>
    public DateTime? Expires { get; init; }

    /// <summary>Where the evidence is: a link, a document, a ticket; null for none.</summary>
    public string? Evidence { get; init; }

    /// <summary>The account; null for every account of the program.</summary>
    public string? AccountId { get; init; }

    /// <summary>The last day (UTC) on which it is valid, by <see cref="Frequency"/> and <see cref="Expires"/>.</summary>
    public DateTime ValidUntil
    {
        get
        {
            var byFrequency = Frequency is { } f ? Frequencies.After(Updated, f) : null;
            return byFrequency is { } a && Expires is { } b ? (a < b ? a : b) : byFrequency ?? Expires ?? Updated;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture, "{0} {1}, {2} on {3}, valid until {4}: {5}",
        ControlId, Status, UpdatedBy, IsoDate.Write(Updated), IsoDate.Write(ValidUntil), Explanation);
}

/// <summary>Whether the requirement of a control is met, as a person attests it.</summary>
public enum AttestationStatus : long
{
    /// <summary>The requirement is met.</summary>
    Passed,

    /// <summary>The requirement is not met.</summary>
    Failed,
}
