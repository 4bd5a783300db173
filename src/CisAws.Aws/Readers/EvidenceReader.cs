using System;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Sessions;
using CisAws.Evidence;

namespace CisAws.Aws.Readers;

/// <summary>Reads one kind of evidence.</summary>
/// <param name="RegionOf">The region that is asked about a subject; empty for a global service.</param>
/// <param name="ReadAsync">Reads the evidence about a subject, or throws.</param>
internal sealed record EvidenceReader<T>(Func<AwsSession, string, string> RegionOf, Func<AwsSession, string, CancellationToken, Task<T>> ReadAsync);

/// <summary>Creates readers from functions that take a parsed subject.</summary>
internal static class EvidenceReader
{
    /// <summary>About the account; the call belongs to no region.</summary>
    public static EvidenceReader<T> OfAccount<T>(Func<AwsSession, CancellationToken, Task<T>> read) =>
        new((_, _) => "", (session, _, cancellation) => read(session, cancellation));

    /// <summary>About the account, or a thing that has no region, in the region of such calls.</summary>
    public static EvidenceReader<T> InHomeRegion<T>(Func<AwsSession, string, CancellationToken, Task<T>> read) => new((session, _) => session.Region, read);

    /// <summary>About a region.</summary>
    public static EvidenceReader<T> OfRegion<T>(Func<AwsSession, string, CancellationToken, Task<T>> read) => new((_, region) => region, read);

    /// <summary>About a thing with an ARN, in the ARN's region.</summary>
    public static EvidenceReader<T> OfArn<T>(Func<AwsSession, Arn, CancellationToken, Task<T>> read) =>
        new((_, subject) => Parse(subject).Region, (session, subject, cancellation) => read(session, Parse(subject), cancellation));

    /// <summary>About a bucket, in its region once that was found out.</summary>
    public static EvidenceReader<T> OfBucket<T>(Func<AwsSession, string, CancellationToken, Task<T>> read) =>
        new((session, bucket) => session.BucketRegions.TryGetValue(bucket, out var region) ? region : session.Region, read);

    /// <summary>About an IAM user; the call belongs to no region.</summary>
    public static EvidenceReader<T> OfUser<T>(Func<AwsSession, string, CancellationToken, Task<T>> read) => new((_, _) => "", read);

    /// <summary>About a prefix list.</summary>
    public static EvidenceReader<T> OfPrefixList<T>(Func<AwsSession, string, CancellationToken, Task<T>> read) => new((_, list) => NetworkReaders.RegionOfPrefixList(list), read);

    private static Arn Parse(string subject) => Arn.TryParse(subject) ?? throw new FormatException($"'{subject}' is not an ARN.");
}
