using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CisAws.Assessments;
using CisAws.Aws.Calls;
using CisAws.Aws.Readers;
using CisAws.Aws.Sessions;
using CisAws.Benchmarks;
using CisAws.Emulator;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Testing;

namespace CisAws.Aws.Tests.Responses;

/// <summary>
/// Each operation of the module, answered wrongly in each way: what is no answer is unreadable, and no verdict changes but to
/// Unknown. The counts go into the report of the tests, which .ci/run shows.
/// </summary>
public sealed class WrongResponseTests
{
    /// <summary>Where a report cannot be generated, the stored one counts.</summary>
    private const string Replaceable = "iam:GenerateCredentialReport";

    /// <summary>What AWS does leave empty: the token of the last page in some operations, and a pattern that matches everything.</summary>
    private static readonly string[] MayBeEmpty = ["nextToken", "NextToken", "filterPattern"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wrong_answer_is_unreadable_and_changes_no_verdict()
    {
        var table = new Table();
        await using var world = await World.StartAsync(Account());
        foreach (var action in world.Actions)
        {
            var answers = world.Answers.AnswersTo(action);
            Assert.True(answers.Any(a => (int)a.Answer.Status == 200), $"{action} is not called, or not answered, in the account of this test.");
            foreach (var way in WrongResponse.All.Concat(LongTests.Wanted ? EmptyLeaves(action, answers) : []))
            {
                // A bucket without access logging is answered with an empty root.
                if (action == "s3:GetBucketLogging" && way.Name == "empty root")
                {
                    continue;
                }

                var run = await world.RunAsync(action, way);
                if (run is not null)
                {
                    table.Add(action, way, run);
                }
            }
        }

        TestReport.Write(table.Lines());
        Assert.True(table.Wrong.Count == 0, string.Join(Environment.NewLine, table.Wrong.Take(60).Prepend($"{table.Wrong.Count} wrong")));
    }

    [Fact]
    public async Task A_missing_member_ends_no_run()
    {
        LongTests.Require();
        await using var world = await World.StartAsync(Account());
        foreach (var action in world.Actions)
        {
            foreach (var way in WrongResponse.MissingLeaf(world.Answers.AnswersTo(action).Where(a => (int)a.Answer.Status == 200).Select(a => a.Answer)))
            {
                var run = await world.RunAsync(action, way);
                Assert.DoesNotContain(run?.Results ?? [], r => r.ReasonCode == "RuleError");
            }
        }
    }

    /// <summary>The demo account, with a user who has more credentials than the report shows, so that each action is called.</summary>
    private static AccountEvidence Account()
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

    /// <summary>A policy is the customer's document: what is in it is not AWS's answer.</summary>
    private static IEnumerable<WrongResponse> EmptyLeaves(string action, IEnumerable<(bool IsLaterPage, WireResponse Answer)> answers) => action == "s3:GetBucketPolicy"
        ? []
        : WrongResponse.EmptyLeaf(answers.Where(a => (int)a.Answer.Status == 200).Select(a => a.Answer)).Where(w => !MayBeEmpty.Contains(w.Detail.Split('/').Last()));

    /// <summary>What an account came to with wrong answers to one action.</summary>
    private sealed record Run(IReadOnlyList<CisResult> Results, bool ChangedToUnknown, IReadOnlyList<string> Wrong);

    /// <summary>An account, how it is judged when all answers are right, and the answers.</summary>
    private sealed class World : IAsyncDisposable
    {
        private readonly EmulatorServer _server;
        private readonly AccountEvidence _account;
        private readonly AccountConnection _connection;
        private AccountEvidence _right = null!;
        private Dictionary<ControlId, CisResult> _results = null!;

        private World(EmulatorServer server, AccountEvidence account)
        {
            _server = server;
            _account = account;
            _connection = Connect();
        }

        public RememberedAws Answers { get; } = new();

        /// <summary>The controls 3.1 to 3.14 differ in the filter they look for, and not in what they read.</summary>
        private static IReadOnlyList<CisControl> Controls { get; } =
            DefaultPrograms.Benchmark.Controls.Where(c => !c.ControlId.ToString().StartsWith("3.", StringComparison.Ordinal) || c.ControlId.ToString() is "3.1" or "3.13").ToList();

        public IReadOnlyList<string> Actions { get; } = EvidenceKinds.All.SelectMany(k => k.Actions).Distinct().Order(StringComparer.Ordinal).ToList();

        public static async Task<World> StartAsync(AccountEvidence account)
        {
            var world = new World(await EmulatorServer.StartAsync(account, new EmulatorOptions { PageSize = 1 }, Cancel), account);
            world._right = await new EvidenceCollector(world._connection, [], Cancel).CollectAsync(EvidenceKinds.All, account.CollectedAt);
            world._results = (await AssessAsync(Controls, world._right, account)).ToDictionary(r => r.ControlId);
            return world;
        }

        /// <summary>The account with wrong answers to an action; null where there is no answer that can be wrong in this way.</summary>
        public async Task<Run?> RunAsync(string action, WrongResponse way)
        {
            var changed = 0;
            Answers.Change = (asked, later, answer) =>
            {
                if (asked != action || (way.LaterPages && !later) || ((int)answer.Status != 200))
                {
                    return answer;
                }

                // An answer to HEAD has no body that could be wrong.
                if (way.Make(answer) is { } wrong && wrong != answer && (answer.Body.Length > 0 || wrong.Status != answer.Status))
                {
                    Interlocked.Increment(ref changed);
                    Mixed.Touched.Value![0] = true;
                    return wrong;
                }

                return answer;
            };
            var kinds = EvidenceKinds.All.Where(k => k.Actions.Contains(action)).ToHashSet();
            var source = new Mixed(_connection, _right, kinds);
            var controls = Controls.Where(c => Needs(c).Any(kinds.Contains)).ToList();
            var results = await AssessAsync(controls, source, _account);
            Answers.Change = null;
            var unknown = results.Any(r => r.Status == CisStatus.Unknown && _results[r.ControlId].Status != CisStatus.Unknown);
            return changed == 0 ? null : new Run(results, unknown, [.. Facts(action, way, source), .. results.SelectMany(Changes).Select(c => $"{action}, {way}: {c}")]);
        }

        public async ValueTask DisposeAsync()
        {
            _connection.Dispose();
            Answers.Dispose();
            await _server.DisposeAsync();
        }

        private static async Task<IReadOnlyList<CisResult>> AssessAsync(IReadOnlyList<CisControl> controls, IEvidenceReader source, AccountEvidence account)
        {
            var results = new List<CisResult>();
            await new Assessment(controls, [], account.CollectedAt).RunAsync(source, results.Add, Cancel);
            return results;
        }

        private static IEnumerable<EvidenceKind> Needs(CisControl control)
        {
            static IEnumerable<EvidenceKind> All(EvidenceKind kind) => kind.From.SelectMany(All).Append(kind);
            var needs = control.Needs.ToList();
            // Regions are what all regional evidence is found in.
            return needs.SelectMany(All).Concat(needs.Any(EvidenceCollector.IsRegional) ? [EvidenceKinds.Regions] : []);
        }

        /// <summary>Facts that are known although their answer was none, or that do not say what was wrong.</summary>
        private static IEnumerable<string> Facts(string action, WrongResponse way, Mixed source) =>
            !way.IsNone || action == Replaceable ? [] : source.Read
                .Where(f => f.Touched && (f.Observation.Failure is not { } why || why.Kind != ReadFailureKind.Malformed || why.Action != action || why.Message.Length == 0))
                .Select(f => $"{action}, {way}: {f.Kind} '{f.Subject}' is {f.Observation}");

        private IEnumerable<string> Changes(CisResult result)
        {
            var right = _results[result.ControlId];
            if (result.ReasonCode == "RuleError")
            {
                yield return $"{result.ControlId}: {result.Reason}";
            }

            if (result.Status != right.Status && result.Status != CisStatus.Unknown)
            {
                yield return $"{result.ControlId} {right.Status} -> {result.Status} ({result.Reason})";
            }

            var findings = right.Findings.ToLookup(f => (f.ResourceType, f.ResourceId, f.ResourceArn, f.Region));
            foreach (var finding in result.Findings.Where(f => f.Status != CisStatus.Unknown))
            {
                var before = findings[(finding.ResourceType, finding.ResourceId, finding.ResourceArn, finding.Region)].ToList();
                if (before.All(b => b.Status != finding.Status))
                {
                    yield return $"{result.ControlId}, {finding.ResourceId}: {(before.Count == 0 ? "none" : before[0].Status.ToString())} -> {finding.Status} ({finding.Reason})";
                }
            }

            if (result.Findings.Count < right.Findings.Count && result.Status != CisStatus.Unknown && !result.Incomplete)
            {
                yield return $"{result.ControlId}: {right.Findings.Count} findings -> {result.Findings.Count}, and the result does not say that it is incomplete";
            }

            if (result.Findings.Count > right.Findings.Count && result.Findings.All(f => f.Status != CisStatus.Unknown))
            {
                yield return $"{result.ControlId}: {right.Findings.Count} findings -> {result.Findings.Count}";
            }
        }

        private AccountConnection Connect() => new(
            new AwsSession(
                _account.Account,
                "us-east-1",
                new BasicAWSCredentials(_server.AccessKey, _server.SecretKey),
                new ClientSettings(null, _server.Url.ToString(), null, new CallTimeouts(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), Attempts: 1)) { HttpClients = Answers },
                new CallLimiter(4, null),
                new Clock(() => _account.CollectedAt, (_, _) => Task.CompletedTask)),
            "a test",
            "us-east-1");
    }

    /// <summary>Reads some kinds from AWS, and has the others from a record.</summary>
    private sealed class Mixed(AccountConnection aws, AccountEvidence record, HashSet<EvidenceKind> live) : IEvidenceReader
    {
        private readonly List<(EvidenceKind Kind, string Subject, Observation Observation, bool Touched)> _read = [];

        public AccountIdentity Account => record.Account;

        /// <summary>Set when an answer that a read rests on is made wrong; it flows with the read.</summary>
        public static AsyncLocal<bool[]?> Touched { get; } = new();

        /// <summary>What was read from AWS, and whether it rests on a wrong answer.</summary>
        public IReadOnlyList<(EvidenceKind Kind, string Subject, Observation Observation, bool Touched)> Read => _read;

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
                _read.Add((kind, subject, fact, touched[0]));
            }

            return fact;
        }
    }

    /// <summary>How many runs there were, by operation and by way.</summary>
    private sealed class Table
    {
        private readonly List<(string Action, string Way, bool Unknown, int Wrong)> _rows = [];

        public List<string> Wrong { get; } = [];

        public void Add(string action, WrongResponse way, Run run)
        {
            _rows.Add((action, way.Name, run.ChangedToUnknown, run.Wrong.Count));
            Wrong.AddRange(run.Wrong);
        }

        public IEnumerable<string> Lines() =>
        [
            Line("Wrong answers, by action", "runs", "changed to Unknown", "wrong"), .. Counts(r => r.Action),
            Line("Wrong answers, by kind", "runs", "changed to Unknown", "wrong"), .. Counts(r => r.Way), .. Counts(_ => "total"),
        ];

        private static string Line(object name, object runs, object unknown, object wrong) =>
            string.Create(CultureInfo.InvariantCulture, $"{name,-42} {runs,6} {unknown,20} {wrong,6}");

        private IEnumerable<string> Counts(Func<(string Action, string Way, bool Unknown, int Wrong), string> by) => _rows
            .GroupBy(by).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => Line(g.Key, g.Count(), g.Count(r => r.Unknown), g.Sum(r => r.Wrong)));
    }
}
