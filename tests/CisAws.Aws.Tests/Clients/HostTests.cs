using Amazon;
using Amazon.AccessAnalyzer;
using Amazon.Account;
using Amazon.CloudTrail;
using Amazon.CloudWatch;
using Amazon.CloudWatchLogs;
using Amazon.ConfigService;
using Amazon.ElasticFileSystem;
using Amazon.IdentityManagement;
using Amazon.Organizations;
using Amazon.RDS;
using Amazon.S3Control;
using Amazon.S3Control.Model;
using Amazon.SecurityHub;
using Amazon.SimpleNotificationService;
using CisAws.Aws.Clients;
using CisAws.Evidence;

namespace CisAws.Aws.Tests.Clients;

/// <summary>The hosts of botocore's endpoint rules.</summary>
public class HostTests
{
    [Theory]
    [InlineData("aws", "iam.amazonaws.com", "account.us-east-1.amazonaws.com", "organizations.us-east-1.amazonaws.com", "111122223333.s3-control.us-east-1.amazonaws.com")]
    [InlineData("aws-cn", "iam.cn-north-1.amazonaws.com.cn", "account.cn-northwest-1.amazonaws.com.cn", "organizations.cn-northwest-1.amazonaws.com.cn", "111122223333.s3-control.cn-north-1.amazonaws.com.cn")]
    [InlineData("aws-us-gov", "iam.us-gov.amazonaws.com", "account.us-gov-west-1.amazonaws.com", "organizations.us-gov-west-1.amazonaws.com", "111122223333.s3-control.us-gov-west-1.amazonaws.com")]
    [InlineData("aws-eusc", "iam.eusc-de-east-1.amazonaws.eu", "account.eusc-de-east-1.amazonaws.eu", "organizations.eusc-de-east-1.amazonaws.eu", "111122223333.s3-control.eusc-de-east-1.amazonaws.eu")]
    public void Global_services_live_in_one_region_of_the_partition(string partition, string iam, string account, string organizations, string s3Control)
    {
        var regions = AwsPartition.Of(partition);

        Assert.Equal(iam, HostOf(new AmazonIdentityManagementServiceConfig(), regions.MainRegion));
        Assert.Equal(account, HostOf(new AmazonAccountConfig(), regions.AccountRegion));
        Assert.Equal(organizations, HostOf(new AmazonOrganizationsConfig(), regions.AccountRegion));
        Assert.Equal(s3Control, HostOf(new AmazonS3ControlConfig(), regions.MainRegion));
    }

    [Fact]
    public void Regional_services_live_in_each_region()
    {
        Assert.Equal("cloudtrail.eu-west-1.amazonaws.com", HostOf(new AmazonCloudTrailConfig(), "eu-west-1"));
        Assert.Equal("config.us-gov-east-1.amazonaws.com", HostOf(new AmazonConfigServiceConfig(), "us-gov-east-1"));
        Assert.Equal("logs.cn-north-1.amazonaws.com.cn", HostOf(new AmazonCloudWatchLogsConfig(), "cn-north-1"));
        Assert.Equal("monitoring.eusc-de-east-1.amazonaws.eu", HostOf(new AmazonCloudWatchConfig(), "eusc-de-east-1"));
        Assert.Equal("sns.ap-southeast-5.amazonaws.com", HostOf(new AmazonSimpleNotificationServiceConfig(), "ap-southeast-5"));
        Assert.Equal("access-analyzer.eu-west-1.amazonaws.com", HostOf(new AmazonAccessAnalyzerConfig(), "eu-west-1"));
        Assert.Equal("securityhub.us-gov-west-1.amazonaws.com", HostOf(new AmazonSecurityHubConfig(), "us-gov-west-1"));
        Assert.Equal("elasticfilesystem.cn-north-1.amazonaws.com.cn", HostOf(new AmazonElasticFileSystemConfig(), "cn-north-1"));
        Assert.Equal("rds.eu-west-1.amazonaws.com", HostOf(new AmazonRDSConfig(), "eu-west-1"));
    }

    [Fact]
    public void Fips_hosts_are_used_where_asked_for_and_where_they_are_hosts_of_their_own()
    {
        Assert.Equal("iam-fips.amazonaws.com", HostOf(new AmazonIdentityManagementServiceConfig { UseFIPSEndpoint = true }, "us-east-1"));
        Assert.Equal("iam.us-gov.amazonaws.com", HostOf(new AmazonIdentityManagementServiceConfig { UseFIPSEndpoint = true }, "us-gov-west-1"));
        Assert.Equal("cloudtrail-fips.us-east-1.amazonaws.com", HostOf(new AmazonCloudTrailConfig { UseFIPSEndpoint = true }, "us-east-1"));
        Assert.Equal("cloudtrail.us-gov-west-1.amazonaws.com", HostOf(new AmazonCloudTrailConfig { UseFIPSEndpoint = true }, "us-gov-west-1"));
        Assert.Equal("account-fips.us-gov-west-1.amazonaws.com", HostOf(new AmazonAccountConfig { UseFIPSEndpoint = true }, "us-gov-west-1"));
    }

    [Fact]
    public void A_custom_endpoint_is_taken_as_it_is()
    {
        var config = new AmazonS3ControlConfig { RegionEndpoint = RegionEndpoint.EUWest1, ServiceURL = "http://127.0.0.1:5000/base" };

        Assert.Equal("http://127.0.0.1:5000/base", config.EndpointFor(new GetPublicAccessBlockRequest { AccountId = "111122223333" }).ToString().TrimEnd('/'));
    }

    private static string HostOf(ThinClientConfig config, string region)
    {
        config.IgnoreConfiguredEndpointUrls = true;
        config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        return config.EndpointFor(new GetPublicAccessBlockRequest { AccountId = "111122223333" }).Host;
    }
}
