using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Amazon.S3;
using CisAws.Connections;

namespace CisAws.Aws.Tests.Moto;

/// <summary>The objects of a bucket, of moto and of prepared answers for what moto does not do.</summary>
[Collection(nameof(MotoServer))]
public sealed class BucketTests(MotoServer moto)
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("Frühjahr");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Objects_are_created_once_listed_and_read_in_moto()
    {
        await moto.ResetAsync(Cancel);
        using var s3 = new AmazonS3Client("a", "b", new AmazonS3Config { ServiceURL = moto.Url, ForcePathStyle = true, AuthenticationRegion = "us-east-1" });
        await s3.PutBucketAsync("evidence", Cancel);
        using var connection = await TestTimeouts.Connector.ConnectAsync(Assessed.Options(moto.Url), Cancel);
        var bucket = connection.Bucket("evidence");
        Assert.Empty(await bucket.ListAsync("", Cancel));

        await s3.PutObjectAsync(new() { BucketName = "evidence", Key = "other/a b+c", ContentBody = "x" }, Cancel);
        Assert.True(await bucket.CreateAsync("runs/new", Content, Cancel));
        Assert.False(await bucket.CreateAsync("runs/new", [1], Cancel));
        var listed = await bucket.ListAsync("runs/", Cancel);
        Assert.Equal(Content, await bucket.ReadAsync(Assert.Single(listed), Cancel));
        Assert.Equal("x", Encoding.UTF8.GetString(await bucket.ReadAsync(Assert.Single(await bucket.ListAsync("other/a b+", Cancel)), Cancel)));

        await s3.PutObjectAsync(new() { BucketName = "evidence", Key = "runs/new", ContentBody = "changed" }, Cancel);
        Assert.Equal("PreconditionFailed", (await Assert.ThrowsAsync<CallException>(() => bucket.ReadAsync(listed[0], Cancel))).Why.ErrorCode);
        var gone = await Assert.ThrowsAsync<CallException>(() => connection.Bucket("nothing").ListAsync("", Cancel));
        Assert.Equal(("s3:ListBucket", "NoSuchBucket"), (gone.Why.Action, gone.Why.ErrorCode));
    }

    [Fact]
    public async Task A_page_of_a_proxy_is_no_object_and_keeps_none()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GetCallerIdentity", CannedAnswer.Identity);
        aws.On("PUT /evidence/runs/a", new CannedAnswer("<html></html>", 200, "text/html"));
        aws.On("GET /evidence/runs/a", new CannedAnswer("<html></html>", 200, "text/html"));
        using var connection = await TestTimeouts.Connector.ConnectAsync(Assessed.Options(aws.Url), Cancel);
        var bucket = connection.Bucket("evidence");
        await Assert.ThrowsAsync<CallException>(() => bucket.CreateAsync("runs/a", Content, Cancel));
        await Assert.ThrowsAsync<InvalidDataException>(() => bucket.ReadAsync(new("runs/a", 13, "\"tag\""), Cancel));
    }
}
