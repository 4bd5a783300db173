using System.Collections.Generic;
using CisAws.Evidence;

namespace CisAws.Aws.Readers;

/// <summary>The source of every kind.</summary>
internal static class EvidenceReaders
{
    private static readonly Dictionary<EvidenceKind, object> Sources = new();

    static EvidenceReaders()
    {
        Add(EvidenceKinds.AccessKeys, Source.OfUser(IamSources.AccessKeysAsync));
        Add(EvidenceKinds.AccountSummary, Source.OfAccount(IamSources.AccountSummaryAsync));
        Add(EvidenceKinds.AuthorizationDetails, Source.OfAccount(AuthorizationDetailsSource.ReadAsync));
        Add(EvidenceKinds.CredentialReport, Source.OfAccount(CredentialReportSource.ReadAsync));
        Add(EvidenceKinds.InstanceProfiles, Source.OfAccount(IamSources.InstanceProfilesAsync));
        Add(EvidenceKinds.PasswordPolicy, Source.OfAccount(IamSources.PasswordPolicyAsync));
        Add(EvidenceKinds.SupportPolicyEntities, Source.OfAccount(IamSources.SupportPolicyEntitiesAsync));
        Add(EvidenceKinds.VirtualMfaDevices, Source.OfAccount(IamSources.VirtualMfaDevicesAsync));

        Add(EvidenceKinds.ContactInformation, Source.OfAccount(AccountSources.ContactInformationAsync));
        Add(EvidenceKinds.Organization, Source.OfAccount(AccountSources.OrganizationAsync));
        Add(EvidenceKinds.SecurityContact, Source.OfAccount(AccountSources.SecurityContactAsync));

        Add(EvidenceKinds.EventSelectors, Source.OfArn(CloudTrailSources.EventSelectorsAsync));
        Add(EvidenceKinds.TrailKey, Source.OfArn(KmsSources.KeyAsync));
        Add(EvidenceKinds.Trails, Source.OfRegion(CloudTrailSources.TrailsAsync));
        Add(EvidenceKinds.TrailStatus, Source.OfArn(CloudTrailSources.TrailStatusAsync));

        Add(EvidenceKinds.AccountPublicAccessBlock, Source.OfAccount(S3Sources.AccountPublicAccessBlockAsync));
        Add(EvidenceKinds.BucketAcl, Source.OfBucket(S3Sources.AclAsync));
        Add(EvidenceKinds.BucketLogging, Source.OfBucket(S3Sources.LoggingAsync));
        Add(EvidenceKinds.BucketOwnership, Source.OfBucket(S3Sources.OwnershipAsync));
        Add(EvidenceKinds.BucketPolicy, Source.OfBucket(S3Sources.PolicyAsync));
        Add(EvidenceKinds.BucketPolicyIsPublic, Source.OfBucket(S3Sources.PolicyIsPublicAsync));
        Add(EvidenceKinds.BucketPublicAccessBlock, Source.OfBucket(S3Sources.PublicAccessBlockAsync));
        Add(EvidenceKinds.Buckets, Source.InHomeRegion(S3Sources.BucketAsync));

        Add(EvidenceKinds.ConfigurationRecorders, Source.OfRegion(ConfigSources.RecordersAsync));
        Add(EvidenceKinds.ConfigurationRecorderStatus, Source.OfRegion(ConfigSources.RecorderStatusAsync));
        Add(EvidenceKinds.DeliveryChannels, Source.OfRegion(ConfigSources.DeliveryChannelsAsync));

        Add(EvidenceKinds.KeyRotation, Source.OfArn(KmsSources.KeyRotationAsync));
        Add(EvidenceKinds.KmsKeyArns, Source.OfRegion(KmsSources.KeyArnsAsync));
        Add(EvidenceKinds.KmsKeys, Source.OfArn(KmsSources.KeyAsync));

        Add(EvidenceKinds.Alarms, Source.OfRegion(AlarmSource.ReadAsync));
        Add(EvidenceKinds.MetricFilters, Source.OfArn(MonitoringSources.MetricFiltersAsync));
        Add(EvidenceKinds.TopicAttributes, Source.OfArn(MonitoringSources.TopicAttributesAsync));
        Add(EvidenceKinds.TopicSubscriptions, Source.OfArn(MonitoringSources.SubscriptionsAsync));
        Add(EvidenceKinds.TrailLogGroup, Source.OfArn(MonitoringSources.LogGroupAsync));

        Add(EvidenceKinds.FlowLogs, Source.OfRegion(NetworkSources.FlowLogsAsync));
        Add(EvidenceKinds.Instances, Source.OfRegion(Ec2Sources.InstancesAsync));
        Add(EvidenceKinds.NetworkInterfaces, Source.OfRegion(Ec2Sources.NetworkInterfacesAsync));
        Add(EvidenceKinds.Regions, Source.InHomeRegion((session, _, cancellation) => Ec2Sources.RegionsAsync(session, cancellation)));
        Add(EvidenceKinds.RoutePrefixLists, Source.OfPrefixList(NetworkSources.PrefixListAsync));
        Add(EvidenceKinds.RouteTables, Source.OfRegion(NetworkSources.RouteTablesAsync));
        Add(EvidenceKinds.SecurityGroupPrefixLists, Source.OfPrefixList(NetworkSources.PrefixListAsync));
        Add(EvidenceKinds.SecurityGroups, Source.OfRegion(Ec2Sources.SecurityGroupsAsync));
        Add(EvidenceKinds.Subnets, Source.OfRegion(NetworkSources.SubnetsAsync));
        Add(EvidenceKinds.VpcPeeringConnections, Source.OfRegion(NetworkSources.VpcPeeringConnectionsAsync));
        Add(EvidenceKinds.Vpcs, Source.OfRegion(NetworkSources.VpcsAsync));
    }

    public static bool Has(EvidenceKind kind) => Sources.ContainsKey(kind);

    public static Source<T> Find<T>(EvidenceKind<T> kind) => (Source<T>)Sources[kind];

    private static void Add<T>(EvidenceKind<T> kind, Source<T> source) => Sources.Add(kind, source);
}
