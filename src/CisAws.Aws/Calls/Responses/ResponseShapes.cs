using System;
using System.Collections.Generic;
using Amazon.AccessAnalyzer.Model;
using Amazon.Account.Model;
using Amazon.CloudTrail.Model;
using Amazon.CloudWatch.Model;
using Amazon.CloudWatchLogs.Model;
using Amazon.ConfigService.Model;
using Amazon.EC2.Model;
using Amazon.ElasticFileSystem.Model;
using Amazon.IdentityManagement.Model;
using Amazon.KeyManagementService.Model;
using Amazon.Organizations.Model;
using Amazon.RDS.Model;
using Amazon.S3.Model;
using Amazon.SecurityHub.Model;
using Amazon.SecurityToken.Model;
using Amazon.SimpleNotificationService.Model;
using static CisAws.Aws.Calls.Responses.ResponseMember;
using static CisAws.Aws.Calls.Responses.ResponseShape;

namespace CisAws.Aws.Calls.Responses;

/// <summary>
/// The responses of the operations that this module calls: what AWS always writes of what the sources read. AWS writes an empty
/// list as an empty element or array, so that a list which is absent is not an empty one.
/// </summary>
internal static class ResponseShapes
{
    /// <summary>IAM says apart whether there is another page; a last page may leave it out.</summary>
    private static readonly ResponseMember[] Truncation = ["IsTruncated?"];

    private static readonly ResponseMember[] AttachedPolicies = [List("AttachedManagedPolicies", "PolicyArn")];

    /// <summary>A rule of a security group has at least one of the four lists of sources.</summary>
    private static readonly ResponseMember[] Permission =
    [
        "ipProtocol", "fromPort?", "toPort?",
        OneOf(List("ipRanges", "cidrIp"), List("ipv6Ranges", "cidrIpv6"), List("prefixListIds", "prefixListId"), List("groups", OneOf("groupId", "userId"))),
    ];

    private static readonly ResponseMember[] Peer =
    [
        "vpcId", "ownerId?", "region?", "cidrBlock?", List("cidrBlockSet?", "cidrBlock"), List("ipv6CidrBlockSet?", "ipv6CidrBlock"),
    ];

    private static readonly ResponseMember Tags = List("tagSet?", "key");

    private static readonly ResponseMember[] PublicAccessBlock = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];

    private static readonly ResponseMember TemporaryCredentials = Structure("Credentials", "AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration");

    private static readonly ResponseMember MetricDimensions = List("Dimensions?", "Name", "Value");

    private static readonly Dictionary<Type, ResponseShape> Shapes = new()
    {
        // AWS STS.
        [typeof(GetCallerIdentityRequest)] = Query("GetCallerIdentity", "Account", "Arn"),
        [typeof(AssumeRoleRequest)] = Query("AssumeRole", TemporaryCredentials),
        [typeof(AssumeRoleWithWebIdentityRequest)] = Query("AssumeRoleWithWebIdentity", TemporaryCredentials),

        // IAM.
        [typeof(GenerateCredentialReportRequest)] = Query("GenerateCredentialReport", "State"),
        [typeof(GetCredentialReportRequest)] = Query("GetCredentialReport", "Content", "GeneratedTime"),
        [typeof(GetAccountSummaryRequest)] = Query("GetAccountSummary", List("SummaryMap", "key", "value")),
        [typeof(GetAccountPasswordPolicyRequest)] = Query(
            "GetAccountPasswordPolicy",
            Structure(
                "PasswordPolicy",
                OneOf("MinimumPasswordLength", "RequireSymbols", "RequireNumbers", "RequireUppercaseCharacters", "RequireLowercaseCharacters", "ExpirePasswords"),
                "MaxPasswordAge?", "PasswordReusePrevention?")),
        [typeof(ListVirtualMFADevicesRequest)] = Query(
            "ListVirtualMFADevices", [List("VirtualMFADevices", "SerialNumber", Structure("User?", "Arn"), "EnableDate?"), .. Truncation]),
        [typeof(ListAccessKeysRequest)] = Query("ListAccessKeys", [List("AccessKeyMetadata", "AccessKeyId", "Status", "CreateDate"), .. Truncation]),
        [typeof(ListEntitiesForPolicyRequest)] = Query(
            "ListEntitiesForPolicy",
            [List("PolicyGroups", "GroupName"), List("PolicyUsers", "UserName"), List("PolicyRoles", "RoleName"), .. Truncation]),
        [typeof(ListInstanceProfilesRequest)] = Query(
            "ListInstanceProfiles", [List("InstanceProfiles", "InstanceProfileName", "Arn", List("Roles", "RoleName")), .. Truncation]),
        [typeof(ListServerCertificatesRequest)] = Query(
            "ListServerCertificates", [List("ServerCertificateMetadataList", "ServerCertificateName", "Arn", "Expiration"), .. Truncation]),
        [typeof(GetAccountAuthorizationDetailsRequest)] = Query(
            "GetAccountAuthorizationDetails",
            [
                List("UserDetailList", ["UserName", "Arn", "CreateDate", Inline("UserPolicyList?"), List("GroupList"), List("Tags?", "Key"), .. AttachedPolicies]),
                List("GroupDetailList", ["GroupName", "Arn", Inline("GroupPolicyList?"), .. AttachedPolicies]),
                List("RoleDetailList", ["RoleName", "Arn", "AssumeRolePolicyDocument", Inline("RolePolicyList?"), .. AttachedPolicies]),
                List(
                    "Policies", "PolicyName?", "Arn", "DefaultVersionId?", "AttachmentCount", "PermissionsBoundaryUsageCount?",
                    List("PolicyVersionList", "Document", "VersionId", "IsDefaultVersion")),
                .. Truncation,
            ]),

        // AWS Account Management and AWS Organizations.
        [typeof(GetContactInformationRequest)] = Json(Structure("ContactInformation", "FullName", "PhoneNumber", "AddressLine1", "City", "CountryCode")),
        [typeof(GetAlternateContactRequest)] = Json(Structure("AlternateContact", "EmailAddress")),
        [typeof(DescribeOrganizationRequest)] = Json(Structure("Organization", "Id", "MasterAccountId")),
        [typeof(ListRootsRequest)] = Json(List("Roots", "Id", "Name")),
        [typeof(ListOrganizationalUnitsForParentRequest)] = Json(List("OrganizationalUnits", "Id", "Name")),
        [typeof(ListAccountsForParentRequest)] = Json(List("Accounts", "Id", "State?", "Status?")),
        [typeof(ListTagsForResourceRequest)] = Json(List("Tags", "Key", MayBeEmpty("Value?"))),

        // AWS CloudTrail.
        [typeof(DescribeTrailsRequest)] = Json(List(
            "trailList", "Name", "TrailARN", "HomeRegion", "S3BucketName", "KmsKeyId?", "CloudWatchLogsLogGroupArn?", "CloudWatchLogsRoleArn?")),
        [typeof(GetTrailStatusRequest)] = Json("IsLogging"),
        [typeof(GetEventSelectorsRequest)] = Json(OneOf(
            List("EventSelectors", "ReadWriteType", "IncludeManagementEvents", List("ExcludeManagementEventSources?"), List("DataResources?", "Type", List("Values"))),
            List("AdvancedEventSelectors", List("FieldSelectors", "Field", OneOf(
                List("Equals"), List("NotEquals"), List("StartsWith"), List("NotStartsWith"), List("EndsWith"), List("NotEndsWith")))))),

        // IAM Access Analyzer, AWS Security Hub, Amazon RDS, Amazon EFS.
        [typeof(ListAnalyzersRequest)] = Json(List("analyzers", "name", "arn", "type", "status")),
        [typeof(DescribeHubRequest)] = Json("HubArn"),
        [typeof(DescribeDBInstancesRequest)] = Query("DescribeDBInstances", List(
            "DBInstances", "DBInstanceIdentifier", "DBInstanceArn", "Engine", "StorageEncrypted", "AutoMinorVersionUpgrade", "PubliclyAccessible", "MultiAZ",
            "DBClusterIdentifier?", "AvailabilityZone?", List("TagList?", "Key"))),
        [typeof(DescribeFileSystemsRequest)] = Json(List("FileSystems", "FileSystemId", "FileSystemArn", "Encrypted", List("Tags?", "Key"))),

        // AWS Config.
        [typeof(DescribeConfigurationRecordersRequest)] = Json(List(
            "ConfigurationRecorders", "name", "roleARN?", Structure(
                "recordingGroup?", OneOf("allSupported", List("resourceTypes")), "includeGlobalResourceTypes?",
                Structure("exclusionByResourceTypes?", List("resourceTypes?")), Structure("recordingStrategy?", "useOnly")))),
        [typeof(DescribeConfigurationRecorderStatusRequest)] = Json(List("ConfigurationRecordersStatus", "name", "recording", "lastStatus?")),
        [typeof(DescribeDeliveryChannelsRequest)] = Json(List("DeliveryChannels", "name", "s3BucketName?")),

        // AWS KMS.
        [typeof(ListKeysRequest)] = Json(List("Keys", "KeyArn"), "Truncated"),
        [typeof(DescribeKeyRequest)] = Json(Structure(
            "KeyMetadata", "KeyId", "Arn", "KeyManager", "KeySpec", "Origin", "KeyState",
            Structure("MultiRegionConfiguration?", "MultiRegionKeyType", Structure("PrimaryKey", "Arn")))),
        [typeof(GetKeyRotationStatusRequest)] = Json("KeyRotationEnabled"),

        // Amazon CloudWatch Logs, Amazon CloudWatch, Amazon SNS.
        [typeof(DescribeLogGroupsRequest)] = Json(List("logGroups", "logGroupName", "logGroupClass?")),
        [typeof(DescribeMetricFiltersRequest)] = Json(List(
            "metricFilters", "filterName", MayBeEmpty("filterPattern"), "logGroupName?",
            List("metricTransformations", "metricName", "metricNamespace", "metricValue", "unit?"))),
        [typeof(DescribeAlarmsRequest)] = Query("DescribeAlarms", OneOf(
            List(
                "MetricAlarms", "AlarmName", "AlarmArn", "ActionsEnabled", List("AlarmActions"), "Namespace?", "MetricName?", MetricDimensions,
                List("Metrics?", "Id", "Expression?", Structure("MetricStat?", Structure("Metric", "Namespace", "MetricName", MetricDimensions), "Stat", "Period")),
                "ComparisonOperator?", "EvaluationPeriods?", "Statistic?", "ExtendedStatistic?", "TreatMissingData?", "ThresholdMetricId?", "Unit?"),
            List("CompositeAlarms", "AlarmName", "AlarmArn", "ActionsEnabled", List("AlarmActions"), "AlarmRule", "ActionsSuppressor?"))),
        // Attributes may be empty: a topic without a display name has one.
        [typeof(GetTopicAttributesRequest)] = Query("GetTopicAttributes", List("Attributes", "key", MayBeEmpty("value"))),
        [typeof(ListSubscriptionsByTopicRequest)] = Query("ListSubscriptionsByTopic", List("Subscriptions", "SubscriptionArn", "Protocol?", "Owner?")),

        // AWS Security Hub.
        [typeof(GetFindingsRequest)] = Json(List("Findings", "Id")),
        [typeof(BatchImportFindingsRequest)] = Json("FailedCount", "SuccessCount", List("FailedFindings?", "Id", "ErrorCode", "ErrorMessage")),
        [typeof(BatchUpdateFindingsRequest)] = Json(List("UnprocessedFindings?", Structure("FindingIdentifier", "Id"), "ErrorCode", "ErrorMessage?")),

        // Amazon S3.
        [typeof(HeadBucketRequest)] = NoBody,
        [typeof(ListObjectsV2Request)] = Xml("ListBucketResult", "Name", "IsTruncated", Structure("Contents?", "Key", "Size", "ETag")),
        [typeof(PutObjectRequest)] = NoBody,
        // Whatever the object is: its tag shows that it is the one that was asked for.
        [typeof(GetObjectRequest)] = AnyBody,
        [typeof(ListBucketsRequest)] = Xml("ListAllMyBucketsResult", List("Buckets", "Name", "BucketRegion?")),
        // A bucket that never had versioning is answered with an empty root.
        [typeof(GetBucketVersioningRequest)] = Xml("VersioningConfiguration", "Status?", "MfaDelete?"),
        [typeof(GetBucketEncryptionRequest)] = Xml(
            "ServerSideEncryptionConfiguration", Structure("Rule", Structure("ApplyServerSideEncryptionByDefault", "SSEAlgorithm"))),
        [typeof(GetBucketAclRequest)] = Xml(
            "AccessControlPolicy",
            Structure("Owner", "ID"),
            List("AccessControlList", Structure("Grantee", "@type", OneOf("ID", "URI", "EmailAddress")), "Permission")),
        [typeof(GetBucketPolicyRequest)] = Json(Any("Statement")),
        [typeof(GetBucketPolicyStatusRequest)] = Xml("PolicyStatus", "IsPublic"),
        [typeof(Amazon.S3.Model.GetPublicAccessBlockRequest)] = Xml("PublicAccessBlockConfiguration", PublicAccessBlock),
        [typeof(Amazon.S3Control.Model.GetPublicAccessBlockRequest)] = Xml("PublicAccessBlockConfiguration", PublicAccessBlock),
        [typeof(GetBucketOwnershipControlsRequest)] = Xml("OwnershipControls", Structure("Rule", "ObjectOwnership")),
        // Without the structure access logging is off.
        [typeof(GetBucketLoggingRequest)] = Xml("BucketLoggingStatus", Structure("LoggingEnabled?", "TargetBucket")),

        // Amazon EC2.
        [typeof(DescribeRegionsRequest)] = Xml("DescribeRegionsResponse", List("regionInfo", "regionName", "optInStatus")),
        [typeof(DescribeInstancesRequest)] = Xml("DescribeInstancesResponse", List(
            "reservationSet", List("instancesSet", "instanceId", Structure("instanceState", "name"), Structure("iamInstanceProfile?", "arn"),
            Structure("metadataOptions?", "httpTokens", "httpEndpoint", "state?"), Tags))),
        [typeof(DescribeSecurityGroupsRequest)] = Xml("DescribeSecurityGroupsResponse", List(
            "securityGroupInfo", "groupId", "groupName", "ownerId", "vpcId?", List("ipPermissions", Permission), List("ipPermissionsEgress", Permission), Tags)),
        [typeof(GetEbsEncryptionByDefaultRequest)] = Xml("GetEbsEncryptionByDefaultResponse", "ebsEncryptionByDefault"),
        [typeof(DescribeNetworkAclsRequest)] = Xml("DescribeNetworkAclsResponse", List(
            "networkAclSet", "networkAclId", "vpcId", "ownerId", "default?",
            List("entrySet", "ruleNumber", "protocol", "ruleAction", "egress", OneOf("cidrBlock", "ipv6CidrBlock"), Structure("portRange?", "from?", "to?")), Tags)),
        [typeof(DescribeNetworkInterfacesRequest)] = Xml("DescribeNetworkInterfacesResponse", List(
            "networkInterfaceSet", "networkInterfaceId", "vpcId?", List("groupSet", "groupId"))),
        [typeof(DescribeVpcsRequest)] = Xml("DescribeVpcsResponse", List(
            "vpcSet", "vpcId", "ownerId", "state", "isDefault?", "cidrBlock?",
            List("cidrBlockAssociationSet?", "cidrBlock", Structure("cidrBlockState?", "state")),
            List("ipv6CidrBlockAssociationSet?", "ipv6CidrBlock", Structure("ipv6CidrBlockState?", "state")),
            Tags)),
        [typeof(DescribeSubnetsRequest)] = Xml("DescribeSubnetsResponse", List("subnetSet", "subnetId", "vpcId", "ownerId")),
        [typeof(DescribeFlowLogsRequest)] = Xml("DescribeFlowLogsResponse", List(
            "flowLogSet", "flowLogId", "resourceId", "flowLogStatus", "trafficType?", "deliverLogsStatus?", "logDestinationType?")),
        [typeof(DescribeRouteTablesRequest)] = Xml("DescribeRouteTablesResponse", List(
            "routeTableSet", "routeTableId", "vpcId", "ownerId", List(
                "routeSet", "state", OneOf("destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"), "vpcPeeringConnectionId?", "gatewayId?"))),
        [typeof(DescribeVpcPeeringConnectionsRequest)] = Xml("DescribeVpcPeeringConnectionsResponse", List(
            "vpcPeeringConnectionSet", "vpcPeeringConnectionId", Structure("status", "code"),
            Structure("requesterVpcInfo", Peer), Structure("accepterVpcInfo", Peer), Tags)),
        [typeof(GetManagedPrefixListEntriesRequest)] = Xml("GetManagedPrefixListEntriesResponse", List("entrySet", "cidr")),
    };

    /// <summary>The requests whose answers are declared.</summary>
    public static IReadOnlyCollection<Type> Requests => Shapes.Keys;

    /// <summary>The shape of a request's answer.</summary>
    /// <exception cref="InvalidOperationException">None is declared, and a response that nothing checks must not become evidence.</exception>
    public static ResponseShape Of(Type request) => Shapes.TryGetValue(request, out var shape)
        ? shape
        : throw new InvalidOperationException($"{nameof(ResponseShapes)} does not say what the response to {request.Name} has to hold.");

    private static ResponseMember Inline(string list) => List(list, "PolicyName", "PolicyDocument");
}
