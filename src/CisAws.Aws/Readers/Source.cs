using System;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Sessions;
using CisAws.Evidence;

namespace CisAws.Aws.Readers;

/// <summary>Reads one kind of evidence.</summary>
/// <param name="RegionOf">The region that is asked about a subject; empty for a global service.</param>
/// <param name="ReadAsync">Reads the evidence about a subject, or throws what went wrong.</param>
internal sealed record Source<T>(Func<AwsSession, string, string> RegionOf, Func<AwsSession, string, CancellationToken, Task<T>> ReadAsync);

/// <summary>Makes sources out of functions that take what a subject means.</summary>
internal static class Source
{
    /// <summary>About the account; the call belongs to no region.</summary>
    public static Source<T> OfAccount<T>(Func<AwsSession, CancellationToken, Task<T>> read) =>
        new((_, _) => "", (session, _, cancellation) => read(session, cancellation));

    /// <summary>About the account, or a thing that has no region, in the region of such calls.</summary>
    public static Source<T> InHomeRegion<T>(Func<AwsSession, string, CancellationToken, Task<T>> read) => new((session, _) => session.Region, read);

    /// <summary>About a region.</summary>
    public static Source<T> OfRegion<T>(Func<AwsSession, string, CancellationToken, Task<T>> read) => new((_, region) => region, read);

    /// <summary>About a thing with an ARN, in the ARN's region.</summary>
    public static Source<T> OfArn<T>(Func<AwsSession, Arn, CancellationToken, Task<T>> read) =>
        new((_, subject) => Parse(subject).Region, (session, subject, cancellation) => read(session, Parse(subject), cancellation));

    /// <summary>About a bucket, in its region once that was found out.</summary>
    public static Source<T> OfBucket<T>(Func<AwsSession, string, CancellationToken, Task<T>> read) =>
        new((session, bucket) => session.BucketRegions.TryGetValue(bucket, out var region) ? region : session.Region, read);

    /// <summary>About an IAM user; the call belongs to no region.</summary>
    public static Source<T> OfUser<T>(Func<AwsSession, string, CancellationToken, Task<T>> read) => new((_, _) => "", read);

    /// <summary>About a prefix list.</summary>
    public static Source<T> OfPrefixList<T>(Func<AwsSession, string, CancellationToken, Task<T>> read) => new((_, list) => NetworkSources.RegionOfPrefixList(list), read);

    private static Arn Parse(string subject) => Arn.TryParse(subject) ?? throw new FormatException($"'{subject}' is not an ARN.");
}
