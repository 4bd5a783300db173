using System.Linq;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Programs;

namespace CisAws.Core.Tests.Benchmarks;

/// <summary>The actions as IAM spells them in the Service Authorization Reference, which is not always how the API is called.</summary>
public sealed class ActionTests
{
    private static readonly string[] Reads =
    [
        "access-analyzer:ListAnalyzers",
        "account:GetAlternateContact",
        "account:GetContactInformation",
        "cloudtrail:DescribeTrails",
        "cloudtrail:GetEventSelectors",
        "cloudtrail:GetTrailStatus",
        "cloudwatch:DescribeAlarms",
        "config:DescribeConfigurationRecorderStatus",
        "config:DescribeConfigurationRecorders",
        "config:DescribeDeliveryChannels",
        "ec2:DescribeFlowLogs",
        "ec2:DescribeInstances",
        "ec2:DescribeNetworkAcls",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeRegions",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcPeeringConnections",
        "ec2:DescribeVpcs",
        "ec2:GetEbsEncryptionByDefault",
        "ec2:GetManagedPrefixListEntries",
        "elasticfilesystem:DescribeFileSystems",
        "iam:GenerateCredentialReport",
        "iam:GetAccountAuthorizationDetails",
        "iam:GetAccountPasswordPolicy",
        "iam:GetAccountSummary",
        "iam:GetCredentialReport",
        "iam:ListAccessKeys",
        "iam:ListEntitiesForPolicy",
        "iam:ListInstanceProfiles",
        "iam:ListServerCertificates",
        "iam:ListVirtualMFADevices",
        "kms:DescribeKey",
        "kms:GetKeyRotationStatus",
        "kms:ListKeys",
        "logs:DescribeLogGroups",
        "logs:DescribeMetricFilters",
        "organizations:DescribeOrganization",
        "rds:DescribeDBInstances",
        "s3:GetAccountPublicAccessBlock",
        "s3:GetBucketAcl",
        "s3:GetBucketLogging",
        "s3:GetBucketOwnershipControls",
        "s3:GetBucketPolicy",
        "s3:GetBucketPolicyStatus",
        "s3:GetBucketPublicAccessBlock",
        "s3:GetBucketVersioning",
        "s3:GetEncryptionConfiguration",
        "s3:ListAllMyBuckets",
        "s3:ListBucket",
        "securityhub:DescribeHub",
        "sns:GetTopicAttributes",
        "sns:ListSubscriptionsByTopic",
    ];

    [Fact]
    public void The_kinds_declare_these_actions_and_no_others() =>
        Assert.Equal(Reads, EvidenceKinds.All.SelectMany(k => k.Actions).Distinct().OrderBy(a => a, System.StringComparer.Ordinal));

    /// <summary>1.15 has nothing to ask.</summary>
    [Fact]
    public void Every_other_control_names_actions() =>
        Assert.Equal("1.15", string.Join(" ", DefaultPrograms.Benchmark.Controls.Where(c => c.Actions.Count == 0).Select(c => c.ControlId)));

    [Fact]
    public void A_regional_control_asks_for_the_regions_too() =>
        Assert.Contains("ec2:DescribeRegions", DefaultPrograms.Benchmark.Controls.Single(c => c.ControlId.Equals("4.1")).Actions);
}
