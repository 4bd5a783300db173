using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Benchmarks;
using CisAws.Core.Tests.Rules;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Testing;
using CsCheck;

namespace CisAws.Core.Tests.Evidence;

public sealed class AccountEvidenceTests
{
    private const int Cases = 100;

    [Fact]
    public void What_is_written_is_read_again() => AccountGenerator.Any.Sample(
        account =>
        {
            var again = AccountEvidence.FromJson(account.ToJson());
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
                var moved = AccountEvidence.FromJson(account.ToJson(), account.CollectedAt + span);
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
        var account = new AccountEvidence(new AccountIdentity("111122223333", "aws", "arn:aws:iam::111122223333:root"), DateTimeOffset.UnixEpoch)
            .Set(EvidenceKinds.BucketPolicy, "logs", policy);
        var moved = AccountEvidence.FromJson(account.ToJson(), DateTimeOffset.UnixEpoch.AddDays(1));
        Assert.Equal(policy, moved.Get(EvidenceKinds.BucketPolicy, "logs").Match(p => p, why => why.Message));
    }

    [Fact]
    public Task A_store_asks_for_what_is_recorded_and_for_nothing_else() => AccountGenerator.Any.SampleAsync(
        async account =>
        {
            var asked = await new EvidenceCollector(account, [], TestContext.Current.CancellationToken).CollectAsync(EvidenceKinds.All, account.CollectedAt);
            Assert.Empty(EvidenceComparer.Differences(account, asked));
            Assert.DoesNotContain("NotCollected", asked.ToJson());
        },
        iter: Cases);

    [Fact]
    public void Generated_accounts_hold_every_kind()
    {
        var seen = new HashSet<EvidenceKind>();
        AccountGenerator.Any.Sample(account => seen.UnionWith(EvidenceKinds.All.Where(k => account.SubjectsOf(k).Count > 0)), iter: Cases, threads: 1);
        Assert.Empty(EvidenceKinds.All.Except(seen));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(""", "tags": {}""", "")]
    [InlineData(""", "tags": { "Name": "web", "name": "", "Cost Centre": "4711" }""", "Name=web|name=|Cost Centre=4711")]
    public void Tags_are_read_as_they_are_written_and_need_not_be_there(string tags, string? expected)
    {
        var account = Read($$"""{ "ec2.instances": { "eu-west-1": {"value":[{ "id": "i-1", "state": "running"{{tags}} }] } } }""");

        var read = Assert.Single(account.Get(EvidenceKinds.Instances, "eu-west-1").Match(instances => instances, _ => [])).Tags;

        Assert.Equal(expected, read is null ? null : string.Join('|', read.Select(t => $"{t.Key}={t.Value}")));
    }

    [Theory]
    [InlineData("""{"ec2.vpcs":{"eu-west-1":{"value":null}}}""", "$.evidence['ec2.vpcs']['eu-west-1'].value must not be null.")]
    [InlineData("""{"ec2.vpcs":{"eu-west-1":{"value":[null]}}}""", "$.evidence['ec2.vpcs']['eu-west-1'].value[0] must not be null.")]
    [InlineData("""{"ec2.instances":{"eu-west-1":{"value":[{"id":"i-1","state":null}]}}}""", "$.evidence['ec2.instances']['eu-west-1'].value[0].state must not be null.")]
    [InlineData("""{"ec2.instances":{"eu-west-1":{"value":[{"id":"i-1"}]}}}""", "$.evidence['ec2.instances']['eu-west-1'].value[0].state is missing.")]
    [InlineData("""{"ec2.instances":{"eu-west-1":{"value":[{"id":"i-1","state":"running","tags":{"Name":null}}]}}}""", ".value[0].tags.Name must not be null.")]
    [InlineData("""{"cloudtrail.trailStatus":{"t":{"value":{"isLogging":"yes"}}}}""", "$.evidence['cloudtrail.trailStatus'].t.value.isLogging must be true or false.")]
    [InlineData("""{"iam.accountSummary":{"":{"value":{"Users":1.5}}}}""", ".value.Users must be a number.")]
    [InlineData("""{"iam.credentialReport":{"":{"value":{"generatedTime":"now","columns":[],"rows":[]}}}}""", ".generatedTime must be a time such as 2026-03-01T12:00:00+00:00.")]
    [InlineData("""{"iam.credentialReport":{"":{"value":{"generatedTime":"2026-03-01T12:00:00+00:00","columns":["user"],"rows":[["a"],null]}}}}""", ".rows[1] must not be null.")]
    [InlineData("""{"ec2.vpcs":{"eu-west-1":{"value":{}}}}""", "$.evidence['ec2.vpcs']['eu-west-1'].value must be a list.")]
    [InlineData("""{"ec2.vpcs":{"eu-west-1":{}}}""", "$.evidence['ec2.vpcs']['eu-west-1'] must have a value, or unreadable with the reason.")]
    [InlineData("""{"ec2.vpcs":{"eu-west-1":{"unreadable":{"errorCode":"","kind":"Tired","message":""}}}}""", ".unreadable.kind must be one of AccessDenied,")]
    [InlineData("""{"ec2.vpcs":{"eu-west-1":{"value":[],"unreadable":{"errorCode":"","kind":"AccessDenied","message":""}}}}""", "$.evidence['ec2.vpcs']['eu-west-1'].unreadable is not known in cisaws-evidence/1.")]
    [InlineData("""{"ec2.vpcs":{"eu-west-1":{"region":"eu-west-1","time":"2026-03-01T12:00:00+00:00","value":[]}}}""", "$.evidence['ec2.vpcs']['eu-west-1'].action is missing.")]
    [InlineData("""{"ec2.vpcs":{"eu-west-1":{"action":"ec2:DescribeVpcs","region":"eu-west-1","value":[]}}}""", "$.evidence['ec2.vpcs']['eu-west-1'].time is missing.")]
    [InlineData("""{"ec2.instances":{"eu-west-1":{"value":[{"id":"i-1","state":"running","tag":{}}]}}}""", ".value[0].tag is not known in cisaws-evidence/1.")]
    [InlineData("""{"ec2.vpcs":{"a":{"value":[]},"a":{"value":[]}}}""", "$.evidence['ec2.vpcs'].a appears twice.")]
    [InlineData("""{"ec2.vpcs":{"\ud800":{"value":[]}}}""", "$.evidence['ec2.vpcs'] contains a string that is not valid Unicode.")]
    [InlineData("""{"s3.bucketPolicy":{"logs":{"value":"\ud800"}}}""", "$.evidence['s3.bucketPolicy'].logs.value contains a string that is not valid Unicode.")]
    [InlineData("""{"ec2.vpcs":{"eu-west-1":{"unreadable":null}}}""", ".unreadable must not be null.")]
    [InlineData("""{"ec2.vpcs":null}""", "$.evidence['ec2.vpcs'] must be an object.")]
    [InlineData("""{"ec2.clouds":{}}""", "$.evidence['ec2.clouds'] is not known in cisaws-evidence/1.")]
    [InlineData("null", "$.evidence must be an object.")]
    public void What_cannot_be_is_an_error_with_its_place(string evidence, string message)
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(evidence));

        Assert.StartsWith("The evidence file is not valid: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_an_error()
    {
        var error = Assert.Throws<InvalidDataException>(() => AccountEvidence.FromJson("{\"schema\":\"\ud800\"}"));
        Assert.Equal("The evidence file is not valid: The text is not valid Unicode.", error.Message);
    }

    [Theory]
    [InlineData("""{"iam.passwordPolicy":{"":{"value":null}}}""")]
    [InlineData("""{"s3.bucketPolicy":{"logs":{"value":null}},"s3.bucketPolicyStatus":{"logs":{"value":null}}}""")]
    [InlineData("""{"sns.subscriptions":{"arn:aws:sns:eu-west-1:111122223333:t":{"value":null}}}""")]
    [InlineData("""{"cloudtrail.eventSelectors":{"t":{"value":{"classic":[],"advanced":[{"fieldSelectors":[{"field":"readOnly","equalTo":null}]}]}}}}""")]
    public void What_may_be_null_is_read(string evidence) => Assert.NotNull(Read(evidence));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"schema":"cisaws-evidence/1.0"}""")]
    [InlineData("""{"schema":"cisaws-evidence/11"}""")]
    [InlineData("""{"schema":1}""")]
    [InlineData("""{"schema":null}""")]
    [InlineData("""{"schema":"cisaws-evidence/1","schema":"cisaws-evidence/1"}""")]
    public void What_is_no_evidence_file_is_said_to_be_none(string json) =>
        Assert.StartsWith(
            "The evidence file is not valid: ",
            Assert.Throws<InvalidDataException>(() => AccountEvidence.FromJson(json, DateTimeOffset.UnixEpoch)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("", "line 1, $: The file is empty. Write an object: { ... }.")]
    [InlineData("{", "line 1, $: The file ends inside an object that begins on line 1. Complete it, or close it with }.")]
    [InlineData("{\n  \"schema\": 'x'\n}", "line 2, $: These quotation marks are not valid in JSON. Use double quotes: \"...\".")]
    public void What_is_no_JSON_is_explained_as_in_a_program(string json, string message) => Assert.Equal(
        $"The evidence file is not valid: {message}",
        Assert.Throws<InvalidDataException>(() => AccountEvidence.FromJson(json, DateTimeOffset.UnixEpoch)).Message);

    [Theory]
    [InlineData("account", "null", "$.account must not be null.")]
    [InlineData("account", """{"accountId":"111122223333","partition":"aws"}""", "$.account.callerArn is missing.")]
    [InlineData("account", """{"accountId":"111122223333","partition":"aws-cn","callerArn":"arn:aws:iam::111122223333:root"}""", "$.account contradicts itself: account \"111122223333\" in partition \"aws-cn\", and the caller \"arn:aws:iam::111122223333:root\".")]
    [InlineData("account", """{"accountId":"444455556666","partition":"aws","callerArn":"arn:aws:iam::111122223333:root"}""", "$.account contradicts itself: account \"444455556666\" in partition \"aws\", and")]
    [InlineData("account", """{"accountId":"444455556666","partition":"aws","callerArn":"root"}""", "$.account contradicts itself")]
    [InlineData("collectedAt", "\"today\"", "$.collectedAt must be a time such as")]
    [InlineData("completedAt", null, "$.completedAt is missing.")]
    [InlineData("cisAwsVersion", null, "$.cisAwsVersion is missing.")]
    [InlineData("regions", """{"named":"eu-west-1"}""", "$.regions.named must be a list.")]
    [InlineData("note", "\"\"", "$.note is not known in cisaws-evidence/1.")]
    [InlineData("schema", "\"cisaws-evidence/2\"", "$.schema is \"cisaws-evidence/2\"; this version of CisAws reads \"cisaws-evidence/1\"")]
    public void A_header_that_is_not_valid_is_an_error_with_its_place(string member, string? value, string message)
    {
        var file = JsonNode.Parse(RuleTester.NewEvidence().ToJson())!.AsObject();
        file.Remove(member);
        if (value is not null)
        {
            file[member] = JsonNode.Parse(value);
        }

        Assert.Contains(
            message, Assert.Throws<InvalidDataException>(() => AccountEvidence.FromJson(file.ToJsonString())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_that_cannot_be_moved_is_an_error_with_its_place()
    {
        var evidence = RuleTester.NewEvidence()
            .Set(EvidenceKinds.VirtualMfaDevices, "", [new VirtualMfaDevice("mfa", EnableDate: DateTimeOffset.MaxValue.AddDays(-1))]);
        var error = Assert.Throws<InvalidDataException>(() => AccountEvidence.FromJson(evidence.ToJson(), evidence.CollectedAt.AddDays(30)));
        Assert.Contains("$.evidence['iam.virtualMfaDevices'][''].value[0].enableDate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_says_who_collected_where_when_and_how_and_each_fact_where_it_comes_from()
    {
        var time = RuleTester.Now.AddSeconds(3);
        var denied = new ReadFailure("ec2:DescribeVpcs", "us-east-1", "UnauthorizedOperation", ReadFailureKind.AccessDenied, "No.");
        var disabled = new ReadFailure("ec2:DescribeVpcs", "me-south-1", "", ReadFailureKind.RegionDisabled, "Not enabled.");
        var evidence = new AccountEvidence(new AccountIdentity("111122223333", "aws", "arn:aws:iam::111122223333:role/Auditor"), RuleTester.Now)
        {
            CompletedAt = time,
            CisAwsVersion = "7.8.9",
            Regions = new CollectedRegions(["me-south-1", "us-east-1"], ["eu-west-1", "us-east-1"], ["us-east-1"]),
        };
        evidence.Add(EvidenceKinds.Vpcs, "us-east-1", EvidenceKinds.Vpcs.Failed(denied, time));
        evidence.Add(EvidenceKinds.Vpcs, "me-south-1", EvidenceKinds.Vpcs.Failed(disabled));
        evidence.Add(EvidenceKinds.BucketOwnership, "logs", Observation.Known<string?>(null, new Origin("s3:GetBucketOwnershipControls", "eu-west-1", time)));
        evidence.Add(EvidenceKinds.TrailStatus);

        Assert.Equal(
            """
            {
              "schema": "cisaws-evidence/1",
              "cisAwsVersion": "7.8.9",
              "account": {"accountId":"111122223333","partition":"aws","callerArn":"arn:aws:iam::111122223333:role/Auditor"},
              "collectedAt": "2026-03-01T12:00:00+00:00",
              "completedAt": "2026-03-01T12:00:03+00:00",
              "regions": {"named":["me-south-1","us-east-1"],"enabled":["eu-west-1","us-east-1"],"assessed":["us-east-1"]},
              "evidence": {
                "cloudtrail.trailStatus": {},
                "ec2.vpcs": {
                  "me-south-1": {"action":"ec2:DescribeVpcs","region":"me-south-1","unreadable":{"errorCode":"","kind":"RegionDisabled","message":"Not enabled."}},
                  "us-east-1": {"action":"ec2:DescribeVpcs","region":"us-east-1","time":"2026-03-01T12:00:03+00:00","unreadable":{"errorCode":"UnauthorizedOperation","kind":"AccessDenied","message":"No."}}
                },
                "s3.bucketOwnership": {
                  "logs": {"action":"s3:GetBucketOwnershipControls","region":"eu-west-1","time":"2026-03-01T12:00:03+00:00","value":null}
                }
              }
            }

            """,
            evidence.ToJson());
        var again = AccountEvidence.FromJson(evidence.ToJson());
        Assert.Equal(evidence.ToJson(), again.ToJson());
        Assert.Equal(new Origin("s3:GetBucketOwnershipControls", "eu-west-1", time), again.Get(EvidenceKinds.BucketOwnership, "logs").Origin);
        Assert.Equal((denied, new Origin(denied.Action, denied.Region, time)), (again.Get(EvidenceKinds.Vpcs, "us-east-1").Failure, again.Get(EvidenceKinds.Vpcs, "us-east-1").Origin));
        Assert.Equal((disabled, null), (again.Get(EvidenceKinds.Vpcs, "me-south-1").Failure, again.Get(EvidenceKinds.Vpcs, "me-south-1").Origin));
        Assert.Equal(("7.8.9", time), (again.CisAwsVersion, again.CompletedAt));
    }

    [Fact]
    public void What_a_newer_minor_version_adds_is_ignored_with_a_warning_and_its_kinds_are_kept()
    {
        const string Newer = """{"eu-west-1":{"action":"ec2:DescribeClouds","region":"eu-west-1","time":"2026-03-01T12:00:00+00:00","value":[{"shape":"cirrus","share":0.50}]}}""";
        var file = JsonNode.Parse(DemoAccount.Load().ToJson())!.AsObject();
        file["schema"] = "cisaws-evidence/1.2";
        file["ticket"] = "T-1";
        file["evidence"]!["ec2.clouds"] = JsonNode.Parse(Newer);
        foreach (var region in file["evidence"]!["ec2.vpcs"]!.AsObject())
        {
            foreach (var vpc in region.Value!["value"]!.AsArray())
            {
                vpc!["colour"] = "grey";
            }
        }

        var evidence = AccountEvidence.FromJson(file.ToJsonString());

        Assert.Equal(
            "The evidence file has schema cisaws-evidence/1.2, written by CisAws 0.1.0. This version reads cisaws-evidence/1 and ignores " +
            "Vpc.colour, ec2.clouds, ticket. Update CisAws to use all of the file.",
            Assert.Single(evidence.Warnings));
        Assert.Empty(EvidenceComparer.Differences(DemoAccount.Load(), evidence));
        var written = JsonNode.Parse(evidence.ToJson())!;
        Assert.Equal("cisaws-evidence/1.2", (string?)written["schema"]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Newer), written["evidence"]!["ec2.clouds"]));
        Assert.Contains("\"share\":0.50", evidence.ToJson(), StringComparison.Ordinal);
        Assert.Equal(evidence.ToJson(), AccountEvidence.FromJson(evidence.ToJson()).ToJson());
    }

    [Fact]
    public void A_file_of_a_newer_minor_version_with_nothing_new_in_it_needs_no_warning() => Assert.Empty(
        AccountEvidence.FromJson(DemoAccount.Load().ToJson().Replace("cisaws-evidence/1", "cisaws-evidence/1.2", StringComparison.Ordinal)).Warnings);

    private static AccountEvidence Read(string evidence)
    {
        const string Call = "{\"action\":\"a:B\",\"region\":\"\",\"time\":\"2026-03-01T12:00:00+00:00\",";
        return AccountEvidence.FromJson($$"""
            {
              "schema": "cisaws-evidence/1",
              "cisAwsVersion": "0.1.0",
              "account": { "accountId": "111122223333", "partition": "aws", "callerArn": "arn:aws:iam::111122223333:root" },
              "collectedAt": "2026-03-01T12:00:00+00:00",
              "completedAt": "2026-03-01T12:00:00+00:00",
              "regions": { "named": [] },
              "evidence": {{evidence.Replace("{\"value\":", Call + "\"value\":").Replace("{\"unreadable\":", Call + "\"unreadable\":")}}
            }
            """);
    }

    [Fact]
    public Task A_file_with_a_wrong_place_in_it_is_refused_or_judged()
    {
        var json = DemoAccount.Load().ToJson();
        var places = Places(JsonNode.Parse(json)!["evidence"]!).ToList();
        Assert.True(places.Count > 1000);
        return Gen.Select(Gen.Int[0, places.Count - 1], Gen.Int[0, 6]).SampleAsync(
            async (place, change) =>
            {
                var root = JsonNode.Parse(json)!;
                Change(root["evidence"]!, places[place], change);
                AccountEvidence account;
                try
                {
                    account = AccountEvidence.FromJson(root.ToJsonString());
                }
                catch (InvalidDataException e)
                {
                    Assert.Contains("$.", e.Message, StringComparison.Ordinal);
                    return;
                }

                var kind = EvidenceKinds.All.First(k => k.Name == places[place][0]);
                var controls = EveryRule.Controls.Where(c => c.Needs.Any(k => Rests(k, kind))).ToList();
                var results = new List<CisResult>();
                await new Assessment(controls, [], account.CollectedAt).RunAsync(account, results.Add, TestContext.Current.CancellationToken);
                Assert.DoesNotContain(results, r => r.ReasonCode == "RuleError");
            },
            iter: LongTests.Iterations(20, 400),
            threads: 1);

        static bool Rests(EvidenceKind kind, EvidenceKind on) => kind == on || kind.From.Any(f => Rests(f, on));
    }

    /// <summary>The way to each node below: names of members and numbers of items.</summary>
    private static IEnumerable<string[]> Places(JsonNode? node) => (node switch
    {
        JsonObject o => o.Select(m => (Step: m.Key, m.Value)),
        JsonArray a => a.Select((item, i) => (Step: i.ToString(CultureInfo.InvariantCulture), Value: item)),
        _ => [],
    }).SelectMany(m => Places(m.Value).Select(p => (string[])[m.Step, .. p]).Prepend([m.Step]));

    private static void Change(JsonNode root, string[] place, int change)
    {
        var parent = place.SkipLast(1).Aggregate(root, (node, step) => node is JsonArray a ? a[int.Parse(step, CultureInfo.InvariantCulture)]! : node[step]!);
        JsonNode? changed = change switch
        {
            0 => null,
            1 => JsonValue.Create(""),
            2 => new JsonObject(),
            3 => new JsonArray(null, null),
            4 => JsonValue.Create(1e99),
            5 => JsonValue.Create("x\u001b[2J:*?/"),
            _ => JsonValue.Create("missing"),
        };
        switch (parent)
        {
            case JsonArray list when change == 6:
                list.RemoveAt(int.Parse(place[^1], CultureInfo.InvariantCulture));
                break;
            case JsonArray list:
                list[int.Parse(place[^1], CultureInfo.InvariantCulture)] = changed;
                break;
            case JsonObject o when change == 6:
                o.Remove(place[^1]);
                break;
            default:
                parent[place[^1]] = changed;
                break;
        }
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
