using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CisAws.Assessments;
using CisAws.Aws.Calls;
using CisAws.Aws.Readers;
using CisAws.Aws.Sessions;
using CisAws.Benchmarks;
using CisAws.Core.Tests.Rules;
using CisAws.Emulator;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Testing;

namespace CisAws.Aws.Tests.FaultMatrix;

/// <summary>An account, how it is judged when all answers are right, and how when the calls of one action fail.</summary>
internal sealed class FaultyAccount : IAsyncDisposable
{
    /// <summary>The region of the faults that hit one: trails, keys, instances, VPCs and alarms of the account are in it.</summary>
    private const string FaultyRegion = "eu-west-1";

    private readonly EmulatorServer _server;
    private readonly AccountEvidence _account;
    private AccountEvidence _right = null!;
    private Dictionary<string, CisResult> _results = null!;

    private FaultyAccount(EmulatorServer server, FailingServers failing, AccountEvidence account)
    {
        _server = server;
        _account = account;
        Failing = failing;
    }

    /// <summary>
    /// A control for each rule, by the default benchmark where it has one. Of the rules on alarms two are enough: they differ in the filter they look
    /// for, and not in what they read.
    /// </summary>
    public static IReadOnlyList<CisControl> Controls { get; } =
    [
        .. EveryRule.Controls
            .Where(c => !KeyOf(c).StartsWith("alarms-", StringComparison.Ordinal) || KeyOf(c) is "alarms-unauthorized-api-calls" or "alarms-route-table-changes"),
    ];

    private static string KeyOf(CisControl control) => control.RuleId.ToString();

    /// <summary>Each action that CisAws calls about an account.</summary>
    public static IReadOnlyList<string> Actions { get; } = EvidenceKinds.All.SelectMany(k => k.Actions).Distinct().Order(StringComparer.Ordinal).ToList();

    public RememberedAws Answers { get; } = new();

    public FailingServers Failing { get; }

    /// <summary>Starts the demo account, with a user who has more credentials than the report shows, so that each action is called.</summary>
    public static async Task<FaultyAccount> StartAsync(CancellationToken cancellationToken)
    {
        var account = Account();
        var server = await EmulatorServer.StartAsync(account, new EmulatorOptions { PageSize = 1, RequireSignature = false }, cancellationToken);
        var faulty = new FaultyAccount(server, await FailingServers.StartAsync(account, cancellationToken), account);
        using var connection = faulty.Connect();
        faulty._right = await new EvidenceCollector(connection, [], cancellationToken).CollectAsync(EvidenceKinds.All, account.CollectedAt);
        faulty._results = (await faulty.AssessAsync(Controls, faulty._right, cancellationToken)).ToDictionary(r => r.RuleId.ToString());
        return faulty;
    }

    /// <summary>
    /// Assesses the controls that need an action whose calls fail. Their evidence that needs the action is read anew, the rest is known.
    /// </summary>
    /// <returns>What came of it; null where no call of the action can fail in this way.</returns>
    public async Task<FaultyRun?> RunAsync(string action, FaultKind fault, CancellationToken cancellationToken)
    {
        var hit = EvidenceKinds.All.Where(k => k.Actions.Contains(action)).ToHashSet();
        var controls = Controls.Where(c => Needs(c).Any(hit.Contains)).ToList();
        var live = fault.Scope == FaultScope.FromThenOn ? controls.SelectMany(Needs).ToHashSet() : hit;
        var failed = 0;
        Answers.Change = async (call, answer) =>
        {
            var applies = fault.Scope switch
            {
                FaultScope.OneRegion => call.Action == action && call.Region == FaultyRegion,
                FaultScope.LaterPages => call.Action == action && call.IsLaterPage,
                FaultScope.FromThenOn => call.Action == action || Volatile.Read(ref failed) > 0,
                _ => call.Action == action,
            };
            if (!applies || await AppliedAsync() is not { } changed || changed == answer)
            {
                return answer;
            }

            Note();
            return changed;

            async Task<WireResponse?> AppliedAsync()
            {
                try
                {
                    return await fault.Apply(Answers, call, answer);
                }
                catch
                {
                    Note();
                    throw;
                }
            }
        };

        void Note()
        {
            Interlocked.Increment(ref failed);
            MixedReader.Touched.Value![0] = true;
        }

        // What the SDK recovers from takes it another attempt.
        using var connection = Connect(attempts: fault.IsRecovered ? 2 : 1);
        var source = new MixedReader(connection, _right, live);
        var results = await AssessAsync(controls, source, cancellationToken);
        Answers.Change = null;
        return failed == 0 ? null : new FaultyRun(action, fault, source.Read, results, _right, _results);
    }

    /// <summary>Something that a call of an action reads.</summary>
    public (EvidenceKind Kind, string Subject) SubjectOf(string action) => EvidenceKinds.All
        .Where(k => k.Actions.Contains(action))
        .SelectMany(k => _right.SubjectsOf(k).Where(s => _right.Get(k, s).Failure is null).Select(s => (k, s))).First();

    /// <summary>Reads a fact, with an answer of status 200 to each call of an action.</summary>
    public async Task<Observation> ReadAsync(EvidenceKind kind, string subject, string action, string body, CancellationToken cancellationToken)
    {
        Answers.Change = (call, answer) => Task.FromResult(call.Action == action ? answer with { Status = HttpStatusCode.OK, Body = body } : answer);
        using var connection = Connect();
        return await kind.ReadAsync(connection, subject, cancellationToken);
    }

    /// <summary>Assesses the controls that need a kind of evidence, with one fact replaced.</summary>
    public async Task<IReadOnlyList<CisResult>> AssessAsync(EvidenceKind kind, string subject, Observation fact, CancellationToken cancellationToken)
    {
        var (before, controls) = (_right.Get(kind, subject), Controls.Where(c => Needs(c).Contains(kind)).ToList());
        _right.Add(kind, subject, fact);
        try
        {
            return await AssessAsync(controls, _right, cancellationToken);
        }
        finally
        {
            _right.Add(kind, subject, before);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Answers.Dispose();
        await Failing.DisposeAsync();
        await _server.DisposeAsync();
    }

    /// <summary>The account.</summary>
    public static AccountEvidence Account()
    {
        var account = DemoAccount.Load();
        var report = account.Get(EvidenceKinds.CredentialReport).Match(r => r, why => throw new InvalidOperationException(why.ToString()));
        var user = report.Rows[1];
        AccessKey[] keys =
        [
            new("AKIAIOSFODNN7EXAMPLE", "Active", account.CollectedAt.AddDays(-10)), new("AKIAI44QH8DHBEXAMPLE", "Inactive", account.CollectedAt.AddDays(-400)),
        ];
        return account
            .Set(EvidenceKinds.CredentialReport, "", report with { Rows = [report.Rows[0], [.. user.SkipLast(1), "{\"count\": 1}"], .. report.Rows.Skip(2)] })
            .Set(EvidenceKinds.AccessKeys, user[0], keys);
    }

    /// <summary>What a control's rules declare, and what that is found in: regions are what all regional evidence is found in.</summary>
    public static IEnumerable<EvidenceKind> Needs(CisControl control)
    {
        var needs = EvidenceKind.Closure(control.Needs);
        return needs.Any(EvidenceCollector.IsRegional) ? needs.Append(EvidenceKinds.Regions) : needs;
    }

    private async Task<IReadOnlyList<CisResult>> AssessAsync(IReadOnlyList<CisControl> controls, IEvidenceReader source, CancellationToken cancellationToken)
    {
        var results = new List<CisResult>();
        await new Assessment(controls, [], _account.CollectedAt).RunAsync(source, results.Add, cancellationToken);
        return results;
    }

    private AccountConnection Connect(int attempts = 1)
    {
        var clock = EmulatedAccount.ClockOf(_account);
        var timeouts = new CallTimeouts(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), attempts);
        return new AccountConnection(
            new AwsSession(
                _account.Account,
                "us-east-1",
                new BasicAWSCredentials(_server.AccessKey, _server.SecretKey),
                new ClientSettings(null, _server.Url.ToString(), null, timeouts) { HttpClients = Answers },
                new CallLimiter(new(4), clock, null),
                clock),
            "a test",
            "us-east-1");
    }

    /// <summary>Reads some kinds from AWS, and has the others from a record.</summary>
    private sealed class MixedReader(AccountConnection aws, AccountEvidence record, HashSet<EvidenceKind> live) : IEvidenceReader
    {
        private readonly List<FaultyRead> _read = [];

        public AccountIdentity Account => record.Account;

        /// <summary>Set when a call that a read rests on fails; it flows with the read.</summary>
        public static AsyncLocal<bool[]?> Touched { get; } = new();

        /// <summary>What was read from AWS.</summary>
        public IReadOnlyList<FaultyRead> Read => _read;

        public async Task<Observation<T>> ReadAsync<T>(EvidenceKind<T> kind, string subject, CancellationToken cancellationToken)
        {
            if (!live.Contains(kind))
            {
                return record.Get(kind, subject);
            }

            var touched = new bool[1];
            Touched.Value = touched;
            var fact = await aws.ReadAsync(kind, subject, cancellationToken);
            lock (_read)
            {
                _read.Add(new FaultyRead(kind, subject, fact, touched[0]));
            }

            return fact;
        }
    }
}

/// <summary>A fact that was read, and whether it rests on a call that failed.</summary>
internal sealed record FaultyRead(EvidenceKind Kind, string Subject, Observation Observation, bool IsTouched);
