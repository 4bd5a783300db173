using System.Linq;
using System.Text.Json;

namespace CisAws.FilterPatterns;

/// <summary>Filters that match whatever happens, found out by events that happen all the time and mean no harm.</summary>
internal static class CatchAll
{
    private static readonly JsonElement[] Probes =
    [
        // A role looks at instances.
        Record("""
            {
              "eventVersion": "1.11", "eventTime": "2026-01-15T09:30:00Z", "eventType": "AwsApiCall", "eventCategory": "Management",
              "eventSource": "ec2.amazonaws.com", "eventName": "DescribeInstances", "awsRegion": "us-east-1", "readOnly": true,
              "managementEvent": true, "sourceIPAddress": "198.51.100.1", "userAgent": "aws-cli/2.15.0",
              "recipientAccountId": "123456789012",
              "userIdentity": {
                "type": "AssumedRole", "principalId": "AROAEXAMPLE:session", "accountId": "123456789012",
                "arn": "arn:aws:sts::123456789012:assumed-role/Operator/session"
              },
              "requestParameters": { "maxResults": 50 }, "responseElements": null
            }
            """),

        // A user asks who it is.
        Record("""
            {
              "eventVersion": "1.08", "eventTime": "2026-01-15T09:31:00Z", "eventType": "AwsApiCall", "eventCategory": "Management",
              "eventSource": "sts.amazonaws.com", "eventName": "GetCallerIdentity", "awsRegion": "eu-west-1", "readOnly": true,
              "managementEvent": true, "sourceIPAddress": "203.0.113.7", "userAgent": "Boto3/1.34.0",
              "recipientAccountId": "123456789012",
              "userIdentity": {
                "type": "IAMUser", "principalId": "AIDAEXAMPLE", "accountId": "123456789012", "userName": "alice",
                "arn": "arn:aws:iam::123456789012:user/alice"
              },
              "requestParameters": null, "responseElements": null
            }
            """),

        // A service looks at buckets.
        Record("""
            {
              "eventVersion": "1.11", "eventTime": "2026-01-15T09:32:00Z", "eventType": "AwsApiCall", "eventCategory": "Management",
              "eventSource": "s3.amazonaws.com", "eventName": "ListBuckets", "awsRegion": "us-west-2", "readOnly": true,
              "managementEvent": true, "sourceIPAddress": "config.amazonaws.com", "userAgent": "config.amazonaws.com",
              "recipientAccountId": "123456789012",
              "userIdentity": {
                "type": "AssumedRole", "principalId": "AROAEXAMPLE:config", "accountId": "123456789012",
                "arn": "arn:aws:sts::123456789012:assumed-role/AWSServiceRoleForConfig/config", "invokedBy": "config.amazonaws.com"
              },
              "requestParameters": null, "responseElements": null
            }
            """),
    ];

    /// <summary>Whether a pattern matches all of them.</summary>
    public static bool Is(FilterPattern pattern) => pattern.Root is not null && Probes.All(pattern.Matches);

    private static JsonElement Record(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
