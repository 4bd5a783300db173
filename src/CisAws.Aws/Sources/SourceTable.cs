using System.Collections.Generic;
using CisAws.Evidence;

namespace CisAws.Aws.Sources;

/// <summary>The source of every kind.</summary>
internal static class SourceTable
{
    private static readonly Dictionary<EvidenceKind, object> Sources = new();

    static SourceTable()
    {
        Add(Kinds.AccessKeys, Source.OfUser(IamSources.AccessKeysAsync));
        Add(Kinds.AccountSummary, Source.OfAccount(IamSources.AccountSummaryAsync));
        Add(Kinds.AuthorizationDetails, Source.OfAccount(AuthorizationDetailsSource.ReadAsync));
        Add(Kinds.CredentialReport, Source.OfAccount(CredentialReportSource.ReadAsync));
        Add(Kinds.InstanceProfiles, Source.OfAccount(IamSources.InstanceProfilesAsync));
        Add(Kinds.PasswordPolicy, Source.OfAccount(IamSources.PasswordPolicyAsync));
        Add(Kinds.SupportPolicyEntities, Source.OfAccount(IamSources.SupportPolicyEntitiesAsync));
        Add(Kinds.VirtualMfaDevices, Source.OfAccount(IamSources.VirtualMfaDevicesAsync));

        Add(Kinds.ContactInformation, Source.OfAccount(AccountSources.ContactInformationAsync));
        Add(Kinds.Organization, Source.OfAccount(AccountSources.OrganizationAsync));
        Add(Kinds.SecurityContact, Source.OfAccount(AccountSources.SecurityContactAsync));

        Add(Kinds.EventSelectors, Source.OfArn(CloudTrailSources.EventSelectorsAsync));
        Add(Kinds.TrailKey, Source.OfArn(KmsSources.KeyAsync));
        Add(Kinds.Trails, Source.OfRegion(CloudTrailSources.TrailsAsync));
        Add(Kinds.TrailStatus, Source.OfArn(CloudTrailSources.TrailStatusAsync));

        Add(Kinds.AccountPublicAccessBlock, Source.OfAccount(S3Sources.AccountPublicAccessBlockAsync));
        Add(Kinds.BucketAcl, Source.OfBucket(S3Sources.AclAsync));
        Add(Kinds.BucketLogging, Source.OfBucket(S3Sources.LoggingAsync));
        Add(Kinds.BucketOwnership, Source.OfBucket(S3Sources.OwnershipAsync));
        Add(Kinds.BucketPolicy, Source.OfBucket(S3Sources.PolicyAsync));
        Add(Kinds.BucketPolicyIsPublic, Source.OfBucket(S3Sources.PolicyIsPublicAsync));
        Add(Kinds.BucketPublicAccessBlock, Source.OfBucket(S3Sources.PublicAccessBlockAsync));
        Add(Kinds.Buckets, Source.OfBucket(S3Sources.BucketAsync));

        Add(Kinds.ConfigurationRecorders, Source.OfRegion(ConfigSources.RecordersAsync));
        Add(Kinds.ConfigurationRecorderStatus, Source.OfRegion(ConfigSources.RecorderStatusAsync));
        Add(Kinds.DeliveryChannels, Source.OfRegion(ConfigSources.DeliveryChannelsAsync));

        Add(Kinds.KeyRotation, Source.OfArn(KmsSources.KeyRotationAsync));
        Add(Kinds.KmsKeyArns, Source.OfRegion(KmsSources.KeyArnsAsync));
        Add(Kinds.KmsKeys, Source.OfArn(KmsSources.KeyAsync));

        Add(Kinds.Alarms, Source.OfRegion(AlarmSource.ReadAsync));
        Add(Kinds.MetricFilters, Source.OfArn(MonitoringSources.MetricFiltersAsync));
        Add(Kinds.TopicAttributes, Source.OfArn(MonitoringSources.TopicAttributesAsync));
        Add(Kinds.TopicSubscriptions, Source.OfArn(MonitoringSources.SubscriptionsAsync));
        Add(Kinds.TrailLogGroup, Source.OfArn(MonitoringSources.LogGroupAsync));

        Add(Kinds.FlowLogs, Source.OfRegion(NetworkSources.FlowLogsAsync));
        Add(Kinds.Instances, Source.OfRegion(Ec2Sources.InstancesAsync));
        Add(Kinds.NetworkInterfaces, Source.OfRegion(Ec2Sources.NetworkInterfacesAsync));
        Add(Kinds.Regions, Source.OfAccount(Ec2Sources.RegionsAsync));
        Add(Kinds.RoutePrefixLists, Source.OfPrefixList(NetworkSources.PrefixListAsync));
        Add(Kinds.RouteTables, Source.OfRegion(NetworkSources.RouteTablesAsync));
        Add(Kinds.SecurityGroupPrefixLists, Source.OfPrefixList(NetworkSources.PrefixListAsync));
        Add(Kinds.SecurityGroups, Source.OfRegion(Ec2Sources.SecurityGroupsAsync));
        Add(Kinds.Subnets, Source.OfRegion(NetworkSources.SubnetsAsync));
        Add(Kinds.VpcPeeringConnections, Source.OfRegion(NetworkSources.VpcPeeringConnectionsAsync));
        Add(Kinds.Vpcs, Source.OfRegion(NetworkSources.VpcsAsync));
    }

    public static bool Has(EvidenceKind kind) => Sources.ContainsKey(kind);

    public static Source<T> Find<T>(EvidenceKind<T> kind) => (Source<T>)Sources[kind];

    private static void Add<T>(EvidenceKind<T> kind, Source<T> source) => Sources.Add(kind, source);
}
