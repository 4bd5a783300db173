using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.FilterPatterns;

/// <summary>
/// What is known of the events that a filter receives, so that two patterns that differ only in events that do not occur are
/// equivalent.
/// </summary>
internal sealed class EventDomain
{
    private readonly List<FieldDomain> _fields;
    private readonly Dictionary<Selector, FieldDomain> _bySelector = [];

    private EventDomain(List<FieldDomain> fields)
    {
        _fields = fields;
        fields.ForEach(f => _bySelector.Add(f.Selector, f));
    }

    /// <summary>Any JSON object.</summary>
    public static EventDomain Unrestricted { get; } = new([]);

    /// <summary>
    /// The records of CloudTrail.
    /// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
    /// </summary>
    public static EventDomain CloudTrail { get; } = new(
    [
        FieldDomain.Required("$.eventName", "DescribeInstances"),
        FieldDomain.Required("$.eventSource", "ec2.amazonaws.com"),
        FieldDomain.Required("$.eventType", "AwsApiCall", "AwsServiceEvent", "AwsConsoleSignIn"),
        FieldDomain.Required("$.eventCategory", "Management", "Data"),
        FieldDomain.Required("$.eventVersion", "1.11"),
        FieldDomain.Required("$.awsRegion", "us-east-1"),

        // AWS documents these for every event, and its own sample records lack them in some.
        FieldDomain.Usual("$.sourceIPAddress", "198.51.100.1"),
        new(Selector.Parse("$.userIdentity"), [FieldKind.Object, FieldKind.Absent]),
        FieldDomain.Usual("$.userIdentity.type", "IAMUser", "AssumedRole", "FederatedUser", "Root", "AWSService", "AWSAccount"),

        FieldDomain.Optional("$.userIdentity.invokedBy", "cloudformation.amazonaws.com"),
        FieldDomain.Optional("$.userIdentity.arn"),
        FieldDomain.Optional("$.userIdentity.accountId", "123456789012"),
        FieldDomain.Optional("$.userIdentity.principalId"),
        FieldDomain.Optional("$.userIdentity.userName"),
        FieldDomain.Optional("$.userAgent"),
        FieldDomain.Optional("$.errorCode", "AccessDenied", "Client.UnauthorizedOperation"),
        FieldDomain.Optional("$.errorMessage", "Failed authentication"),
        FieldDomain.Optional("$.recipientAccountId", "123456789012"),
        new(Selector.Parse("$.additionalEventData.MFAUsed"), [FieldKind.Absent, FieldKind.Text], ["No", "Yes"]),
        new(Selector.Parse("$.readOnly"), [FieldKind.Absent, FieldKind.True, FieldKind.False]),
        new(Selector.Parse("$.managementEvent"), [FieldKind.Absent, FieldKind.True, FieldKind.False]),
    ]);

    /// <summary>The same events, but only those whose field, which they all have, is one of some texts.</summary>
    /// <param name="selector">The field: <c>$.awsRegion</c>.</param>
    /// <param name="values">At least one.</param>
    /// <exception cref="ArgumentException">The selector is not valid, or there is no value.</exception>
    public EventDomain With(string selector, params IEnumerable<string> values)
    {
        if (!FilterPattern.TryParse($"{{ {selector} NOT EXISTS }}", out var pattern, out _) || pattern.Root is not StateTest test)
        {
            throw new ArgumentException($"'{selector}' is not a valid field. Expected a selector such as $.awsRegion.", nameof(selector));
        }

        IReadOnlyList<string> texts = [.. values.Distinct(StringComparer.Ordinal)];
        return texts.Count == 0
            ? throw new ArgumentException($"No value is given for {selector}.", nameof(values))
            : With(new FieldDomain(test.Selector, [FieldKind.Text], texts));
    }

    /// <summary>The same events, but only management events that change something, of one type.</summary>
    /// <param name="eventType">AwsApiCall, AwsServiceEvent or AwsConsoleSignIn.</param>
    internal EventDomain ManagementWrites(string eventType) => With("$.eventType", eventType)
        .With("$.eventCategory", "Management")
        .With(new FieldDomain(Selector.Parse("$.managementEvent"), [FieldKind.True]) { IsDocumentedOptional = true })
        .With(new FieldDomain(Selector.Parse("$.readOnly"), [FieldKind.False]) { IsDocumentedOptional = true });

    /// <summary>The same events, and those without a field that CloudTrail documents as optional; null when no field is.</summary>
    internal EventDomain? WithoutOptional => _fields.Exists(f => f.IsDocumentedOptional)
        ? new EventDomain(_fields.ConvertAll(f => f.IsDocumentedOptional ? f.OrAbsent() : f))
        : null;

    /// <summary>The fields that the events are known to have although CloudTrail documents them as optional.</summary>
    internal IReadOnlyList<FieldDomain> DocumentedOptional => _fields.FindAll(f => f.IsDocumentedOptional);

    /// <summary>The fields that are the same in every event.</summary>
    internal IReadOnlyList<FieldDomain> Fixed => _fields.FindAll(f => f.Only is not null);

    /// <summary>What is known of one field.</summary>
    internal FieldDomain Of(Selector selector) => _bySelector.TryGetValue(selector, out var field) ? field : FieldDomain.Unknown(selector);

    private EventDomain With(FieldDomain field) => new([.. _fields.FindAll(f => !f.Selector.Equals(field.Selector)), field]);

    /// <summary>
    /// What is known of the fields that patterns look at, of the objects around them, and of other fields that nearly every event has.
    /// </summary>
    /// <param name="asked">The fields that patterns look at.</param>
    /// <param name="isExample">Whether to include other fields; else only those that restrict the former.</param>
    internal List<FieldDomain> Of(HashSet<Selector> asked, bool isExample)
    {
        var fields = new List<FieldDomain>(asked.Count + 8);
        foreach (var selector in asked)
        {
            fields.Add(Of(selector));
        }

        foreach (var field in _fields)
        {
            if (!asked.Contains(field.Selector) && ((field.IsUsual && (isExample || Restricts(field.Selector, asked))) || IsAround(field.Selector, asked)))
            {
                fields.Add(field);
            }
        }

        return fields;
    }

    private static bool Restricts(Selector selector, HashSet<Selector> asked)
    {
        foreach (var other in asked)
        {
            if (selector.BearsOn(other))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAround(Selector selector, HashSet<Selector> asked)
    {
        foreach (var inside in asked)
        {
            if (selector.Holds(inside))
            {
                return true;
            }
        }

        return false;
    }
}
