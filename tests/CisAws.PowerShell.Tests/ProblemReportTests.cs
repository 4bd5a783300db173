using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Connections;
using CisAws.Evidence;
using CisAws.PowerShell.Commands;
using CisAws.PowerShell.Connections;
using CisAws.Programs;
using CisAws.Shell;

namespace CisAws.PowerShell.Tests;

/// <summary>The warnings at the end of a run that no account on a server can lead to.</summary>
public sealed class ProblemReportTests
{
    [Fact]
    public async Task An_error_in_a_rule_is_a_warning_that_asks_to_report_it()
    {
        // A security group that is none: what reads it throws.
        var account = AccountEvidence.FromJson(await File.ReadAllTextAsync(Path.Combine(ModuleLocation.Find(), "demo", "account.json"), TestContext.Current.CancellationToken));
        var region = account.SubjectsOf(EvidenceKinds.SecurityGroups).First();
        account.Add(
            EvidenceKinds.SecurityGroups, region, Observation.Known<IReadOnlyList<SecurityGroup>>([null!], account.Get(EvidenceKinds.SecurityGroups, region).Origin!));
        var label = new AccountLabel(new ConnectionOptions(), null);
        label.Identify("111122223333");
        var report = new ProblemReport(label);

        await new Assessment(DefaultPrograms.Benchmark.Controls, [], account.CollectedAt).RunAsync(account, report.Add, TestContext.Current.CancellationToken);

        var warning = Assert.Single(report.Warnings(), w => w.Contains("because of an error in CisAws", System.StringComparison.Ordinal));
        Assert.StartsWith("Account 111122223333: 3 controls are Unknown because of an error in CisAws (4.1, 4.2, 4.3). First error: Not decided: rule ", warning);
        Assert.EndsWith("Report it to the maintainers of CisAws with the facts of the finding: (Invoke-CisAssessment '4.1').Findings.Facts", warning);
    }
}
