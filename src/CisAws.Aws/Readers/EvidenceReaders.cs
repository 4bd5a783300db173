using System.Collections.Generic;
using CisAws.Evidence;

namespace CisAws.Aws.Readers;

/// <summary>The reader of every kind of evidence.</summary>
internal static class EvidenceReaders
{
    private static readonly Dictionary<EvidenceKind, object> Readers = new();

    static EvidenceReaders()
    {
        Add(EvidenceKinds.AccessKeys, EvidenceReader.OfUser(IamReaders.AccessKeysAsync));
        Add(EvidenceKinds.AccountSummary, EvidenceReader.OfAccount(IamReaders.AccountSummaryAsync));
        Add(EvidenceKinds.AuthorizationDetails, EvidenceReader.OfAccount(AuthorizationDetailsReader.ReadAsync));
        Add(EvidenceKinds.CredentialReport, EvidenceReader.OfAccount(CredentialReportReader.ReadAsync));
        Add(EvidenceKinds.InstanceProfiles, EvidenceReader.OfAccount(IamReaders.InstanceProfilesAsync));
        Add(EvidenceKinds.PasswordPolicy, EvidenceReader.OfAccount(IamReaders.PasswordPolicyAsync));
        Add(EvidenceKinds.SupportPolicyEntities, EvidenceReader.OfAccount(IamReaders.SupportPolicyEntitiesAsync));
        Add(EvidenceKinds.VirtualMfaDevices, EvidenceReader.OfAccount(IamReaders.VirtualMfaDevicesAsync));

        Add(EvidenceKinds.ContactInformation, EvidenceReader.OfAccount(AccountReaders.ContactInformationAsync));
        Add(EvidenceKinds.Organization, EvidenceReader.OfAccount(AccountReaders.OrganizationAsync));
        Add(EvidenceKinds.SecurityContact, EvidenceReader.OfAccount(AccountReaders.SecurityContactAsync));

        Add(EvidenceKinds.EventSelectors, EvidenceReader.OfArn(CloudTrailReaders.EventSelectorsAsync));
        Add(EvidenceKinds.TrailKey, EvidenceReader.OfArn(KmsReaders.KeyAsync));
        Add(EvidenceKinds.Trails, EvidenceReader.OfRegion(CloudTrailReaders.TrailsAsync));
        Add(EvidenceKinds.TrailStatus, EvidenceReader.OfArn(CloudTrailReaders.TrailStatusAsync));

        Add(EvidenceKinds.AccountPublicAccessBlock, EvidenceReader.OfAccount(S3Readers.AccountPublicAccessBlockAsync));
        Add(EvidenceKinds.BucketAcl, EvidenceReader.OfBucket(S3Readers.AclAsync));
        Add(EvidenceKinds.BucketLogging, EvidenceReader.OfBucket(S3Readers.LoggingAsync));
        Add(EvidenceKinds.BucketOwnership, EvidenceReader.OfBucket(S3Readers.OwnershipAsync));
        Add(EvidenceKinds.BucketPolicy, EvidenceReader.OfBucket(S3Readers.PolicyAsync));
        Add(EvidenceKinds.BucketPolicyIsPublic, EvidenceReader.OfBucket(S3Readers.PolicyIsPublicAsync));
        Add(EvidenceKinds.BucketPublicAccessBlock, EvidenceReader.OfBucket(S3Readers.PublicAccessBlockAsync));
        Add(EvidenceKinds.Buckets, EvidenceReader.InHomeRegion(S3Readers.BucketAsync));

        Add(EvidenceKinds.ConfigurationRecorders, EvidenceReader.OfRegion(ConfigReaders.RecordersAsync));
        Add(EvidenceKinds.ConfigurationRecorderStatus, EvidenceReader.OfRegion(ConfigReaders.RecorderStatusAsync));
        Add(EvidenceKinds.DeliveryChannels, EvidenceReader.OfRegion(ConfigReaders.DeliveryChannelsAsync));

        Add(EvidenceKinds.KeyRotation, EvidenceReader.OfArn(KmsReaders.KeyRotationAsync));
        Add(EvidenceKinds.KmsKeyArns, EvidenceReader.OfRegion(KmsReaders.KeyArnsAsync));
        Add(EvidenceKinds.KmsKeys, EvidenceReader.OfArn(KmsReaders.KeyAsync));

        Add(EvidenceKinds.Alarms, EvidenceReader.OfRegion(AlarmReader.ReadAsync));
        Add(EvidenceKinds.MetricFilters, EvidenceReader.OfArn(MonitoringReaders.MetricFiltersAsync));
        Add(EvidenceKinds.TopicAttributes, EvidenceReader.OfArn(MonitoringReaders.TopicAttributesAsync));
        Add(EvidenceKinds.TopicSubscriptions, EvidenceReader.OfArn(MonitoringReaders.SubscriptionsAsync));
        Add(EvidenceKinds.TrailLogGroup, EvidenceReader.OfArn(MonitoringReaders.LogGroupAsync));

        Add(EvidenceKinds.FlowLogs, EvidenceReader.OfRegion(NetworkReaders.FlowLogsAsync));
        Add(EvidenceKinds.Instances, EvidenceReader.OfRegion(Ec2Readers.InstancesAsync));
        Add(EvidenceKinds.NetworkInterfaces, EvidenceReader.OfRegion(Ec2Readers.NetworkInterfacesAsync));
        Add(EvidenceKinds.Regions, EvidenceReader.InHomeRegion((session, _, cancellation) => Ec2Readers.RegionsAsync(session, cancellation)));
        Add(EvidenceKinds.RoutePrefixLists, EvidenceReader.OfPrefixList(NetworkReaders.PrefixListAsync));
        Add(EvidenceKinds.RouteTables, EvidenceReader.OfRegion(NetworkReaders.RouteTablesAsync));
        Add(EvidenceKinds.SecurityGroupPrefixLists, EvidenceReader.OfPrefixList(NetworkReaders.PrefixListAsync));
        Add(EvidenceKinds.SecurityGroups, EvidenceReader.OfRegion(Ec2Readers.SecurityGroupsAsync));
        Add(EvidenceKinds.Subnets, EvidenceReader.OfRegion(NetworkReaders.SubnetsAsync));
        Add(EvidenceKinds.VpcPeeringConnections, EvidenceReader.OfRegion(NetworkReaders.VpcPeeringConnectionsAsync));
        Add(EvidenceKinds.Vpcs, EvidenceReader.OfRegion(NetworkReaders.VpcsAsync));
    }

    public static bool Has(EvidenceKind kind) => Readers.ContainsKey(kind);

    public static EvidenceReader<T> Find<T>(EvidenceKind<T> kind) => (EvidenceReader<T>)Readers[kind];

    private static void Add<T>(EvidenceKind<T> kind, EvidenceReader<T> reader) => Readers.Add(kind, reader);
}
