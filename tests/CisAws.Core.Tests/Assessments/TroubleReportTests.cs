using System;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Evidence;

namespace CisAws.Core.Tests.Assessments;

/// <summary>The warnings at the end of a run.</summary>
public sealed class TroubleReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Errors_in_rules_make_one_warning_that_asks_to_report_them()
    {
        // A security group that is none: what reads it throws.
        var report = await ReportAsync(NewAccount().Set(Kinds.SecurityGroups, "us-east-1", [null!]).Set(Kinds.Vpcs, "us-east-1", []), "4.1", "4.2", "4.3");
        var request = report.ToReportRequest();
        Assert.StartsWith("3 controls are Unknown because of an error in CisAws (4.1, 4.2, 4.3). ", request);
        Assert.Contains("rule UnrestrictedAdministrationPort failed with NullReferenceException", request);
        Assert.Contains("Please report it", request);
        Assert.Null(report.ToWarning());
    }

    [Fact]
    public async Task What_could_not_be_read_is_safe_to_show_and_no_error_of_a_rule()
    {
        var report = await ReportAsync(NewAccount().Deny(Kinds.PasswordPolicy, code: "Denied\u001b[2J"), "1.9");
        Assert.Contains(@"iam:GetAccountPasswordPolicy was denied (Denied\u001b[2J)", report.ToWarning());
        Assert.Null(report.ToReportRequest());
    }

    private static RecordedEvidence NewAccount() => new RecordedEvidence(new AccountIdentity("111122223333", "aws", "arn:aws:iam::111122223333:role/Auditor"), Now)
        .Set(Kinds.Regions, "", [new Region("us-east-1", "opt-in-not-required")]);

    private static async Task<TroubleReport> ReportAsync(RecordedEvidence account, params string[] controls)
    {
        var report = new TroubleReport();
        await new Assessment([.. ControlCatalog.All.Where(c => controls.Contains(c.ControlId.ToString()))], [], Now)
            .RunAsync(account, report.Add, TestContext.Current.CancellationToken);
        return report;
    }
}
