using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using CisAws.Evidence;

namespace CisAws.Aws.Tests.Readers;

[Trait("Risk", "Timing")]
public class CredentialReportTests
{
    private const string Csv = "user,arn,mfa_active\n<root_account>,arn:aws:iam::111122223333:root,true\n";

    private static readonly DateTimeOffset Generated = new(2026, 3, 1, 11, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_report_is_asked_for_until_it_is_complete()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GenerateCredentialReport", [State("STARTED"), .. Enumerable.Repeat(State("INPROGRESS"), 6), State("COMPLETE")]);
        aws.On("GetCredentialReport", Report(Csv));

        var report = await aws.KnownAsync(EvidenceKinds.CredentialReport);

        Assert.Equal([100, 200, 400, 800, 1600, 3000, 3000], aws.Waits.Select(w => w.TotalMilliseconds));
        Assert.Equal((Generated, (string?)null), (report.GeneratedTime, report.GenerationError));
        Assert.Equal(["user", "arn", "mfa_active"], report.Columns);
        Assert.Equal(["<root_account>", "arn:aws:iam::111122223333:root", "true"], Assert.Single(report.Rows));
    }

    [Fact]
    public async Task A_report_that_is_never_complete_is_waited_for_two_minutes()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GenerateCredentialReport", State("INPROGRESS"));
        aws.On("GetCredentialReport", CannedAnswer.QueryError("ReportInProgress", 404));

        var why = await aws.UnreadableAsync(EvidenceKinds.CredentialReport);

        Assert.Equal(("iam:GenerateCredentialReport", "ReportInProgress", ReadFailureKind.ServiceError), (why.Action, why.ErrorCode, why.Kind));
        Assert.InRange(aws.Waits.Sum(w => w.TotalSeconds), 117, 120);
    }

    [Theory]
    [InlineData("AccessDenied")]
    [InlineData("LimitExceeded")]
    public async Task A_stored_report_of_a_day_does_where_making_one_is_refused(string code)
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GenerateCredentialReport", CannedAnswer.QueryError(code, 403));
        aws.On("GetCredentialReport", Report(Csv));
        aws.Now = Generated.AddHours(24);

        Assert.Equal(code, (await aws.KnownAsync(EvidenceKinds.CredentialReport)).GenerationError);
    }

    [Fact]
    public async Task An_older_stored_report_does_not()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GenerateCredentialReport", CannedAnswer.QueryError("AccessDenied", 403));
        aws.On("GetCredentialReport", Report(Csv));
        aws.Now = Generated.AddHours(24).AddSeconds(1);

        var why = await aws.UnreadableAsync(EvidenceKinds.CredentialReport);

        Assert.Equal(("iam:GenerateCredentialReport", ReadFailureKind.AccessDenied), (why.Action, why.Kind));
        Assert.Contains("24 hours old", why.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ReportNotPresent", 410, "iam:GenerateCredentialReport")]
    [InlineData("AccessDenied", 403, "iam:GetCredentialReport")]
    public async Task Without_a_report_the_first_reason_is_told(string code, int status, string action)
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GenerateCredentialReport", CannedAnswer.QueryError("AccessDenied", 403));
        aws.On("GetCredentialReport", CannedAnswer.QueryError(code, status));

        var why = await aws.UnreadableAsync(EvidenceKinds.CredentialReport);

        Assert.Equal((action, ReadFailureKind.AccessDenied), (why.Action, why.Kind));
    }

    [Fact]
    public async Task Rows_are_kept_as_they_stand()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GenerateCredentialReport", State("COMPLETE"));
        aws.On("GetCredentialReport", Report("user,arn,mfa_active\r\n\"a,b\",x,true\r\nshort,x\r\nlong,x,true,more\r\n\"say \"\"hi\"\"\",x,false\r\n\r\n"));

        var report = await aws.KnownAsync(EvidenceKinds.CredentialReport);

        Assert.Equal(
            ["a,b|x|true", "short|x", "long|x|true|more", "say \"hi\"|x|false"],
            report.Rows.Select(r => string.Join("|", r)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    public async Task An_empty_report_is_malformed(string csv)
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GenerateCredentialReport", State("COMPLETE"));
        aws.On("GetCredentialReport", Report(csv));

        Assert.Equal(ReadFailureKind.Malformed, (await aws.UnreadableAsync(EvidenceKinds.CredentialReport)).Kind);
    }

    private static CannedAnswer State(string state) => new(
        $"<GenerateCredentialReportResponse><GenerateCredentialReportResult><State>{state}</State></GenerateCredentialReportResult></GenerateCredentialReportResponse>");

    private static CannedAnswer Report(string csv) => new($"""
        <GetCredentialReportResponse><GetCredentialReportResult><Content>{Convert.ToBase64String(Encoding.UTF8.GetBytes(csv))}</Content>
        <ReportFormat>text/csv</ReportFormat><GeneratedTime>2026-03-01T11:00:00Z</GeneratedTime></GetCredentialReportResult></GetCredentialReportResponse>
        """);
}
