using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Amazon;
using CisAws.Evidence;
using CisAws.Testing;

namespace CisAws.Aws.Tests.Sessions;

/// <summary>Partitions and regions are compared with botocore's list, which AWS generates.</summary>
[Trait("Risk", "Timing")]
public sealed class RegionTests
{
    [Fact]
    public async Task Partitions_and_regions_are_those_of_botocore()
    {
        await ExternalTools.RequireBoto3Async();
        var found = await ChildProcess.RunAsync("python3", ["-c", "import botocore, os; print(os.path.join(os.path.dirname(botocore.__file__), 'data', 'partitions.json'))"]);
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(found.Lines.Single(), TestContext.Current.CancellationToken));
        var partitions = document.RootElement.GetProperty("partitions").EnumerateArray().ToDictionary(p => p.GetProperty("id").GetString()!);
        Assert.All(AwsPartition.All, partition =>
        {
            var theirs = partitions[partition.Name];
            var regions = theirs.GetProperty("regions").EnumerateObject().Where(r => !r.Name.EndsWith("-global", System.StringComparison.Ordinal));
            Assert.Equal(
                regions.Select(r => $"{r.Name} {r.Value.GetProperty("description").GetString()}").Order(System.StringComparer.Ordinal),
                partition.Regions.Select(r => $"{r.Name} {r.Location}").Order(System.StringComparer.Ordinal));
            var suffix = theirs.GetProperty("outputs").GetProperty("dnsSuffix").GetString();
            Assert.All(partition.Regions, region =>
            {
                var endpoint = RegionEndpoint.GetBySystemName(region.Name);
                Assert.Equal((partition.Name, suffix), (endpoint.PartitionName, endpoint.PartitionDnsSuffix));
            });
        });
    }

    [Fact]
    public void A_partitions_global_services_live_in_its_regions() => Assert.All(AwsPartition.All, partition =>
    {
        Assert.Contains(partition.Regions, r => r.Name == partition.MainRegion);
        Assert.Contains(partition.Regions, r => r.Name == partition.AccountRegion);
        Assert.Same(partition, AwsPartition.Of(partition.Name));
    });

    [Theory]
    [InlineData("ap-southeast-6", true)]
    [InlineData("AP-Southeast-6", true)]
    [InlineData("eu-wset-1", false)]
    [InlineData("aws-global", false)]
    public void A_region_is_found_in_any_case(string name, bool expected) => Assert.Equal(expected, AwsRegion.Find(name) is not null);
}
