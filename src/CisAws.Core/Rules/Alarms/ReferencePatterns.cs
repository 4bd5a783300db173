using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.FilterPatterns;

namespace CisAws.Rules.Alarms;

/// <summary>The filter pattern that the benchmark prescribes for a control.</summary>
/// <param name="Pattern">In CloudWatch Logs' filter pattern syntax.</param>
/// <param name="EventSource">
/// The service whose events are meant, when it is one. Most patterns leave it out, and catch the namesakes of other services
/// by accident: CreatePolicy is an event of Organizations too.
/// </param>
internal sealed record ReferencePattern(string Pattern, string? EventSource = null)
{
    private readonly Lazy<FilterPattern> _parsed = new(() => FilterPattern.Parse(Pattern));

    /// <summary>The pattern as it is read.</summary>
    public FilterPattern Parsed => _parsed.Value;

    /// <summary>The eventType of the control's events, when they are known management events that change something.</summary>
    public string? EventType { get; init; }

    /// <summary>Whether the events are those of a global service, which carry one region of the partition.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>An event source that the trail must record, although trails can be told to leave it out.</summary>
    public string? RequiredEventSource { get; init; }

    /// <summary>The narrowest forms that later versions of the benchmark, from 1.4 on, print for the same control.</summary>
    public IReadOnlyList<string> LaterVariants { get; init; } = [];

    /// <summary>The events that a filter has to be judged on.</summary>
    /// <param name="partition">The account's partition, such as aws.</param>
    /// <param name="regions">The regions that they can come from; none when they are not known.</param>
    public EventDomain Events(string partition, IReadOnlyCollection<string> regions)
    {
        var events = EventSource is null ? EventDomain.CloudTrail : EventDomain.CloudTrail.With("$.eventSource", EventSource);
        events = EventType is null ? events : events.ManagementWrites(EventType);
        return IsGlobal && GlobalRegionOf(partition) is { } global ? events.With("$.awsRegion", global)
            : regions.Count == 0 ? events
            : events.With("$.awsRegion", regions);
    }

    // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
    private static string? GlobalRegionOf(string partition) => partition switch
    {
        "aws" => "us-east-1",
        "aws-us-gov" => "us-gov-west-1",
        "aws-cn" => "cn-north-1",
        _ => null,
    };
}

/// <summary>The filter patterns of the CIS AWS Foundations Benchmark v1.2.0, by control.</summary>
internal static class ReferencePatterns
{
    private static readonly Dictionary<string, ReferencePattern> Patterns = new(StringComparer.Ordinal)
    {
        ["3.1"] = new("""{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }""")
        {
            LaterVariants =
            [
                """
                { (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*"))
                  && ($.sourceIPAddress != "delivery.logs.amazonaws.com") && ($.eventName != "HeadBucket") }
                """,
            ],
        },
        ["3.2"] = new("""{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }""", "signin.amazonaws.com")
        {
            EventType = "AwsConsoleSignIn",
            LaterVariants =
            [
                """
                { ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes")
                  && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }
                """,
            ],
        },
        ["3.3"] = new("""{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }"""),
        ["3.4"] = Events(
            "iam.amazonaws.com",
            "DeleteGroupPolicy", "DeleteRolePolicy", "DeleteUserPolicy", "PutGroupPolicy", "PutRolePolicy", "PutUserPolicy",
            "CreatePolicy", "DeletePolicy", "CreatePolicyVersion", "DeletePolicyVersion", "AttachRolePolicy", "DetachRolePolicy",
            "AttachUserPolicy", "DetachUserPolicy", "AttachGroupPolicy", "DetachGroupPolicy") with
        { IsGlobal = true },
        ["3.5"] = Events("cloudtrail.amazonaws.com", "CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"),
        ["3.6"] = new("""{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }""", "signin.amazonaws.com")
        {
            EventType = "AwsConsoleSignIn",
        },
        ["3.7"] = EventsOf("kms.amazonaws.com", "DisableKey", "ScheduleKeyDeletion") with { RequiredEventSource = "kms.amazonaws.com" },
        ["3.8"] = EventsOf(
            "s3.amazonaws.com", "PutBucketAcl", "PutBucketPolicy", "PutBucketCors", "PutBucketLifecycle", "PutBucketReplication",
            "DeleteBucketPolicy", "DeleteBucketCors", "DeleteBucketLifecycle", "DeleteBucketReplication"),
        ["3.9"] = EventsOf(
            "config.amazonaws.com", "StopConfigurationRecorder", "DeleteDeliveryChannel", "PutDeliveryChannel", "PutConfigurationRecorder"),
        ["3.10"] = Events(
            "ec2.amazonaws.com",
            "AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress", "RevokeSecurityGroupIngress", "RevokeSecurityGroupEgress",
            "CreateSecurityGroup", "DeleteSecurityGroup"),
        ["3.11"] = Events(
            "ec2.amazonaws.com",
            "CreateNetworkAcl", "CreateNetworkAclEntry", "DeleteNetworkAcl", "DeleteNetworkAclEntry", "ReplaceNetworkAclEntry",
            "ReplaceNetworkAclAssociation"),
        ["3.12"] = Events(
            "ec2.amazonaws.com",
            "CreateCustomerGateway", "DeleteCustomerGateway", "AttachInternetGateway", "CreateInternetGateway", "DeleteInternetGateway",
            "DetachInternetGateway"),
        ["3.13"] = Events(
            "ec2.amazonaws.com",
            "CreateRoute", "CreateRouteTable", "ReplaceRoute", "ReplaceRouteTableAssociation", "DeleteRouteTable", "DeleteRoute",
            "DisassociateRouteTable"),
        ["3.14"] = Events(
            "ec2.amazonaws.com",
            "CreateVpc", "DeleteVpc", "ModifyVpcAttribute", "AcceptVpcPeeringConnection", "CreateVpcPeeringConnection",
            "DeleteVpcPeeringConnection", "RejectVpcPeeringConnection", "AttachClassicLinkVpc", "DetachClassicLinkVpc",
            "DisableVpcClassicLink", "EnableVpcClassicLink"),
    };

    /// <summary>The pattern of one control.</summary>
    public static ReferencePattern Of(ControlId control) => Patterns[control.ToString()];

    private static ReferencePattern Events(string source, params string[] names) => new($"{{ {AnyOf(names)} }}", source) { EventType = "AwsApiCall" };

    private static ReferencePattern EventsOf(string source, params string[] names) =>
        new($"{{ ($.eventSource = {source}) && ({AnyOf(names)}) }}", source) { EventType = "AwsApiCall" };

    private static string AnyOf(string[] names) => string.Join(" || ", names.Select(n => $"($.eventName = {n})"));
}
