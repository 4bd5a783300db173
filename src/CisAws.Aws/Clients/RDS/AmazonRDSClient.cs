using System.Threading;
using System.Threading.Tasks;
using System.Xml.Linq;
using Amazon.RDS.Model;
using Amazon.Runtime;
using CisAws.Aws.Clients;

namespace Amazon.RDS;

internal sealed class AmazonRDSConfig() : ThinClientConfig("RDS", "rds", "rds", "2014-10-31");

/// <summary>Amazon RDS: the database instances.</summary>
internal sealed class AmazonRDSClient(AWSCredentials credentials, AmazonRDSConfig config) : ThinClient(credentials, config)
{
    private static readonly QueryOperation<DescribeDBInstancesRequest, DescribeDBInstancesResponse> DescribeDBInstances = new(
        "rds", "2014-10-31", "DescribeDBInstances", ReadInstances,
        r => [("MaxRecords", QueryForm.Number(r.MaxRecords)), ("Marker", r.Marker)]);

    public Task<DescribeDBInstancesResponse> DescribeDBInstancesAsync(DescribeDBInstancesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(DescribeDBInstances, request, cancellationToken);

    private static DescribeDBInstancesResponse ReadInstances(XElement result) => new()
    {
        DBInstances = result.Members("DBInstances", i => new DBInstance
        {
            DBInstanceIdentifier = i.Text("DBInstanceIdentifier"),
            DBInstanceArn = i.Text("DBInstanceArn"),
            Engine = i.Text("Engine"),
            StorageEncrypted = i.Boolean("StorageEncrypted"),
            AutoMinorVersionUpgrade = i.Boolean("AutoMinorVersionUpgrade"),
            PubliclyAccessible = i.Boolean("PubliclyAccessible"),
            MultiAZ = i.Boolean("MultiAZ"),
            DBClusterIdentifier = i.Text("DBClusterIdentifier"),
            AvailabilityZone = i.Text("AvailabilityZone"),
            TagList = i.Members("TagList", t => new Tag { Key = t.Text("Key"), Value = t.Text("Value") }),
        }),
        Marker = result.Text("Marker"),
    };
}
