using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Programs;

/// <summary>
/// An accepted failure: a failing finding that it covers stays visible, as Exempt. It has no effect on what passes, and
/// none on what could not be read.
/// </summary>
public sealed record CisExemption
{
    /// <summary>The controls: an id, or a wildcard such as 4.*.</summary>
    public ControlSelector ControlId { get; init; } = ControlSelector.None;

    /// <summary>The ARN or the id of the resource, wildcards allowed; null for every resource.</summary>
    public string? Resource { get; init; }

    /// <summary>The account; null for every account.</summary>
    public string? AccountId { get; init; }

    /// <summary>The region; null for every region.</summary>
    public string? Region { get; init; }

    /// <summary>
    /// A tag the resource must have: <c>key</c>, or <c>key=value</c> with wildcards in the value; null for none. Where the
    /// evidence does not tell a resource's tags, the exemption does not cover it.
    /// </summary>
    public string? Tag { get; init; }

    /// <summary>Why the failure is accepted.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Who accepts it.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Where it was decided, such as a ticket's number; null for none.</summary>
    public string? Ticket { get; init; }

    /// <summary>The last day (UTC) on which it counts; null for ever, which a program has to allow.</summary>
    public DateTime? Expires { get; init; }

    /// <summary>Says that it is meant to cover every resource of every control; without it such an exemption is refused.</summary>
    public bool CoversEverything { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var place = ProgramFormat.Exemption.About(this);
        return $"{ControlId} {(place.Length == 0 ? "every resource" : place)} {Until} ({Owner}): {Reason}";
    }

    /// <summary>
    /// True when it covers every resource of every control, be it of one account or region: that is a matter of scope, and mostly a slip.
    /// </summary>
    internal bool IsForEverything =>
        Benchmark.All.Any(b => b.Matching(ControlId).Count == b.Controls.Count) &&
        Tag is null &&
        (Resource is null || Regex.IsMatch(Resource, "^(arn(:aws[a-z-]*)?:?)?[*?:]*$", RegexOptions.CultureInvariant));

    internal string Until => Expires is { } day ? "until " + IsoDate.Write(day) : "for ever";
}

/// <summary>What a person says of a control that only a person can judge. The field names of its file form are those of MITRE SAF.</summary>
public sealed record CisAttestation
{
    /// <summary>The control, by its id.</summary>
    public ControlSelector ControlId { get; init; } = ControlSelector.None;

    /// <summary>What the person says of it.</summary>
    public AttestationStatus Status { get; init; }

    /// <summary>How the person came to say so.</summary>
    public string Explanation { get; init; } = "";

    /// <summary>The day (UTC) it was said.</summary>
    public DateTime Updated { get; init; }

    /// <summary>Who says so.</summary>
    public string UpdatedBy { get; init; } = "";

    /// <summary>
    /// How long it is good for: annually, semiannually, quarterly, monthly, every2weeks, fortnightly, weekly, every3days,
    /// daily, or a number with d, w, m or y such as 90d; null where <see cref="Expires"/> says it.
    /// </summary>
    public string? Frequency { get; init; }

    /// <summary>The last day (UTC) it is good for; null where <see cref="Frequency"/> says it. With both, the earlier.</summary>
    public DateTime? Expires { get; init; }

    /// <summary>Where to look it up: a link, a document, a ticket; null for none.</summary>
    public string? Evidence { get; init; }

    /// <summary>The account it was said of; null for every account of the program.</summary>
    public string? AccountId { get; init; }

    /// <summary>The last day (UTC) it is good for, by <see cref="Frequency"/> and <see cref="Expires"/>.</summary>
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
        CultureInfo.InvariantCulture, "{0} {1}, {2} on {3}, good until {4}: {5}",
        ControlId, Status, UpdatedBy, IsoDate.Write(Updated), IsoDate.Write(ValidUntil), Explanation);
}

/// <summary>What a person says of a control.</summary>
public enum AttestationStatus
{
    /// <summary>Its demand is met.</summary>
    Passed,

    /// <summary>It is not.</summary>
    Failed,
}
