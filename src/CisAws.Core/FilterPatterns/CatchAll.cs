using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace CisAws.FilterPatterns;

/// <summary>Recognises filters that match nearly every event, by harmless events that occur all the time.</summary>
internal static class CatchAll
{
    // Of ten: a filter that excludes an event or two by name still matches all the time.
    private const int NearlyAll = 8;

    private static readonly IReadOnlyList<JsonElement> Reads =
    [
        Record("ec2", "DescribeInstances", true, AssumedRole),
        Record("sts", "GetCallerIdentity", true, User),
        Record("s3", "ListBuckets", true, Service),
        Record("iam", "ListRoles", true, AssumedRole),
        Record("cloudtrail", "LookupEvents", true, User),
        Record("kms", "DescribeKey", true, AssumedRole),
        Record("monitoring", "GetMetricData", true, Service),
        Record("lambda", "GetFunction20150331v2", true, AssumedRole),
        Record("rds", "DescribeDBInstances", true, User),
        Record("organizations", "DescribeOrganization", true, Service),
    ];

    private static readonly IReadOnlyList<JsonElement> Writes =
    [
        Record("ec2", "RunInstances", false, AssumedRole),
        Record("ec2", "CreateTags", false, User),
        Record("dynamodb", "CreateTable", false, AssumedRole),
        Record("logs", "CreateLogStream", false, Service),
        Record("lambda", "UpdateFunctionCode20150331v2", false, User),
        Record("sqs", "DeleteQueue", false, AssumedRole),
        Record("ssm", "PutParameter", false, User),
        Record("ecs", "RegisterTaskDefinition", false, AssumedRole),
        Record("autoscaling", "TerminateInstanceInAutoScalingGroup", false, Service),
        Record("rds", "StartDBInstance", false, User),
    ];

    private const string AssumedRole =
        """
        { "type": "AssumedRole", "principalId": "AROAEXAMPLE:session", "accountId": "123456789012",
          "arn": "arn:aws:sts::123456789012:assumed-role/Operator/session" }
        """;

    private const string User =
        """
        { "type": "IAMUser", "principalId": "AIDAEXAMPLE", "accountId": "123456789012", "userName": "alice",
          "arn": "arn:aws:iam::123456789012:user/alice" }
        """;

    private const string Service =
        """
        { "type": "AssumedRole", "principalId": "AROAEXAMPLE:config", "accountId": "123456789012", "invokedBy": "config.amazonaws.com",
          "arn": "arn:aws:sts::123456789012:assumed-role/AWSServiceRoleForConfig/config" }
        """;

    /// <summary>Whether patterns together match nearly all of the reads, and nearly all of the writes.</summary>
    public static bool Is(IReadOnlyList<FilterPattern> patterns) => Matched(Reads, patterns) >= NearlyAll && Matched(Writes, patterns) >= NearlyAll;

    private static int Matched(IReadOnlyList<JsonElement> records, IReadOnlyList<FilterPattern> patterns) =>
        records.Count(r => patterns.Any(p => p.Root is not null && p.Matches(r)));

    private static JsonElement Record(string service, string name, bool isRead, string identity)
    {
        using var document = JsonDocument.Parse(
            $$"""
            {
              "eventVersion": "1.11", "eventTime": "2026-01-15T09:30:00Z", "eventType": "AwsApiCall", "eventCategory": "Management",
              "eventSource": "{{service}}.amazonaws.com", "eventName": "{{name}}", "awsRegion": "us-east-1",
              "readOnly": {{(isRead ? "true" : "false")}}, "managementEvent": true, "sourceIPAddress": "198.51.100.1",
              "userAgent": "aws-cli/2.15.0", "recipientAccountId": "123456789012", "userIdentity": {{identity}},
              "requestParameters": { "maxResults": 50 }, "responseElements": null
            }
            """);
        return document.RootElement.Clone();
    }
}
