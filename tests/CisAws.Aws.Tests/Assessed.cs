using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Benchmarks;
using CisAws.Connections;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;

namespace CisAws.Aws.Tests;

/// <summary>An account assessed by all controls through the connector, and what could not be read on the way.</summary>
internal sealed class Assessed
{
    public static readonly string[] Regions = ["us-east-1", "eu-west-1"];

    private Assessed(IReadOnlyList<CisResult> results, IReadOnlyList<ReadFailure> unreadable)
    {
        Results = results;
        Failure = unreadable;
    }

    public IReadOnlyList<CisResult> Results { get; }

    public IReadOnlyList<ReadFailure> Failure { get; }

    public CisResult this[string controlId] => Results.Single(r => r.ControlId.ToString() == controlId);

    public static ConnectionOptions Options(string endpoint) => new()
    {
        AccessKey = "AKIAIOSFODNN7EXAMPLE",
        SecretKey = "secret",
        Region = "us-east-1",
        EndpointUrl = endpoint,
    };

    public static async Task<Assessed> AtAsync(
        string endpoint,
        DateTimeOffset now,
        CancellationToken cancellationToken,
        AwsConnector? connector = null,
        IReadOnlyList<CisControl>? controls = null,
        IReadOnlyCollection<string>? regions = null)
    {
        using var connection = await (connector ?? TestTimeouts.Connector).ConnectAsync(Options(endpoint), cancellationToken);
        var source = new Listening(connection, now);
        var results = new List<CisResult>();
        await new Assessment(controls ?? DefaultPrograms.Benchmark.Controls, regions ?? Regions, now).RunAsync(source, results.Add, cancellationToken);
        return new Assessed(results, [.. source.Failure]);
    }

    /// <summary>Hands evidence on as if it was read at the time of the run, which can be days from now, and remembers what was unreadable.</summary>
    private sealed class Listening(IEvidenceReader inner, DateTimeOffset now) : IEvidenceReader
    {
        public ConcurrentBag<ReadFailure> Failure { get; } = [];

        public AccountIdentity Account => inner.Account;

        public async Task<Observation<T>> ReadAsync<T>(EvidenceKind<T> kind, string subject, CancellationToken cancellationToken)
        {
            var fact = await inner.ReadAsync(kind, subject, cancellationToken);
            return fact.Match(
                value => Observation.Known(value, fact.Origin! with { Time = now }),
                why =>
                {
                    Failure.Add(why);
                    return fact;
                });
        }
    }
}
