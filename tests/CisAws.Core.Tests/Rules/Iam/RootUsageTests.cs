using System;
using System.Globalization;
using System.Threading;
using CisAws.Evidence;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Iam;

/// <summary>1.1.</summary>
public sealed class RootUsageTests
{
    [Theory]
    [InlineData("no_information", "N/A", "N/A")]
    [InlineData("N/A", "N/A", "N/A")]
    [InlineData("not_supported", "not_supported", "")]
    public void Root_without_a_recorded_use_passes(string password, string key1, string key2)
    {
        var result = Used(password, key1, key2);
        Assert.Equal((CisStatus.Pass, "NoRecordedUse"), (result.Status, result.ReasonCode));
    }

    [Fact]
    public void The_window_decides_how_long_a_use_counts()
    {
        Assert.Equal(CisStatus.Fail, Used(ReportRow.Ago(10)).Status);
        Assert.Equal(CisStatus.Pass, Used(ReportRow.Ago(10), settings: ("RootUsageWindowDays", 7)).Status);
    }

    [Fact]
    public void A_failure_names_the_credential_and_the_day()
    {
        var result = Used(ReportRow.Ago(10));
        Assert.Equal("The root user's password was used on 2026-02-19 (10 days ago; minimum 90).", result.Reason);
        var finding = Assert.Single(result.Findings);
        Assert.Equal(("AWS::Account", RuleTester.AccountId), (finding.ResourceType, finding.ResourceId));
        Assert.Contains(finding.Facts, f => f is { Name: "access_key_1_last_used_date", Value: "N/A" });
    }

    [Theory]
    [InlineData("no_information", 0, null, "access key 1")]
    [InlineData(null, null, 2, "access key 2")]
    [InlineData(null, 300, 2, "access key 2")]
    [InlineData(null, 2, 300, "access key 1")]
    public void The_latest_use_counts_whatever_the_others_say(string? password, int? key1, int? key2, string credential)
    {
        var result = Used(password ?? ReportRow.Ago(400), Ago(key1), Ago(key2));
        Assert.Equal(CisStatus.Fail, result.Status);
        Assert.Contains($"root user's {credential} was used", result.Reason);
    }

    [Fact]
    public void The_last_day_of_the_window_is_counted_to_the_second()
    {
        var boundary = RuleTester.Now - TimeSpan.FromDays(90);
        Assert.Equal(CisStatus.Pass, Used(ReportRow.At(boundary)).Status);
        Assert.Equal(CisStatus.Fail, Used(ReportRow.At(boundary.AddSeconds(1))).Status);
    }

    [Fact]
    public void A_use_in_the_future_is_of_today()
    {
        var result = Used(ReportRow.Ago(-1));
        Assert.Equal(CisStatus.Fail, result.Status);
        Assert.Contains("(0 days ago", result.Reason);
    }

    [Theory]
    [InlineData("2025-12-01T12:00:00Z", CisStatus.Pass)]
    [InlineData("2025-12-01T12:00:00+00:00", CisStatus.Pass)]
    [InlineData("2025-12-01T12:00:01Z", CisStatus.Fail)]
    [InlineData("2025-12-01T12:00:01+00:00", CisStatus.Fail)]
    public void The_culture_and_the_spelling_of_utc_change_nothing(string used, CisStatus expected)
    {
        var before = Thread.CurrentThread.CurrentCulture;
        try
        {
            foreach (var culture in new[] { "tr-TR", "de-DE", "ar-SA", "th-TH" })
            {
                Thread.CurrentThread.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                var result = Used(used);
                Assert.Equal(expected, result.Status);
                Assert.Contains("2025-12-01", result.Reason);
            }
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    [Fact]
    public void Nonsense_in_one_field_is_unknown_unless_another_proves_recent_use()
    {
        Assert.Equal((CisStatus.Unknown, "UnreadableValue"), (Used("nonsense").Status, Used("nonsense").ReasonCode));
        Assert.Equal(CisStatus.Unknown, Used("nonsense", ReportRow.Ago(400)).Status);
        Assert.Equal(CisStatus.Fail, Used("nonsense", ReportRow.Ago(2)).Status);
    }

    [Fact]
    public void A_missing_column_is_unknown()
    {
        var report = ReportRow.Report(ReportRow.Root).Without("access_key_2_last_used_date");
        var result = RuleTester.Control("1.1", RuleTester.NewEvidence().Set(EvidenceKinds.CredentialReport, "", report));
        Assert.Equal(CisStatus.Unknown, result.Status);
        Assert.Contains("access_key_2_last_used_date", result.Reason);
    }

    [Fact]
    public void A_report_without_root_is_unknown()
    {
        var result = RuleTester.Control("1.1", ReportRow.Evidence(new ReportRow()));
        Assert.Equal((CisStatus.Unknown, "NoRootRow"), (result.Status, result.ReasonCode));
    }

    [Fact]
    public void A_root_row_that_is_too_short_is_unknown()
    {
        var report = ReportRow.Report(new ReportRow()).WithRow("<root_account>", "arn:aws:iam::111122223333:root");
        var result = RuleTester.Control("1.1", RuleTester.NewEvidence().Set(EvidenceKinds.CredentialReport, "", report));
        Assert.Equal((CisStatus.Unknown, "MalformedRow"), (result.Status, result.ReasonCode));
    }

    [Fact]
    public void A_member_account_whose_root_has_no_credentials_passes_with_a_note_on_root_sessions()
    {
        var evidence = ReportRow.Evidence(ReportRow.Root with { Password = "false" });
        var member = RuleTester.Control("1.1", evidence.Set(EvidenceKinds.Organization, "", new Organization("o-1", "999999999999")));
        Assert.Equal(CisStatus.Pass, member.Status);
        Assert.Contains("sts:AssumeRoot", member.Findings[0].Facts.ToString());

        foreach (var own in new[] { new Organization("o-1", RuleTester.AccountId), null })
        {
            Assert.DoesNotContain("AssumeRoot", RuleTester.Control("1.1", evidence.Set(EvidenceKinds.Organization, "", own)).Findings[0].Facts.ToString());
        }

        Assert.False(RuleTester.Control("1.1", evidence.Deny(EvidenceKinds.Organization)).Incomplete);
    }

    private static string Ago(int? days) => days is { } d ? ReportRow.Ago(d) : "N/A";

    private static CisResult Used(string password, string key1 = "N/A", string key2 = "N/A", params (string, object)[] settings) =>
        RuleTester.Control("1.1", ReportRow.Evidence(ReportRow.Root with { PasswordUsed = password, Key1Used = key1, Key2Used = key2 }), settings);
}
