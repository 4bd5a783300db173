using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using System.Xml.Linq;
using CisAws.Evidence;

namespace CisAws.Emulator.Tests;

/// <summary>The filters and defaults that clients rely on.</summary>
public sealed class FilterTests : IAsyncLifetime
{
    private const string TrailArn = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/own";

    private EmulatorServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        Trail[] trails =
        [
            new("own", TrailArn, "eu-west-1", "logs", IsMultiRegionTrail: true),
            new("org", "arn:aws:cloudtrail:us-east-1:999999999999:trail/org", "us-east-1", "logs", IsOrganizationTrail: true),
        ];
        var alarm = new MetricAlarm("m", "arn:m", true, [], "n", "m", [], [], "GreaterThanThreshold", 1, 1);
        _server = await EmulatorServer.StartAsync(
            TestAccount.Create()
                .Set(EvidenceKinds.Trails, "us-east-1", trails).Set(EvidenceKinds.Trails, "eu-west-1", trails)
                .Set(EvidenceKinds.TrailStatus, TrailArn, new TrailStatus(true))
                .Set(EvidenceKinds.Alarms, "us-east-1", new RegionAlarms([alarm], [new CompositeAlarm("c", "arn:c", true, [], "TRUE")]))
                .Set(EvidenceKinds.SecurityGroups, "us-east-1", [Group("sg-1", "default", "vpc-1"), Group("sg-2", "web", "vpc-1"), Group("sg-3", "default", "vpc-2")])
                .Set(EvidenceKinds.FlowLogs, "us-east-1", [new FlowLog("fl-1", "vpc-1", "ACTIVE", "ALL"), new FlowLog("fl-2", "vpc-2", "ACTIVE", "REJECT")])
                .Set(EvidenceKinds.VirtualMfaDevices, "", [new VirtualMfaDevice("arn:aws:iam::111122223333:mfa/a")])
                .Set(EvidenceKinds.AuthorizationDetails, "", new AuthorizationDetails(
                    [new IamUser("u", "arn:aws:iam::111122223333:user/u", default, [], [], [], "arn:aws:iam::aws:policy/AWSSupportAccess")],
                    [new IamGroup("g", "arn:aws:iam::111122223333:group/g", [], [])], [], []))
                .Set(EvidenceKinds.SupportPolicyEntities, "", new PolicyEntities(["r"], [], ["g"])),
            ct: TestContext.Current.CancellationToken);

        static SecurityGroup Group(string id, string name, string vpc) => new(id, name, TestAccount.Id, vpc, [], []);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("DescribeRegions", "regionName", "", "us-east-1 eu-west-1")]
    [InlineData("DescribeRegions", "regionName", "AllRegions=true", "us-east-1 eu-west-1 me-south-1")]
    [InlineData("DescribeRegions", "regionName", "AllRegions=true Filter.1.Name=opt-in-status Filter.1.Value.1=not-opted-in", "me-south-1")]
    [InlineData("DescribeRegions", "regionName", "RegionName.1=eu-west-1", "eu-west-1")]
    [InlineData("DescribeSecurityGroups", "groupId", "Filter.1.Name=group-name Filter.1.Value.1=default", "sg-1 sg-3")]
    [InlineData("DescribeSecurityGroups", "groupId", "Filter.1.Name=group-name Filter.1.Value.1=default Filter.2.Name=vpc-id Filter.2.Value.1=vpc-2", "sg-3")]
    [InlineData("DescribeSecurityGroups", "groupId", "Filter.1.Name=group-name Filter.1.Value.1=w?b Filter.1.Value.2=de*", "sg-1 sg-2 sg-3")]
    [InlineData("DescribeSecurityGroups", "groupId", "GroupId.1=sg-2 GroupId.2=sg-1", "sg-1 sg-2")]
    [InlineData("DescribeFlowLogs", "flowLogId", "Filter.1.Name=resource-id Filter.1.Value.1=vpc-2", "fl-2")]
    [InlineData("DescribeFlowLogs", "flowLogId", "Filter.1.Name=traffic-type Filter.1.Value.1=ALL", "fl-1")]
    public async Task Ec2_gives_what_ids_and_filters_ask_for(string operation, string element, string parameters, string expected) =>
        Assert.Equal(expected, await ElementsAsync("ec2", operation, element, parameters));

    [Theory]
    [InlineData("", "m")]
    [InlineData("AlarmTypes.member.1=CompositeAlarm", "c")]
    [InlineData("AlarmTypes.member.1=CompositeAlarm AlarmTypes.member.2=MetricAlarm", "c m")]
    [InlineData("AlarmNamePrefix=x", "")]
    public async Task CloudWatch_gives_metric_alarms_unless_other_types_are_asked_for(string parameters, string expected) =>
        Assert.Equal(expected, await ElementsAsync("monitoring", "DescribeAlarms", "AlarmName", parameters));

    [Theory]
    [InlineData("", "arn:aws:iam::111122223333:mfa/a")]
    [InlineData("AssignmentStatus=Assigned", "arn:aws:iam::111122223333:mfa/a")]
    [InlineData("AssignmentStatus=Unassigned", "")]
    public async Task Iam_gives_virtual_devices_by_assignment(string parameters, string expected) =>
        Assert.Equal(expected, await ElementsAsync("iam", "ListVirtualMFADevices", "SerialNumber", parameters));

    [Theory]
    [InlineData("UserName", "", "u")]
    [InlineData("GroupName", "", "g")]
    [InlineData("UserName", "Filter.member.1=Group", "")]
    [InlineData("GroupName", "Filter.member.1=Role Filter.member.2=Group", "g")]
    public async Task Iam_gives_the_entities_that_the_filter_names(string element, string parameters, string expected) =>
        Assert.Equal(expected, await ElementsAsync("iam", "GetAccountAuthorizationDetails", element, parameters));

    [Theory]
    [InlineData("", "g u r")]
    [InlineData("PolicyUsageFilter=PermissionsPolicy", "g r")]
    [InlineData("PolicyUsageFilter=PermissionsBoundary", "u")]
    [InlineData("PolicyUsageFilter=PermissionsPolicy EntityFilter=Role", "r")]
    public async Task A_boundary_counts_as_an_attachment_unless_the_usage_is_named(string parameters, string expected) => Assert.Equal(
        expected,
        await ElementsAsync("iam", "ListEntitiesForPolicy", ["GroupName", "UserName", "RoleName"], "PolicyArn=arn:aws:iam::aws:policy/AWSSupportAccess " + parameters));

    [Theory]
    [InlineData("eu-west-1", "{}", "own org")]
    [InlineData("us-east-1", "{}", "own org")]
    [InlineData("eu-west-1", """{"includeShadowTrails":false}""", "own")]
    [InlineData("us-east-1", """{"includeShadowTrails":false}""", "")]
    [InlineData("us-east-1", """{"trailNameList":["org"]}""", "org")]
    public async Task Shadow_trails_show_unless_they_are_not_wanted(string region, string body, string expected)
    {
        var answer = await (CloudTrail("DescribeTrails", body) with { Region = region }).SendAsync(_server);
        Assert.Equal(expected, string.Join(' ', JsonNode.Parse(answer.Body)!["trailList"]!.AsArray().Select(t => (string?)t!["Name"])));
    }

    [Theory]
    [InlineData("eu-west-1", "own", 200)]
    [InlineData("us-east-1", "own", 400)]
    [InlineData("us-east-1", TrailArn, 200)]
    public async Task A_trail_s_name_means_something_in_its_own_region_only(string region, string name, int status) => Assert.Equal(
        status, (await (CloudTrail("GetTrailStatus", new JsonObject { ["Name"] = name }.ToJsonString()) with { Region = region }).SendAsync(_server)).Status);

    private static AwsCall CloudTrail(string operation, string body) =>
        AwsCall.Json("cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101." + operation, body);

    private Task<string> ElementsAsync(string service, string operation, string element, string parameters) =>
        ElementsAsync(service, operation, [element], parameters);

    /// <summary>The texts of all elements of these names in the answer.</summary>
    private async Task<string> ElementsAsync(string service, string operation, string[] names, string parameters)
    {
        var pairs = parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w.Split('=', 2)).Select(p => (p[0], p[1])).ToArray();
        var answer = await AwsCall.Query(service, operation, pairs).SendAsync(_server);
        Assert.True(answer.Status == 200, answer.Body);
        return string.Join(' ', XDocument.Parse(answer.Body).Descendants().Where(e => names.Contains(e.Name.LocalName)).Select(e => e.Value));
    }
}
