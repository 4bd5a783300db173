using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Calls;
using CisAws.Evidence;

namespace CisAws.Aws.Readers;

/// <summary>The reader of every kind: the region that is asked, the function that asks, and the error codes that mean "there is none".</summary>
internal static class EvidenceReaders
{
    private static readonly Dictionary<EvidenceKind, object> Readers = [];

    static EvidenceReaders()
    {
        Add(EvidenceKinds.AccessKeys, Global, IamReaders.AccessKeysAsync, [], "NoSuchEntity"); // The user was deleted since the report was generated.
        Add(EvidenceKinds.AccountSummary, Global, IamReaders.AccountSummaryAsync);
        Add(EvidenceKinds.AuthorizationDetails, Global, AuthorizationDetailsReader.ReadAsync);
        Add(EvidenceKinds.CredentialReport, Global, CredentialReportReader.ReadAsync);
        Add(EvidenceKinds.InstanceProfiles, Global, IamReaders.InstanceProfilesAsync);
        Add(EvidenceKinds.PasswordPolicy, Global, IamReaders.PasswordPolicyAsync, null, "NoSuchEntity");
        Add(EvidenceKinds.ServerCertificates, Global, IamReaders.ServerCertificatesAsync);
        Add(EvidenceKinds.SupportPolicyEntities, Global, IamReaders.SupportPolicyEntitiesAsync, null, "NoSuchEntity");
        Add(EvidenceKinds.VirtualMfaDevices, Global, IamReaders.VirtualMfaDevicesAsync);

        Add(EvidenceKinds.ContactInformation, Global, AccountReaders.ContactInformationAsync, null, "ResourceNotFoundException");
        Add(EvidenceKinds.Organization, Global, AccountReaders.OrganizationAsync, null, "AWSOrganizationsNotInUseException");
        Add(EvidenceKinds.SecurityContact, Global, AccountReaders.SecurityContactAsync, null, "ResourceNotFoundException");

        Add(EvidenceKinds.EventSelectors, OfArn, CloudTrailReaders.EventSelectorsAsync);
        Add(EvidenceKinds.TrailKey, OfArn, KmsReaders.KeyAsync);
        Add(EvidenceKinds.Trails, OfSubject, CloudTrailReaders.TrailsAsync);
        Add(EvidenceKinds.TrailStatus, OfArn, CloudTrailReaders.TrailStatusAsync);

        Add(EvidenceKinds.AccountPublicAccessBlock, Global, S3Readers.AccountPublicAccessBlockAsync, new(), "NoSuchPublicAccessBlockConfiguration");
        Add(EvidenceKinds.BucketAcl, OfBucket, S3Readers.AclAsync);
        Add(EvidenceKinds.BucketLogging, OfBucket, S3Readers.LoggingAsync);
        Add(EvidenceKinds.BucketOwnership, OfBucket, S3Readers.OwnershipAsync, null, "OwnershipControlsNotFoundError");
        Add(EvidenceKinds.BucketPolicy, OfBucket, S3Readers.PolicyAsync, null, "NoSuchBucketPolicy");
        Add(EvidenceKinds.BucketPolicyIsPublic, OfBucket, S3Readers.PolicyIsPublicAsync, null, "NoSuchBucketPolicy");
        Add(EvidenceKinds.BucketPublicAccessBlock, OfBucket, S3Readers.PublicAccessBlockAsync, new(), "NoSuchPublicAccessBlockConfiguration");
        Add(EvidenceKinds.Buckets, Home, S3Readers.BucketAsync);
        Add(EvidenceKinds.BucketEncryption, OfBucket, S3Readers.EncryptionAsync, null, "ServerSideEncryptionConfigurationNotFoundError");
        Add(EvidenceKinds.BucketVersioning, OfBucket, S3Readers.VersioningAsync);
        Add(EvidenceKinds.ListedBucketPolicy, OfBucket, S3Readers.PolicyAsync, null, "NoSuchBucketPolicy");
        Add(EvidenceKinds.ListedBucketPublicAccessBlock, OfBucket, S3Readers.PublicAccessBlockAsync, new(), "NoSuchPublicAccessBlockConfiguration");
        Add(EvidenceKinds.ListedBuckets, Global, S3Readers.ListedBucketsAsync);

        Add(EvidenceKinds.Analyzers, OfSubject, SecurityReaders.AnalyzersAsync);
        Add(EvidenceKinds.DbInstances, OfSubject, StorageReaders.DbInstancesAsync);
        Add(EvidenceKinds.FileSystems, OfSubject, StorageReaders.FileSystemsAsync);
        Add(EvidenceKinds.SecurityHub, OfSubject, SecurityReaders.SecurityHubAsync, null, "InvalidAccessException"); // Not enabled.

        Add(EvidenceKinds.ConfigurationRecorders, OfSubject, ConfigReaders.RecordersAsync);
        Add(EvidenceKinds.ConfigurationRecorderStatus, OfSubject, ConfigReaders.RecorderStatusAsync);
        Add(EvidenceKinds.DeliveryChannels, OfSubject, ConfigReaders.DeliveryChannelsAsync);

        Add(EvidenceKinds.KeyRotation, OfArn, KmsReaders.KeyRotationAsync);
        Add(EvidenceKinds.KmsKeyArns, OfSubject, KmsReaders.KeyArnsAsync);
        Add(EvidenceKinds.KmsKeys, OfArn, KmsReaders.KeyAsync);

        Add(EvidenceKinds.Alarms, OfSubject, AlarmReader.ReadAsync);
        Add(EvidenceKinds.MetricFilters, OfArn, MonitoringReaders.MetricFiltersAsync, [], "ResourceNotFoundException");
        Add(EvidenceKinds.TopicAttributes, OfArn, MonitoringReaders.TopicAttributesAsync, null, "NotFound", "NotFoundException");
        Add(EvidenceKinds.TopicSubscriptions, OfArn, MonitoringReaders.SubscriptionsAsync, null, "NotFound", "NotFoundException");
        Add(EvidenceKinds.TrailLogGroup, OfArn, MonitoringReaders.LogGroupAsync);

        Add(EvidenceKinds.EbsEncryptionByDefault, OfSubject, Ec2Readers.EbsEncryptionByDefaultAsync);
        Add(EvidenceKinds.FlowLogs, OfSubject, NetworkReaders.FlowLogsAsync);
        Add(EvidenceKinds.Instances, OfSubject, Ec2Readers.InstancesAsync);
        Add(EvidenceKinds.NetworkAcls, OfSubject, NetworkReaders.NetworkAclsAsync);
        Add(EvidenceKinds.NetworkInterfaces, OfSubject, Ec2Readers.NetworkInterfacesAsync);
        Add(EvidenceKinds.Regions, Home, Ec2Readers.RegionsAsync);
        Add(EvidenceKinds.RoutePrefixLists, OfPrefixList, NetworkReaders.PrefixListAsync);
        Add(EvidenceKinds.RouteTables, OfSubject, NetworkReaders.RouteTablesAsync);
        Add(EvidenceKinds.SecurityGroupPrefixLists, OfPrefixList, NetworkReaders.PrefixListAsync);
        Add(EvidenceKinds.SecurityGroups, OfSubject, Ec2Readers.SecurityGroupsAsync);
        Add(EvidenceKinds.Subnets, OfSubject, NetworkReaders.SubnetsAsync);
        Add(EvidenceKinds.VpcPeeringConnections, OfSubject, NetworkReaders.VpcPeeringConnectionsAsync);
        Add(EvidenceKinds.Vpcs, OfSubject, NetworkReaders.VpcsAsync);
    }

    public static bool Has(EvidenceKind kind) => Readers.ContainsKey(kind);

    /// <summary>Reads a piece of evidence. What goes wrong is a failed observation.</summary>
    /// <exception cref="OperationCanceledException">The token of <paramref name="request"/> was cancelled.</exception>
    public static async Task<Observation<T>> ReadAsync<T>(EvidenceKind<T> kind, EvidenceRequest request)
    {
        request.CancellationToken.ThrowIfCancellationRequested();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(request.CancellationToken, request.Deadline);
        var clock = request.Session.Clock;
        var region = "";
        try
        {
            var reader = (EvidenceReader<T>)Readers[kind];
            region = reader.RegionOf(request);
            var value = await reader.ReadOrNoneAsync(request with { CancellationToken = end.Token }).ConfigureAwait(false);
            return Observation.Known(value, new Origin(kind.Actions[0], region, clock.Now()));
        }
        catch (CallFailedException e)
        {
            return Observation.Failed<T>(e.Why, clock.Now());
        }
        catch (OperationCanceledException) when (request.Deadline.IsCancellationRequested && !request.CancellationToken.IsCancellationRequested)
        {
            var why = new ReadFailure(kind.Actions[0], region, "", ReadFailureKind.Deadline, "The time limit of the run was reached first.");
            return Observation.Failed<T>(why, clock.Now());
        }
        catch (Exception e) when (!request.CancellationToken.IsCancellationRequested)
        {
            return Observation.Failed<T>(ErrorClassifier.Classify(e, kind.Actions[0], region, foreign: false), clock.Now());
        }
    }

    private static void Add<T>(EvidenceKind<T> kind, Func<EvidenceRequest, string> regionOf, Func<EvidenceRequest, Task<T>> read) =>
        Add(kind, regionOf, read, default!);

    private static void Add<T>(
        EvidenceKind<T> kind, Func<EvidenceRequest, string> regionOf, Func<EvidenceRequest, Task<T>> read, T none, params string[] noneCodes) =>
        Readers.Add(kind, new EvidenceReader<T>(regionOf, read, none, noneCodes));

    private static string Global(EvidenceRequest request) => "";

    /// <summary>The region of calls about what has none.</summary>
    private static string Home(EvidenceRequest request) => request.Session.Region;

    private static string OfSubject(EvidenceRequest request) => request.Subject;

    private static string OfArn(EvidenceRequest request) => request.Arn.Region;

    /// <summary>The bucket's region, once it was found out.</summary>
    private static string OfBucket(EvidenceRequest request) =>
        request.Session.BucketRegions.TryGetValue(request.Subject, out var region) ? region : request.Session.Region;

    private static string OfPrefixList(EvidenceRequest request) => NetworkReaders.RegionOfPrefixList(request.Subject);
}
