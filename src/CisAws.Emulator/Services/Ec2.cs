using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Services;

/// <summary>Amazon EC2: regions, instances and prefix lists. What lies in VPCs is in <see cref="Ec2Vpc"/>.</summary>
internal static class Ec2
{
    public static Service Service { get; } = new("ec2", "ec2", ServiceErrorCodes.Ec2, new Ec2Protocol())
    {
        { "DescribeRegions", DescribeRegions },
        { "DescribeInstances", DescribeInstances },
        { "GetEbsEncryptionByDefault", GetEbsEncryptionByDefault },
        { "GetManagedPrefixListEntries", GetManagedPrefixListEntries },
        { "DescribeSecurityGroups", Ec2Vpc.DescribeSecurityGroups },
        { "DescribeNetworkInterfaces", Ec2Vpc.DescribeNetworkInterfaces },
        { "DescribeVpcs", Ec2Vpc.DescribeVpcs },
        { "DescribeSubnets", Ec2Vpc.DescribeSubnets },
        { "DescribeFlowLogs", Ec2Vpc.DescribeFlowLogs },
        { "DescribeRouteTables", Ec2Vpc.DescribeRouteTables },
        { "DescribeNetworkAcls", Ec2Vpc.DescribeNetworkAcls },
        { "DescribeVpcPeeringConnections", Ec2Vpc.DescribeVpcPeeringConnections },
    };

    private static Shape DescribeRegions(Call call)
    {
        var all = call.Input.Flag("AllRegions") ?? false;
        var regions = new Ec2Query<Region>(call, "RegionName", r => r.Name, "InvalidParameterValue")
        {
            { "region-name", r => r.Name },
            { "opt-in-status", r => r.OptInStatus },
        }.Select(call.Read(EvidenceKinds.Regions)).Where(r => all || r.IsEnabled);
        return new Shape
        {
            ["regionInfo"] = regions.Select(r => new Shape
            {
                ["regionName"] = r.Name,
                ["regionEndpoint"] = $"ec2.{r.Name}.amazonaws.com",
                ["optInStatus"] = r.OptInStatus,
            }),
        };
    }

    private static Shape DescribeInstances(Call call)
    {
        var instances = new Ec2Query<Instance>(call, "InstanceId", i => i.Id, "InvalidInstanceID.NotFound")
        {
            { "instance-id", i => i.Id },
            { "instance-state-name", i => i.State },
            { "iam-instance-profile.arn", i => i.InstanceProfileArn },
        }.Page(call.ReadRegion(EvidenceKinds.Instances));
        return new Shape
        {
            // Which instances were launched together is not in the evidence; pairs show that a reservation may hold more than one.
            ["reservationSet"] = instances.Items.Chunk(2).Select(pair => new Shape
            {
                ["reservationId"] = "r-" + pair[0].Id.Replace("i-", "", StringComparison.Ordinal),
                ["ownerId"] = call.Account.AccountId,
                ["instancesSet"] = pair.Select(i => new Shape
                {
                    ["instanceId"] = i.Id,
                    ["instanceState"] = new Shape { ["code"] = StateCode(i.State), ["name"] = i.State },
                    ["iamInstanceProfile"] = i.InstanceProfileArn is { } arn ? new Shape { ["arn"] = arn } : null,
                    ["metadataOptions"] = i.MetadataOptions is { } metadata
                        ? new Shape { ["state"] = metadata.State, ["httpTokens"] = metadata.HttpTokens, ["httpEndpoint"] = metadata.HttpEndpoint }
                        : null,
                    ["tagSet"] = TagSet(i),
                }),
            }),
            ["nextToken"] = instances.NextToken,
        };

        static int? StateCode(string state) => state switch
        {
            "pending" => 0,
            "running" => 16,
            "shutting-down" => 32,
            "terminated" => 48,
            "stopping" => 64,
            "stopped" => 80,
            _ => null,
        };
    }

    /// <summary>The tags of anything in EC2.</summary>
    public static IEnumerable<Shape>? TagSet(ITagged thing) => thing.Tags?.Select(t => new Shape { ["key"] = t.Key, ["value"] = t.Value });

    private static Shape GetEbsEncryptionByDefault(Call call)
    {
        call.Input.Accept("DryRun");
        return new Shape { ["ebsEncryptionByDefault"] = call.ReadRegion(EvidenceKinds.EbsEncryptionByDefault) };
    }

    private static Shape GetManagedPrefixListEntries(Call call)
    {
        var id = call.Input.RequiredText("PrefixListId");
        var subject = EvidenceKinds.PrefixListSubject(call.Region, id);
        if (!call.Account.TryRead(EvidenceKinds.SecurityGroupPrefixLists, subject, out var cidrs) && !call.Account.TryRead(EvidenceKinds.RoutePrefixLists, subject, out cidrs))
        {
            throw new AwsError("InvalidPrefixListID.NotFound", 400, $"The prefix list ID '{id}' does not exist");
        }

        var page = call.Page(cidrs, "NextToken", "MaxResults", 100);
        return new Shape { ["entrySet"] = page.Items.Select(c => new Shape { ["cidr"] = c }), ["nextToken"] = page.NextToken };
    }
}
