using System;
using CisAws.Evidence;
using CisAws.Rules;
using CisAws.Rules.Iam;

namespace CisAws.Core.Tests.Rules.Iam;

/// <summary>What holds for every control that reads the credential report, shown with 1.2.</summary>
public sealed class CredentialReportTests
{
    private static readonly CredentialReport Report = ReportRow.Report(ReportRow.Root, new ReportRow { Password = "true", Mfa = "true" });

    [Theory]
    [InlineData("1.1")]
    [InlineData("1.2")]
    [InlineData("1.3")]
    [InlineData("1.4")]
    [InlineData("1.21")]
    public void A_denied_report_is_unknown_and_names_the_action(string control)
    {
        var result = RuleTester.Control(control, RuleTester.NewEvidence().Deny(EvidenceKinds.CredentialReport));
        Assert.Equal((CisStatus.Unknown, "AccessDenied", true), (result.Status, result.ReasonCode, result.Incomplete));
        Assert.Equal("Not decided: iam:GetCredentialReport was denied.", result.Reason);
    }

    [Theory]
    [InlineData("1.2", "mfa_active")]
    [InlineData("1.2", "user")]
    [InlineData("1.3", "password_last_used")]
    [InlineData("1.4", "access_key_2_last_rotated")]
    [InlineData("1.21", "user_creation_time")]
    public void A_missing_column_is_unknown_and_is_named(string control, string column)
    {
        var result = RuleTester.Control(control, With(Report.Without(column)));
        Assert.Equal((CisStatus.Unknown, "MissingColumn", true), (result.Status, result.ReasonCode, result.Incomplete));
        Assert.Contains(column, result.Reason);
    }

    [Fact]
    public void An_extra_column_is_ignored_wherever_it_stands() =>
        Assert.Equal(CisStatus.Pass, RuleTester.Control("1.2", With(Report.WithColumnFirst("additional_credentials_info", "anything"))).Status);

    [Theory]
    [InlineData("bob")]
    [InlineData("a", "b", "arn:aws:iam::111122223333:user/a,b", "t", "true", "", "", "", "true", "", "", "", "", "", "", "", "", "", "", "", "", "", "")]
    [InlineData]
    public void A_row_with_too_few_or_too_many_fields_is_unknown_and_the_others_are_judged(params string[] cells)
    {
        var result = RuleTester.Control("1.2", With(Report.WithRow(cells)));
        Assert.Equal((CisStatus.Unknown, true), (result.Status, result.Incomplete));
        Assert.Equal((CisStatus.Pass, "alice"), (result.Findings[1].Status, result.Findings[1].ResourceId));
        var broken = result.Findings[0];
        Assert.Equal(("MalformedRow", "row 3", ""), (broken.ReasonCode, broken.ResourceId, broken.ResourceArn));
        Assert.Contains($"has {cells.Length} field", broken.Reason);
    }

    [Fact]
    public void A_failure_beside_a_broken_row_is_an_incomplete_failure()
    {
        var report = ReportRow.Report(new ReportRow { Password = "true" }).WithRow("bob");
        var result = RuleTester.Control("1.2", With(report));
        Assert.Equal((CisStatus.Fail, true), (result.Status, result.Incomplete));
    }

    [Fact]
    public void A_stored_report_that_has_to_do_is_called_so_in_the_reason()
    {
        var result = RuleTester.Control("1.2", With(Report with { GenerationError = "AccessDenied" }));
        Assert.Equal(CisStatus.Pass, result.Status);
        Assert.EndsWith(
            "Based on the stored credential report generated at 2026-03-01 11:30 UTC; a new one could not be generated (AccessDenied).",
            result.Reason);
    }

    [Fact]
    public void A_report_without_rows_has_nobody_in_it() =>
        Assert.Equal(CisStatus.NotApplicable, RuleTester.Control("1.2", With(ReportRow.Report())).Status);

    [Theory]
    [InlineData("2026-02-01T10:00:00+00:00")]
    [InlineData("2026-02-01T10:00:00Z")]
    [InlineData("2026-02-01T10:00:00.000Z")]
    [InlineData("2026-02-01T12:00:00+02:00")]
    [InlineData("2026-02-01T10:00:00")]
    public void Times_are_utc_however_they_are_written(string cell) =>
        Assert.Equal(new ReportedTime(new DateTimeOffset(2026, 2, 1, 10, 0, 0, TimeSpan.Zero), true), ReportedTime.Parse(cell));

    [Theory]
    [InlineData("")]
    [InlineData("N/A")]
    [InlineData("n/a")]
    [InlineData("no_information")]
    [InlineData("not_supported")]
    [InlineData("not_applicable")]
    public void Some_words_mean_that_there_is_no_such_time(string cell) => Assert.True(ReportedTime.Parse(cell).IsNone);

    [Theory]
    [InlineData(null)]
    [InlineData("yesterday")]
    [InlineData("10:00")]
    [InlineData("2026-02-30T10:00:00Z")]
    [InlineData("01.02.2026 10:00:00")]
    [InlineData("true")]
    public void Anything_else_is_not_taken_for_a_time_nor_for_none(string? cell)
    {
        var time = ReportedTime.Parse(cell);
        Assert.False(time.IsReadable);
        Assert.False(time.IsNone);
        Assert.Null(time.Time);
    }

    private static AccountEvidence With(CredentialReport report) => RuleTester.NewEvidence().Set(EvidenceKinds.CredentialReport, "", report);
}
