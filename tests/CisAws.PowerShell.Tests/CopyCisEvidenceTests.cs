using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Emulator;
using CisAws.Emulator.Faults;
using CisAws.PowerShell.Tests.Connections;

namespace CisAws.PowerShell.Tests;

/// <summary>Runs that are copied to Amazon S3 and back.</summary>
[Collection(nameof(AwsEnvironment))]
public sealed class CopyCisEvidenceTests : IDisposable
{
    private const string ToBucket = "Copy-CisEvidence ./evidence s3://norrvik-audit-trail/cis/ @account -PassThru";

    private readonly AwsEnvironment _environment = new();
    private readonly ModuleSession _session = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("evidence [1] ");

    public CopyCisEvidenceTests()
    {
        _session.Objects("Set-Location -LiteralPath $folder", ("folder", _folder.FullName));
        Put("evidence/runs/111122223333/20270331T120000Z.cisevidence", "first");
        Put("evidence/runs/111122223333/20270331T120000Z.json", "{}");
        Put("evidence/runs/444455556666/20270401T120000Z.cisevidence", "second");
        Put("evidence/runs/444455556666/notes.txt", "mine");
        Put("evidence/README.md", "mine");
    }

    public void Dispose()
    {
        _session.Dispose();
        _environment.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>The bucket is not in the region of the credentials, and its lists have pages of one object.</summary>
    [Fact]
    public async Task Runs_are_copied_to_a_bucket_and_back_once()
    {
        await using var server = await StartAsync(new EmulatorOptions { PageSize = 1 });
        Assert.Equal(
            [
                "s3://norrvik-audit-trail/cis/runs/111122223333/20270331T120000Z.cisevidence", "s3://norrvik-audit-trail/cis/runs/111122223333/20270331T120000Z.json",
                "s3://norrvik-audit-trail/cis/runs/444455556666/20270401T120000Z.cisevidence",
            ],
            _session.Objects(ToBucket).Select(p => p.ToString()).Order(StringComparer.Ordinal));
        Assert.Empty(_session.Objects(ToBucket));
        Put("evidence/runs/444455556666/20270402T120000Z.json", "new");
        Assert.Single(_session.Objects(ToBucket));

        Assert.Equal(4, _session.Objects("Copy-CisEvidence s3://norrvik-audit-trail/cis ./back @account -PassThru").Count);
        Assert.Empty(_session.Objects("Copy-CisEvidence s3://norrvik-audit-trail/cis ./back @account -PassThru"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_folder.FullName, "back"), "*", SearchOption.AllDirectories))
        {
            Assert.Equal(File.ReadAllBytes(file.Replace("back", "evidence", StringComparison.Ordinal)), File.ReadAllBytes(file));
        }
    }

    [Fact]
    public async Task What_is_kept_is_never_overwritten()
    {
        await using var server = await StartAsync();
        _session.Objects(ToBucket);
        Put("evidence/runs/444455556666/20270401T120000Z.cisevidence", "changed");
        var error = Assert.Single(_session.Run(ToBucket).Errors);
        Assert.StartsWith("RunDiffers", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("s3://norrvik-audit-trail/cis/runs/444455556666/20270401T120000Z.cisevidence' exists and is not the same file", error.Exception.Message, StringComparison.Ordinal);

        Assert.Single(_session.Run("Copy-CisEvidence s3://norrvik-audit-trail/cis ./evidence @account").Errors);
        Assert.Equal("changed", File.ReadAllText(Path.Combine(_folder.FullName, "evidence/runs/444455556666/20270401T120000Z.cisevidence")));
    }

    [Fact]
    public async Task WhatIf_copies_nothing()
    {
        await using var server = await StartAsync();
        Assert.Empty(_session.Objects(ToBucket + " -WhatIf"));
        Assert.DoesNotContain(server.Requests, r => r.Action == "s3:PutObject");
    }

    /// <summary>Keys are names of others: what is not that of a run is not written anywhere.</summary>
    [Fact]
    public async Task Keys_that_are_not_of_runs_are_left_alone()
    {
        await using var server = await StartAsync();
        _session.Objects(ToBucket);
        // The account of the emulator keeps what its bucket has.
        foreach (var key in new[] { "runs/../../escaped.json", "runs/111122223333/../20270331T120000Z.json", "runs/x/20270331T120000Z.json", "runs/111122223333/a/20270331T120000Z.json" })
        {
            server.PutObject("norrvik-audit-trail", "cis/" + key, [1]);
        }

        Assert.Equal(3, _session.Objects("Copy-CisEvidence s3://norrvik-audit-trail/cis ./back @account -PassThru").Count);
    }

    [Theory]
    [InlineData("s3:PutObject", "NotCopied", 3, "Check that the caller's policies, and those of the bucket and its KMS key, allow s3:PutObject. Then run the command again.")]
    [InlineData("s3:ListBucket", "BucketNotListed", 1, "Check the name of the bucket, and that its policy and the caller's policies allow s3:ListBucket.")]
    public async Task What_is_denied_is_an_error_with_what_to_do(string action, string id, int count, string advice)
    {
        await using var server = await StartAsync(new EmulatorOptions { Faults = [new Fault(FaultEffect.AccessDenied, action)] });
        var errors = _session.Run(ToBucket).Errors;
        Assert.Equal(count, errors.Count);
        Assert.All(errors, e => Assert.Equal(
            (id, System.Management.Automation.ErrorCategory.PermissionDenied, advice), (e.FullyQualifiedErrorId.Split(',')[0], e.CategoryInfo.Category, e.ErrorDetails.RecommendedAction)));
    }

    [Theory]
    [InlineData("./evidence ./back", "OneSideInS3")]
    [InlineData("s3://norrvik-audit-trail/a s3://norrvik-audit-trail/b", "OneSideInS3")]
    [InlineData("./evidence s3://", "InvalidS3Location")]
    [InlineData("./evidence s3://Norrvik/x", "InvalidS3Location")]
    [InlineData("./evidence S3://norrvik", "InvalidS3Location")]
    [InlineData("./nothing s3://norrvik-audit-trail", "EvidenceNotFound")]
    [InlineData("./evidence s3://no-such-bucket", "BucketNotListed")]
    [InlineData("./evidence s3://norrvik-audit-trail -Region eu-north-1, eu-west-1", "OneRegion")]
    [InlineData("./evidence s3://norrvik-audit-trail -Region stockholm", "InvalidOption")]
    public async Task Bad_input_is_refused(string arguments, string id)
    {
        await using var server = await StartAsync();
        Assert.StartsWith(id, Assert.Single(_session.Run($"Copy-CisEvidence {arguments} @account").Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    private async Task<EmulatorServer> StartAsync(EmulatorOptions? options = null)
    {
        var server = await DemoServer.StartAsync(options);
        _session.Objects("", DemoServer.Account(server));
        return server;
    }

    private void Put(string path, string text)
    {
        var file = new FileInfo(Path.Combine(_folder.FullName, path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
    }
}
