using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.ElasticFileSystem.Model;
using Amazon.Runtime;
using CisAws.Aws.Clients;

namespace Amazon.ElasticFileSystem;

internal sealed class AmazonElasticFileSystemConfig() : ThinClientConfig("EFS", "elasticfilesystem", "elasticfilesystem", "2015-02-01");

/// <summary>Amazon EFS: the file systems.</summary>
internal sealed class AmazonElasticFileSystemClient(AWSCredentials credentials, AmazonElasticFileSystemConfig config) : ThinClient(credentials, config)
{
    private static readonly JsonOperation<DescribeFileSystemsRequest, DescribeFileSystemsResponse> DescribeFileSystems =
        JsonOperation<DescribeFileSystemsRequest, DescribeFileSystemsResponse>.Get(
            "elasticfilesystem",
            "/2015-02-01/file-systems",
            response => new() { FileSystems = response.Members("FileSystems", FileSystem), NextMarker = response.Text("NextMarker") },
            request => new() { ["MaxItems"] = request.MaxItems, ["Marker"] = request.Marker });

    public Task<DescribeFileSystemsResponse> DescribeFileSystemsAsync(DescribeFileSystemsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(DescribeFileSystems, request, cancellationToken);

    private static FileSystemDescription FileSystem(JsonElement system) => new()
    {
        FileSystemId = system.Text("FileSystemId"),
        FileSystemArn = system.Text("FileSystemArn"),
        Encrypted = system.Boolean("Encrypted"),
        Tags = system.Members("Tags", t => new Tag { Key = t.Text("Key"), Value = t.Text("Value") }),
    };
}
