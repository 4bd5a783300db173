using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Testing.Accounts;

/// <summary>What later versions of the benchmark look at: buckets, databases, file systems, certificates, analyzers, Security Hub.</summary>
internal static class Storage
{
    public static void Add(AccountDraft draft)
    {
        var draw = draft.Draw;
        draft.Evidence.Set(EvidenceKinds.ServerCertificates, "", draw.Many(0, 3, () =>
        {
            var name = draft.NewIamName();
            return new ServerCertificate(name, draft.IamArn($"server-certificate{draft.IamPath()}{name}"), AccountDraft.CollectedAt.AddDays(draw.Int(-400, 400)));
        }));
        foreach (var region in draft.Regions)
        {
            AddRegion(draft, region);
        }

        AddBuckets(draft);
    }

    private static void AddRegion(AccountDraft draft, string region)
    {
        var draw = draft.Draw;
        draft.Evidence
            .Set(EvidenceKinds.Analyzers, region, draw.Many(0, 2, () =>
            {
                var name = draft.NewName();
                return new Analyzer(
                    name, draft.ArnOf("access-analyzer", region, $"analyzer/{name}"), draw.OneOf("ACCOUNT", "ORGANIZATION", "ACCOUNT_UNUSED_ACCESS"),
                    draw.OneOf("ACTIVE", "ACTIVE", "DISABLED", "FAILED"));
            }))
            .Set(EvidenceKinds.SecurityHub, region, draw.Maybe(() => new SecurityHub(draft.ArnOf("securityhub", region, "hub/default"))))
            .Set(EvidenceKinds.EbsEncryptionByDefault, region, draw.Chance(50))
            .Set(EvidenceKinds.FileSystems, region, draw.Many(0, 3, () =>
            {
                var id = draft.Id("fs");
                return new FileSystem(id, draft.ArnOf("elasticfilesystem", region, $"file-system/{id}"), draw.Chance(50), draft.Tags());
            }))
            .Set(EvidenceKinds.DbInstances, region, draw.Many(0, 3, () => DrawDatabase(draft, region)))
            .Set(EvidenceKinds.NetworkAcls, region, draw.Many(0, 2, () => DrawAcl(draft)));
    }

    private static DbInstance DrawDatabase(AccountDraft draft, string region)
    {
        var draw = draft.Draw;
        var id = draft.NewName("-").ToLowerInvariant();
        var cluster = draw.Maybe(() => draw.OneOf("orders", "stock"));
        return new DbInstance(
            id, draft.ArnOf("rds", region, $"db:{id}"), draw.OneOf("postgres", "aurora-mysql", "docdb"), draw.Chance(60), draw.Chance(60), draw.Chance(30), draw.Chance(40),
            cluster, draw.Maybe(() => region + draw.OneOf("a", "b")), draft.Tags());
    }

    private static NetworkAcl DrawAcl(AccountDraft draft)
    {
        var draw = draft.Draw;
        var number = 0;
        var entries = draw.Many(0, 3, () =>
        {
            var protocol = draw.OneOf("-1", "6", "17", "1");
            var (from, to) = protocol is "6" or "17" ? draw.OneOf<(int?, int?)>((22, 22), (0, 65535), (1024, 65535), (3389, 3390)) : (null, null);
            return draw.Chance(70)
                ? new NetworkAclEntry(number += 10, protocol, draw.OneOf("allow", "deny"), draw.Chance(30), draw.OneOf("0.0.0.0/0", "10.0.0.0/8"), null, from, to)
                : new NetworkAclEntry(number += 10, protocol, draw.OneOf("allow", "deny"), draw.Chance(30), null, draw.OneOf("::/0", "2001:db8::/32"), from, to);
        });
        return new NetworkAcl(
            draft.Id("acl"), draft.Id("vpc"), draw.Chance(85) ? draft.AccountId : AccountDraft.ManagementAccountId, draw.Chance(30),
            [.. entries, new NetworkAclEntry(32767, "-1", "deny", false, "0.0.0.0/0")], draft.Tags());
    }

    private static void AddBuckets(AccountDraft draft)
    {
        var draw = draft.Draw;
        var buckets = draw.Many(0, 3, () => new ListedBucket(draft.NewBucketName(), draft.Region()));
        draft.Evidence.Set(EvidenceKinds.ListedBuckets, "", buckets);
        foreach (var name in buckets.Select(b => b.Name))
        {
            var status = draw.Maybe(() => draw.OneOf("Enabled", "Suspended"));
            draft.Evidence
                .Set(EvidenceKinds.ListedBucketPolicy, name, draw.Maybe(() => Policy(draft, name)))
                .Set(EvidenceKinds.ListedBucketPublicAccessBlock, name, new PublicAccessBlock(draw.Chance(60), draw.Chance(60), draw.Chance(60), draw.Chance(60)))
                .Set(EvidenceKinds.BucketVersioning, name, new BucketVersioning(status, status is null ? null : draw.Maybe(() => draw.OneOf("Enabled", "Disabled"))))
                .Set(EvidenceKinds.BucketEncryption, name, draw.Maybe(() => draw.OneOf("AES256", "aws:kms", "aws:kms:dsse")));
        }
    }

    private static string Policy(AccountDraft draft, string bucket) => draft.Draw.OneOf(
        """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::BUCKET","arn:aws:s3:::BUCKET/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}""".Replace("BUCKET", bucket, System.StringComparison.Ordinal),
        """{"Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"s3:GetObject","Resource":"*"}]}""");
}
