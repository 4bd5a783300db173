using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Benchmarks;
using CisAws.Programs;
using CisAws.Reports;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Testing;

namespace CisAws.Browser.Tests;

/// <summary>What the tests report on: the demo account, and what is derived from it.</summary>
internal static class Samples
{
    private static readonly Lazy<Task<IReadOnlyList<CisResult>>> OfDemo = new(() => AssessAsync(DefaultPrograms.Benchmark));

    public static Task<IReadOnlyList<CisResult>> DemoAsync() => OfDemo.Value;

    /// <summary>The results of the demo account for a program that accepts, attests and ranks.</summary>
    public static Task<IReadOnlyList<CisResult>> ProgramAsync() => AssessAsync(DefaultPrograms.Benchmark with
    {
        Name = "norrvik",
        Type = ProgramType.Custom,
        Version = "7",
        Severities = new([new(Selector("3.9"), CisSeverity.Critical)]),
        Exemptions = new([new() { ControlId = Selector("4.1"), Resource = "sg-0b6d907f35d4ccea7", Reason = "The bastion is being replaced.", Owner = "Elin", Ticket = "SEC-12", Expires = Day.AddDays(12) }]),
        Attestations = new([new() { ControlId = Selector("1.17"), Status = AttestationStatus.Passed, Explanation = "Verified with Finance.", Updated = Day.AddDays(-10), UpdatedBy = "Karin", Frequency = "annually" }]),
    });

    /// <summary>The results as those of other accounts too, with fewer failures from account to account.</summary>
    public static IReadOnlyList<CisResult> InAccounts(this IReadOnlyList<CisResult> results, int count) =>
    [
        .. Enumerable.Range(0, count).SelectMany(a => results.Select((r, i) => new CisResult(
            r.Values with
            {
                AccountId = (111122223333 + a).ToString(CultureInfo.InvariantCulture),
                Status = r.Status == CisStatus.Fail && i % count < a ? CisStatus.Pass : r.Status,
            },
            r.Run))),
    ];

    /// <summary>The results, and those of an account that could not be assessed.</summary>
    public static IReadOnlyList<CisResult> AndUnassessed(this IReadOnlyList<CisResult> results, string account, string reason) =>
        [.. results, .. UnassessedAccount.Results(DefaultPrograms.Benchmark.Controls, account, UnassessedAccount.Unreachable, reason, results[0].Run)];

    /// <summary>The results with each finding many times, until there are enough.</summary>
    public static IReadOnlyList<CisResult> WithFindings(this IReadOnlyList<CisResult> results, int count)
    {
        var times = (count / results.Sum(r => r.Findings.Count)) + 1;
        return
        [
            .. results.Select(r => new CisResult(
                r.Values with
                {
                    Findings =
                    [
                        .. Enumerable.Range(0, times).SelectMany(n => r.Values.Findings.Select(
                            f => f with { Resource = f.Resource with { Id = FormattableString.Invariant($"{f.Resource.Id}-{n}") } })),
                    ],
                },
                r.Run)),
        ];
    }

    /// <summary>The results with texts in every place that AWS, or a program, fills.</summary>
    public static IReadOnlyList<CisResult> WithText(this IReadOnlyList<CisResult> results, string text) =>
    [
        .. results.Select(r => new CisResult(
            r.Values with
            {
                Reason = text,
                ReasonCode = text,
                Control = r.Values.Control with { Title = text, Remediation = text, Program = text, ProgramVersion = text },
                ReadFailures = [.. r.ReadFailures.Select(f => f with { Message = text, ErrorCode = text, Region = text, Action = text })],
                Findings =
                [
                    .. r.Values.Findings.Select(f => f with
                    {
                        Reason = text,
                        ReasonCode = text,
                        Resource = new CisResource(text, text, text, text, new Dictionary<string, string> { [text] = text }),
                        Facts = new([new CisFact(text, text)]),
                        Warnings = new([text]),
                        Exemption = new() { Reason = text, Owner = text, Ticket = text },
                    }),
                ],
            },
            r.Run)),
    ];

    /// <summary>A report on results, as of the day after.</summary>
    public static ReportContent Report(this IReadOnlyList<CisResult> results, params string[] omissions) =>
        ReportContent.Of(results, [], omissions, results[0].AssessedAt.AddDays(1));

    /// <summary>A report on results, with earlier runs of the same account.</summary>
    public static ReportContent ReportWithEarlierRuns(this IReadOnlyList<CisResult> results, int count)
    {
        var earlier = Enumerable.Range(1, count).SelectMany(n =>
        {
            var run = new AssessmentRun(results[0].AssessedAt.AddDays(-30 * n));
            return CisTrendPoint.Of(
                results.Select((r, i) => new CisResult(r.Values with { RunId = run.RunId, AssessedAt = run.StartedAt, Status = i < n ? CisStatus.Fail : r.Status }, run)), "");
        });
        return ReportContent.Of(results, earlier, [], results[0].AssessedAt);
    }

    /// <summary>Assesses the demo account.</summary>
    public static async Task<IReadOnlyList<CisResult>> AssessAsync(CisProgram program)
    {
        var account = DemoAccount.Load();
        var results = new List<CisResult>();
        var assessment = new Assessment(program.Controls, [], account.CollectedAt);
        await assessment.RunAsync(account, results.Add, TestContext.Current.CancellationToken);
        assessment.Run.End(283, TimeSpan.FromSeconds(3));
        assessment.Run.IsComplete = true;
        return results;
    }

    private static DateTime Day => DemoAccount.Load().CollectedAt.UtcDateTime.Date;

    private static ControlSelector Selector(string id) => ControlSelector.TryParse(id, out var selector) ? selector! : throw new ArgumentException(id);
}
