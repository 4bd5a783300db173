using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Connections;
using CisAws.Evidence;
using CisAws.Testing;

namespace CisAws.Aws.Tests.Moto;

/// <summary>The whole road, against an endpoint that is not ours. Needs moto_server.</summary>
[Collection(nameof(MotoServer))]
public sealed class MotoTests(MotoServer moto)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Trait("Risk", "Timing")]
    [Fact]
    public async Task An_account_is_read()
    {
        await moto.ResetAsync(Cancel);
        using var connection = await ConnectAsync();

        Assert.Equal("123456789012", connection.Account.AccountId);
        Assert.Equal("aws", connection.Account.Partition);
        Assert.Null(await KnownAsync(connection, EvidenceKinds.PasswordPolicy));
        Assert.Contains((await KnownAsync(connection, EvidenceKinds.Regions)), r => r is { Name: "eu-west-1", IsEnabled: true });
        Assert.Contains((await KnownAsync(connection, EvidenceKinds.SecurityGroups, "eu-west-1")), g => g.Name == "default");
        Assert.Empty(await KnownAsync(connection, EvidenceKinds.Trails, "eu-west-1"));
        Assert.Equal(5, connection.CallCount);
    }

    private const string MonitoredAccount = """
        import boto3, sys
        clients = {name: boto3.client(
            name, region_name="us-east-1", endpoint_url=sys.argv[1], aws_access_key_id="AKIAIOSFODNN7EXAMPLE", aws_secret_access_key="secret") for name in ("cloudtrail", "s3", "logs", "cloudwatch", "sns")}
        logs, cloudwatch = clients["logs"], clients["cloudwatch"]
        logs.create_log_group(logGroupName="audit")
        clients["s3"].create_bucket(Bucket="audit-logs")
        clients["cloudtrail"].create_trail(
            Name="audit", S3BucketName="audit-logs", IsMultiRegionTrail=True, CloudWatchLogsRoleArn="arn:aws:iam::123456789012:role/logs",
            CloudWatchLogsLogGroupArn="arn:aws:logs:us-east-1:123456789012:log-group:audit:*")
        metric = {"metricName": "Events", "metricNamespace": "CIS", "metricValue": "1"}
        logs.put_metric_filter(logGroupName="audit", filterName="none", filterPattern="a", metricTransformations=[metric])
        logs.put_metric_filter(logGroupName="audit", filterName="count", filterPattern="b", metricTransformations=[{**metric, "unit": "Count"}])
        topic = clients["sns"].create_topic(Name="encrypted", Attributes={"KmsMasterKeyId": "alias/aws/sns"})["TopicArn"]
        alarm = {"EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanOrEqualToThreshold", "AlarmActions": [topic]}
        cloudwatch.put_metric_alarm(AlarmName="plain", Namespace="CIS", MetricName="Events", Statistic="Sum", Period=300, Unit="Bytes", **alarm)
        cloudwatch.put_metric_alarm(AlarmName="math", **alarm, Metrics=[{"Id": "m1", "MetricStat": {
            "Metric": {"Namespace": "CIS", "MetricName": "Events"}, "Period": 300, "Stat": "Sum", "Unit": "Count"}}])
        """;

    [Fact]
    public async Task Units_of_alarms_and_filters_and_the_attributes_of_topics_are_read()
    {
        await moto.ResetAsync(Cancel);
        await ExternalTools.RequireBoto3Async();
        var said = await ChildProcess.RunAsync("python3", ["-c", MonitoredAccount, moto.Url]);
        Assert.True(said.ExitCode == 0, said.Error);
        using var connection = await ConnectAsync();

        var filters = await KnownAsync(connection, EvidenceKinds.MetricFilters, "arn:aws:logs:us-east-1:123456789012:log-group:audit");
        var alarms = await KnownAsync(connection, EvidenceKinds.Alarms, "us-east-1");
        var topic = await KnownAsync(connection, EvidenceKinds.TopicAttributes, "arn:aws:sns:us-east-1:123456789012:encrypted");

        Assert.Equal([("count", "Count"), ("none", null)], filters.Select(f => (f.Name, f.Transformations[0].Unit)).OrderBy(f => f.Name, StringComparer.Ordinal));
        Assert.Equal("Bytes", alarms.Metric.Single(a => a.Name == "plain").Unit);
        Assert.Equal("Count", alarms.Metric.Single(a => a.Name == "math").Metrics[0].MetricStat!.Unit);
        Assert.Equal("alias/aws/sns", topic!.KmsMasterKeyId);
        Assert.Contains("SNS:Publish", topic.Policy);
        Assert.Null(await KnownAsync(connection, EvidenceKinds.TopicAttributes, "arn:aws:sns:us-east-1:123456789012:gone"));
    }

    private const string Organization = """
        import boto3, sys
        organizations = boto3.client(
            "organizations", region_name="us-east-1", endpoint_url=sys.argv[1], aws_access_key_id="AKIAIOSFODNN7EXAMPLE", aws_secret_access_key="secret")
        organizations.create_organization(FeatureSet="ALL")
        root = organizations.list_roots()["Roots"][0]["Id"]
        workloads = organizations.create_organizational_unit(ParentId=root, Name="Workloads")["OrganizationalUnit"]["Id"]
        production = organizations.create_organizational_unit(ParentId=workloads, Name="Production")["OrganizationalUnit"]["Id"]
        for number in range(25):
            account = organizations.create_account(Email=f"{number}@example.com", AccountName=f"web-{number:02}")["CreateAccountStatus"]["AccountId"]
            organizations.move_account(AccountId=account, SourceParentId=root, DestinationParentId=production)
            organizations.tag_resource(ResourceId=account, Tags=[{"Key": "Number", "Value": str(number)}])
        organizations.close_account(AccountId=account)
        """;

    [Fact]
    public async Task An_organization_is_listed_from_the_root_down()
    {
        await moto.ResetAsync(Cancel);
        await ExternalTools.RequireBoto3Async();
        var said = await ChildProcess.RunAsync("python3", ["-c", Organization, moto.Url]);
        Assert.True(said.ExitCode == 0, said.Error);
        using var connection = await ConnectAsync();

        var accounts = (await connection.ReadOrganizationAsync(Cancel)).Match(a => a, why => throw new InvalidOperationException($"{why} {why.Message}"));

        Assert.Equal(26, accounts.Count);
        Assert.Equal("Root", accounts.Single(a => a.Id == "123456789012").UnitPath);
        var web = accounts.Where(a => a.Name.StartsWith("web-", StringComparison.Ordinal)).OrderBy(a => a.Name, StringComparer.Ordinal).ToList();
        Assert.Equal(25, web.Count);
        Assert.All(web, a => Assert.Equal("Root/Workloads/Production", a.UnitPath));
        Assert.NotEqual(OrganizationAccount.Active, web[24].State);
        Assert.All(web.Take(24), a => Assert.Equal(OrganizationAccount.Active, a.State));
        var tags = await connection.ReadAccountTagsAsync(web[7].Id, Cancel);
        Assert.Equal("7", tags.Match(t => t["Number"], why => why.ToString()));
        Assert.Equal(ReadFailureKind.ServiceError, (await connection.ReadAccountTagsAsync("000000000000", Cancel)).Failure!.Kind);
    }

    private async Task<IAccountConnection> ConnectAsync() => await TestTimeouts.Connector.ConnectAsync(Assessed.Options(moto.Url), Cancel);

    private static async Task<T> KnownAsync<T>(IAccountConnection connection, EvidenceKind<T> kind, string subject = "")
    {
        var fact = await connection.ReadAsync(kind, subject, Cancel);
        return fact.Match(v => v, why => throw new InvalidOperationException($"{why} {why.Message}"));
    }
}
