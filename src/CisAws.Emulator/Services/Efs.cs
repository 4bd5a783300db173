using System.Linq;
using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Services;

/// <summary>Amazon EFS.</summary>
internal static class Efs
{
    public static Service Service { get; } = new("elasticfilesystem", "elasticfilesystem", ServiceErrorCodes.RestJson, new RestJsonProtocol())
    {
        { "GET /2015-02-01/file-systems", "DescribeFileSystems", "DescribeFileSystems", DescribeFileSystems },
    };

    private static Shape DescribeFileSystems(Call call)
    {
        var page = call.Page(call.ReadRegion(EvidenceKinds.FileSystems), "Marker", "MaxItems", 100);
        return new Shape
        {
            ["FileSystems"] = page.Items.Select(f => new Shape
            {
                ["OwnerId"] = call.Account.AccountId,
                ["FileSystemId"] = f.Id,
                ["FileSystemArn"] = f.Arn,
                ["LifeCycleState"] = "available",
                ["Encrypted"] = f.Encrypted,
                ["Tags"] = f.Tags?.Select(t => new Shape { ["Key"] = t.Key, ["Value"] = t.Value }),
            }),
            ["NextMarker"] = page.NextToken,
        };
    }
}
