namespace CisAws.Aws.Sessions;

/// <summary>
/// Where the global services of a partition are signed for. The SDK's own table names one region for all of them, but in
/// China IAM is in cn-north-1 and account management and Organizations are in cn-northwest-1.
/// </summary>
/// <param name="MainRegion">The region of IAM, and of calls that any region answers.</param>
/// <param name="AccountRegion">The region of account management and Organizations.</param>
internal sealed record Partition(string MainRegion, string AccountRegion)
{
    public static Partition Of(string name) => name switch
    {
        "aws-cn" => new("cn-north-1", "cn-northwest-1"),
        "aws-us-gov" => new("us-gov-west-1", "us-gov-west-1"),
        "aws-eusc" => new("eusc-de-east-1", "eusc-de-east-1"),
        _ => new("us-east-1", "us-east-1"),
    };
}
