using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Core.Tests.Rules.Alarms;
using CisAws.Core.Tests.Rules.Trails;
using CisAws.Core.Tests.Style;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules;

/// <summary>
/// A member account sees the trail of its organization, and can read nothing about it. The trail is that of one account, its log group, metric filters and
/// alarms those of a delegated administrator, its bucket and its key those of a log archive, and the topic that of a security account: each is assessed by
/// the evidence of the account that owns it, and without that evidence nothing is decided.
/// </summary>
public sealed class OrganizationTruthTests
{
    private const string Owner = RuleTester.AccountId;
    private const string Administrator = "333344445555";
    private const string Archive = "777788889999";
    private const string Security = "666677778888";
    private const string Member = "222233334444";
    private const string BucketName = "logs";
    private const string Key = $"arn:aws:kms:us-east-1:{Archive}:key/k1";
    private const string Topic = $"arn:aws:sns:us-east-1:{Security}:soc";

    private static readonly string Group = MonitoredAccount.LogGroupArnOf("CloudTrail/main", Administrator);

    private static readonly Trail Trail = TrailEvidence.Trail() with
    {
        IsOrganizationTrail = true,
        S3BucketName = BucketName,
        KmsKeyId = Key,
        CloudWatchLogsLogGroupArn = Group + ":*",
    };

    private static readonly IReadOnlyList<CisControl> Controls =
    [
        .. DefaultPrograms.Benchmark.Controls.Where(c => c.Section is "Logging" or "Monitoring"),
        .. EveryRule.Controls.Where(c => c.RuleId.ToString() is "trails-s3-object-write-events" or "trails-s3-object-read-events" || c.RuleId.ToString().StartsWith("alarms-", StringComparison.Ordinal))
            .Where(c => c.Benchmark != DefaultPrograms.BenchmarkName),
    ];

    /// <summary>What is changed in the organization, the control or rule, the result in the member, and the account that the result names.</summary>
    public static TheoryData<string, string, string, string, string> Cases => new()
    {
        // The trail: its status and its event selectors.
        { "", "2.1", "Pass", "TrailQualifies", Owner },
        { "no owner", "2.1", "Unknown", "ForeignOwner", Owner },
        { "status denied", "2.1", "Unknown", "AccessDenied", Owner },
        { "status not collected", "2.1", "Unknown", "NotCollected", Owner },
        { "stopped", "2.1", "Fail", "NotLogging", Owner },
        { "selectors denied", "2.1", "Unknown", "AccessDenied", Owner },
        { "reads only", "2.1", "Fail", "ReadOrWriteEventsOnly", Owner },
        { "no owner, readable", "2.1", "Pass", "TrailQualifies", "" },
        { "status denied, readable", "2.1", "Pass", "TrailQualifies", Owner },
        { "stopped, readable", "2.1", "Fail", "NotLogging", Owner },
        { "", "trails-s3-object-write-events", "Pass", "ObjectEventsRecorded", Owner },
        { "no owner", "trails-s3-object-write-events", "Unknown", "ForeignOwner", Owner },
        { "selectors denied", "trails-s3-object-read-events", "Unknown", "AccessDenied", Owner },
        { "reads only", "trails-s3-object-write-events", "Fail", "NoObjectEvents", Owner },
        { "stopped", "trails-s3-object-read-events", "Fail", "NotLogging", Owner },
        { "", "2.4", "Pass", "Delivering", Owner },
        { "no owner", "2.4", "Unknown", "ForeignOwner", Owner },
        { "status denied", "2.4", "Unknown", "AccessDenied", Owner },
        { "no delivery", "2.4", "Fail", "NeverDelivered", Owner },
        // What the member sees of the trail itself decides without its owner.
        { "no owner", "2.2", "Pass", "ValidationEnabled", "" },
        // The bucket.
        { "", "2.3", "Pass", "NotPublic", Archive },
        { "no archive", "2.3", "Unknown", "AccessDenied", Archive },
        { "policy denied", "2.3", "Unknown", "AccessDenied", Archive },
        { "public", "2.3", "Fail", "PublicPolicy", Archive },
        { "public, blocked by the archive", "2.3", "Pass", "NotPublic", Archive },
        { "public, blocked by the member", "2.3", "Fail", "PublicPolicy", Archive },
        { "", "2.6", "Pass", "LoggingEnabled", Archive },
        { "no archive", "2.6", "Unknown", "AccessDenied", Archive },
        { "logging denied", "2.6", "Unknown", "AccessDenied", Archive },
        { "no access logs", "2.6", "Fail", "LoggingDisabled", Archive },
        // The key. The control requires the setting of the trail: what is not known of another account's key is a warning.
        { "", "2.7", "Pass", "Encrypted", Archive },
        { "no archive", "2.7", "Pass", "Encrypted", Archive },
        { "key denied", "2.7", "Pass", "Encrypted", Archive },
        { "key deleted", "2.7", "Fail", "KeyUnusable", Archive },
        // The log group, its metric filters and the alarms.
        { "", "3.5", "Pass", "Alarmed", Administrator },
        { "no administrator", "3.5", "Unknown", "ForeignOwner", Administrator },
        { "no administrator, no owner", "3.5", "Unknown", "ForeignOwner", Administrator },
        { "no owner", "3.5", "Unknown", "ForeignOwner", Owner },
        { "no owner, readable", "3.5", "Pass", "Alarmed", Administrator },
        { "status denied", "3.5", "Unknown", "AccessDenied", Owner },
        { "stopped", "3.5", "Fail", "NotLogging", Owner },
        { "group missing", "3.5", "Fail", "LogGroupMissing", Administrator },
        { "filters denied", "3.5", "Unknown", "AccessDenied", Administrator },
        { "no filter", "3.5", "Fail", "NoMatchingFilter", Administrator },
        { "alarms denied", "3.5", "Unknown", "AccessDenied", Administrator },
        { "alarms of another region", "3.5", "Unknown", "NotCollected", Administrator },
        { "actions disabled", "3.5", "Fail", "ActionsDisabled", Administrator },
        // The topic.
        { "no security", "3.5", "Unknown", "ForeignOwner", Security },
        { "subscriptions denied", "3.5", "Unknown", "AccessDenied", Security },
        { "subscriptions not collected", "3.5", "Unknown", "NotCollected", Security },
        { "subscriptions not collected, readable by the administrator", "3.5", "Pass", "Alarmed", Administrator },
        { "not confirmed", "3.5", "Fail", "NoConfirmedSubscription", Security },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_another_account_owns_is_assessed_by_its_evidence(string change, string control, string status, string code, string account)
    {
        var result = Assess(control, new Organization(change));
        ReasonStyle.Check(result);
        var finding = Assert.Single(result.Findings);
        Assert.Equal((status, code, Member), (result.Status.ToString(), finding.ReasonCode, result.AccountId));
        var said = string.Join("\n", [result.Reason, finding.Reason, .. finding.Facts.Select(f => f.ToString()), .. finding.Warnings]);
        Assert.Equal(account.Length > 0, Regions(said).Contains(account.Length > 0 ? account : "EvidenceAccount=", StringComparison.Ordinal));

        // Trail and topic ARNs contain the account in any case.
        static string Regions(string text) => text.Replace(Trail.Arn, "", StringComparison.Ordinal).Replace(Topic, "", StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_account_alone_gives_Unknown_the_organization_gives_the_status_of_the_owner()
    {
        var complete = new Organization("");
        foreach (var control in Controls.Where(c => c.Section == "Monitoring" || c.ControlId.ToString() is "2.1" or "2.3" or "2.4" or "2.6"))
        {
            var alone = RuleTester.Replay(control, complete.Member, [], RuleTester.Now).Result;
            Assert.Equal((control.ControlId, CisStatus.Unknown), (control.ControlId, alone.Status));
            Assert.True(alone.Incomplete);
            var together = RuleTester.Replay(control, complete.Member, [], RuleTester.Now, complete.Set).Result;
            var expected = control.RuleId.ToString() == "alarms-cloudtrail-changes" || control.Section != "Monitoring" ? CisStatus.Pass : CisStatus.Fail;
            Assert.Equal((control.ControlId, expected, false), (control.ControlId, together.Status, together.Incomplete));
            Assert.Contains(together.Findings[0].Facts, f => f.Name == "EvidenceAccount");
            Assert.Equal(
                together.Status, RuleTester.Replay(control, complete.All.First(a => a.Account.AccountId == Owner), [], RuleTester.Now, complete.Set).Result.Status);
        }
    }

    [Fact]
    public void Without_a_fact_of_an_owner_nothing_passes()
    {
        var complete = new Organization("");
        var tried = 0;
        foreach (var control in Controls)
        {
            var (result, used) = RuleTester.Replay(control, complete.Member, [], RuleTester.Now, complete.Set);
            var needed = control.Rules.SelectMany(r => r.Needs(control.Values)).Intersect(used).ToHashSet();
            foreach (var fact in complete.KnownToOwners().Where(f => result.Status == CisStatus.Pass && needed.Contains(f.Kind)))
            {
                tried++;
                var without = RuleTester.Replay(control, complete.Member, [], RuleTester.Now, Organization.Without(fact)).Result;
                Assert.Equal((control.ControlId, fact, CisStatus.Unknown), (control.ControlId, fact, without.Status));
                Assert.Contains($" of account {fact.Account}", without.Reason, StringComparison.Ordinal);
            }
        }

        Assert.True(tried >= 14, $"{tried} facts");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-100)]
    public void Deliveries_are_as_old_as_they_were_when_the_owner_was_read(int hours)
    {
        var read = RuleTester.Now.AddHours(hours);
        var organization = new Organization("", read);
        Assert.Equal(("Delivering", CisStatus.Pass), CodeOf(Assess("2.4", organization)));
        Assert.Empty(Assess("3.5", organization).Findings[0].Warnings);
        Assert.Equal(("DeliveryTooOld", CisStatus.Fail), CodeOf(Assess("2.4", new Organization("old delivery", read))));

        static (string, CisStatus) CodeOf(CisResult result) => (result.Findings[0].ReasonCode, result.Status);
    }

    [Theory]
    [InlineData("logs", null, $"account {Owner}, which owns trail main, may own the bucket; assess it together with account {Owner}")]
    [InlineData("logs", Key, $"account {Archive}, which owns the KMS key of trail main, may own the bucket; assess it together with account {Archive}")]
    [InlineData("aws-controltower-logs-777788889999-eu-west-1", null, $"account {Archive}, whose ID is in its name, may own the bucket; assess it together with account {Archive}")]
    public void What_is_known_of_a_bucket_suggests_its_owner(string bucket, string? key, string expected)
    {
        var trail = Trail with { S3BucketName = bucket, KmsKeyId = key };
        var member = NewMember(trail).Set(EvidenceKinds.Buckets, bucket, new Bucket(true, "us-east-1")).Refuse(EvidenceKinds.BucketLogging, bucket);
        var result = RuleTester.Control("2.6", member);
        Assert.Equal(CisStatus.Unknown, result.Status);
        Assert.Contains(expected, result.Findings[0].Reason, StringComparison.Ordinal);
    }

    private static CisResult Assess(string control, Organization organization) => RuleTester.Replay(
        control.Contains('.') ? RuleTester.With(control) : EveryRule.Controls.First(c => c.RuleId.ToString() == control),
        organization.Member, [], RuleTester.Now, organization.Set).Result;

    /// <summary>An account that sees the trail and can read nothing about it.</summary>
    private static AccountEvidence NewMember(Trail trail)
    {
        var member = RuleTester.NewEvidence(accountId: Member)
            .Refuse(EvidenceKinds.TrailStatus, trail.Arn, ReadFailureKind.ForeignOwner, "TrailNotFoundException")
            .Refuse(EvidenceKinds.EventSelectors, trail.Arn, ReadFailureKind.ForeignOwner, "TrailNotFoundException");
        return TrailEvidence.Regions.Aggregate(member, (e, region) => e.Set(EvidenceKinds.Trails, region, [trail]));
    }

    /// <summary>The accounts of an organization, one of which differs.</summary>
    private sealed class Organization
    {
        private static readonly EvidenceKind[] OfBucket =
        [
            EvidenceKinds.BucketAcl, EvidenceKinds.BucketPolicy, EvidenceKinds.BucketPolicyIsPublic, EvidenceKinds.BucketOwnership,
            EvidenceKinds.BucketPublicAccessBlock, EvidenceKinds.BucketLogging,
        ];

        private readonly Dictionary<string, AccountEvidence> _accounts = [];

        public Organization(string change, DateTimeOffset? read = null)
        {
            var time = read ?? RuleTester.Now;
            foreach (var id in new[] { Owner, Administrator, Archive, Security })
            {
                _accounts[id] = new AccountEvidence(new AccountIdentity(id, "aws", $"arn:aws:iam::{id}:role/Auditor"), time);
                Add(_accounts[id]);
            }

            Member = NewMember(Trail)
                .Set(EvidenceKinds.Buckets, BucketName, new Bucket(true, "us-east-1"))
                .Set(EvidenceKinds.AccountPublicAccessBlock, "", new PublicAccessBlock(RestrictPublicBuckets: change.EndsWith("blocked by the member", StringComparison.Ordinal)))
                .Refuse(EvidenceKinds.TrailKey, Key);
            foreach (var kind in OfBucket)
            {
                Member.Refuse(kind, BucketName);
            }

            Describe(time);
            foreach (var part in change.Split(", "))
            {
                Change(part, change, time);
            }

            Set = new EvidenceSet(All);
        }

        public AccountEvidence Member { get; }

        public IEnumerable<AccountEvidence> All => _accounts.Values.Append(Member);

        public EvidenceSet Set { get; }

        /// <summary>Everything that is known of what the owners own.</summary>
        public IEnumerable<(string Account, EvidenceKind Kind, string Subject)> KnownToOwners() =>
            from account in _accounts
            from kind in EvidenceKinds.All
            where kind != EvidenceKinds.Regions && kind != EvidenceKinds.Trails
            from subject in account.Value.SubjectsOf(kind)
            where account.Value.Get(kind, subject).Failure is null
            select (account.Key, kind, subject);

        /// <summary>The same accounts without a fact.</summary>
        public static EvidenceSet Without((string Account, EvidenceKind Kind, string Subject) fact)
        {
            var others = new Organization("");
            others._accounts[fact.Account].Refuse(fact.Kind, fact.Subject, ReadFailureKind.Throttled, "Throttling");
            return new EvidenceSet(others.All);
        }

        private static void Add(AccountEvidence account)
        {
            account.Set(EvidenceKinds.Regions, "", [new Region("us-east-1", "opt-in-not-required"), new Region("eu-west-1", "opt-in-not-required")]);
            foreach (var region in TrailEvidence.Regions)
            {
                account.Set(EvidenceKinds.Trails, region, [Trail]);
            }
        }

        private void Describe(DateTimeOffset time)
        {
            var events = new EventSelectors(
                [new EventSelector("All", true, [], [new DataResource("AWS::S3::Object", ["arn:aws:s3"])])], []);
            _accounts[Owner]
                .Set(EvidenceKinds.TrailStatus, Trail.Arn, new TrailStatus(true, time.AddYears(-1), LatestCloudWatchLogsDeliveryTime: time.AddMinutes(-5)))
                .Set(EvidenceKinds.EventSelectors, Trail.Arn, events);
            _accounts[Archive]
                .Set(EvidenceKinds.Buckets, BucketName, new Bucket(true, "us-east-1"))
                .Set(EvidenceKinds.BucketAcl, BucketName, new BucketAcl("c", []))
                .Set(EvidenceKinds.BucketPolicy, BucketName, null)
                .Set(EvidenceKinds.BucketPolicyIsPublic, BucketName, null)
                .Set(EvidenceKinds.BucketOwnership, BucketName, null)
                .Set(EvidenceKinds.BucketPublicAccessBlock, BucketName, new PublicAccessBlock())
                .Set(EvidenceKinds.BucketLogging, BucketName, new BucketLogging("access-logs"))
                .Set(EvidenceKinds.AccountPublicAccessBlock, "", new PublicAccessBlock())
                .Set(EvidenceKinds.TrailKey, Key, NewKey("Enabled"));
            _accounts[Administrator]
                .Set(EvidenceKinds.TrailLogGroup, Group, new LogGroup("CloudTrail/main", Group))
                .Set(EvidenceKinds.MetricFilters, Group, [MonitoredAccount.NewFilter(BenchmarkPatterns.ByControl["3.5"])])
                .Set(EvidenceKinds.Alarms, "us-east-1", new RegionAlarms([MonitoredAccount.NewAlarm() with { AlarmActions = [Topic] }], []))
                .Refuse(EvidenceKinds.TopicSubscriptions, Topic, ReadFailureKind.ForeignOwner, "AuthorizationError")
                .Refuse(EvidenceKinds.TopicAttributes, Topic, ReadFailureKind.ForeignOwner, "AuthorizationError");
            _accounts[Security]
                .Set(EvidenceKinds.TopicSubscriptions, Topic, [new Subscription($"{Topic}:1", "email", Security)])
                .Set(EvidenceKinds.TopicAttributes, Topic, null);
        }

        private void Change(string part, string change, DateTimeOffset time)
        {
            var everyone = """{ "Statement": [{ "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*" }] }""";
            var (owner, archive, administrator, security) = (_accounts[Owner], _accounts[Archive], _accounts[Administrator], _accounts[Security]);
            Action apply = part switch
            {
                "" or "blocked by the member" => NothingMore,
                "no owner" => () => _accounts[Owner] = RuleTester.NewEvidence(accountId: "999900001111"),
                "no archive" => () => _accounts[Archive] = RuleTester.NewEvidence(accountId: "999900002222"),
                "no administrator" => () => _accounts[Administrator] = RuleTester.NewEvidence(accountId: "999900003333"),
                "no security" => () => _accounts[Security] = RuleTester.NewEvidence(accountId: "999900004444"),
                "status denied" => () => owner.Refuse(EvidenceKinds.TrailStatus, Trail.Arn),
                "status not collected" => () => owner.Add(EvidenceKinds.TrailStatus, Trail.Arn, new AccountEvidence(owner.Account, time).Get(EvidenceKinds.TrailStatus, Trail.Arn)),
                "stopped" => () => owner.Set(EvidenceKinds.TrailStatus, Trail.Arn, new TrailStatus(false)),
                "no delivery" => () => owner.Set(EvidenceKinds.TrailStatus, Trail.Arn, new TrailStatus(true, time.AddYears(-1))),
                "old delivery" => () => owner.Set(
                    EvidenceKinds.TrailStatus, Trail.Arn, new TrailStatus(true, time.AddYears(-1), LatestCloudWatchLogsDeliveryTime: time.AddHours(-30))),
                "selectors denied" => () => owner.Refuse(EvidenceKinds.EventSelectors, Trail.Arn),
                "reads only" => () => owner.Set(EvidenceKinds.EventSelectors, Trail.Arn, new EventSelectors([new EventSelector("ReadOnly", true, [], [])], [])),
                "readable" => () => Member
                    .Set(EvidenceKinds.TrailStatus, Trail.Arn, new TrailStatus(true, time.AddYears(-1), LatestCloudWatchLogsDeliveryTime: time.AddMinutes(-5)))
                    .Set(EvidenceKinds.EventSelectors, Trail.Arn, TrailEvidence.AllEvents),
                "policy denied" => () => archive.Refuse(EvidenceKinds.BucketPolicy, BucketName),
                "public" => () => archive.Set(EvidenceKinds.BucketPolicy, BucketName, everyone).Set(EvidenceKinds.BucketPolicyIsPublic, BucketName, true),
                "blocked by the archive" => () => archive.Set(EvidenceKinds.AccountPublicAccessBlock, "", new PublicAccessBlock(RestrictPublicBuckets: true)),
                "logging denied" => () => archive.Refuse(EvidenceKinds.BucketLogging, BucketName),
                "no access logs" => () => archive.Set(EvidenceKinds.BucketLogging, BucketName, new BucketLogging()),
                "key denied" => () => archive.Refuse(EvidenceKinds.TrailKey, Key),
                "key deleted" => () => archive.Set(EvidenceKinds.TrailKey, Key, NewKey("PendingDeletion")),
                "group missing" => () => administrator.Set(EvidenceKinds.TrailLogGroup, Group, null),
                "filters denied" => () => administrator.Refuse(EvidenceKinds.MetricFilters, Group),
                "no filter" => () => administrator.Set(EvidenceKinds.MetricFilters, Group, []),
                "alarms denied" => () => administrator.Refuse(EvidenceKinds.Alarms, "us-east-1"),
                "alarms of another region" => () => _accounts[Administrator] = Moved(administrator, "us-east-1", "eu-west-1"),
                "actions disabled" => () => administrator.Set(
                    EvidenceKinds.Alarms, "us-east-1", new RegionAlarms([MonitoredAccount.NewAlarm() with { AlarmActions = [Topic], ActionsEnabled = false }], [])),
                "subscriptions denied" => () => security.Refuse(EvidenceKinds.TopicSubscriptions, Topic),
                "subscriptions not collected" => () => security.Add(
                    EvidenceKinds.TopicSubscriptions, Topic, new AccountEvidence(security.Account, time).Get(EvidenceKinds.TopicSubscriptions, Topic)),
                "readable by the administrator" => () => administrator.Set(EvidenceKinds.TopicSubscriptions, Topic, [new Subscription($"{Topic}:1", "email", Security)]),
                "not confirmed" => () => security.Set(EvidenceKinds.TopicSubscriptions, Topic, [new Subscription("PendingConfirmation", "email", Security)]),
                _ => throw new ArgumentException(change, nameof(change)),
            };
            apply();
        }

        /// <summary>The evidence without the alarms of one region, with those of another.</summary>
        private static AccountEvidence Moved(AccountEvidence account, string from, string to) => account
            .Set(EvidenceKinds.Alarms, to, account.Get(EvidenceKinds.Alarms, from).Match(a => a, _ => null!))
            .Add(EvidenceKinds.Alarms, from, new AccountEvidence(account.Account, account.CollectedAt).Get(EvidenceKinds.Alarms, from));

        private static void NothingMore()
        {
        }

        private static KmsKey NewKey(string state) => new("k1", Key, "CUSTOMER", "SYMMETRIC_DEFAULT", "AWS_KMS", state);
    }
}

/// <summary>Writes evidence that could not be read, in a region.</summary>
internal static class Refusals
{
    public static AccountEvidence Refuse(
        this AccountEvidence evidence, EvidenceKind kind, string subject, ReadFailureKind why = ReadFailureKind.AccessDenied, string code = "AccessDenied") =>
        evidence.Add(kind, subject, kind.Failed(new ReadFailure(kind.Actions[0], "us-east-1", code, why, "Not allowed."), evidence.CollectedAt));
}
