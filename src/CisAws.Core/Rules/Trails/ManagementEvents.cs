using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Trails;

/// <summary>
/// One event selector of a trail that records management events, classic or advanced: which halves, without which event
/// sources, and whether some other condition narrows it. An event is recorded when any selector matches it.
/// </summary>
internal sealed record ManagementEvents(bool Reads, bool Writes, IReadOnlyList<string> ExcludedSources, string? NarrowedBy = null)
{
    /// <summary>
    /// The selectors of a trail that record management events. A trail without custom selectors records them all, whether
    /// GetEventSelectors answers with that default (older trails a classic selector, newer ones an advanced one) or with nothing.
    /// </summary>
    public static IReadOnlyList<ManagementEvents> Of(Trail trail, EventSelectors selectors) =>
        !trail.HasCustomEventSelectors && selectors.Classic.Count == 0 && selectors.Advanced.Count == 0
            ? [new ManagementEvents(true, true, [])]
            : selectors.Classic.Where(s => s.IncludeManagementEvents).Select(Of)
                .Concat(selectors.Advanced.Where(IsManagement).Select(Of))
                .ToList();

    /// <summary>The event sources that none of the selectors records: a source that one selector excludes may be recorded by another.</summary>
    public static IReadOnlyCollection<string> SourcesExcludedByAll(IEnumerable<ManagementEvents> selectors) => selectors
        .Select(s => (IEnumerable<string>)s.ExcludedSources)
        .Aggregate((all, next) => all.Intersect(next, StringComparer.OrdinalIgnoreCase))
        .ToList();

    private static ManagementEvents Of(EventSelector selector) => new(
        selector.ReadWriteType is "All" or "ReadOnly", selector.ReadWriteType is "All" or "WriteOnly", selector.ExcludeManagementEventSources);

    private static bool IsManagement(AdvancedEventSelector selector) => selector.FieldSelectors.Any(
        f => f.Field == "eventCategory" && f.EqualTo is { } categories && categories.Contains("Management", StringComparer.Ordinal));

    // https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html: of a trail's management
    // events only readOnly (Equals) and eventSource (NotEquals) may be chosen. The selector's Name is free text and says nothing.
    private static ManagementEvents Of(AdvancedEventSelector selector)
    {
        var events = new ManagementEvents(true, true, []);
        foreach (var field in selector.FieldSelectors.Where(f => f.Field != "eventCategory"))
        {
            events = field switch
            {
                { Field: "readOnly", EqualTo: { } values } when field.IsOnly(values) => events with
                {
                    Reads = events.Reads && values.Contains("true", StringComparer.OrdinalIgnoreCase),
                    Writes = events.Writes && values.Contains("false", StringComparer.OrdinalIgnoreCase),
                },
                { Field: "eventSource", NotEquals: { } sources } when field.IsOnly(sources) => events with
                {
                    ExcludedSources = [.. events.ExcludedSources, .. sources],
                },
                _ => events with { NarrowedBy = field.Field },
            };
        }

        return events;
    }
}
