using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using CisAws.Emulator;
using CisAws.Emulator.Faults;
using CisAws.PowerShell.Tests.Connections;

namespace CisAws.PowerShell.Tests;

/// <summary>Runs that are copied to Amazon S3 and back.</summary>
[Collection(nameof(AwsEnvironment))]
[Trait("Risk", "Timing")]
public sealed class CopyCisEvidenceTests : IDisposable
{
    private const string Bucket = "norrvik-audit-trail";
    private const string KmsBucket = "norrvik-backups";
    private const string ToBucket = $"Copy-CisEvidence ./evidence s3://{Bucket}/cis/ @account -PassThru";

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

    /// <summary>S3 has created the object, and refuses the call that is repeated. Tags of the objects in one bucket are not their MD5: a KMS key encrypts them.</summary>
    [Theory]
    [InlineData(Bucket, true)]
    [InlineData(KmsBucket, false)]
    public async Task A_file_whose_response_was_lost_is_copied(string bucket, bool isReadDenied)
    {
        Fault[] denied = isReadDenied ? [Fault.Deny("s3:GetObject")] : [];
        await using var server = await StartAsync(new EmulatorOptions { Faults = [new Fault(FaultEffect.ResponseLost, "s3:PutObject"), .. denied] });
        var run = _session.Run(To(bucket));
        Assert.Empty(run.Errors);
        Assert.Equal(3, run.Output.Count);
        Assert.True(server.Requests.Count(r => r.Action == "s3:PutObject") >= 6, "Each call is repeated.");
        Assert.Empty(_session.Objects(To(bucket)));
    }

    [Fact]
    public async Task A_file_that_cannot_be_compared_is_neither_copied_nor_another_one()
    {
        await using var server = await StartAsync(new EmulatorOptions { Faults = [new Fault(FaultEffect.ResponseLost, "s3:PutObject"), Fault.Deny("s3:GetObject")] });
        var run = _session.Run(To(KmsBucket));
        Assert.Empty(run.Output);
        Assert.Equal(3, run.Errors.Count);
        Assert.All(run.Errors, e => Assert.StartsWith("NotCopied", e.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.All(run.Errors, e => Assert.Contains("An object of that key and size exists, and its content could not be compared. s3:GetObject", e.Exception.Message, StringComparison.Ordinal));
    }

    /// <summary>Another one creates the object after the objects were listed.</summary>
    [Theory]
    [InlineData(Bucket, "other", false)]
    [InlineData(Bucket, "longer than the first", false)]
    [InlineData(Bucket, "first", true)]
    [InlineData(KmsBucket, "other", false)]
    [InlineData(KmsBucket, "first", true)]
    public async Task An_object_that_appears_meanwhile_is_compared(string bucket, string content, bool isSame)
    {
        const string Name = "runs/111122223333/20270331T120000Z.cisevidence";
        EmulatorServer? server = null;
        await using var started = server = await StartAsync(new EmulatorOptions
        {
            OnRequest = request =>
            {
                // After the list that the cmdlet begins with, which the region of the credentials refers to that of the bucket.
                if (request is { Action: "s3:ListBucket", Region: not "us-east-1" } && server!.Requests.All(r => r.Action != "s3:PutObject"))
                {
                    server.PutObject(bucket, "cis/" + Name, Encoding.UTF8.GetBytes(content));
                }
            },
        });
        var run = _session.Run(To(bucket));
        Assert.Equal(isSame ? 3 : 2, run.Output.Count);
        Assert.Equal(isSame ? [] : ["RunDiffers"], run.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        _session.Objects($"Copy-CisEvidence s3://{bucket}/cis ./back @account");
        Assert.Equal(content, File.ReadAllText(Path.Combine(_folder.FullName, "back", Name)));
    }

    [Theory]
    [InlineData(FaultEffect.Interrupted)]
    [InlineData(FaultEffect.Truncated)]
    [InlineData(FaultEffect.Html)]
    public async Task A_copy_that_breaks_off_leaves_no_part_of_a_file(FaultEffect effect)
    {
        await using (var bad = await StartAsync(new EmulatorOptions { Faults = [new Fault(effect, "s3:GetObject")] }))
        {
            _session.Objects(ToBucket);
            var run = _session.Run("Copy-CisEvidence s3://norrvik-audit-trail/cis ./back @account -PassThru");
            Assert.Empty(run.Output);
            Assert.Equal(3, run.Errors.Count);
            Assert.All(run.Errors, e => Assert.StartsWith("NotCopied", e.FullyQualifiedErrorId, StringComparison.Ordinal));
            var back = Path.Combine(_folder.FullName, "back");
            Assert.Empty(Directory.Exists(back) ? Directory.EnumerateFiles(back, "*", SearchOption.AllDirectories) : []);
        }

        await using var server = await StartAsync();
        _session.Objects(ToBucket);
        Assert.Equal(3, _session.Objects("Copy-CisEvidence s3://norrvik-audit-trail/cis ./back @account -PassThru").Count);
    }

    [Theory]
    [InlineData("./evidence ./back", "OneSideInS3", "-Path or -Destination")]
    [InlineData("s3://norrvik-audit-trail/a s3://norrvik-audit-trail/b", "OneSideInS3", "-Path or -Destination")]
    [InlineData("./evidence s3://", "InvalidS3Location", "'s3://'")]
    [InlineData("./evidence s3:/norrvik-audit-trail", "InvalidS3Location", "'s3:/norrvik-audit-trail'")]
    [InlineData("./evidence s3://Norrvik/x", "InvalidS3Location", "'s3://Norrvik/x'")]
    [InlineData("./evidence S3://norrvik", "InvalidS3Location", "'S3://norrvik'")]
    [InlineData("./evidence arn:aws:s3:::norrvik-audit-trail", "InvalidS3Location", "'arn:aws:s3:::norrvik-audit-trail'")]
    [InlineData("https://norrvik-audit-trail.s3.amazonaws.com/cis ./evidence", "InvalidS3Location", "'https://norrvik-audit-trail.s3.amazonaws.com/cis'")]
    [InlineData("./nothing s3://norrvik-audit-trail", "EvidenceNotFound", "nothing' does not exist")]
    [InlineData("./evidence/README.md s3://norrvik-audit-trail", "NotAFolder", "README.md' is a file")]
    [InlineData("s3://norrvik-audit-trail ./evidence/README.md", "NotAFolder", "README.md' is a file")]
    [InlineData("./evidence s3://no-such-bucket/cis", "BucketNotListed", "'s3://no-such-bucket/cis' could not be listed: s3:ListBucket failed (NoSuchBucket)")]
    public async Task Bad_input_is_refused(string arguments, string id, string about)
    {
        await using var server = await StartAsync();
        var error = _session.Run($"Copy-CisEvidence {arguments} @account").Error;
        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(about, error.Exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Who specifies the folder runs, and not the one above it, would believe that the runs are kept.</summary>
    [Theory]
    [InlineData("./evidence/runs s3://norrvik-audit-trail/cis", "'./evidence/runs' contains no runs")]
    [InlineData("s3://norrvik-audit-trail/nothing ./back", "'s3://norrvik-audit-trail/nothing' contains no runs")]
    public async Task A_source_without_runs_is_a_warning(string arguments, string warning)
    {
        await using var server = await StartAsync();
        var run = _session.Run($"Copy-CisEvidence {arguments} @account -PassThru");
        Assert.Empty(run.Output);
        Assert.StartsWith(warning, Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    private static string To(string bucket) => ToBucket.Replace(Bucket, bucket, StringComparison.Ordinal);

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
