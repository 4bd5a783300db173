using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Amazon.Runtime;
using CisAws.Aws.Calls.Responses;
using CisAws.Evidence;

namespace CisAws.Aws.Tests.Responses;

/// <summary>What the check of answers lets through, over the network.</summary>
public sealed class ResponseCheckTests
{
    private const string Groups = """
        <DescribeSecurityGroupsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId>{0}</DescribeSecurityGroupsResponse>
        """;

    private const string Group = "<groupId>sg-1</groupId><groupName>a</groupName><ownerId>111122223333</ownerId>";

    [Theory]
    [InlineData("<securityGroupInfo/>")]
    [InlineData("<securityGroupInfo></securityGroupInfo>")]
    [InlineData("<securityGroupInfo>\n</securityGroupInfo><nextToken/>")]
    public async Task An_empty_list_is_none(string content)
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("DescribeSecurityGroups", Groups.Replace("{0}", content, StringComparison.Ordinal));

        Assert.Empty(await aws.KnownAsync(EvidenceKinds.SecurityGroups, "eu-west-1"));
    }

    [Theory]
    [InlineData("", "The response has no securityGroupInfo.")]
    [InlineData("<securityGroupInfo><item/></securityGroupInfo>", "The response has no securityGroupInfo[0].groupId.")]
    [InlineData("<securityGroupInfo>none</securityGroupInfo>", "securityGroupInfo is not a list in the response.")]
    [InlineData("<securityGroupInfo><item>" + Group + "<ipPermissionsEgress/></item></securityGroupInfo>", "The response has no securityGroupInfo[0].ipPermissions.")]
    [InlineData(
        "<securityGroupInfo><item>" + Group + "<ipPermissions><item><ipProtocol>-1</ipProtocol></item></ipPermissions><ipPermissionsEgress/></item></securityGroupInfo>",
        "securityGroupInfo[0].ipPermissions[0] has no ipRanges or ipv6Ranges or prefixListIds or groups in the response.")]
    [InlineData(
        "<securityGroupInfo><item>" + Group + "<ipPermissions><item><ipProtocol>-1</ipProtocol><ipRanges><item><cidrIp> </cidrIp></item></ipRanges></item></ipPermissions></item></securityGroupInfo>",
        "securityGroupInfo[0].ipPermissions[0].ipRanges[0].cidrIp is empty in the response.")]
    public async Task What_the_answer_lacks_is_named(string content, string message)
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("DescribeSecurityGroups", Groups.Replace("{0}", content, StringComparison.Ordinal));

        var why = await aws.UnreadableAsync(EvidenceKinds.SecurityGroups, "eu-west-1");

        Assert.Equal(
            ("ec2:DescribeSecurityGroups", "eu-west-1", ReadFailureKind.Malformed, $"The response could not be read: {message}"),
            (why.Action, why.Region, why.Kind, why.Message));
    }

    [Fact]
    public async Task Missing_members_of_prefix_lists_and_keys_are_named_too()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GetManagedPrefixListEntries", "<GetManagedPrefixListEntriesResponse><requestId>r</requestId><entrySet><item><description>d</description></item></entrySet></GetManagedPrefixListEntriesResponse>");
        aws.On("ListKeys", CannedAnswer.Json("""{"Keys":[{"KeyId":"k"}],"Truncated":false}"""));

        var list = await aws.UnreadableAsync(EvidenceKinds.SecurityGroupPrefixLists, EvidenceKinds.PrefixListSubject("eu-west-1", "pl-1"));
        var keys = await aws.UnreadableAsync(EvidenceKinds.KmsKeyArns, "eu-west-1");

        Assert.Equal((ReadFailureKind.Malformed, "eu-west-1", "The response could not be read: The response has no entrySet[0].cidr."), (list.Kind, list.Region, list.Message));
        Assert.Equal((ReadFailureKind.Malformed, "eu-west-1", "The response could not be read: The response has no Keys[0].KeyArn."), (keys.Kind, keys.Region, keys.Message));
    }

    [Theory]
    [InlineData("DescribeSecurityGroups", "ec2.securityGroups", "eu-west-1")]
    [InlineData("ListInstanceProfiles", "iam.instanceProfiles", "")]
    public async Task A_document_type_is_refused(string operation, string kind, string subject)
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On(operation, $"""<!DOCTYPE a [<!ENTITY b "c">]><{operation}Response>&b;</{operation}Response>""");

        var why = await ReadAsync(aws, kind, subject);

        Assert.Equal(ReadFailureKind.Malformed, why.Kind);
        Assert.Contains("DTD", why.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_type_in_an_error_is_no_error_of_AWS()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GetAccountPasswordPolicy", new CannedAnswer("<!DOCTYPE a><ErrorResponse><Error><Code>NoSuchEntity</Code></Error></ErrorResponse>", 404));

        Assert.Equal(ReadFailureKind.Malformed, (await aws.UnreadableAsync(EvidenceKinds.PasswordPolicy)).Kind);
    }

    [Theory]
    [InlineData("DescribeSecurityGroups", "ec2.securityGroups", "eu-west-1", 200)]
    [InlineData("ListKeys", "kms.keyArns", "eu-west-1", 200)]
    [InlineData("ListInstanceProfiles", "iam.instanceProfiles", "", 200)]
    [InlineData("ListInstanceProfiles", "iam.instanceProfiles", "", 400)]
    public async Task An_answer_without_end_is_not_read_to_its_end(string operation, string kind, string subject, int status)
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On(operation, new CannedAnswer(new string(' ', ResponseShape.MaximumBytesOfPage + 1), status));

        var why = await ReadAsync(aws, kind, subject);

        Assert.Equal(ReadFailureKind.Malformed, why.Kind);
        Assert.Matches("The response is larger than [0-9]+ MiB.", why.Message);
    }

    [Theory]
    [InlineData("DescribeSecurityGroups", "ec2.securityGroups", "eu-west-1")]
    [InlineData("ListInstanceProfiles", "iam.instanceProfiles", "")]
    [InlineData("ListKeys", "kms.keyArns", "eu-west-1")]
    [InlineData("GET /v20180820/configuration/publicAccessBlock", "s3.accountPublicAccessBlock", "")]
    [InlineData("HEAD /logs", "s3.bucket", "logs")]
    public async Task No_credentials_are_carried_to_another_host(string operation, string kind, string subject)
    {
        foreach (var status in new[] { 301, 302, 303, 307, 308 })
        {
            await using var elsewhere = await CannedAws.StartAsync();
            await using var aws = await CannedAws.StartAsync();
            aws.On(operation, new CannedAnswer("", status) { Headers = new() { ["Location"] = elsewhere.Url + "/logs", ["x-amz-request-id"] = "r", ["x-amzn-RequestId"] = "r" } });

            await ReadAsync(aws, kind, subject);

            Assert.Empty(elsewhere.Requests);
        }
    }

    [Fact]
    public void Every_client_says_what_its_answers_have_to_hold()
    {
        var requests = typeof(ResponseShapes).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(AmazonWebServiceRequest)));

        Assert.Empty(requests.Except(ResponseShapes.Requests).Select(t => t.FullName));
        Assert.Throws<InvalidOperationException>(() => ResponseShapes.Of(typeof(Amazon.EC2.Model.RunInstancesRequest)));
    }

    private static async Task<ReadFailure> ReadAsync(CannedAws aws, string kind, string subject)
    {
        Func<EvidenceKind, Task<ReadFailure?>> read = k => k switch
        {
            EvidenceKind<IReadOnlyList<SecurityGroup>> groups => Why(groups),
            EvidenceKind<IReadOnlyList<InstanceProfile>> profiles => Why(profiles),
            EvidenceKind<IReadOnlyList<string>> texts => Why(texts),
            EvidenceKind<PublicAccessBlock> block => Why(block),
            EvidenceKind<Bucket> bucket => Why(bucket),
            _ => throw new NotSupportedException(k.Name),
        };
        return (await read(EvidenceKinds.All.Single(k => k.Name == kind)))!;

        async Task<ReadFailure?> Why<T>(EvidenceKind<T> k) => (await aws.ReadAsync(k, subject)).Failure;
    }
}
