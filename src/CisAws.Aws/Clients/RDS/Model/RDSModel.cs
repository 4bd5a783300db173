using System.Collections.Generic;
using Amazon.Runtime;

namespace Amazon.RDS.Model;

internal sealed class DescribeDBInstancesRequest : AmazonWebServiceRequest
{
    /// <summary>20 to 100.</summary>
    public int? MaxRecords { get; set; }

    public string? Marker { get; set; }
}

internal sealed class DescribeDBInstancesResponse : AmazonWebServiceResponse
{
    public List<DBInstance>? DBInstances { get; set; }

    public string? Marker { get; set; }
}

internal sealed class DBInstance
{
    public string? DBInstanceIdentifier { get; set; }

    public string? DBInstanceArn { get; set; }

    public string? Engine { get; set; }

    public bool? StorageEncrypted { get; set; }

    public bool? AutoMinorVersionUpgrade { get; set; }

    public bool? PubliclyAccessible { get; set; }

    public bool? MultiAZ { get; set; }

    public string? DBClusterIdentifier { get; set; }

    public string? AvailabilityZone { get; set; }

    public List<Tag>? TagList { get; set; }
}

internal sealed class Tag
{
    public string? Key { get; set; }

    public string? Value { get; set; }
}
