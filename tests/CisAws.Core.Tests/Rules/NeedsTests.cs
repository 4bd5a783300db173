using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Benchmarks;
using CisAws.Core.Tests.Rules.Alarms;
using CisAws.Core.Tests.Style;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Rules;
using CisAws.Rules.Alarms;
using CisAws.Testing;
using CsCheck;

namespace CisAws.Core.Tests.Rules;

/// <summary>
/// Holds every rule against what it declares, over whole accounts drawn from fixed seeds: the declarations are what is
/// collected, what the permissions policy is derived from, and what makes a result incomplete.
/// </summary>
public sealed class NeedsTests
{
    private const int Accounts = 200;

    private static readonly Lazy<IReadOnlyList<AccountEvidence>> Readable = new(() => Enumerable.Range(0, Accounts).Select(Account).ToList());

    private static readonly Lazy<IReadOnlyList<string>> TestSources = new(() =>
        [.. Directory.EnumerateFiles(Path.Combine(StyleTests.Root, "tests", "CisAws.Core.Tests", "Rules"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)]);

    public static TheoryData<string> Controls => EveryRule.Ids;

    [Fact]
    public async Task Asking_for_a_kind_that_was_not_declared_throws_and_says_whose_it_is()
    {
        var collector = new EvidenceCollector(RuleTester.NewEvidence(), [], TestContext.Current.CancellationToken);
        var view = await collector.CompleteAsync([EvidenceKinds.PasswordPolicy], "Control 1.9");
        view.Get(EvidenceKinds.PasswordPolicy);
        var account = Assert.Throws<InvalidOperationException>(() => view.Get(EvidenceKinds.AccountSummary));
        Assert.Equal("Control 1.9 asked for iam.accountSummary without declaring it. Add it to its Needs.", account.Message);
        Assert.Throws<InvalidOperationException>(() => view.Regions(EvidenceKinds.Instances));
        Assert.Throws<InvalidOperationException>(() => view.Subjects(EvidenceKinds.TrailStatus));
        Assert.Equal([EvidenceKinds.PasswordPolicy], view.Used);
    }

    [Theory]
    [MemberData(nameof(Controls))]
    public void Every_declared_kind_is_used_under_every_setting(string controlId)
    {
        var control = EveryRule.Of(controlId);
        foreach (var varied in Variations(control))
        {
            var unused = varied.Needs.ToHashSet();
            foreach (var account in Readable.Value.TakeWhile(_ => unused.Count > 0))
            {
                unused.ExceptWith(RuleTester.Replay(varied, Watched(varied, account), [], account.CollectedAt).Used);
            }

            Assert.True(unused.Count == 0, $"{controlId} declares {string.Join(", ", unused)} and never asks for it ({varied.Settings}).");
        }
    }

    public static TheoryData<string> AutomatedRules =>
        [.. DefaultPrograms.All.SelectMany(p => p.Controls).Where(c => c.Assessment == ControlAssessment.Automated).SelectMany(c => c.RuleId).Distinct().Order()];

    /// <summary>Each has tests that name it, or its number in the default benchmark.</summary>
    [Theory]
    [MemberData(nameof(AutomatedRules))]
    public void A_rule_of_an_automated_control_has_tests(string ruleId)
    {
        string[] names = [.. DefaultPrograms.Benchmark.Controls.Where(c => c.RuleId.Contains(ruleId)).Select(c => c.ControlId.ToString()), ruleId];
        Assert.Contains(TestSources.Value, source => names.Any(n => source.Contains($"\"{n}\"", StringComparison.Ordinal)));
    }

    /// <summary>Good, bad and unreadable: a rule that can say only one of these decides nothing.</summary>
    [Theory]
    [MemberData(nameof(AutomatedRules))]
    public void A_rule_of_an_automated_control_passes_fails_and_is_unknown(string ruleId)
    {
        var control = EveryRule.Controls.First(c => c.RuleId[0] == ruleId);
        var missing = new HashSet<CisStatus> { CisStatus.Pass, CisStatus.Fail, CisStatus.Unknown };
        foreach (var account in Readable.Value.Prepend(DemoAccount.Load()).TakeWhile(_ => missing.Count > 0))
        {
            var watched = Watched(control, account);
            var result = RuleTester.Replay(control, watched, [], account.CollectedAt).Result;
            missing.ExceptWith(result.Findings.Select(f => f.Status).Append(result.Status));
            missing.ExceptWith(control.Needs.TakeWhile(_ => missing.Contains(CisStatus.Unknown))
                .Select(kind => RuleTester.Replay(control, Failure(watched, kind), [], account.CollectedAt).Result.Status).ToList());
        }

        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Controls))]
    public void What_cannot_be_read_changes_no_verdict_but_to_unknown(string controlId)
    {
        var control = EveryRule.Of(controlId);
        foreach (var account in Readable.Value.Take(LongTests.Iterations(6, 40)))
        {
            var watched = Watched(control, account);
            var full = RuleTester.Replay(control, watched, [], account.CollectedAt).Result;
            if (full.ReasonCode is "KeyGoneSinceReport" or "KeyNotInReport")
            {
                continue; // 1.12 by two witnesses that contradict each other: without the newer one the older one stands.
            }

            foreach (var kind in EvidenceKind.Closure(control.Rules.SelectMany(r => r.Needs(control.Values))))
            {
                var denied = RuleTester.Replay(control, Failure(watched, kind), [], account.CollectedAt).Result;
                Assert.True(
                    denied.Status == full.Status || denied.Status == CisStatus.Unknown,
                    $"{controlId} is {full.Status} ({full.Reason}) and becomes {denied.Status} ({denied.Reason}) when {kind} is denied.");
            }
        }
    }

    /// <summary>The defaults, and each switch and choice turned by itself.</summary>
    private static IEnumerable<CisControl> Variations(CisControl control) => control.Settings
        .SelectMany(s => (s.Type switch
        {
            SettingType.Boolean => [!(bool)s.Default],
            SettingType.Choice => s.Choices!.Where(c => c != (string)s.Default),
            _ => Enumerable.Empty<object>(),
        }).Select(value => RuleTester.With(control, (s.Name, value))))
        .Prepend(control);

    private static AccountEvidence Account(int seed) => AccountGenerator.Readable.Generate(new PCG(0, (ulong)seed), null, out _);

    /// <summary>
    /// The account; for a control of section 3 with its pattern in every metric filter, since chance does not bring about
    /// what makes the rule look at alarms.
    /// </summary>
    private static IEvidenceReader Watched(CisControl control, IEvidenceReader account) => !control.Rules.Any(r => r is MetricFilterAlarm)
        ? account
        : new Altered(account, (kind, fact) => kind != EvidenceKinds.MetricFilters ? fact : ((Observation<IReadOnlyList<MetricFilter>>)fact).Match(
            filters => Observation.Known<IReadOnlyList<MetricFilter>>(
                filters.Select(f => f with { Pattern = control.Rules.OfType<MetricFilterAlarm>().Single().Reference.Pattern }).ToList(), fact.Origin!),
            _ => fact));

    private static Altered Failure(IEvidenceReader account, EvidenceKind denied) => new(account, (kind, fact) => kind != denied
        ? fact
        : kind.Failed(new ReadFailure(kind.Actions[0], "", "AccessDenied", ReadFailureKind.AccessDenied, "Not allowed.")));

    /// <summary>An account of which some answers are others.</summary>
    private sealed class Altered(IEvidenceReader account, Func<EvidenceKind, Observation, Observation> alter) : IEvidenceReader
    {
        public AccountIdentity Account => account.Account;

        public async Task<Observation<T>> ReadAsync<T>(EvidenceKind<T> kind, string subject, CancellationToken cancellationToken) =>
            (Observation<T>)alter(kind, await account.ReadAsync(kind, subject, cancellationToken));
    }
}
