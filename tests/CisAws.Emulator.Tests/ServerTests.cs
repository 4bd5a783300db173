using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using System.Xml.Linq;
using CisAws.Evidence;

namespace CisAws.Emulator.Tests;

/// <summary>Requests are counted, reports take their time, and pages are as small as asked for.</summary>
[Trait("Risk", "Timing")]
public sealed class ServerTests
{
    [Fact]
    public async Task Every_request_is_counted_with_who_asked_for_what()
    {
        await using var server = await EmulatorServer.StartAsync(TestAccount.Create().WithBucket("logs", "us-east-1"), ct: TestContext.Current.CancellationToken);
        await AwsCall.Rest("s3", "HEAD", "/logs").SendAsync(server);
        await AwsCall.Query("iam", "ListUsers").SendAsync(server);
        await (AwsCall.Query("ec2", "DescribeRegions") with { Region = "eu-west-1", AccessKey = "nobody" }).SendAsync(server);
        Assert.Equal(
        [
            new EmulatorRequest("s3", "HeadBucket", "s3:ListBucket", "us-east-1", TestAccount.Caller, """{"Bucket":"logs"}"""),
            new EmulatorRequest("iam", "ListUsers", "", "us-east-1", TestAccount.Caller, ""),
            new EmulatorRequest("ec2", "DescribeRegions", "ec2:DescribeRegions", "eu-west-1", "", """{"Action":"DescribeRegions"}"""),
        ], server.Requests);
        Assert.Equal(3, server.RequestCount);
        server.ResetCounters();
        Assert.Equal(0, server.RequestCount);
    }

    [Fact]
    public async Task Each_account_has_a_key_of_its_own()
    {
        await using var server = await EmulatorServer.StartAsync([TestAccount.Create(), TestAccount.Create("444455556666")], ct: TestContext.Current.CancellationToken);
        var (accessKey, secretKey) = server.CredentialsOf("444455556666");
        Assert.Contains(TestAccount.Id, (await AwsCall.Query("sts", "GetCallerIdentity").SendAsync(server)).Body, StringComparison.Ordinal);
        var answer = await (AwsCall.Query("sts", "GetCallerIdentity") with { AccessKey = accessKey, SecretKey = secretKey }).SendAsync(server);
        Assert.Contains("<Account>444455556666</Account>", answer.Body, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => server.CredentialsOf("999999999999"));
    }

    [Theory]
    [InlineData("arn:aws:iam::111122223333:user/team/auditor", "^AIDA[A-Z2-7]{16}$")]
    [InlineData("arn:aws:sts::111122223333:assumed-role/Auditor/run", "^AROA[A-Z2-7]{16}:run$")]
    public async Task The_caller_is_who_read_the_evidence(string callerArn, string userId)
    {
        var account = new AccountEvidence(new AccountIdentity(TestAccount.Id, "aws", callerArn), DateTimeOffset.UnixEpoch);
        await using var server = await EmulatorServer.StartAsync(account, ct: TestContext.Current.CancellationToken);
        var answer = XDocument.Parse((await AwsCall.Query("sts", "GetCallerIdentity").SendAsync(server)).Body);
        Assert.Equal(callerArn, answer.Descendants().Single(e => e.Name.LocalName == "Arn").Value);
        Assert.Matches(userId, answer.Descendants().Single(e => e.Name.LocalName == "UserId").Value);
    }

    [Fact]
    public async Task An_account_that_is_given_twice_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => EmulatorServer.StartAsync([TestAccount.Create(), TestAccount.Create()], ct: TestContext.Current.CancellationToken));

    [Theory]
    [InlineData(null, 1)]
    [InlineData(2, 3)]
    [InlineData(1, 5)]
    public async Task A_list_comes_in_pages(int? pageSize, int pages)
    {
        var vpcs = Enumerable.Range(0, 5).Select(n => new Vpc($"vpc-{n}", TestAccount.Id, false, "available", [], [])).ToList();
        await using var server = await EmulatorServer.StartAsync(
            TestAccount.Create().Set(EvidenceKinds.Vpcs, "us-east-1", vpcs), new EmulatorOptions { PageSize = pageSize }, TestContext.Current.CancellationToken);
        var read = new List<string>();
        string? token = null;
        do
        {
            var answer = XDocument.Parse((await AwsCall.Query("ec2", "DescribeVpcs", token is null ? [] : [("NextToken", token)]).SendAsync(server)).Body);
            read.AddRange(answer.Descendants().Where(e => e.Name.LocalName == "vpcId").Select(e => e.Value));
            token = answer.Descendants().FirstOrDefault(e => e.Name.LocalName == "nextToken")?.Value;
        }
        while (token is not null);

        Assert.Equal(vpcs.Select(v => v.Id), read);
        Assert.Equal(pages, server.RequestCount);
    }

    [Fact]
    public async Task A_credential_report_is_started_then_complete_and_quoted_as_RFC_4180_has_it()
    {
        var report = new CredentialReport(DateTimeOffset.UnixEpoch, ["user", "arn"], [["a,b", "say \"x\""], ["short"], ["one", "two", "three"]]);
        await using var server = await EmulatorServer.StartAsync(TestAccount.Create().Set(EvidenceKinds.CredentialReport, "", report), ct: TestContext.Current.CancellationToken);
        Assert.Equal("ReportNotPresent", (await Get()).Code);
        Assert.Contains("<State>STARTED</State>", (await Generate()).Body, StringComparison.Ordinal);
        Assert.Equal("ReportInProgress", (await Get()).Code);
        Assert.Contains("<State>COMPLETE</State>", (await Generate()).Body, StringComparison.Ordinal);
        var content = XDocument.Parse((await Get()).Body).Descendants().Single(e => e.Name.LocalName == "Content").Value;
        Assert.Equal("user,arn\n\"a,b\",\"say \"\"x\"\"\"\nshort\none,two,three", Encoding.UTF8.GetString(Convert.FromBase64String(content)));

        Task<AwsAnswer> Get() => AwsCall.Query("iam", "GetCredentialReport").SendAsync(server);
        Task<AwsAnswer> Generate() => AwsCall.Query("iam", "GenerateCredentialReport").SendAsync(server);
    }

    [Fact]
    public async Task A_report_that_could_not_be_renewed_is_served_as_it_was_stored()
    {
        var report = new CredentialReport(DateTimeOffset.UnixEpoch, ["user"], [], "LimitExceeded");
        await using var server = await EmulatorServer.StartAsync(TestAccount.Create().Set(EvidenceKinds.CredentialReport, "", report), ct: TestContext.Current.CancellationToken);
        Assert.Equal("LimitExceeded", (await AwsCall.Query("iam", "GenerateCredentialReport").SendAsync(server)).Code);
        Assert.Equal(200, (await AwsCall.Query("iam", "GetCredentialReport").SendAsync(server)).Status);
    }
}
