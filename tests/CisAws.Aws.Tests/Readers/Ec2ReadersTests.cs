using System.Linq;
using System.Threading.Tasks;
using CisAws.Evidence;

namespace CisAws.Aws.Tests.Readers;

/// <summary>What an emulator does not show of EC2 and KMS.</summary>
public class Ec2ReadersTests
{
    private const string Key = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    [Fact]
    public async Task A_block_that_is_no_longer_a_VPCs_is_not_counted()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("DescribeVpcs", Answer("DescribeVpcs", """
            <vpcSet><item><vpcId>vpc-1</vpcId><ownerId>111122223333</ownerId><state>available</state><isDefault>false</isDefault><cidrBlock>10.0.0.0/16</cidrBlock>
            <cidrBlockAssociationSet>
            <item><cidrBlock>10.0.0.0/16</cidrBlock><cidrBlockState><state>associated</state></cidrBlockState></item>
            <item><cidrBlock>100.64.0.0/16</cidrBlock><cidrBlockState><state>associated</state></cidrBlockState></item>
            <item><cidrBlock>10.9.0.0/16</cidrBlock><cidrBlockState><state>disassociated</state></cidrBlockState></item></cidrBlockAssociationSet>
            <ipv6CidrBlockAssociationSet><item><ipv6CidrBlock>2001:db8::/56</ipv6CidrBlock><ipv6CidrBlockState><state>associated</state></ipv6CidrBlockState></item></ipv6CidrBlockAssociationSet>
            </item></vpcSet>
            """));

        var vpc = Assert.Single(await aws.KnownAsync(EvidenceKinds.Vpcs, "eu-west-1"));

        Assert.Equal(["10.0.0.0/16", "100.64.0.0/16"], vpc.CidrBlocks);
        Assert.Equal("2001:db8::/56", Assert.Single(vpc.Ipv6CidrBlocks));
        Assert.Equal("eu-west-1/ec2", Assert.Single(aws.Requests).SignedFor);
    }

    [Fact]
    public async Task A_peer_shows_all_its_blocks()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("DescribeVpcPeeringConnections", Answer("DescribeVpcPeeringConnections", """
            <vpcPeeringConnectionSet><item><vpcPeeringConnectionId>pcx-1</vpcPeeringConnectionId><status><code>active</code></status>
            <requesterVpcInfo><vpcId>vpc-1</vpcId><ownerId>111122223333</ownerId><region>eu-west-1</region><cidrBlock>10.0.0.0/16</cidrBlock></requesterVpcInfo>
            <accepterVpcInfo><vpcId>vpc-2</vpcId><ownerId>999988887777</ownerId><cidrBlock>10.1.0.0/16</cidrBlock>
            <cidrBlockSet><item><cidrBlock>10.1.0.0/16</cidrBlock></item><item><cidrBlock>100.64.0.0/16</cidrBlock></item></cidrBlockSet>
            <ipv6CidrBlockSet><item><ipv6CidrBlock>2001:db8:1::/56</ipv6CidrBlock></item></ipv6CidrBlockSet></accepterVpcInfo></item></vpcPeeringConnectionSet>
            """));

        var connection = Assert.Single(await aws.KnownAsync(EvidenceKinds.VpcPeeringConnections, "eu-west-1"));

        Assert.Equal(["10.0.0.0/16"], connection.Requester.CidrBlocks);
        Assert.Equal(["10.1.0.0/16", "100.64.0.0/16"], connection.Accepter.CidrBlocks);
        Assert.Equal(("999988887777", "2001:db8:1::/56"), (connection.Accepter.OwnerId, Assert.Single(connection.Accepter.Ipv6CidrBlocks)));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("<tagSet/>", "")]
    [InlineData(
        "<tagSet><item><key>Name</key><value>web &amp; more</value></item><item><key>name</key><value/></item></tagSet>", "Name=web & more|name=")]
    public async Task Tags_come_with_the_answer_and_are_none_where_it_has_none(string tagSet, string expected)
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("DescribeInstances", Answer("DescribeInstances", $"""
            <reservationSet><item><instancesSet><item><instanceId>i-1</instanceId><instanceState><code>16</code><name>running</name></instanceState>{tagSet}</item></instancesSet></item></reservationSet>
            """));
        aws.On("DescribeSecurityGroups", Answer("DescribeSecurityGroups", $"""
            <securityGroupInfo><item><groupId>sg-1</groupId><groupName>web</groupName><ownerId>111122223333</ownerId><ipPermissions/><ipPermissionsEgress/>{tagSet}</item></securityGroupInfo>
            """));
        aws.On("DescribeVpcs", Answer("DescribeVpcs", $"<vpcSet><item><vpcId>vpc-1</vpcId><ownerId>111122223333</ownerId><state>available</state>{tagSet}</item></vpcSet>"));
        aws.On("DescribeVpcPeeringConnections", Answer("DescribeVpcPeeringConnections", $"""
            <vpcPeeringConnectionSet><item><vpcPeeringConnectionId>pcx-1</vpcPeeringConnectionId><status><code>active</code></status>
            <requesterVpcInfo><vpcId>vpc-1</vpcId></requesterVpcInfo><accepterVpcInfo><vpcId>vpc-2</vpcId></accepterVpcInfo>{tagSet}</item></vpcPeeringConnectionSet>
            """));

        ITagged[] things =
        [
            .. await aws.KnownAsync(EvidenceKinds.Instances, "eu-west-1"), .. await aws.KnownAsync(EvidenceKinds.SecurityGroups, "eu-west-1"),
            .. await aws.KnownAsync(EvidenceKinds.Vpcs, "eu-west-1"), .. await aws.KnownAsync(EvidenceKinds.VpcPeeringConnections, "eu-west-1"),
        ];

        Assert.Equal(4, things.Length);
        Assert.All(things, t => Assert.Equal(expected, string.Join('|', t.Tags!.Select(tag => $"{tag.Key}={tag.Value}"))));
    }

    [Fact]
    public async Task A_prefix_list_is_read_in_the_region_of_the_group_that_names_it()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On(
            "GetManagedPrefixListEntries",
            new CannedAnswer(Answer("GetManagedPrefixListEntries", "<entrySet><item><cidr>10.0.0.0/8</cidr></item></entrySet><nextToken>n</nextToken>")),
            new CannedAnswer(Answer("GetManagedPrefixListEntries", "<entrySet><item><cidr>0.0.0.0/1</cidr></item></entrySet>")));

        Assert.Equal(["10.0.0.0/8", "0.0.0.0/1"], await aws.KnownAsync(EvidenceKinds.SecurityGroupPrefixLists, EvidenceKinds.PrefixListSubject("eu-north-1", "pl-1")));
        Assert.All(aws.Requests, r => Assert.Equal("eu-north-1/ec2", r.SignedFor));
        Assert.Contains("PrefixListId=pl-1", aws.Requests.First().Body, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html><body>Sign in</body></html>")]
    [InlineData("<DescribeRegionsResponse><requestId>r</requestId></DescribeRegionsResponse>")]
    [InlineData("<DescribeRegionsResponse><requestId>r</requestId><regionInfo><item><regionName>eu-west-1</regionName></item></regionInfo></DescribeRegionsResponse>")]
    public async Task Without_a_readable_list_the_regions_are_unknown_and_never_none(string body)
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("DescribeRegions", new CannedAnswer(body) { Headers = [] });

        Assert.Equal(ReadFailureKind.Malformed, (await aws.UnreadableAsync(EvidenceKinds.Regions)).Kind);
    }

    [Fact]
    public async Task A_page_in_the_place_of_an_answer_is_not_an_empty_list()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("DescribeSecurityGroups", new CannedAnswer("<html><body>Sign in</body></html>", 200, "text/html") { Headers = [] });

        Assert.Equal(ReadFailureKind.Malformed, (await aws.UnreadableAsync(EvidenceKinds.SecurityGroups, "eu-west-1")).Kind);
    }

    [Fact]
    public async Task A_replica_key_names_its_primary()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("DescribeKey", CannedAnswer.Json($$$"""
            {"KeyMetadata":{"KeyId":"mrk-1","Arn":"{{{Key}}}","KeyManager":"CUSTOMER","KeySpec":"SYMMETRIC_DEFAULT","Origin":"AWS_KMS","KeyState":"Enabled","MultiRegion":true,
             "MultiRegionConfiguration":{"MultiRegionKeyType":"REPLICA","PrimaryKey":{"Arn":"arn:aws:kms:us-east-1:111122223333:key/mrk-1","Region":"us-east-1"},"ReplicaKeys":[]},"Description":"d"}}
            """));
        aws.On("GetKeyRotationStatus", CannedAnswer.Json("""{"KeyRotationEnabled":true,"RotationPeriodInDays":180}"""));

        Assert.Equal(
            new KmsKey("mrk-1", Key, "CUSTOMER", "SYMMETRIC_DEFAULT", "AWS_KMS", "Enabled", true, "REPLICA", "arn:aws:kms:us-east-1:111122223333:key/mrk-1", "d"),
            await aws.KnownAsync(EvidenceKinds.KmsKeys, Key));
        Assert.Equal(new KeyRotation(true, 180), await aws.KnownAsync(EvidenceKinds.KeyRotation, Key));
        Assert.All(aws.Requests, r => Assert.Equal("eu-west-1/kms", r.SignedFor));
    }

    private static string Answer(string operation, string result) =>
        $"""<{operation}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId>{result}</{operation}Response>""";
}
