using System;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Sessions;
using CisAws.Evidence;

namespace CisAws.Aws.Readers;

/// <summary>Reads one kind of evidence.</summary>
/// <param name="RegionOf">The region of a subject; empty for a global service.</param>
/// <param name="ReadAsync">Reads the evidence about a subject, or throws what went wrong.</param>
internal sealed record Source<T>(Func<string, string> RegionOf, Func<AwsSession, string, CancellationToken, Task<T>> ReadAsync);

/// <summary>Makes sources out of functions that take what a subject means.</summary>
internal static class Source
{
    /// <summary>About the account; the call belongs to no region.</summary>
    public static Source<T> OfAccount<T>(Func<AwsSession, CancellationToken, Task<T>> read) =>
        new(_ => "", (session, _, cancellation) => read(session, cancellation));

    /// <summary>About a region.</summary>
    public static Source<T> OfRegion<T>(Func<AwsSession, string, CancellationToken, Task<T>> read) => new(region => region, read);

    /// <summary>About a thing with an ARN, in the ARN's region.</summary>
    public static Source<T> OfArn<T>(Func<AwsSession, Arn, CancellationToken, Task<T>> read) =>
        new(subject => Parse(subject).Region, (session, subject, cancellation) => read(session, Parse(subject), cancellation));

    /// <summary>About a bucket, whose region is found out on the way.</summary>
    public static Source<T> OfBucket<T>(Func<AwsSession, string, CancellationToken, Task<T>> read) => new(_ => "", read);

    /// <summary>About an IAM user; the call belongs to no region.</summary>
    public static Source<T> OfUser<T>(Func<AwsSession, string, CancellationToken, Task<T>> read) => new(_ => "", read);

    /// <summary>About a prefix list.</summary>
    public static Source<T> OfPrefixList<T>(Func<AwsSession, string, CancellationToken, Task<T>> read) => new(NetworkSources.RegionOfPrefixList, read);

    private static Arn Parse(string subject) => Arn.TryParse(subject) ?? throw new FormatException($"'{subject}' is not an ARN.");
}
