using System.Collections.Generic;
using System.Threading.Tasks;
using CisAws.Evidence;

namespace CisAws.Aws.Readers;

/// <summary>RDS and EFS.</summary>
internal static class StorageReaders
{
    public static Task<IReadOnlyList<DbInstance>> DbInstancesAsync(EvidenceRequest request) => request.ListAsync(
        request.Session.Rds(request.Subject),
        // This operation accepts no page of fewer than 20.
        (c, marker, t) => c.DescribeDBInstancesAsync(new() { MaxRecords = request.PageSize(100, fewest: 20), Marker = marker }, t),
        page => page.Marker,
        page => page.DBInstances.Required("DBInstances").Each(i => new DbInstance(
            i.DBInstanceIdentifier.Required("DBInstanceIdentifier"),
            i.DBInstanceArn.Required("DBInstanceArn"),
            i.Engine.Required("Engine"),
            i.StorageEncrypted.Required("StorageEncrypted"),
            i.AutoMinorVersionUpgrade.Required("AutoMinorVersionUpgrade"),
            i.PubliclyAccessible.Required("PubliclyAccessible"),
            i.MultiAZ.Required("MultiAZ"),
            i.DBClusterIdentifier,
            i.AvailabilityZone,
            i.TagList.TagsBy(t => t.Key, t => t.Value))),
        i => i.Arn);

    public static Task<IReadOnlyList<FileSystem>> FileSystemsAsync(EvidenceRequest request) => request.ListAsync(
        request.Session.Efs(request.Subject),
        (c, marker, t) => c.DescribeFileSystemsAsync(new() { MaxItems = request.PageSize(100), Marker = marker }, t),
        page => page.NextMarker,
        page => page.FileSystems.Required("FileSystems").Each(f => new FileSystem(
            f.FileSystemId.Required("FileSystemId"),
            f.FileSystemArn.Required("FileSystemArn"),
            f.Encrypted.Required("Encrypted"),
            f.Tags.TagsBy(t => t.Key, t => t.Value))),
        f => f.Arn);
}
