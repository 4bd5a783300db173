using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.FilterPatterns;

/// <summary>
/// What is known of the events that a filter sees, so that two patterns which differ only on events that do not exist count as
/// the same.
/// </summary>
public sealed class EventDomain
{
    private readonly IReadOnlyList<FieldDomain> _fields;

    private EventDomain(IReadOnlyList<FieldDomain> fields) => _fields = fields;

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
        FieldDomain.Required("$.eventVersion", "1.11"),
        FieldDomain.Required("$.awsRegion", "us-east-1"),
        FieldDomain.Required("$.sourceIPAddress", "198.51.100.1"),
        new(Selector.Parse("$.userIdentity"), [FieldKind.Object]),
        FieldDomain.Required("$.userIdentity.type", "IAMUser", "AssumedRole", "FederatedUser", "Root", "AWSService", "AWSAccount"),
        FieldDomain.Optional("$.userIdentity.invokedBy", "cloudformation.amazonaws.com"),
        FieldDomain.Optional("$.userIdentity.arn"),
        FieldDomain.Optional("$.userIdentity.accountId", "123456789012"),
        FieldDomain.Optional("$.userIdentity.principalId"),
        FieldDomain.Optional("$.userIdentity.userName"),
        FieldDomain.Optional("$.userAgent"),
        FieldDomain.Optional("$.errorCode", "AccessDenied", "Client.UnauthorizedOperation"),
        FieldDomain.Optional("$.errorMessage", "Failed authentication"),
        FieldDomain.Optional("$.recipientAccountId", "123456789012"),
        new(Selector.Parse("$.additionalEventData.MFAUsed"), [FieldKind.Absent, FieldKind.Text]) { Values = ["No", "Yes"] },
        new(Selector.Parse("$.readOnly"), [FieldKind.Absent, FieldKind.True, FieldKind.False]),
        new(Selector.Parse("$.managementEvent"), [FieldKind.Absent, FieldKind.True, FieldKind.False]),
    ]);

    /// <summary>The same events, but only those whose field, which they all have, is one of some texts.</summary>
    /// <param name="selector">The field: <c>$.awsRegion</c>.</param>
    /// <param name="values">At least one.</param>
    /// <exception cref="ArgumentException">The selector is none, or there is no value.</exception>
    public EventDomain With(string selector, params IEnumerable<string> values)
    {
        if (!FilterPattern.TryParse($"{{ {selector} NOT EXISTS }}", out var pattern, out _) || pattern.Root is not StateTest test)
        {
            throw new ArgumentException($"'{selector}' is no field such as $.awsRegion.", nameof(selector));
        }

        IReadOnlyList<string> texts = [.. values.Distinct(StringComparer.Ordinal)];
        return texts.Count == 0
            ? throw new ArgumentException($"No value is given for {selector}.", nameof(values))
            : new EventDomain(
                [.. _fields.Where(f => !f.Selector.Equals(test.Selector)), new(test.Selector, [FieldKind.Text]) { Values = texts }]);
    }

    /// <summary>
    /// What is known of the fields that patterns ask for, of what they would be inside, and of the fields that every event has.
    /// </summary>
    internal IReadOnlyList<FieldDomain> Of(IEnumerable<Selector> asked)
    {
        var selectors = asked.Distinct().ToList();
        return
        [
            .. selectors.Select(s => _fields.FirstOrDefault(f => f.Selector.Equals(s)) ?? FieldDomain.Unknown(s)),
            .. _fields.Where(f => !selectors.Contains(f.Selector) && (!f.IsOptional || selectors.Any(f.Selector.Holds))),
        ];
    }
}
