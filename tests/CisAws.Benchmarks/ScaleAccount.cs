using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Rules.Alarms;
using CisAws.Testing;

namespace CisAws.Performance;

/// <summary>The demo account with more of everything: as much as the largest account that is to be assessed.</summary>
internal static class ScaleAccount
{
    private const string Region = "eu-west-1";

    public const string Description =
        "10,000 users with 20,000 access keys, 2,000 roles, 2,000 policies, 20,000 security groups with 100,000 rules, 500 KMS keys, 200 trails with a " +
        "bucket each, and 100 metric filters and alarms for the log group of a trail";

    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    /// <summary>The account, with everything multiplied by a factor.</summary>
    /// <param name="share">1 for the account that <see cref="Description"/> describes.</param>
    public static AccountEvidence Create(double share = 1)
    {
        var account = DemoAccount.Load(Now);
        AddPrincipals(account, Count(10_000), Count(2_000), Count(2_000));
        AddGroups(account, Count(20_000));
        AddKeys(account, Count(500));
        AddTrails(account, Count(200));
        AddFilters(account, Count(100));
        return account;

        int Count(int full) => (int)(full * share);
    }

    /// <summary>The demo account with KMS keys, all of which are rotated.</summary>
    public static AccountEvidence WithKeys(int count)
    {
        var account = DemoAccount.Load(Now);
        AddKeys(account, count);
        return account;
    }

    /// <summary>The demo account with trails, each of which delivers to a bucket of its own.</summary>
    public static AccountEvidence WithTrails(int count)
    {
        var account = DemoAccount.Load(Now);
        AddTrails(account, count);
        return account;
    }

    /// <summary>The demo account with as many metric filters as a log group can have: 100.</summary>
    public static AccountEvidence WithFilters()
    {
        var account = DemoAccount.Load(Now);
        AddFilters(account, 100);
        return account;
    }

    private static void AddPrincipals(AccountEvidence account, int users, int roles, int policies)
    {
        var (id, created) = (account.Account.AccountId, Now.AddYears(-1));
        var details = Value(account, EvidenceKinds.AuthorizationDetails);
        string[] documents =
        [
            """{"Version":"2012-10-17","Statement":[{"Sid":"Read","Effect":"Allow","Action":["s3:Get*","s3:List*"],"Resource":"*"},{"Effect":"Allow","Action":"logs:*","Resource":"arn:aws:logs:*:*:log-group:/app/*"}]}""",
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ec2:Describe*","dynamodb:GetItem","dynamodb:Query"],"Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":"eu-west-1"}}},{"Effect":"Deny","Action":"iam:*","Resource":"*"}]}""",
        ];
        var manyUsers = Numbers(users).Select(i => new IamUser(
            $"scale.user{i}", $"arn:aws:iam::{id}:user/staff/scale.user{i}", created, [], [], ["developers"], null, Tags(i))).ToList();
        var manyRoles = Numbers(roles).Select(i => new IamRole(
            $"scale-role{i}", $"arn:aws:iam::{id}:role/scale-role{i}",
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""",
            [new InlinePolicy("inline", documents[i % 2])], [new AttachedPolicy($"scale-policy{i % Math.Max(1, policies)}", $"arn:aws:iam::{id}:policy/scale-policy{i % Math.Max(1, policies)}")])).ToList();
        var manyPolicies = Numbers(policies).Select(i => new ManagedPolicy(
            $"scale-policy{i}", $"arn:aws:iam::{id}:policy/scale-policy{i}", 1, 0, "v2", [new("v2", true, documents[i % 2]), new("v1", false, documents[1])])).ToList();
        account.Set(EvidenceKinds.AuthorizationDetails, "", details with
        {
            Users = [.. details.Users, .. manyUsers],
            Roles = [.. details.Roles, .. manyRoles],
            Policies = [.. details.Policies, .. manyPolicies],
        });

        var report = Value(account, EvidenceKinds.CredentialReport);
        account.Set(EvidenceKinds.CredentialReport, "", report with { Rows = [.. report.Rows, .. manyUsers.Select((u, i) => Row(report.Columns, u, i))] });
    }

    /// <summary>A user with two keys; one user in fifty is what the rules look for.</summary>
    private static List<string> Row(IReadOnlyList<string> columns, IamUser user, int number)
    {
        var recent = Text(Now.AddDays(-(number % 50 == 0 ? 200 : 20)));
        return [.. columns.Select(c => c switch
        {
            "user" => user.Name,
            "arn" => user.Arn,
            "user_creation_time" => Text(user.CreateDate),
            "password_enabled" => "true",
            "password_last_used" or "password_last_changed" => recent,
            "mfa_active" => number % 50 == 1 ? "false" : "true",
            "access_key_1_active" or "access_key_2_active" => "true",
            "access_key_1_last_rotated" or "access_key_1_last_used_date" or "access_key_2_last_rotated" or "access_key_2_last_used_date" => recent,
            "access_key_1_last_used_region" or "access_key_2_last_used_region" => Region,
            "access_key_1_last_used_service" or "access_key_2_last_used_service" => "s3",
            "cert_1_active" or "cert_2_active" => "false",
            _ => "N/A",
        })];
    }

    private static void AddGroups(AccountEvidence account, int count)
    {
        var vpc = Value(account, EvidenceKinds.Vpcs, Region)[0].Id;
        IpPermission[] ingress = [.. Numbers(5).Select(i => new IpPermission(
            "tcp", i == 0 ? 22 : 440 + i, i == 0 ? 22 : 440 + i, [new CidrRange($"10.{i}.0.0/16", "office network")], [], [], []))];
        IpPermission[] open = [new("tcp", 22, 22, [new CidrRange("0.0.0.0/0")], [], [], []), .. ingress.Skip(1)];
        var groups = Numbers(count).Select(i => new SecurityGroup(
            FormattableString.Invariant($"sg-{i:x17}"), $"scale-{i}", account.Account.AccountId, vpc, i % 50 == 0 ? open : ingress,
            [new IpPermission("-1", null, null, [new CidrRange("0.0.0.0/0")], [], [], [])], "Access from the office", Tags(i)));
        account.Set(EvidenceKinds.SecurityGroups, Region, [.. Value(account, EvidenceKinds.SecurityGroups, Region), .. groups]);
    }

    private static void AddKeys(AccountEvidence account, int count)
    {
        var arns = Numbers(count).Select(i => FormattableString.Invariant($"arn:aws:kms:{Region}:{account.Account.AccountId}:key/00000000-0000-4000-8000-{i:d12}")).ToList();
        account.Set(EvidenceKinds.KmsKeyArns, Region, [.. Value(account, EvidenceKinds.KmsKeyArns, Region), .. arns]);
        foreach (var arn in arns)
        {
            account.Set(EvidenceKinds.KmsKeys, arn, new KmsKey(arn.Split('/')[1], arn, "CUSTOMER", "SYMMETRIC_DEFAULT", "AWS_KMS", "Enabled"))
                .Set(EvidenceKinds.KeyRotation, arn, new KeyRotation(true, 365));
        }
    }

    /// <summary>Trails as an existing one: each in one region, with a bucket of its own.</summary>
    private static void AddTrails(AccountEvidence account, int count)
    {
        var like = Value(account, EvidenceKinds.Trails, Region).First(t => t.Arn.Contains(account.Account.AccountId, StringComparison.Ordinal));
        var trails = Numbers(count).Select(i => like with
        {
            Name = $"scale-{i}",
            Arn = $"arn:aws:cloudtrail:{Region}:{account.Account.AccountId}:trail/scale-{i}",
            S3BucketName = $"scale-trail-{i}",
            IsMultiRegionTrail = false,
        }).ToList();
        account.Set(EvidenceKinds.Trails, Region, [.. Value(account, EvidenceKinds.Trails, Region), .. trails]);
        EvidenceKind[] ofBucket =
        [
            EvidenceKinds.Buckets, EvidenceKinds.BucketAcl, EvidenceKinds.BucketPolicy, EvidenceKinds.BucketPolicyIsPublic, EvidenceKinds.BucketPublicAccessBlock,
            EvidenceKinds.BucketOwnership, EvidenceKinds.BucketLogging,
        ];
        foreach (var trail in trails)
        {
            account.Set(EvidenceKinds.TrailStatus, trail.Arn, account.Get(EvidenceKinds.TrailStatus, like.Arn))
                .Set(EvidenceKinds.EventSelectors, trail.Arn, account.Get(EvidenceKinds.EventSelectors, like.Arn));
            foreach (var kind in ofBucket)
            {
                account.Set(kind, trail.S3BucketName, account.Get(kind, like.S3BucketName));
            }
        }
    }

    /// <summary>Filters such as teams write them: a benchmark's pattern narrowed, broadened or with other fields, each with an alarm.</summary>
    private static void AddFilters(AccountEvidence account, int count)
    {
        var group = account.SubjectsOf(EvidenceKinds.MetricFilters).First();
        var patterns = Benchmark.Default.Controls.SelectMany(c => c.Rules).OfType<MetricFilterAlarm>().Select(r => r.Reference.Pattern.Trim('{', '}', ' ')).ToList();
        var existing = Value(account, EvidenceKinds.MetricFilters, group);
        var filters = Numbers(Math.Max(0, count - existing.Count)).Select(i => existing[0] with
        {
            Name = $"scale-{i}",
            Pattern = (i % 4) switch
            {
                0 => $"{{ ({patterns[i % patterns.Count]}) && $.errorCode NOT EXISTS }}",
                1 => $"{{ ({patterns[i % patterns.Count]}) || ($.eventName = \"*Instance{i}*\") }}",
                2 => $"{{ ($.eventSource = \"app{i}.amazonaws.com\") && ($.sourceIPAddress != \"10.{i}.*\") }}",
                _ => $"{{ $.eventName = Create{i} || $.requestParameters.count > {i} }}",
            },
            Transformations = [new MetricTransformation("Scale", $"Metric{i}", "1", null, [])],
        }).ToList();
        account.Set(EvidenceKinds.MetricFilters, group, [.. existing, .. filters]);
        var alarms = Value(account, EvidenceKinds.Alarms, Region);
        var like = alarms.Metric[0];
        account.Set(EvidenceKinds.Alarms, Region, alarms with
        {
            Metric = [.. alarms.Metric, .. Numbers(filters.Count).Select(i => like with
            {
                Name = $"scale-{i}", Arn = $"arn:aws:cloudwatch:{Region}:{account.Account.AccountId}:alarm:scale-{i}", Namespace = "Scale", MetricName = $"Metric{i}", Metrics = [],
            })],
        });
    }

    private static T Value<T>(AccountEvidence account, EvidenceKind<T> kind, string subject = "") =>
        account.Get(kind, subject).Match(v => v, why => throw new InvalidOperationException($"The demo account has no {kind}: {why}"));

    private static IEnumerable<int> Numbers(int count) => Enumerable.Range(0, count);

    private static Dictionary<string, string> Tags(int number) => new() { ["team"] = FormattableString.Invariant($"team-{number % 40}"), ["environment"] = "production" };

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture);
}
