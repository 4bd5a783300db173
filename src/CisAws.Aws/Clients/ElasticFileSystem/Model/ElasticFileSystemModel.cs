using System.Collections.Generic;
using Amazon.Runtime;

namespace Amazon.ElasticFileSystem.Model;

internal sealed class DescribeFileSystemsRequest : AmazonWebServiceRequest
{
    public int? MaxItems { get; set; }

    public string? Marker { get; set; }
}

internal sealed class DescribeFileSystemsResponse : AmazonWebServiceResponse
{
    public List<FileSystemDescription>? FileSystems { get; set; }

    public string? NextMarker { get; set; }
}

internal sealed class FileSystemDescription
{
    public string? FileSystemId { get; set; }

    public string? FileSystemArn { get; set; }

    public bool? Encrypted { get; set; }

    public List<Tag>? Tags { get; set; }
}

internal sealed class Tag
{
    public string? Key { get; set; }

    public string? Value { get; set; }
}
