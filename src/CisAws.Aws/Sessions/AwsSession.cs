using System;
using System.Collections.Concurrent;
using Amazon.AccessAnalyzer;
using Amazon.Account;
using Amazon.CloudTrail;
using Amazon.CloudWatch;
using Amazon.CloudWatchLogs;
using Amazon.ConfigService;
using Amazon.EC2;
using Amazon.ElasticFileSystem;
using Amazon.IdentityManagement;
using Amazon.KeyManagementService;
using Amazon.Organizations;
using Amazon.RDS;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3Control;
using Amazon.SecurityHub;
using Amazon.SimpleNotificationService;
using CisAws.Aws.Calls;
using CisAws.Aws.Clients;
using CisAws.Evidence;

namespace CisAws.Aws.Sessions;

/// <summary>One account as its caller may see it: the services of each region, created on first use.</summary>
internal sealed class AwsSession(
    AccountIdentity account, string region, AWSCredentials credentials, ClientSettings settings, CallLimiter limiter, Clock clock) : IDisposable
{
    private readonly ConcurrentDictionary<ServiceKey, Lazy<Service>> _services = new();
    private readonly AwsPartition _partition = AwsPartition.Of(account.Partition);

    public AccountIdentity Account { get; } = account;

    /// <summary>The region of calls that belong to none.</summary>
    public string Region { get; } = region;

    public Clock Clock { get; } = clock;

    /// <summary>The regions of the buckets that were looked for.</summary>
    public ConcurrentDictionary<string, string> BucketRegions { get; } = new(StringComparer.Ordinal);

    /// <summary>How many calls have ended.</summary>
    public int CallCount => limiter.Count;

    public ServiceClient<AmazonAccountClient> AccountManagement =>
        Global(_partition.AccountRegion, r => new AmazonAccountClient(credentials, settings.Apply(new AmazonAccountConfig(), r)));

    public ServiceClient<AmazonIdentityManagementServiceClient> Iam => Global(
        _partition.MainRegion, r => new AmazonIdentityManagementServiceClient(credentials, settings.Apply(new AmazonIdentityManagementServiceConfig(), r)));

    public ServiceClient<AmazonOrganizationsClient> Organizations =>
        Global(_partition.AccountRegion, r => new AmazonOrganizationsClient(credentials, settings.Apply(new AmazonOrganizationsConfig(), r)));

    public ServiceClient<AmazonS3ControlClient> S3Control =>
        Global(_partition.MainRegion, r => new AmazonS3ControlClient(credentials, settings.Apply(new AmazonS3ControlConfig(), r)));

    /// <summary>True when another account owns the thing.</summary>
    public bool IsForeign(Arn arn) => arn.AccountId.Length > 0 && arn.AccountId != Account.AccountId;

    public ServiceClient<AmazonAccessAnalyzerClient> AccessAnalyzer(string region) =>
        Regional(region, r => new AmazonAccessAnalyzerClient(credentials, settings.Apply(new AmazonAccessAnalyzerConfig(), r)));

    public ServiceClient<AmazonCloudTrailClient> CloudTrail(string region) =>
        Regional(region, r => new AmazonCloudTrailClient(credentials, settings.Apply(new AmazonCloudTrailConfig(), r)));

    public ServiceClient<AmazonCloudWatchClient> CloudWatch(string region) =>
        Regional(region, r => new AmazonCloudWatchClient(credentials, settings.Apply(new AmazonCloudWatchConfig(), r)));

    public ServiceClient<AmazonCloudWatchLogsClient> Logs(string region) =>
        Regional(region, r => new AmazonCloudWatchLogsClient(credentials, settings.Apply(new AmazonCloudWatchLogsConfig(), r)));

    public ServiceClient<AmazonConfigServiceClient> Config(string region) =>
        Regional(region, r => new AmazonConfigServiceClient(credentials, settings.Apply(new AmazonConfigServiceConfig(), r)));

    public ServiceClient<AmazonEC2Client> Ec2(string region) =>
        Regional<AmazonEC2Client>(region, r => new CheckedEc2Client(credentials, settings.Apply(new AmazonEC2Config(), r)));

    public ServiceClient<AmazonElasticFileSystemClient> Efs(string region) =>
        Regional(region, r => new AmazonElasticFileSystemClient(credentials, settings.Apply(new AmazonElasticFileSystemConfig(), r)));

    public ServiceClient<AmazonKeyManagementServiceClient> Kms(string region) =>
        Regional<AmazonKeyManagementServiceClient>(region, r => new CheckedKmsClient(credentials, settings.Apply(new AmazonKeyManagementServiceConfig(), r)));

    public ServiceClient<AmazonRDSClient> Rds(string region) =>
        Regional(region, r => new AmazonRDSClient(credentials, settings.Apply(new AmazonRDSConfig(), r)));

    public ServiceClient<AmazonS3Client> S3(string region) =>
        Regional<AmazonS3Client>(region, r => new CheckedS3Client(credentials, settings.Apply(new AmazonS3Config(), r)));

    public ServiceClient<AmazonSecurityHubClient> SecurityHub(string region) =>
        Regional(region, r => new AmazonSecurityHubClient(credentials, settings.Apply(new AmazonSecurityHubConfig(), r)));

    public ServiceClient<AmazonSimpleNotificationServiceClient> Sns(string region) => Regional(
        region, r => new AmazonSimpleNotificationServiceClient(credentials, settings.Apply(new AmazonSimpleNotificationServiceConfig(), r)));

    public void Dispose()
    {
        foreach (var service in _services.Values)
        {
            service.Value.Client.Dispose();
        }
    }

    private ServiceClient<TClient> Regional<TClient>(string region, Func<string, TClient> create) where TClient : AmazonServiceClient =>
        Find(region, region, create);

    /// <summary>A global service is signed for a region that means nothing to a reader.</summary>
    private ServiceClient<TClient> Global<TClient>(string region, Func<string, TClient> create) where TClient : AmazonServiceClient =>
        Find(region, "", create);

    private ServiceClient<TClient> Find<TClient>(string region, string named, Func<string, TClient> create) where TClient : AmazonServiceClient =>
        (ServiceClient<TClient>)_services.GetOrAdd(new ServiceKey(typeof(TClient), region), _ => new(() =>
        {
            var client = create(region);
            return new Service(client, new ServiceClient<TClient>(client, limiter, named));
        })).Value.Calls;

    private sealed record ServiceKey(Type Client, string Region);

    private sealed record Service(AmazonServiceClient Client, object Calls);
}
