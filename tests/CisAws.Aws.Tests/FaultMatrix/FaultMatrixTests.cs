using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Testing;

namespace CisAws.Aws.Tests.FaultMatrix;

/// <summary>
/// The calls of each action fail in each way: what rests on them is unreadable, the controls that need it are Unknown and name the action,
/// or keep a status that other facts prove, and no other result changes. The counts go into the report of the tests, which .ci/run shows.
/// </summary>
[Trait("Risk", "Timing")]
public sealed class FaultMatrixTests
{
    /// <summary>A quick run tries each way with each sixth action, and each action with each sixth way.</summary>
    private const int QuickShare = 6;

    /// <summary>What AWS does leave empty: the token of the last page in some operations, and a pattern that matches everything.</summary>
    private static readonly string[] MayBeEmpty = ["/nextToken", "/NextToken", "/ContinuationToken", "/DescribeDBInstancesResult/Marker", "/filterPattern"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fault_changes_results_to_Unknown_or_not_at_all()
    {
        var table = new Table();
        await using var account = await FaultyAccount.StartAsync(Cancel);
        foreach (var (index, action) in FaultyAccount.Actions.Index())
        {
            var answers = account.Answers.AnswersTo(action);
            Assert.True(answers.Any(a => (int)a.Answer.Status == 200), $"{action} is not called, or not answered, in the account of this test.");
            foreach (var (number, fault) in Faults(account, action, index).Index())
            {
                if ((LongTests.Wanted || (index + number) % QuickShare == 0) && await account.RunAsync(action, fault, Cancel) is { } run)
                {
                    table.Add(action, fault, run);
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
        await using var account = await FaultyAccount.StartAsync(Cancel);
        foreach (var action in FaultyAccount.Actions)
        {
            foreach (var way in WrongResponse.MissingLeaf(GoodAnswers(account, action)))
            {
                var run = await account.RunAsync(action, FaultKind.Of(way), Cancel);
                Assert.DoesNotContain(run?.Results ?? [], r => r.ReasonCode == "RuleError");
            }
        }
    }

    private static IEnumerable<FaultKind> Faults(FaultyAccount account, string action, int index)
    {
        // A bucket without access logging, or that never had versioning, is answered with an empty root.
        var wrong = WrongResponse.All.Where(w => action is not ("s3:GetBucketLogging" or "s3:GetBucketVersioning") || w.Name != "empty root");
        // A policy is the customer's document: what is in it is not AWS's answer.
        var leaves = LongTests.Wanted && action != "s3:GetBucketPolicy"
            ? WrongResponse.EmptyLeaf(GoodAnswers(account, action)).Where(w => !MayBeEmpty.Any(m => w.Detail.EndsWith(m, StringComparison.Ordinal)))
            : [];
        return FaultKind.NoAnswer(account.Failing)
            .Concat(IsFirstOfService(action) ? [FaultKind.CorrectedSkew(account.Failing, index + 1)] : [])
            .Concat(wrong.Concat(leaves).Select(FaultKind.Of));
    }

    /// <summary>What the SDK does is the same for each action of a service, and it waits before another attempt. S3 has HEAD, too.</summary>
    private static bool IsFirstOfService(string action) =>
        action == "s3:ListBucket" || action == FaultyAccount.Actions.First(a => a.StartsWith(action.Split(':')[0] + ":", StringComparison.Ordinal));

    private static IEnumerable<WireResponse> GoodAnswers(FaultyAccount account, string action) =>
        account.Answers.AnswersTo(action).Select(a => a.Answer).Where(a => (int)a.Status == 200);

    /// <summary>How many runs there were, by action and by way.</summary>
    private sealed class Table
    {
        private readonly List<(string Action, string Fault, FaultyRun Run)> _rows = [];

        public List<string> Wrong { get; } = [];

        public void Add(string action, FaultKind fault, FaultyRun run)
        {
            _rows.Add((action, fault.Name, run));
            Wrong.AddRange(run.Wrong);
        }

        public IEnumerable<string> Lines() =>
        [
            Line("Fault matrix, by action", "runs", "to Unknown", "kept", "wrong"), .. Counts(r => r.Action),
            Line("Fault matrix, by fault", "runs", "to Unknown", "kept", "wrong"), .. Counts(r => r.Fault), .. Counts(_ => "total"),
        ];

        private static string Line(object name, object runs, object unknown, object kept, object wrong) =>
            string.Create(CultureInfo.InvariantCulture, $"{name,-42} {runs,6} {unknown,12} {kept,6} {wrong,6}");

        private IEnumerable<string> Counts(Func<(string Action, string Fault, FaultyRun Run), string> by) => _rows
            .GroupBy(by).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => Line(g.Key, g.Count(), g.Sum(r => r.Run.ChangedToUnknown), g.Sum(r => r.Run.Kept), g.Sum(r => r.Run.Wrong.Count)));
    }
}
