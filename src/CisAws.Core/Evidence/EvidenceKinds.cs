using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.Evidence;

/// <summary>Every kind of evidence. The names are those of evidence files; the actions are IAM's.</summary>
public static class EvidenceKinds
{
    // Account: IAM, account management, organisation.

    /// <summary>The credential report: passwords, access keys and MFA of the root user and all IAM users.</summary>
    public static readonly EvidenceKind<CredentialReport> CredentialReport =
        Account<CredentialReport>("iam.credentialReport", "iam:GetCredentialReport", "iam:GenerateCredentialReport");

    /// <summary>By the name of an IAM user of whom the credential report does not show every access key.</summary>
    public static readonly EvidenceKind<IReadOnlyList<AccessKey>> AccessKeys = PerResource<IReadOnlyList<AccessKey>>(
        "iam.accessKeys", "iam:ListAccessKeys", [CredentialReport], v => v.Get(CredentialReport).Match(r => r.UsersWithMoreCredentials(), _ => []));

    /// <summary>The SummaryMap of <c>iam:GetAccountSummary</c>; a key that AWS did not answer is absent, not 0.</summary>
    public static readonly EvidenceKind<IReadOnlyDictionary<string, int>> AccountSummary =
        Account<IReadOnlyDictionary<string, int>>("iam.accountSummary", "iam:GetAccountSummary");

    /// <summary>The password policy; null when the account has none of its own.</summary>
    public static readonly EvidenceKind<PasswordPolicy?> PasswordPolicy =
        Account<PasswordPolicy?>("iam.passwordPolicy", "iam:GetAccountPasswordPolicy");

    /// <summary>The virtual MFA devices that are assigned to a user.</summary>
    public static readonly EvidenceKind<IReadOnlyList<VirtualMfaDevice>> VirtualMfaDevices =
        Account<IReadOnlyList<VirtualMfaDevice>>("iam.virtualMfaDevices", "iam:ListVirtualMFADevices");

    /// <summary>Users, groups, roles and customer managed policies, with their policies.</summary>
    public static readonly EvidenceKind<AuthorizationDetails> AuthorizationDetails =
        Account<AuthorizationDetails>("iam.authorizationDetails", "iam:GetAccountAuthorizationDetails");

    /// <summary>Who has the AWS managed policy AWSSupportAccess; null when the partition has no such policy.</summary>
    public static readonly EvidenceKind<PolicyEntities?> SupportPolicyEntities =
        Account<PolicyEntities?>("iam.supportPolicyEntities", "iam:ListEntitiesForPolicy");

    /// <summary>The instance profiles, with their roles.</summary>
    public static readonly EvidenceKind<IReadOnlyList<InstanceProfile>> InstanceProfiles =
        Account<IReadOnlyList<InstanceProfile>>("iam.instanceProfiles", "iam:ListInstanceProfiles");

    /// <summary>The server certificates that are stored in IAM.</summary>
    public static readonly EvidenceKind<IReadOnlyList<ServerCertificate>> ServerCertificates =
        Account<IReadOnlyList<ServerCertificate>>("iam.serverCertificates", "iam:ListServerCertificates");

    /// <summary>The primary contact of the account; null when none is set.</summary>
    public static readonly EvidenceKind<ContactInformation?> ContactInformation =
        Account<ContactInformation?>("account.contactInformation", "account:GetContactInformation");

    /// <summary>The alternate contact of type SECURITY; null when none is set.</summary>
    public static readonly EvidenceKind<AlternateContact?> SecurityContact =
        Account<AlternateContact?>("account.securityContact", "account:GetAlternateContact");

    /// <summary>The organisation the account is in; null when it is in none.</summary>
    public static readonly EvidenceKind<Organization?> Organization =
        Account<Organization?>("organizations.organization", "organizations:DescribeOrganization");

    /// <summary>Every region of the partition, enabled or not.</summary>
    public static readonly EvidenceKind<IReadOnlyList<Region>> Regions =
        Account<IReadOnlyList<Region>>("ec2.regions", "ec2:DescribeRegions");

    // CloudTrail.

    /// <summary>The trails a region shows, shadow trails included; see <see cref="TrailInventory"/>.</summary>
    public static readonly EvidenceKind<IReadOnlyList<Trail>> Trails =
        PerRegion<IReadOnlyList<Trail>>("cloudtrail.trails", "cloudtrail:DescribeTrails");

    /// <summary>By the trail's ARN.</summary>
    public static readonly EvidenceKind<TrailStatus> TrailStatus =
        PerResource<TrailStatus>("cloudtrail.trailStatus", "cloudtrail:GetTrailStatus", [Trails], TrailArns);

    /// <summary>By the trail's ARN.</summary>
    public static readonly EvidenceKind<EventSelectors> EventSelectors =
        PerResource<EventSelectors>("cloudtrail.eventSelectors", "cloudtrail:GetEventSelectors", [Trails], TrailArns);

    // S3: the buckets that trails deliver to, by name.

    /// <summary>Whether a trail's bucket exists and where.</summary>
    public static readonly EvidenceKind<Bucket> Buckets =
        PerResource<Bucket>("s3.bucket", "s3:ListBucket", [Trails], v => TrailInventory.From(v).Trails.Select(t => t.S3BucketName));

    /// <summary>By the name of a trail's bucket.</summary>
    public static readonly EvidenceKind<BucketAcl> BucketAcl = OfBucket<BucketAcl>("s3.bucketAcl", "s3:GetBucketAcl");

    /// <summary>The policy document; null when the bucket has none.</summary>
    public static readonly EvidenceKind<string?> BucketPolicy = OfBucket<string?>("s3.bucketPolicy", "s3:GetBucketPolicy");

    /// <summary>Whether AWS calls the bucket policy public; null when the bucket has no policy.</summary>
    public static readonly EvidenceKind<bool?> BucketPolicyIsPublic = OfBucket<bool?>("s3.bucketPolicyStatus", "s3:GetBucketPolicyStatus");

    /// <summary>The Block Public Access settings of a trail's bucket.</summary>
    public static readonly EvidenceKind<PublicAccessBlock> BucketPublicAccessBlock =
        OfBucket<PublicAccessBlock>("s3.bucketPublicAccessBlock", "s3:GetBucketPublicAccessBlock");

    /// <summary>BucketOwnerEnforced, BucketOwnerPreferred or ObjectWriter; null when the bucket has no ownership controls.</summary>
    public static readonly EvidenceKind<string?> BucketOwnership = OfBucket<string?>("s3.bucketOwnership", "s3:GetBucketOwnershipControls");

    /// <summary>The server access logging of a trail's bucket.</summary>
    public static readonly EvidenceKind<BucketLogging> BucketLogging = OfBucket<BucketLogging>("s3.bucketLogging", "s3:GetBucketLogging");

    /// <summary>The Block Public Access of the account itself.</summary>
    public static readonly EvidenceKind<PublicAccessBlock> AccountPublicAccessBlock =
        Account<PublicAccessBlock>("s3.accountPublicAccessBlock", "s3:GetAccountPublicAccessBlock");

    // S3: all buckets of the account, by name.

    /// <summary>The buckets of the account, in all regions.</summary>
    public static readonly EvidenceKind<IReadOnlyList<ListedBucket>> ListedBuckets =
        Account<IReadOnlyList<ListedBucket>>("s3.listedBuckets", "s3:ListAllMyBuckets");

    /// <summary>The policy document of each bucket; null when the bucket has none.</summary>
    public static readonly EvidenceKind<string?> ListedBucketPolicy =
        OfListedBucket<string?>("s3.listedBucketPolicy", "s3:GetBucketPolicy").SharedWith(BucketPolicy);

    /// <summary>The Block Public Access settings of each bucket.</summary>
    public static readonly EvidenceKind<PublicAccessBlock> ListedBucketPublicAccessBlock =
        OfListedBucket<PublicAccessBlock>("s3.listedBucketPublicAccessBlock", "s3:GetBucketPublicAccessBlock").SharedWith(BucketPublicAccessBlock);

    /// <summary>Versioning and MFA delete of each bucket.</summary>
    public static readonly EvidenceKind<BucketVersioning> BucketVersioning =
        OfListedBucket<BucketVersioning>("s3.bucketVersioning", "s3:GetBucketVersioning");

    /// <summary>The algorithm of each bucket's default encryption, such as AES256 or aws:kms; null when the bucket has none.</summary>
    public static readonly EvidenceKind<string?> BucketEncryption = OfListedBucket<string?>("s3.bucketEncryption", "s3:GetEncryptionConfiguration");

    // RDS, EFS, IAM Access Analyzer, Security Hub.

    /// <summary>The analyzers of IAM Access Analyzer of a region.</summary>
    public static readonly EvidenceKind<IReadOnlyList<Analyzer>> Analyzers =
        PerRegion<IReadOnlyList<Analyzer>>("accessAnalyzer.analyzers", "access-analyzer:ListAnalyzers");

    /// <summary>The database instances of a region.</summary>
    public static readonly EvidenceKind<IReadOnlyList<DbInstance>> DbInstances =
        PerRegion<IReadOnlyList<DbInstance>>("rds.dbInstances", "rds:DescribeDBInstances");

    /// <summary>The EFS file systems of a region.</summary>
    public static readonly EvidenceKind<IReadOnlyList<FileSystem>> FileSystems =
        PerRegion<IReadOnlyList<FileSystem>>("elasticfilesystem.fileSystems", "elasticfilesystem:DescribeFileSystems");

    /// <summary>Security Hub of a region; null where it is not enabled.</summary>
    public static readonly EvidenceKind<SecurityHub?> SecurityHub = PerRegion<SecurityHub?>("securityHub.hub", "securityhub:DescribeHub");

    // AWS Config.

    /// <summary>The AWS Config recorders of a region.</summary>
    public static readonly EvidenceKind<IReadOnlyList<ConfigurationRecorder>> ConfigurationRecorders =
        PerRegion<IReadOnlyList<ConfigurationRecorder>>("config.recorders", "config:DescribeConfigurationRecorders");

    /// <summary>Whether the AWS Config recorders of a region record, and how their last delivery ended; by the name of a region that has a recorder.</summary>
    public static readonly EvidenceKind<IReadOnlyList<ConfigurationRecorderStatus>> ConfigurationRecorderStatus =
        PerResource<IReadOnlyList<ConfigurationRecorderStatus>>(
            "config.recorderStatus", "config:DescribeConfigurationRecorderStatus", [ConfigurationRecorders], RegionsWithRecorder);

    /// <summary>The AWS Config delivery channels of a region, by the name of a region that has a recorder.</summary>
    public static readonly EvidenceKind<IReadOnlyList<DeliveryChannel>> DeliveryChannels = PerResource<IReadOnlyList<DeliveryChannel>>(
        "config.deliveryChannels", "config:DescribeDeliveryChannels", [ConfigurationRecorders], RegionsWithRecorder);

    // KMS.

    /// <summary>The ARNs of all keys of a region.</summary>
    public static readonly EvidenceKind<IReadOnlyList<string>> KmsKeyArns =
        PerRegion<IReadOnlyList<string>>("kms.keyArns", "kms:ListKeys");

    /// <summary>By the key's ARN.</summary>
    public static readonly EvidenceKind<KmsKey> KmsKeys = PerResource<KmsKey>(
        "kms.key", "kms:DescribeKey", [KmsKeyArns], v => v.Regions(KmsKeyArns).SelectMany(r => r.Observation.Match(arns => arns, _ => [])));

    /// <summary>The key a trail encrypts with, by the trail's KmsKeyId where that is an ARN.</summary>
    public static readonly EvidenceKind<KmsKey> TrailKey = PerResource<KmsKey>(
        "cloudtrail.trailKey", "kms:DescribeKey", [Trails], v => TrailInventory.From(v).Trails.Select(t => t.KmsKeyId).Where(k => Arn.TryParse(k) is not null)!)
        .SharedWith(KmsKeys);

    /// <summary>By the key's ARN, for the keys that automatic rotation exists for.</summary>
    public static readonly EvidenceKind<KeyRotation> KeyRotation = PerResource<KeyRotation>(
        "kms.keyRotation", "kms:GetKeyRotationStatus", [KmsKeys],
        v => v.Subjects(KmsKeys).Where(k => k.Observation.Match(key => key.CanRotate, _ => false)).Select(k => k.Subject));

    // CloudWatch Logs, CloudWatch, SNS: what stands behind the account's own trails.

    /// <summary>By the log group's ARN; null when there is no such log group.</summary>
    public static readonly EvidenceKind<LogGroup?> TrailLogGroup =
        PerResource<LogGroup?>("logs.logGroup", "logs:DescribeLogGroups", [Trails], OwnLogGroupArns);

    /// <summary>By the log group's ARN.</summary>
    public static readonly EvidenceKind<IReadOnlyList<MetricFilter>> MetricFilters =
        PerResource<IReadOnlyList<MetricFilter>>("logs.metricFilters", "logs:DescribeMetricFilters", [Trails], OwnLogGroupArns);

    /// <summary>By the name of a region that holds a trail's log group: alarms elsewhere cannot see its metrics.</summary>
    public static readonly EvidenceKind<RegionAlarms> Alarms = PerResource<RegionAlarms>(
        "cloudwatch.alarms", "cloudwatch:DescribeAlarms", [Trails], v => OwnLogGroupArns(v).Select(a => Arn.TryParse(a)!.Region));

    /// <summary>By the topic's ARN, for the topics that these alarms notify; null when there is no such topic.</summary>
    public static readonly EvidenceKind<IReadOnlyList<Subscription>?> TopicSubscriptions = PerResource<IReadOnlyList<Subscription>?>(
        "sns.subscriptions", "sns:ListSubscriptionsByTopic", [MetricFilters, Alarms], AlarmTopics);

    /// <summary>By the topic's ARN, for the same topics; null when there is no such topic.</summary>
    public static readonly EvidenceKind<TopicAttributes?> TopicAttributes = PerResource<TopicAttributes?>(
        "sns.topicAttributes", "sns:GetTopicAttributes", [MetricFilters, Alarms], AlarmTopics);

    // EC2.

    /// <summary>The EC2 instances of a region.</summary>
    public static readonly EvidenceKind<IReadOnlyList<Instance>> Instances =
        PerRegion<IReadOnlyList<Instance>>("ec2.instances", "ec2:DescribeInstances");

    /// <summary>The security groups of a region, with their rules.</summary>
    public static readonly EvidenceKind<IReadOnlyList<SecurityGroup>> SecurityGroups =
        PerRegion<IReadOnlyList<SecurityGroup>>("ec2.securityGroups", "ec2:DescribeSecurityGroups");

    /// <summary>The network interfaces of a region, with their security groups.</summary>
    public static readonly EvidenceKind<IReadOnlyList<NetworkInterface>> NetworkInterfaces =
        PerRegion<IReadOnlyList<NetworkInterface>>("ec2.networkInterfaces", "ec2:DescribeNetworkInterfaces");

    /// <summary>The VPCs of a region, with their CIDR blocks.</summary>
    public static readonly EvidenceKind<IReadOnlyList<Vpc>> Vpcs = PerRegion<IReadOnlyList<Vpc>>("ec2.vpcs", "ec2:DescribeVpcs");

    /// <summary>The subnets of a region.</summary>
    public static readonly EvidenceKind<IReadOnlyList<Subnet>> Subnets = PerRegion<IReadOnlyList<Subnet>>("ec2.subnets", "ec2:DescribeSubnets");

    /// <summary>The flow logs of a region.</summary>
    public static readonly EvidenceKind<IReadOnlyList<FlowLog>> FlowLogs = PerRegion<IReadOnlyList<FlowLog>>("ec2.flowLogs", "ec2:DescribeFlowLogs");

    /// <summary>The route tables of a region, with their routes.</summary>
    public static readonly EvidenceKind<IReadOnlyList<RouteTable>> RouteTables =
        PerRegion<IReadOnlyList<RouteTable>>("ec2.routeTables", "ec2:DescribeRouteTables");

    /// <summary>The VPC peering connections of a region, with the CIDR blocks of both sides.</summary>
    public static readonly EvidenceKind<IReadOnlyList<VpcPeeringConnection>> VpcPeeringConnections =
        PerRegion<IReadOnlyList<VpcPeeringConnection>>("ec2.vpcPeeringConnections", "ec2:DescribeVpcPeeringConnections");

    /// <summary>Whether new EBS volumes of a region are encrypted by default.</summary>
    public static readonly EvidenceKind<bool> EbsEncryptionByDefault = PerRegion<bool>("ec2.ebsEncryptionByDefault", "ec2:GetEbsEncryptionByDefault");

    /// <summary>The network ACLs of a region, with their entries.</summary>
    public static readonly EvidenceKind<IReadOnlyList<NetworkAcl>> NetworkAcls =
        PerRegion<IReadOnlyList<NetworkAcl>>("ec2.networkAcls", "ec2:DescribeNetworkAcls");

    /// <summary>The CIDR blocks of a prefix list that a security group names, by <see cref="PrefixListSubject"/>.</summary>
    public static readonly EvidenceKind<IReadOnlyList<string>> SecurityGroupPrefixLists = PerResource<IReadOnlyList<string>>(
        "ec2.securityGroupPrefixLists", "ec2:GetManagedPrefixListEntries", [SecurityGroups],
        v => v.Regions(SecurityGroups).SelectMany(r => r.Observation.Match(
            groups => groups.SelectMany(g => g.Ingress).SelectMany(p => p.PrefixListIds).Select(id => PrefixListSubject(r.Region, id)), _ => [])));

    /// <summary>The CIDR blocks of a prefix list that a route to a peer names, by <see cref="PrefixListSubject"/>.</summary>
    public static readonly EvidenceKind<IReadOnlyList<string>> RoutePrefixLists = PerResource<IReadOnlyList<string>>(
        "ec2.routePrefixLists", "ec2:GetManagedPrefixListEntries", [RouteTables],
        v => v.Regions(RouteTables).SelectMany(r => r.Observation.Match(
            tables => tables.SelectMany(t => t.Routes)
                .Where(route => route.VpcPeeringConnectionId is not null && route.DestinationPrefixListId is not null)
                .Select(route => PrefixListSubject(r.Region, route.DestinationPrefixListId!)), _ => [])))
        .SharedWith(SecurityGroupPrefixLists);

    /// <summary>Every kind, ordered by name.</summary>
    public static IReadOnlyList<EvidenceKind> All { get; } = typeof(EvidenceKinds)
        .GetFields(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static)
        .Select(f => f.GetValue(null)).OfType<EvidenceKind>()
        .OrderBy(k => k.Name, StringComparer.Ordinal).ToList();

    private static readonly Dictionary<EvidenceKind, int> Levels = All.ToDictionary(k => k, Following);

    /// <summary>How many levels of evidence can only be read after a kind, one after the other: what other evidence waits for is read first.</summary>
    internal static int LevelsAfter(EvidenceKind kind) => Levels[kind];

    /// <summary>Names a prefix list, whose ID says nothing of its region: <c>eu-west-1/pl-0123</c>.</summary>
    public static string PrefixListSubject(string region, string prefixListId) => $"{region}/{prefixListId}";

    /// <summary>True for a topic's ARN, such as stands among an alarm's actions.</summary>
    public static bool IsTopicArn(string arn) => Arn.TryParse(arn) is { Service: "sns" };

    private static int Following(EvidenceKind kind) => All.Where(k => k.From.Contains(kind)).Select(k => 1 + Following(k)).DefaultIfEmpty(0).Max();

    private static EvidenceKind<T> Account<T>(string name, params string[] actions) =>
        new(name, EvidenceSubject.Account, actions, [], _ => [""]);

    private static EvidenceKind<T> PerRegion<T>(string name, string action) =>
        new(name, EvidenceSubject.Region, [action], [Regions], v => v.Scope.InScope);

    private static EvidenceKind<T> PerResource<T>(
        string name, string action, EvidenceKind[] from, Func<EvidenceView, IEnumerable<string>> subjects) =>
        new(name, EvidenceSubject.Resource, [action], from, subjects);

    private static EvidenceKind<T> OfBucket<T>(string name, string action) => PerResource<T>(
        name, action, [Buckets], v => v.Subjects(Buckets).Where(b => b.Observation.Match(bucket => bucket.Exists, _ => false)).Select(b => b.Subject));

    private static EvidenceKind<T> OfListedBucket<T>(string name, string action) => PerResource<T>(
        name, action, [ListedBuckets], v => v.Get(ListedBuckets).Match(buckets => buckets.Select(b => b.Name), _ => []));

    private static IEnumerable<string> TrailArns(EvidenceView evidence) => TrailInventory.From(evidence).Trails.Select(t => t.Arn);

    private static IEnumerable<string> OwnLogGroupArns(EvidenceView evidence) => TrailInventory.From(evidence).Trails
        .Select(TrailInventory.LogGroupOf)
        .Where(a => a is not null && a.AccountId == evidence.Account.AccountId)
        .Select(a => a!.ToString());

    /// <summary>A service-linked recorder serves the service that created it: without another, no status and no channel matters.</summary>
    private static IEnumerable<string> RegionsWithRecorder(EvidenceView evidence) => evidence.Regions(ConfigurationRecorders)
        .Where(r => r.Observation.Match(recorders => recorders.Any(recorder => string.IsNullOrEmpty(recorder.ServicePrincipal)), _ => false))
        .Select(r => r.Region);

    /// <summary>The topics of alarms on a filter's metric, and of composite alarms, which may carry the action instead.</summary>
    private static IEnumerable<string> AlarmTopics(EvidenceView evidence)
    {
        var metrics = new HashSet<(string, string)>(evidence.Subjects(MetricFilters)
            .SelectMany(f => f.Observation.Match(filters => filters, _ => []))
            .SelectMany(f => f.Transformations)
            .Select(t => (t.MetricNamespace, t.MetricName)));
        foreach (var region in evidence.Subjects(Alarms))
        {
            var alarms = region.Observation.Match(a => a, _ => new RegionAlarms([], []));
            var actions = alarms.Metric.Where(Watches).SelectMany(a => a.AlarmActions).Concat(alarms.Composite.SelectMany(c => c.AlarmActions));
            foreach (var topic in actions.Where(IsTopicArn))
            {
                yield return topic;
            }
        }

        bool Watches(MetricAlarm alarm) => alarm.Queries.Any(q => q.MetricStat is { } s && metrics.Contains((s.Namespace, s.MetricName)));
    }
}
