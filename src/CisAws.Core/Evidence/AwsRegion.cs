using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.Evidence;

/// <summary>
/// A region of AWS that this version of CisAws knows: for completion, for the partition of a name, and to recognise a misspelt name. Which regions an account
/// has, AWS reports.
/// </summary>
/// <param name="Name">Its name, such as eu-west-1.</param>
/// <param name="Location">Where it is, as AWS names it.</param>
/// <param name="RecordsIam">
/// Whether AWS Config can record IAM users, groups, roles and policies there. It came to some regions after February 2022, and never does so in those:
/// https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html (Regional and global resources).
/// </param>
/// <param name="OptIn">
/// Whether an account has to enable it first: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html. Until then it rejects every
/// credential.
/// </param>
internal sealed record AwsRegion(string Name, string Location, bool RecordsIam = true, bool OptIn = false)
{
    // Not initialized with the type: the list of partitions creates regions, and .NET Framework initializes the type before the first.
    private static IReadOnlyList<AwsRegion>? _all;

    /// <summary>Every known region, by name.</summary>
    public static IReadOnlyList<AwsRegion> All => _all ??= AwsPartition.All.SelectMany(p => p.Regions).OrderBy(r => r.Name, StringComparer.Ordinal).ToList();

    /// <summary>The region of a name, whatever its case; null when it is not known.</summary>
    public static AwsRegion? Find(string name) => All.FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>
/// A partition of AWS, and where its global services are signed for. The SDK's own table names one region for all of them, but in
/// China IAM is in cn-north-1 and account management and Organizations are in cn-northwest-1.
/// </summary>
/// <param name="Name">Its name, the second part of every ARN in it.</param>
/// <param name="MainRegion">The region of IAM, and of calls that any region answers.</param>
/// <param name="AccountRegion">The region of account management and Organizations.</param>
/// <param name="Regions">Its regions.</param>
internal sealed record AwsPartition(string Name, string MainRegion, string AccountRegion, IReadOnlyList<AwsRegion> Regions)
{
    /// <summary>The partitions that CisAws supports, as the AWS General Reference lists them under "AWS service endpoints".</summary>
    public static IReadOnlyList<AwsPartition> All { get; } =
    [
        new("aws", "us-east-1", "us-east-1",
        [
            new("af-south-1", "Africa (Cape Town)", OptIn: true),
            new("ap-east-1", "Asia Pacific (Hong Kong)", OptIn: true),
            new("ap-east-2", "Asia Pacific (Taipei)", RecordsIam: false, OptIn: true),
            new("ap-northeast-1", "Asia Pacific (Tokyo)"),
            new("ap-northeast-2", "Asia Pacific (Seoul)"),
            new("ap-northeast-3", "Asia Pacific (Osaka)"),
            new("ap-south-1", "Asia Pacific (Mumbai)"),
            new("ap-south-2", "Asia Pacific (Hyderabad)", RecordsIam: false, OptIn: true),
            new("ap-southeast-1", "Asia Pacific (Singapore)"),
            new("ap-southeast-2", "Asia Pacific (Sydney)"),
            new("ap-southeast-3", "Asia Pacific (Jakarta)", OptIn: true),
            new("ap-southeast-4", "Asia Pacific (Melbourne)", RecordsIam: false, OptIn: true),
            new("ap-southeast-5", "Asia Pacific (Malaysia)", RecordsIam: false, OptIn: true),
            new("ap-southeast-6", "Asia Pacific (New Zealand)", RecordsIam: false, OptIn: true),
            new("ap-southeast-7", "Asia Pacific (Thailand)", RecordsIam: false, OptIn: true),
            new("ca-central-1", "Canada (Central)"),
            new("ca-west-1", "Canada West (Calgary)", RecordsIam: false, OptIn: true),
            new("eu-central-1", "Europe (Frankfurt)"),
            new("eu-central-2", "Europe (Zurich)", RecordsIam: false, OptIn: true),
            new("eu-north-1", "Europe (Stockholm)"),
            new("eu-south-1", "Europe (Milan)", OptIn: true),
            new("eu-south-2", "Europe (Spain)", RecordsIam: false, OptIn: true),
            new("eu-west-1", "Europe (Ireland)"),
            new("eu-west-2", "Europe (London)"),
            new("eu-west-3", "Europe (Paris)"),
            new("il-central-1", "Israel (Tel Aviv)", RecordsIam: false, OptIn: true),
            new("me-central-1", "Middle East (UAE)", RecordsIam: false, OptIn: true),
            new("me-south-1", "Middle East (Bahrain)", OptIn: true),
            new("mx-central-1", "Mexico (Central)", RecordsIam: false, OptIn: true),
            new("sa-east-1", "South America (Sao Paulo)"),
            new("us-east-1", "US East (N. Virginia)"),
            new("us-east-2", "US East (Ohio)"),
            new("us-west-1", "US West (N. California)"),
            new("us-west-2", "US West (Oregon)"),
        ]),
        new("aws-cn", "cn-north-1", "cn-northwest-1",
        [
            new("cn-north-1", "China (Beijing)"),
            new("cn-northwest-1", "China (Ningxia)"),
        ]),
        new("aws-us-gov", "us-gov-west-1", "us-gov-west-1",
        [
            new("us-gov-east-1", "AWS GovCloud (US-East)"),
            new("us-gov-west-1", "AWS GovCloud (US-West)"),
        ]),
        new("aws-eusc", "eusc-de-east-1", "eusc-de-east-1",
        [
            new("eusc-de-east-1", "AWS European Sovereign Cloud (Germany)"),
        ]),
    ];

    /// <summary>The partition of a name; the commercial one for a name that is not known.</summary>
    public static AwsPartition Of(string name) => All.FirstOrDefault(p => p.Name == name) ?? All[0];
}
