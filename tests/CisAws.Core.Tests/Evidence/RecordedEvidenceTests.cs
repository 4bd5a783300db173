using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CisAws.Evidence;
using CisAws.Testing;
using CsCheck;

namespace CisAws.Core.Tests.Evidence;

public sealed class RecordedEvidenceTests
{
    private const int Cases = 100;

    [Fact]
    public void What_is_written_is_read_again() => AccountGenerator.Any.Sample(
        account =>
        {
            var again = RecordedEvidence.FromJson(account.ToJson());
            Assert.Empty(EvidenceComparer.Differences(account, again));
            Assert.Equal(account.ToJson(), again.ToJson());
        },
        iter: Cases);

    [Fact]
    public void Read_as_of_another_time_every_time_moves_by_the_same_span_and_nothing_else_changes() =>
        Gen.Select(AccountGenerator.Any, Gen.Int[-90_000_000, 90_000_000]).Sample(
            (account, seconds) =>
            {
                var span = TimeSpan.FromSeconds(seconds);
                var moved = RecordedEvidence.FromJson(account.ToJson(), account.CollectedAt + span);
                Assert.Equal(account.CollectedAt + span, moved.CollectedAt);
                Assert.Equal(
                    Values(JsonNode.Parse(account.ToJson())).Select(v => Moved(v, span)),
                    Values(JsonNode.Parse(moved.ToJson())).Select(v => Moved(v, TimeSpan.Zero)));
            },
            iter: Cases);

    [Fact]
    public void A_policys_version_is_a_date_that_does_not_move()
    {
        var policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}""";
        var account = new RecordedEvidence(new AccountIdentity("111122223333", "aws", "arn:aws:iam::111122223333:root"), DateTimeOffset.UnixEpoch)
            .Set(Kinds.BucketPolicy, "logs", policy);
        var moved = RecordedEvidence.FromJson(account.ToJson(), DateTimeOffset.UnixEpoch.AddDays(1));
        Assert.Equal(policy, moved.Get(Kinds.BucketPolicy, "logs").Match(p => p, why => why.Message));
    }

    [Fact]
    public Task A_store_asks_for_what_is_recorded_and_for_nothing_else() => AccountGenerator.Any.SampleAsync(
        async account =>
        {
            var asked = await new EvidenceStore(account, [], TestContext.Current.CancellationToken).RecordAsync(account.CollectedAt);
            Assert.Empty(EvidenceComparer.Differences(account, asked));
            Assert.DoesNotContain("NotCollected", asked.ToJson());
        },
        iter: Cases);

    [Fact]
    public void Generated_accounts_hold_every_kind()
    {
        var seen = new HashSet<EvidenceKind>();
        AccountGenerator.Any.Sample(account => seen.UnionWith(Kinds.All.Where(k => account.SubjectsOf(k).Count > 0)), iter: Cases, threads: 1);
        Assert.Empty(Kinds.All.Except(seen));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(""", "tags": {}""", "")]
    [InlineData(""", "tags": { "Name": "web", "name": "", "Cost Centre": "4711" }""", "Name=web|name=|Cost Centre=4711")]
    public void Tags_are_read_as_they_are_written_and_need_not_be_there(string tags, string? expected)
    {
        var account = RecordedEvidence.FromJson($$"""
            {
              "schema": "cisaws-evidence/1",
              "account": { "accountId": "111122223333", "partition": "aws", "callerArn": "arn:aws:iam::111122223333:root" },
              "collectedAt": "2026-03-01T12:00:00+00:00",
              "evidence": { "ec2.instances": { "eu-west-1": { "value": [{ "id": "i-1", "state": "running"{{tags}} }] } } }
            }
            """);

        var read = Assert.Single(account.Get(Kinds.Instances, "eu-west-1").Match(instances => instances, _ => [])).Tags;

        Assert.Equal(expected, read is null ? null : string.Join('|', read.Select(t => $"{t.Key}={t.Value}")));
    }

    private static IEnumerable<string> Values(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Values(p.Value)),
        JsonArray a => a.SelectMany(Values),
        JsonValue v => [v.ToString()],
        _ => [],
    };

    private static string Moved(string text, TimeSpan by) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? (time + by).ToString("u", CultureInfo.InvariantCulture)
            : text;
}
