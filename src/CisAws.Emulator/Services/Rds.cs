using System.Linq;
using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Services;

/// <summary>Amazon RDS.</summary>
internal static class Rds
{
    public static Service Service { get; } = new("rds", "rds", ServiceErrorCodes.Query, new QueryProtocol("http://rds.amazonaws.com/doc/2014-10-31/"))
    {
        { "DescribeDBInstances", DescribeDbInstances },
    };

    private static Shape DescribeDbInstances(Call call)
    {
        var page = call.Page(call.ReadRegion(EvidenceKinds.DbInstances), "Marker", "MaxRecords", 100);
        return new Shape
        {
            ["DBInstances"] = new NamedList("DBInstance", page.Items.Select(i => new Shape
            {
                ["DBInstanceIdentifier"] = i.Id,
                ["DBInstanceArn"] = i.Arn,
                ["Engine"] = i.Engine,
                ["DBInstanceStatus"] = "available",
                ["StorageEncrypted"] = i.StorageEncrypted,
                ["AutoMinorVersionUpgrade"] = i.AutoMinorVersionUpgrade,
                ["PubliclyAccessible"] = i.PubliclyAccessible,
                ["MultiAZ"] = i.MultiAz,
                ["DBClusterIdentifier"] = i.ClusterId,
                ["AvailabilityZone"] = i.AvailabilityZone,
                ["TagList"] = i.Tags is { } tags ? new NamedList("Tag", tags.Select(t => new Shape { ["Key"] = t.Key, ["Value"] = t.Value })) : null,
            })),
            ["Marker"] = page.NextToken,
        };
    }
}
