using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Testing;

namespace CisAws.Core.Tests.Assessments;

/// <summary>An error in a rule costs one control, not the run.</summary>
public sealed class RuleErrorTests
{
    [Fact]
    public async Task A_rule_that_throws_makes_its_control_unknown_and_the_others_go_on()
    {
        var results = await AssessAsync(Broken());
        Assert.Equal(DefaultPrograms.Benchmark.Controls.Select(c => c.ControlId), results.Select(r => r.ControlId));
        var failed = results.Where(r => r.ReasonCode == "RuleError").ToList();
        Assert.Equal(["4.1", "4.2", "4.3"], failed.Select(r => r.ControlId.ToString()));
        Assert.All(failed, r => Assert.Equal((CisStatus.Unknown, true), (r.Status, r.Incomplete)));
        var intact = await AssessAsync(DemoAccount.Load());
        Assert.Equal(
            intact.Where(r => r.ControlId.Section != 4).Select(r => r.ToString()), results.Where(r => r.ControlId.Section != 4).Select(r => r.ToString()));
    }

    [Fact]
    public async Task The_reason_names_the_rule_and_the_exception_and_the_facts_say_where()
    {
        var result = (await AssessAsync(Broken())).Single(r => r.ControlId == ControlId.Parse("4.3"));
        Assert.StartsWith("Not decided: rule network-default-security-group failed with NullReferenceException: ", result.Reason);
        var finding = Assert.Single(result.Findings);
        Assert.Equal((CisStatus.Unknown, "RuleError", "AWS::Account"), (finding.Status, finding.ReasonCode, finding.ResourceType));
        Assert.Contains(finding.Facts, f => f.Name == "StackTrace" && f.Value.Contains("DefaultSecurityGroup", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_source_that_throws_costs_the_controls_that_need_its_answer()
    {
        var results = await AssessAsync(new Altered(DemoAccount.Load(), kind => kind == EvidenceKinds.PasswordPolicy ? throw new ArgumentException("odd") : false));
        Assert.Equal(
            ["1.5", "1.6", "1.7", "1.8", "1.9", "1.10", "1.11"], results.Where(r => r.ReasonCode == "RuleError").Select(r => r.ControlId.ToString()));
    }

    [Fact]
    public async Task Cancelling_ends_the_run_whatever_the_rules_throw_then()
    {
        using var cancel = new CancellationTokenSource();
        var torn = new Altered(DemoAccount.Load(), kind =>
        {
            if (kind == EvidenceKinds.SecurityGroups)
            {
                cancel.Cancel();
                throw new InvalidOperationException("torn down");
            }

            return false;
        });
        var results = new List<CisResult>();
        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new Assessment(DefaultPrograms.Benchmark.Controls, [], DateTimeOffset.UtcNow).RunAsync(torn, results.Add, cancel.Token));
        Assert.DoesNotContain(results, r => r.ReasonCode == "RuleError");
        Assert.Equal(cancel.Token, thrown.CancellationToken);
    }

    /// <summary>The demo account with a security group that is none: what reads it throws.</summary>
    private static AccountEvidence Broken()
    {
        var account = DemoAccount.Load();
        return account.Set(EvidenceKinds.SecurityGroups, account.SubjectsOf(EvidenceKinds.SecurityGroups).First(), [null!]);
    }

    private static async Task<List<CisResult>> AssessAsync(IEvidenceReader account)
    {
        var results = new List<CisResult>();
        await new Assessment(DefaultPrograms.Benchmark.Controls, [], DemoAccount.Load().CollectedAt).RunAsync(account, results.Add, TestContext.Current.CancellationToken);
        return results;
    }

    private sealed class Altered(IEvidenceReader account, Func<EvidenceKind, bool> asked) : IEvidenceReader
    {
        public AccountIdentity Account => account.Account;

        public Task<Observation<T>> ReadAsync<T>(EvidenceKind<T> kind, string subject, CancellationToken cancellationToken)
        {
            asked(kind);
            return account.ReadAsync(kind, subject, cancellationToken);
        }
    }
}
