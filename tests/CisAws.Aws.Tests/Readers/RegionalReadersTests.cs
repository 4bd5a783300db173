using System;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Evidence;
using CisAws.Rules.Alarms;

namespace CisAws.Aws.Tests.Readers;

/// <summary>AWS Config, CloudWatch Logs, CloudWatch, SNS, account management and Organizations.</summary>
public class RegionalReadersTests
{
    private const string Group = "arn:aws:logs:eu-west-1:111122223333:log-group:trail";
    private const string Topic = "arn:aws:sns:eu-west-1:111122223333:alarms";

    [Fact]
    public async Task A_recorder_is_read_with_its_strategy()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("DescribeConfigurationRecorders", CannedAnswer.Json("""
            {"ConfigurationRecorders":[{"name":"default","roleARN":"arn:aws:iam::111122223333:role/c","recordingScope":"PAID","recordingMode":{"recordingFrequency":"DAILY"},
             "recordingGroup":{"allSupported":false,"includeGlobalResourceTypes":false,"resourceTypes":[],"exclusionByResourceTypes":{"resourceTypes":["AWS::IAM::User"]},
             "recordingStrategy":{"useOnly":"EXCLUSION_BY_RESOURCE_TYPES"}}},{"name":"bare"}]}
            """));

        var recorders = await aws.KnownAsync(EvidenceKinds.ConfigurationRecorders, "eu-west-1");

        Assert.Equal(
            ("default", "arn:aws:iam::111122223333:role/c", true, "EXCLUSION_BY_RESOURCE_TYPES", "DAILY"),
            (recorders[0].Name, recorders[0].RoleArn, recorders[0].HasRecordingGroup, recorders[0].Strategy, recorders[0].RecordingFrequency));
        Assert.Equal("AWS::IAM::User", Assert.Single(recorders[0].ExcludedResourceTypes));
        Assert.False(recorders[1].HasRecordingGroup);
        var request = Assert.Single(aws.Requests);
        Assert.Equal(("{}", "eu-west-1/config", "StarlingDoveService.DescribeConfigurationRecorders"), (request.Body, request.SignedFor, request.Headers["X-Amz-Target"].ToString()));
    }

    [Fact]
    public async Task A_recorders_status_and_channel_are_read()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("DescribeConfigurationRecorderStatus", CannedAnswer.Json("""
            {"ConfigurationRecordersStatus":[{"name":"default","recording":true,"lastStatus":"FAILURE","lastStartTime":1700000000.25,"lastErrorCode":"AccessDenied","lastErrorMessage":"m"}]}
            """));
        aws.On("DescribeDeliveryChannels", CannedAnswer.Json("""{"DeliveryChannels":[{"name":"default","s3BucketName":"b","snsTopicARN":"arn:aws:sns:eu-west-1:111122223333:t"}]}"""));

        Assert.Equal(
            new ConfigurationRecorderStatus("default", true, "FAILURE", DateTimeOffset.FromUnixTimeMilliseconds(1700000000250), "AccessDenied", "m"),
            Assert.Single(await aws.KnownAsync(EvidenceKinds.ConfigurationRecorderStatus, "eu-west-1")));
        Assert.Equal(
            new DeliveryChannel("default", "b", "arn:aws:sns:eu-west-1:111122223333:t"), Assert.Single(await aws.KnownAsync(EvidenceKinds.DeliveryChannels, "eu-west-1")));
    }

    [Fact]
    public async Task A_log_group_is_found_among_those_whose_names_begin_with_its_own()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On(
            "DescribeLogGroups",
            CannedAnswer.Json("""{"logGroups":[{"logGroupName":"trail-2","arn":"arn:aws:logs:eu-west-1:111122223333:log-group:trail-2:*"}],"nextToken":"n"}"""),
            CannedAnswer.Json("""{"logGroups":[{"logGroupName":"trail","arn":"arn:aws:logs:eu-west-1:111122223333:log-group:trail:*","logGroupClass":"STANDARD"}]}"""));

        Assert.Equal(new LogGroup("trail", Group, "STANDARD"), await aws.KnownAsync(EvidenceKinds.TrailLogGroup, Group));
        Assert.Equal(
            ["""{"logGroupNamePrefix":"trail"}""", """{"logGroupNamePrefix":"trail","nextToken":"n"}"""], aws.Requests.Select(r => r.Body));
        Assert.Equal("eu-west-1/logs", aws.Requests.First().SignedFor);
    }

    [Fact]
    public async Task A_log_group_that_is_not_there_is_known_to_be_none_and_has_no_filters()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("DescribeLogGroups", CannedAnswer.Json("""{"logGroups":[{"logGroupName":"trail-2"}]}"""));
        aws.On("DescribeMetricFilters", CannedAnswer.JsonError("ResourceNotFoundException"));

        Assert.Null(await aws.KnownAsync(EvidenceKinds.TrailLogGroup, Group));
        Assert.Empty(await aws.KnownAsync(EvidenceKinds.MetricFilters, Group));
    }

    [Fact]
    public async Task Metric_filters_are_read_with_what_they_publish()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("DescribeMetricFilters", CannedAnswer.Json("""
            {"metricFilters":[{"filterName":"f","filterPattern":"{ $.eventName = \"x\" }","logGroupName":"trail","creationTime":1,"applyOnTransformedLogs":true,
             "fieldSelectionCriteria":"@aws.region = \"us-east-1\"","emitSystemFieldDimensions":["@aws.account"],
             "metricTransformations":[{"metricName":"m","metricNamespace":"ns","metricValue":"1","defaultValue":0.5,"dimensions":{"E":"$.eventName"},"unit":"None"}]}]}
            """));

        var filter = Assert.Single(await aws.KnownAsync(EvidenceKinds.MetricFilters, Group));

        Assert.Equal(("f", "trail", "{ $.eventName = \"x\" }", true, "@aws.region = \"us-east-1\"", "@aws.account"), (
            filter.Name, filter.LogGroupName, filter.Pattern, filter.ApplyOnTransformedLogs, filter.FieldSelectionCriteria, Assert.Single(filter.EmitSystemFieldDimensions!)));
        var metric = Assert.Single(filter.Transformations);
        Assert.Equal(("ns", "m", "1", 0.5, new MetricDimension("E", "$.eventName")), (
            metric.MetricNamespace, metric.MetricName, metric.MetricValue, metric.DefaultValue, Assert.Single(metric.Dimensions)));
    }

    [Fact]
    public async Task Alarms_of_both_types_are_read_over_pages()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On(
            "DescribeAlarms",
            Alarms($"""
                <MetricAlarms><member><AlarmName>a</AlarmName><AlarmArn>arn:a</AlarmArn><ActionsEnabled>true</ActionsEnabled><AlarmActions><member>{Topic}</member></AlarmActions>
                <Namespace>ns</Namespace><MetricName>m</MetricName><Dimensions><member><Name>n</Name><Value>v</Value></member></Dimensions><ComparisonOperator>GreaterThanThreshold</ComparisonOperator>
                <Threshold>0.5</Threshold><EvaluationPeriods>2</EvaluationPeriods><DatapointsToAlarm>1</DatapointsToAlarm><Statistic>Sum</Statistic><Period>300</Period><TreatMissingData>ignore</TreatMissingData><Unit>Count</Unit>
                </member></MetricAlarms><CompositeAlarms/><NextToken>n</NextToken>
                """),
            Alarms("""
                <MetricAlarms><member><AlarmName>b</AlarmName><AlarmArn>arn:b</AlarmArn><ActionsEnabled>false</ActionsEnabled><AlarmActions/><EvaluationPeriods>1</EvaluationPeriods><Threshold>1.0</Threshold>
                <ComparisonOperator>GreaterThanOrEqualToThreshold</ComparisonOperator><Metrics><member><Id>e</Id><Expression>m1*2</Expression></member>
                <member><Id>m1</Id><ReturnData>false</ReturnData><MetricStat><Metric><Namespace>ns</Namespace><MetricName>m</MetricName></Metric><Period>60</Period><Stat>Sum</Stat><Unit>Bytes</Unit></MetricStat></member></Metrics>
                </member></MetricAlarms><CompositeAlarms><member><AlarmName>c</AlarmName><AlarmArn>arn:c</AlarmArn><ActionsEnabled>true</ActionsEnabled><AlarmActions/><AlarmRule>ALARM("a")</AlarmRule></member></CompositeAlarms>
                """));

        var alarms = await aws.KnownAsync(EvidenceKinds.Alarms, "eu-west-1");

        var (plain, math) = (alarms.Metric[0], alarms.Metric[1]);
        Assert.Equal(("a", true, Topic, "ns", "m", 0.5, 2, 1, "Sum", 300, "ignore"), (
            plain.Name, plain.ActionsEnabled, Assert.Single(plain.AlarmActions), plain.Namespace, plain.MetricName, plain.Threshold, plain.EvaluationPeriods,
            plain.DatapointsToAlarm, plain.Statistic, plain.Period, plain.TreatMissingData));
        Assert.Equal(new MetricDimension("n", "v"), Assert.Single(plain.Dimensions));
        Assert.Equal(("Count", null, "Bytes"), (plain.Unit, math.Unit, math.Metrics[1].MetricStat!.Unit));
        Assert.Null(math.Namespace);
        Assert.Equal([("e", true, "m1*2"), ("m1", false, (string?)null)], math.Metrics.Select(m => (m.Id, m.ReturnData, m.Expression)));
        Assert.Equal(("ns", "m", "Sum", 60), (math.Metrics[1].MetricStat!.Namespace, math.Metrics[1].MetricStat!.MetricName, math.Metrics[1].MetricStat!.Stat, math.Metrics[1].MetricStat!.Period));
        Assert.Equal(("c", "ALARM(\"a\")"), (Assert.Single(alarms.Composite).Name, alarms.Composite[0].AlarmRule));
        Assert.Equal(
            "Action=DescribeAlarms&Version=2010-08-01&AlarmTypes.member.1=MetricAlarm&AlarmTypes.member.2=CompositeAlarm&MaxRecords=100&NextToken=n", aws.Requests.Last().Body);
        Assert.Equal("eu-west-1/monitoring", aws.Requests.Last().SignedFor);
    }

    [Fact]
    public async Task Subscriptions_are_read_without_their_addresses()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("ListSubscriptionsByTopic", """
            <ListSubscriptionsByTopicResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><ListSubscriptionsByTopicResult><Subscriptions>
            <member><TopicArn>t</TopicArn><Protocol>email</Protocol><SubscriptionArn>PendingConfirmation</SubscriptionArn><Owner>111122223333</Owner><Endpoint>a@example.com</Endpoint></member>
            </Subscriptions></ListSubscriptionsByTopicResult></ListSubscriptionsByTopicResponse>
            """);

        Assert.Equal(new Subscription("PendingConfirmation", "email", "111122223333"), Assert.Single((await aws.KnownAsync(EvidenceKinds.TopicSubscriptions, Topic))!));
        Assert.Equal("eu-west-1/sns", Assert.Single(aws.Requests).SignedFor);
    }

    [Fact]
    public async Task A_topic_that_is_not_there_is_known_to_be_none()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("ListSubscriptionsByTopic", CannedAnswer.QueryError("NotFound", 404)).On("GetTopicAttributes", CannedAnswer.QueryError("NotFound", 404));

        Assert.Null(await aws.KnownAsync(EvidenceKinds.TopicSubscriptions, Topic));
        Assert.Null(await aws.KnownAsync(EvidenceKinds.TopicAttributes, Topic));
    }

    [Theory]
    [InlineData("<entry><key>Policy</key><value>{}</value></entry><entry><key>KmsMasterKeyId</key><value>alias/aws/sns</value></entry>", "{}", "alias/aws/sns")]
    [InlineData("<entry><key>Policy</key><value>{}</value></entry><entry><key>KmsMasterKeyId</key><value/></entry>", "{}", null)]
    [InlineData("<entry><key>TopicArn</key><value>t</value></entry>", null, null)]
    public async Task Topics_are_read_with_policy_and_key(string entries, string? policy, string? key)
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GetTopicAttributes", $"""
            <GetTopicAttributesResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><GetTopicAttributesResult><Attributes>{entries}</Attributes>
            </GetTopicAttributesResult></GetTopicAttributesResponse>
            """);

        Assert.Equal(new TopicAttributes(policy, key), await aws.KnownAsync(EvidenceKinds.TopicAttributes, Topic));
        Assert.Equal(
            ("eu-west-1/sns", $"Action=GetTopicAttributes&Version=2010-03-31&TopicArn={Uri.EscapeDataString(Topic)}"),
            (Assert.Single(aws.Requests).SignedFor, aws.Requests.Single().Body));
    }

    [Theory]
    [InlineData(Topic, ReadFailureKind.AccessDenied)]
    [InlineData("arn:aws:sns:eu-west-1:999988887777:alarms", ReadFailureKind.ForeignOwner)]
    public async Task A_refused_topic_may_be_another_accounts(string topic, ReadFailureKind kind)
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("ListSubscriptionsByTopic", CannedAnswer.QueryError("AuthorizationError", 403)).On("GetTopicAttributes", CannedAnswer.QueryError("AuthorizationError", 403));

        Assert.Equal(kind, (await aws.UnreadableAsync(EvidenceKinds.TopicSubscriptions, topic)).Kind);
        Assert.Equal(kind, (await aws.UnreadableAsync(EvidenceKinds.TopicAttributes, topic)).Kind);
    }

    [Fact]
    public async Task Contacts_are_asked_for_without_an_account_id()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("POST /getContactInformation", CannedAnswer.Json("""
            {"ContactInformation":{"FullName":"A","CompanyName":"C","PhoneNumber":"+1","AddressLine1":"S 1","City":"X","CountryCode":"DE","PostalCode":"1","StateOrRegion":"Y"}}
            """));
        aws.On("POST /getAlternateContact", CannedAnswer.Json("""{"AlternateContact":{"AlternateContactType":"SECURITY","Name":"N","Title":"T","EmailAddress":"s@example.com","PhoneNumber":"+2"}}"""));

        Assert.Equal(new ContactInformation("A", "C", "+1", "S 1", "X", "DE", "1"), await aws.KnownAsync(EvidenceKinds.ContactInformation));
        Assert.Equal(new AlternateContact("N", "T", "s@example.com", "+2"), await aws.KnownAsync(EvidenceKinds.SecurityContact));
        Assert.Equal(["{}", """{"AlternateContactType":"SECURITY"}"""], aws.Requests.Select(r => r.Body));
        Assert.Equal("us-east-1/account", aws.Requests.First().SignedFor);
    }

    [Fact]
    public async Task What_an_account_does_not_have_is_known_to_be_none()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("POST /getAlternateContact", CannedAnswer.JsonError("ResourceNotFoundException", 404));
        aws.On("DescribeOrganization", CannedAnswer.JsonError("AWSOrganizationsNotInUseException"));

        Assert.Null(await aws.KnownAsync(EvidenceKinds.SecurityContact));
        Assert.Null(await aws.KnownAsync(EvidenceKinds.Organization));
    }

    [Fact]
    public async Task An_organisation_is_known_by_its_management_account()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("DescribeOrganization", CannedAnswer.Json("""{"Organization":{"Id":"o-1","MasterAccountId":"999988887777","FeatureSet":"ALL"}}"""));

        Assert.Equal(new Organization("o-1", "999988887777"), await aws.KnownAsync(EvidenceKinds.Organization));
        Assert.Equal("AWSOrganizationsV20161128.DescribeOrganization", Assert.Single(aws.Requests).Headers["X-Amz-Target"]);
    }

    [Theory]
    [InlineData("\"State\":\"SUSPENDED\"", "SUSPENDED")]
    [InlineData("\"State\":\"CLOSED\",\"Status\":\"SUSPENDED\"", "CLOSED")]
    [InlineData("\"Status\":\"ACTIVE\"", "ACTIVE")]
    [InlineData("\"JoinedMethod\":\"CREATED\"", null)]
    public async Task The_state_of_an_account_takes_precedence_over_its_retired_status(string members, string? state)
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("ListRoots", CannedAnswer.Json("""{"Roots":[{"Id":"r-1","Name":"Root"}]}"""));
        aws.On("ListOrganizationalUnitsForParent", CannedAnswer.Json("""{"OrganizationalUnits":[]}"""));
        aws.On("ListAccountsForParent", CannedAnswer.Json($$"""{"Accounts":[{"Id":"111122223333",{{members}}}]}"""));

        var read = await aws.Connection.ReadOrganizationAsync(TestContext.Current.CancellationToken);

        Assert.Equal(state, read.Match(accounts => (string?)Assert.Single(accounts).State, _ => null));
        Assert.Equal(state is null ? ReadFailureKind.Malformed : null, read.Failure?.Kind);
    }

    private static CannedAnswer Alarms(string result) => new(
        $"""<DescribeAlarmsResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><DescribeAlarmsResult>{result}</DescribeAlarmsResult></DescribeAlarmsResponse>""");
}
