using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Core.Tests.Rules;
using CisAws.Rules;

namespace CisAws.Aws.Tests.Moto;

/// <summary>
/// What later versions read, in an account that is made with the AWS CLI: make_later_account.sh. Moto has no IAM Access Analyzer, and its answer to
/// GetBucketVersioning has another root than that of AWS.
/// </summary>
[Collection(nameof(MotoServer))]
public sealed class LaterVersionsTests(MotoServer moto)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private const string Expected = """
        storage-bucket-secure-transport bare
        storage-bucket-block-public-access bare
        storage-ebs-encryption-by-default eu-west-1
        storage-efs-encryption 1
        databases-rds-encryption bad
        databases-rds-minor-upgrades bad
        databases-rds-public-access bad
        databases-rds-multi-az bad
        securityhub-all-regions eu-west-1
        network-acl-administration-ports 2
        """;

    [Fact]
    public async Task What_is_bad_fails_and_nothing_else()
    {
        await moto.ResetAsync(Cancel);
        await moto.ShellAsync(Path.Combine(AppContext.BaseDirectory, "Moto", "make_later_account.sh"));
        var rules = Expected.Split('\n', StringSplitOptions.TrimEntries).Select(l => l.Split(' ')[0]).ToList();

        var assessed = await Assessed.AtAsync(
            moto.Url, DateTimeOffset.UtcNow, Cancel, controls: [.. EveryRule.Controls.Where(c => rules.Contains(c.RuleId.ToString()))], regions: ["us-east-1", "eu-west-1"]);

        Assert.Empty(assessed.Failure.Select(f => $"{f}: {f.Message}"));
        // Some resources have IDs of moto's choice: those are counted.
        var failed = assessed.Results.ToDictionary(r => r.RuleId.ToString(), r => r.Findings.Where(f => f.Status == CisStatus.Fail).Select(f => f.ResourceId).Order().ToList());
        Assert.Equal(
            Expected.Split('\n', StringSplitOptions.TrimEntries),
            rules.Select(id => $"{id} {(id is "storage-efs-encryption" or "network-acl-administration-ports" ? $"{failed[id].Count}" : string.Join(", ", failed[id]))}"));
    }
}
