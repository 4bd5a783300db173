using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using System.Xml;
using System.Xml.Linq;
using CisAws.Emulator.Faults;
using CisAws.Evidence;

namespace CisAws.Emulator.Tests;

/// <summary>Faults that are injected, and failures that the evidence records.</summary>
[Trait("Risk", "Timing")]
public sealed class FaultTests
{
    private static readonly AwsCall Vpcs = AwsCall.Query("ec2", "DescribeVpcs");
    private static readonly AwsCall Trails = AwsCall.Json("cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.DescribeTrails");

    private static AccountEvidence Account() => TestAccount.Create()
        .Set(EvidenceKinds.Vpcs, "us-east-1", [new Vpc("vpc-1", TestAccount.Id, true, "available", ["10.0.0.0/16"], [])])
        .Set(EvidenceKinds.Vpcs, "eu-west-1", [])
        .Set(EvidenceKinds.Trails, "us-east-1", [new Trail("t", "arn:aws:cloudtrail:us-east-1:111122223333:trail/t", "us-east-1", "logs")])
        .Set(EvidenceKinds.PasswordPolicy, "", new PasswordPolicy(14));

    private static Task<EmulatorServer> StartAsync(params Fault[] faults) =>
        EmulatorServer.StartAsync(Account(), new EmulatorOptions { Faults = faults }, TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_denied_action_is_refused_in_the_words_of_its_service_and_others_are_not()
    {
        await using var server = await StartAsync(Fault.Deny("ec2:DescribeVpcs"));
        var denied = await Vpcs.SendAsync(server);
        Assert.Equal(("UnauthorizedOperation", 403), (denied.Code, denied.Status));
        Assert.Contains($"User: {TestAccount.Caller} is not authorized to perform: ec2:DescribeVpcs", denied.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("service control policy", denied.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await Trails.SendAsync(server)).Status);
    }

    [Fact]
    public async Task A_denial_may_hold_in_one_region_only()
    {
        await using var server = await StartAsync(Fault.Deny("ec2:*", region: "eu-west-1"));
        Assert.Equal(200, (await Vpcs.SendAsync(server)).Status);
        Assert.Equal(403, (await (Vpcs with { Region = "eu-west-1" }).SendAsync(server)).Status);
    }

    [Fact]
    public async Task A_service_control_policy_says_so()
    {
        await using var server = await StartAsync(Fault.Deny("cloudtrail:*", scp: true));
        var denied = await Trails.SendAsync(server);
        Assert.Equal(("AccessDeniedException", 400), (denied.Code, denied.Status));
        Assert.Contains("with an explicit deny in a service control policy", denied.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_calls_are_throttled_and_the_next_is_not()
    {
        await using var server = await StartAsync(Fault.Throttle("ec2:DescribeVpcs", 2));
        Assert.Equal("RequestLimitExceeded", (await Vpcs.SendAsync(server)).Code);
        Assert.Equal("RequestLimitExceeded", (await Vpcs.SendAsync(server)).Code);
        Assert.Equal(200, (await Vpcs.SendAsync(server)).Status);
    }

    [Fact]
    public async Task Calls_above_the_rate_are_throttled_for_each_service_in_each_region()
    {
        var time = new ManualTime();
        await using var server = await EmulatorServer.StartAsync(
            Account(), new EmulatorOptions { Rate = 2, Time = time }, TestContext.Current.CancellationToken);
        Assert.Equal([200, 200, 503, 503], await StatusesAsync(Vpcs, 4));
        Assert.Equal([200, 200, 503], await StatusesAsync(Vpcs with { Region = "eu-west-1" }, 3));
        Assert.Equal([200, 200, 400], await StatusesAsync(Trails, 3));

        time.Pass(TimeSpan.FromMilliseconds(500));
        Assert.Equal([200, 503], await StatusesAsync(Vpcs, 2));

        time.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal([200, 200, 503], await StatusesAsync(Vpcs, 3));

        async Task<List<int>> StatusesAsync(AwsCall call, int count)
        {
            var statuses = new List<int>();
            for (var i = 0; i < count; i++)
            {
                statuses.Add((await call.SendAsync(server)).Status);
            }

            return statuses;
        }
    }

    private sealed class ManualTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Pass(TimeSpan time) => _ticks += time.Ticks;
    }

    [Theory]
    [InlineData(FaultEffect.Throttled, "ThrottlingException", 400)]
    [InlineData(FaultEffect.ServiceError, "InternalFailure", 500)]
    [InlineData(FaultEffect.CredentialsExpired, "ExpiredTokenException", 400)]
    [InlineData(FaultEffect.RegionDisabled, "UnrecognizedClientException", 400)]
    [InlineData(FaultEffect.NotOffered, "SubscriptionRequiredException", 400)]
    [InlineData(FaultEffect.ForeignOwner, "TrailNotFoundException", 400)]
    public async Task Each_refusal_has_the_service_s_own_code(FaultEffect effect, string code, int status)
    {
        await using var server = await StartAsync(new Fault(effect, "cloudtrail:*"));
        var answer = await Trails.SendAsync(server);
        Assert.Equal((code, status), (answer.Code, answer.Status));
    }

    [Fact]
    public async Task A_reset_connection_gives_no_answer()
    {
        await using var server = await StartAsync(new Fault(FaultEffect.Reset, "cloudtrail:*"));
        await Assert.ThrowsAsync<HttpRequestException>(() => Trails.SendAsync(server));
        Assert.Equal(200, (await Vpcs.SendAsync(server)).Status);
    }

    [Fact]
    public async Task A_hanging_call_ends_when_the_server_stops()
    {
        var server = await StartAsync(new Fault(FaultEffect.Hang, "cloudtrail:*"));
        var hanging = Trails.SendAsync(server);
        // Another call is answered while that one hangs.
        Assert.Equal(200, (await Vpcs.SendAsync(server)).Status);
        Assert.False(hanging.IsCompleted);
        await server.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
    }

    [Fact]
    public async Task Html_comes_with_status_200()
    {
        await using var server = await StartAsync(new Fault(FaultEffect.Html, "ec2:*"));
        var answer = await Vpcs.SendAsync(server);
        Assert.Equal((200, "text/html"), (answer.Status, answer.Headers["Content-Type"]));
        Assert.StartsWith("<!DOCTYPE html>", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_answer_is_the_beginning_of_the_right_one()
    {
        await using var server = await StartAsync(
            new Fault(FaultEffect.Truncated, "ec2:*") { Times = 1 }, new Fault(FaultEffect.Truncated, "cloudtrail:*") { Times = 1 });
        var (xml, json) = (await Vpcs.SendAsync(server), await Trails.SendAsync(server));
        Assert.Equal((200, 200), (xml.Status, json.Status));
        Assert.Throws<XmlException>(() => XDocument.Parse(xml.Body));
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(json.Body));
        Assert.StartsWith(json.Body, (await Trails.SendAsync(server)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_response_that_is_interrupted_begins_as_the_right_one()
    {
        await using var server = await StartAsync(new Fault(FaultEffect.Interrupted, "ec2:*"));
        var e = await Assert.ThrowsAsync<HttpRequestException>(() => Vpcs.SendAsync(server));
        Assert.IsAssignableFrom<IOException>(e.InnerException);
    }

    [Fact]
    public async Task An_empty_body_comes_with_status_200()
    {
        await using var server = await StartAsync(new Fault(FaultEffect.EmptyBody, "ec2:*"));
        var answer = await Vpcs.SendAsync(server);
        Assert.Equal((200, ""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task A_clock_that_is_off_is_refused_in_the_words_of_the_service()
    {
        await using var server = await StartAsync(new Fault(FaultEffect.ClockSkew));
        Assert.Equal(("RequestExpired", "InvalidSignatureException"), ((await Vpcs.SendAsync(server)).Code, (await Trails.SendAsync(server)).Code));
    }

    [Fact]
    public async Task A_wrong_root_is_well_formed()
    {
        await using var server = await StartAsync(new Fault(FaultEffect.WrongRoot));
        Assert.Equal("Unexpected", XDocument.Parse((await Vpcs.SendAsync(server)).Body).Root!.Name.LocalName);
        Assert.Equal(JsonValueKind.Array, JsonDocument.Parse((await Trails.SendAsync(server)).Body).RootElement.ValueKind);
    }

    [Fact]
    public async Task The_first_fault_that_catches_a_call_decides_and_after_it_the_next()
    {
        await using var server = await StartAsync(Fault.Throttle("ec2:DescribeVpcs", 1), Fault.Deny("ec2:*"));
        Assert.Equal("RequestLimitExceeded", (await Vpcs.SendAsync(server)).Code);
        Assert.Equal("UnauthorizedOperation", (await Vpcs.SendAsync(server)).Code);
    }

    [Fact]
    public async Task Latency_holds_an_answer_back_without_holding_up_others()
    {
        await using var server = await EmulatorServer.StartAsync(
            Account(), new EmulatorOptions { Latency = TimeSpan.FromMilliseconds(1) }, TestContext.Current.CancellationToken);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Vpcs.SendAsync(server)));
        Assert.All(answers, a => Assert.Equal(200, a.Status));
    }

    [Theory]
    [InlineData(ReadFailureKind.AccessDenied, "", "AccessDeniedException", 400)]
    [InlineData(ReadFailureKind.AccessDenied, "AccessDenied", "AccessDenied", 400)]
    [InlineData(ReadFailureKind.ScpDenied, "", "AccessDeniedException", 400)]
    [InlineData(ReadFailureKind.Throttled, "", "ThrottlingException", 400)]
    [InlineData(ReadFailureKind.ServiceError, "", "InternalFailure", 500)]
    [InlineData(ReadFailureKind.NotSupported, "", "SubscriptionRequiredException", 400)]
    [InlineData(ReadFailureKind.CredentialsRejected, "", "ExpiredTokenException", 400)]
    public async Task What_the_evidence_could_not_read_is_refused_as_it_was(ReadFailureKind kind, string recorded, string code, int status)
    {
        var account = Account();
        account.Set(EvidenceKinds.Trails, "us-east-1", EvidenceKinds.Trails.Refused(kind, recorded, "Recorded words."));
        await using var server = await EmulatorServer.StartAsync(account, ct: TestContext.Current.CancellationToken);
        var answer = await Trails.SendAsync(server);
        Assert.Equal((code, status), (answer.Code, answer.Status));
        Assert.Contains(kind == ReadFailureKind.ScpDenied ? "explicit deny in a service control policy" : "Recorded words.", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_evidence_could_not_reach_is_reset()
    {
        var account = Account();
        account.Set(EvidenceKinds.Trails, "us-east-1", EvidenceKinds.Trails.Refused(ReadFailureKind.Unreachable, "", ""));
        await using var server = await EmulatorServer.StartAsync(account, ct: TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<HttpRequestException>(() => Trails.SendAsync(server));
    }
}
