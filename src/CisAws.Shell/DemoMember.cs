using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Evidence;

namespace CisAws.Shell;

/// <summary>An account of the demo organization: the demo account under another ID and name, and with other practice.</summary>
internal sealed partial class DemoMember
{
    private const string Home = "eu-west-1";
    private const string Trail = $"arn:aws:cloudtrail:{Home}:{DemoOrganization.Management}:trail/norrvik-organization";
    private const string Bucket = "norrvik-log-archive";
    private const string LogGroup = $"arn:aws:logs:{Home}:{DemoOrganization.Management}:log-group:/aws/cloudtrail/norrvik-organization";
    private const string RootUser = "<root_account>";

    private readonly AccountEvidence _evidence;

    /// <summary>The demo account as another one.</summary>
    /// <param name="json">The evidence of the demo account.</param>
    /// <param name="id">The ID of the account.</param>
    /// <param name="name">The name of the account; its buckets begin with it.</param>
    /// <param name="asOf">When the evidence looks as if it had been collected.</param>
    public DemoMember(string json, string id, string name, DateTimeOffset asOf)
    {
        Id = id;
        if (id != DemoOrganization.Account)
        {
            json = json.Replace(DemoOrganization.Account, id, StringComparison.Ordinal);
            json = BucketNames().Replace(json, $"{name}-$1");
            json = ResourceIds().Replace(json, m => m.Groups[1].Value + Hash(id + m.Value)[..17]);
        }

        _evidence = AccountEvidence.FromJson(json, asOf);
        Change(EvidenceKinds.AuthorizationDetails, "", d => d with { Roles = [.. d.Roles.Select(Trusted)] });
    }

    /// <summary>The ID of the account.</summary>
    public string Id { get; }

    /// <summary>The evidence, without what is about resources that the account does not have any more.</summary>
    public Task<AccountEvidence> CompleteAsync() => new EvidenceCollector(_evidence, [], CancellationToken.None).CollectAsync(EvidenceKinds.All, _evidence.CollectedAt);

    /// <summary>The trail of the organization, as every account sees it.</summary>
    public DemoMember WithOrganizationTrail() => Each(EvidenceKinds.Trails, trails => [.. trails.Select(t => t.Arn != Trail ? t : t with
        {
            CloudWatchLogsLogGroupArn = LogGroup + ":*",
            CloudWatchLogsRoleArn = $"arn:aws:iam::{DemoOrganization.Management}:role/CloudTrailToCloudWatchLogs",
        })])
        .Change(EvidenceKinds.TrailStatus, Trail, s => s with { LatestCloudWatchLogsDeliveryTime = s.LatestDeliveryTime });

    /// <summary>No trail but that of the organization.</summary>
    public DemoMember WithoutOwnTrails() => Each(EvidenceKinds.Trails, trails => [.. trails.Where(t => t.Arn == Trail)]).WithOrganizationTrail();

    /// <summary>The log group of the organization's trail, with its metric filters and alarms.</summary>
    public DemoMember WithOrganizationAlarms()
    {
        var own = LogGroup.Replace("norrvik-organization", "norrvik-audit", StringComparison.Ordinal);
        Move(EvidenceKinds.TrailLogGroup, own, g => g! with { Arn = LogGroup, Name = "/aws/cloudtrail/norrvik-organization" });
        Move(EvidenceKinds.MetricFilters, own, filters => [.. filters.Select(f => f with { LogGroupName = "/aws/cloudtrail/norrvik-organization" })]);
        // Those of the account itself have gaps, of which these are closed here.
        var topic = $"arn:aws:sns:{Home}:{Id}:security-alerts";
        return Change(EvidenceKinds.Alarms, Home, all => all with
        {
            Metric = [.. all.Metric.Select(a => a.Name is "cis-ConfigChanges" or "cis-RouteTableChanges" or "cis-S3BucketPolicyChanges"
                ? a with { ActionsEnabled = true, AlarmActions = [topic] }
                : a)],
        });

        void Move<T>(EvidenceKind<T> kind, string from, Func<T, T> change) =>
            _evidence.Add(kind, LogGroup, Observation.Known(change(Value(kind, from)), OriginOf(kind, Home)));
    }

    /// <summary>The bucket and the key of the organization's trail.</summary>
    public DemoMember WithTrailBucket()
    {
        var key = Value(EvidenceKinds.Trails, Home).Single(t => t.Arn == Trail).KmsKeyId!;
        var block = new PublicAccessBlock(true, true, true, true);
        var logs = $$$$"""
            {"Version":"2012-10-17","Statement":[
            {"Sid":"TrailAcl","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:GetBucketAcl","Resource":"arn:aws:s3:::{{{{Bucket}}}}","Condition":{"StringEquals":{"aws:SourceArn":"{{{{Trail}}}}"}}},
            {"Sid":"TrailWrite","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject","Resource":"arn:aws:s3:::{{{{Bucket}}}}/*","Condition":{"StringEquals":{"aws:SourceArn":"{{{{Trail}}}}"}}},
            {"Sid":"Tls","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::{{{{Bucket}}}}","arn:aws:s3:::{{{{Bucket}}}}/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}
            """;
        WithBuckets(Bucket);
        Set(EvidenceKinds.BucketAcl, Bucket, new BucketAcl("c0ffee5a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47", []));
        Set(EvidenceKinds.BucketPolicy, Bucket, logs);
        Set(EvidenceKinds.ListedBucketPolicy, Bucket, logs);
        Set(EvidenceKinds.BucketPolicyIsPublic, Bucket, false);
        Set(EvidenceKinds.BucketPublicAccessBlock, Bucket, block);
        Set(EvidenceKinds.ListedBucketPublicAccessBlock, Bucket, block);
        Set(EvidenceKinds.BucketOwnership, Bucket, "BucketOwnerEnforced");
        Set(EvidenceKinds.BucketLogging, Bucket, new BucketLogging("norrvik-log-archive-access", "norrvik-log-archive/"));
        Set(EvidenceKinds.BucketVersioning, Bucket, new BucketVersioning("Enabled", "Enabled"));
        Set(EvidenceKinds.BucketEncryption, Bucket, "aws:kms");
        Change(EvidenceKinds.KmsKeyArns, Home, _ => [key]);
        var described = new KmsKey(key.Split('/')[1], key, "CUSTOMER", "SYMMETRIC_DEFAULT", "AWS_KMS", "Enabled", Description: "CloudTrail norrvik-organization");
        Set(EvidenceKinds.KmsKeys, key, described);
        Set(EvidenceKinds.TrailKey, key, described);
        return Set(EvidenceKinds.KeyRotation, key, new KeyRotation(true, 365));
    }

    /// <summary>No IAM users but these, and where there are none, no groups and policies for them.</summary>
    public DemoMember WithUsers(params string[] names)
    {
        Change(EvidenceKinds.CredentialReport, "", r => r with { Rows = [.. r.Rows.Where(row => row[0] == RootUser || names.Contains(row[0]))] });
        Change(EvidenceKinds.VirtualMfaDevices, "", all => [.. all.Where(d => d.UserArn is null || d.UserArn.EndsWith(":root", StringComparison.Ordinal) || names.Any(n => d.UserArn.EndsWith($"/{n}", StringComparison.Ordinal)))]);
        Change(EvidenceKinds.SupportPolicyEntities, "", e => e! with { Groups = [] });
        Change(EvidenceKinds.AuthorizationDetails, "", d => names.Length == 0
            ? d with { Users = [], Groups = [], Policies = [] }
            : d with { Users = [.. d.Users.Where(u => names.Contains(u.Name))] });
        return Summary(("Users", names.Length), ("Groups", names.Length == 0 ? 0 : null), ("Policies", names.Length == 0 ? 0 : null));
    }

    /// <summary>The root user signed in.</summary>
    public DemoMember WithRootUsed(int daysAgo) => Change(EvidenceKinds.CredentialReport, "", r =>
    {
        var column = r.Columns.ToList().IndexOf("password_last_used");
        var used = (_evidence.CollectedAt - TimeSpan.FromDays(daysAgo)).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
        return r with { Rows = [.. r.Rows.Select(row => row[0] == RootUser ? [.. row.Take(column), used, .. row.Skip(column + 1)] : row)] };
    });

    /// <summary>The root user has a hardware MFA device.</summary>
    public DemoMember WithHardwareMfa() =>
        Change(EvidenceKinds.VirtualMfaDevices, "", all => [.. all.Where(d => d.UserArn?.EndsWith(":root", StringComparison.Ordinal) != true)]);

    /// <summary>A password policy that meets the benchmark.</summary>
    public DemoMember WithPasswordPolicy() => Change(EvidenceKinds.PasswordPolicy, "", p => p! with { RequireSymbols = true, PasswordReusePrevention = 24 });

    /// <summary>No password policy.</summary>
    public DemoMember WithoutPasswordPolicy() => Change(EvidenceKinds.PasswordPolicy, "", _ => null);

    /// <summary>No VPCs, and nothing that is in them.</summary>
    public DemoMember WithoutNetwork() => Each(EvidenceKinds.Vpcs, _ => []).Each(EvidenceKinds.Subnets, _ => []).Each(EvidenceKinds.SecurityGroups, _ => [])
        .Each(EvidenceKinds.NetworkInterfaces, _ => []).Each(EvidenceKinds.FlowLogs, _ => []).Each(EvidenceKinds.VpcPeeringConnections, _ => [])
        .Each(EvidenceKinds.RouteTables, _ => []).Each(EvidenceKinds.Instances, _ => []).Each(EvidenceKinds.NetworkAcls, _ => [])
        .Each(EvidenceKinds.DbInstances, _ => []).Each(EvidenceKinds.FileSystems, _ => []);

    /// <summary>Security groups that open no port but those of websites to the internet, and default groups without rules.</summary>
    public DemoMember WithClosedGroups() => Each(EvidenceKinds.SecurityGroups, groups => [.. groups.Select(g => g.Name == "default"
        ? g with { Ingress = [], Egress = [] }
        : g with { Ingress = [.. g.Ingress.Where(p => p.PrefixListIds.Count == 0 && (p.FromPort is 80 or 443 || !p.Ipv4Ranges.Concat(p.Ipv6Ranges).Any(r => r.Cidr.Split('/')[1] is "0" or "1")))] })]);

    /// <summary>A flow log on each VPC.</summary>
    public DemoMember WithFlowLogs()
    {
        foreach (var region in _evidence.SubjectsOf(EvidenceKinds.FlowLogs).ToList())
        {
            Change(EvidenceKinds.FlowLogs, region, _ => [.. Value(EvidenceKinds.Vpcs, region).Select(v =>
                new FlowLog("fl-0" + Hash(v.Id)[..16], v.Id, "ACTIVE", "ALL", "SUCCESS", LogDestinationType: "s3"))]);
        }

        return this;
    }

    /// <summary>No KMS keys.</summary>
    public DemoMember WithoutKeys() => Each(EvidenceKinds.KmsKeyArns, _ => []);

    /// <summary>KMS keys that can be read and are rotated.</summary>
    public DemoMember WithRotatedKeys() => Each(EvidenceKinds.KeyRotation, k => k with { Enabled = true })
        .Each(EvidenceKinds.KmsKeyArns, arns => [.. arns.Where(a => _evidence.Get(EvidenceKinds.KmsKeys, a).Failure is null)]);

    /// <summary>AWS Config in all regions, as in one where it is complete.</summary>
    public DemoMember WithConfigInAllRegions()
    {
        foreach (var region in _evidence.SubjectsOf(EvidenceKinds.ConfigurationRecorders).Where(r => r != Home).ToList())
        {
            Copy(EvidenceKinds.ConfigurationRecorders);
            Copy(EvidenceKinds.ConfigurationRecorderStatus);
            Copy(EvidenceKinds.DeliveryChannels);

            void Copy<T>(EvidenceKind<T> kind) => _evidence.Add(kind, region, Observation.Known(Value(kind, "eu-north-1"), OriginOf(kind, region)));
        }

        return this;
    }

    /// <summary>No buckets but these.</summary>
    public DemoMember WithBuckets(params string[] names) => Set(EvidenceKinds.ListedBuckets, "", [.. names.Select(n => new ListedBucket(n, Home))]);

    /// <summary>A region that is not enabled by default, with what another region has.</summary>
    public DemoMember WithRegion(string region, string like)
    {
        Change(EvidenceKinds.Regions, "", all => [.. all.Select(r => r.Name == region ? r with { OptInStatus = "opted-in" } : r)]);
        var part = new AccountEvidence(_evidence.Account, _evidence.CollectedAt);
        foreach (var kind in EvidenceKinds.All)
        {
            foreach (var subject in _evidence.SubjectsOf(kind).Where(s => s.Contains(like, StringComparison.Ordinal)))
            {
                part.Add(kind, subject, _evidence.Get(kind, subject));
            }
        }

        var renamed = AccountEvidence.FromJson(ResourceIds().Replace(
            part.ToJson().Replace(like, region, StringComparison.Ordinal), m => m.Groups[1].Value + Hash(region + m.Value)[..17]));
        foreach (var kind in renamed.Kinds)
        {
            foreach (var subject in renamed.SubjectsOf(kind))
            {
                _evidence.Add(kind, subject, renamed.Get(kind, subject));
            }
        }

        return this;
    }

    /// <summary>Without the role of the auditor: it cannot be assumed.</summary>
    public DemoMember WithoutAuditor() => Change(EvidenceKinds.AuthorizationDetails, "", d => d with { Roles = [.. d.Roles.Where(r => r.Name != "CisAuditor")] });

    private T Value<T>(EvidenceKind<T> kind, string subject) =>
        _evidence.Get(kind, subject).Match(value => value, why => throw new InvalidOperationException($"The demo account does not contain {kind} of '{subject}': {why}"));

    /// <summary>Changes a fact that is known.</summary>
    private DemoMember Change<T>(EvidenceKind<T> kind, string subject, Func<T, T> change)
    {
        _evidence.Add(kind, subject, Observation.Known(change(Value(kind, subject)), _evidence.Get(kind, subject).Origin!));
        return this;
    }

    /// <summary>Changes every fact of a kind that is known.</summary>
    private DemoMember Each<T>(EvidenceKind<T> kind, Func<T, T> change)
    {
        foreach (var subject in _evidence.SubjectsOf(kind).Where(s => _evidence.Get(kind, s).Failure is null).ToList())
        {
            Change(kind, subject, change);
        }

        return this;
    }

    private DemoMember Set<T>(EvidenceKind<T> kind, string subject, T value)
    {
        _evidence.Add(kind, subject, Observation.Known(value, OriginOf(kind, kind.Subject == EvidenceSubject.Account ? "" : Home)));
        return this;
    }

    private Origin OriginOf(EvidenceKind kind, string region) => new(kind.Actions[0], region, _evidence.CollectedAt);

    private DemoMember Summary(params (string Name, int? Count)[] counts) => Change(
        EvidenceKinds.AccountSummary, "", all => all.ToDictionary(c => c.Key, c => counts.FirstOrDefault(n => n.Name == c.Key).Count ?? c.Value));

    /// <summary>The auditor's role can be assumed by the security account; within an organization no external ID is needed.</summary>
    private static IamRole Trusted(IamRole role) => role.Name != "CisAuditor" ? role : role with
    {
        AssumeRolePolicyDocument = $$$"""
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{{DemoOrganization.Security}}}:root"},"Action":"sts:AssumeRole"}]}
            """,
    };

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex(@"\bnorrvik-(audit-trail|backups|carrier-exchange|s3-access-logs|tracking-site|shipment-[a-z-]+)")]
    private static partial Regex BucketNames();

    [GeneratedRegex(@"\b((?:sg|vpc|subnet|i|eni|rtb|acl|fl|fs)-)[0-9a-f]{17}\b")]
    private static partial Regex ResourceIds();
}
