using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Core.Tests.Rules;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Reports;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Core.Tests.Reports;

/// <summary>A small report with each status, an exemption, an attestation, a read failure, names that attack, and something that is missing.</summary>
internal static class SampleReport
{
    private static readonly Guid RunId = new("11111111-2222-4333-8444-555555555555");

    public static ReportContent Content { get; } = ReportContent.Of(Results(), [], ["The pipeline was stopped."], RuleTester.Now.AddMinutes(1));

    /// <summary>The same without anything missing.</summary>
    public static ReportContent Complete { get; } = ReportContent.Of(Results(), [], [], RuleTester.Now.AddMinutes(1));

    /// <summary>Nothing was assessed.</summary>
    public static ReportContent Empty { get; } = ReportContent.Of([], [], [], RuleTester.Now.AddMinutes(1));

    /// <summary>Nothing was assessed, because something went wrong.</summary>
    public static ReportContent OmissionsOnly { get; } = ReportContent.Of([], [], ["A part of the input could not be read: results.json."], RuleTester.Now.AddMinutes(1));

    private static List<CisResult> Results()
    {
        var run = new AssessmentRun(
            new RunValues { RunId = RunId, CisAwsVersion = "0.1.0", Calls = 12, Duration = TimeSpan.FromSeconds(3) }, RuleTester.Now, RuleTester.Now);
        return
        [
            Result(run, "1.2", CisStatus.Fail, "2 of 3 console users have no MFA: <script>alert(1)</script>, =cmd|' /C calc'!A0",
                User(CisStatus.Fail, "<script>alert(1)</script>", "The user has a console password and no MFA device."),
                User(CisStatus.Fail, "=cmd|' /C calc'!A0", "The user has a console password and no MFA device."),
                User(CisStatus.Pass, "Ünïcode\u001b[2J\u0000\uffff\ud800 ]]> \"quoted\", comma", "The user has an MFA device.")),
            Result(run, "1.17", CisStatus.Pass, "Attested.", new FindingValues
            {
                RuleId = "iam-contact-details",
                Status = CisStatus.Pass,
                ReasonCode = "Attested",
                Reason = "Attested as passed by A. Lind on 2026-02-01.",
                Resource = Account,
                Attestation = new CisAttestation
                {
                    ControlId = ControlSelector.Parse("1.17"), Status = AttestationStatus.Passed, Explanation = "Compared with the contract.",
                    Updated = new DateTime(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc), UpdatedBy = "A. Lind", Frequency = "annually",
                },
            }),
            Result(run, "1.19", CisStatus.Manual, "Review manually: confirm that this access is required.", Finding(CisStatus.Manual, Account, "Review manually.")),
            Result(run, "2.1", CisStatus.Unknown, "cloudtrail:DescribeTrails was denied.", Finding(CisStatus.Unknown, Account, "cloudtrail:DescribeTrails was denied.")) is var unknown
                ? new CisResult(unknown.Values with { ReadFailures = [new ReadFailure("cloudtrail:DescribeTrails", "eu-north-1", "AccessDenied", ReadFailureKind.AccessDenied, "Denied.")] }, run)
                : null!,
            Result(run, "2.7", CisStatus.NotApplicable, "No trail exists."),
            Result(run, "4.1", CisStatus.Exempt, "1 of 2 security groups fails, which is accepted.",
                Group("sg-1", CisStatus.Exempt) with
                {
                    Exemption = new CisExemption
                    {
                        ControlId = ControlSelector.Parse("4.1"), Resource = "sg-1", Reason = "Bastion host.", Owner = "J. Ek", Ticket = "SEC-1",
                        Expires = new DateTime(2026, 12, 31, 0, 0, 0, DateTimeKind.Utc),
                    },
                },
                Group("sg-2", CisStatus.Pass)),
        ];
    }

    private static CisResource Account => new("AWS::Account", RuleTester.AccountId, $"arn:aws:iam::{RuleTester.AccountId}:root", "");

    private static CisResult Result(AssessmentRun run, string control, CisStatus status, string reason, params FindingValues[] findings) => new(
        ResultValues.Of(AssessedControl.Of(DefaultPrograms.Benchmark.Find(ControlId.Parse(control))!), RuleTester.AccountId, run) with
        {
            Status = status,
            Reason = reason,
            ReasonCode = findings.Length > 0 ? findings[0].ReasonCode : "NothingToAssess",
            Findings = findings,
        },
        run);

    private static FindingValues User(CisStatus status, string name, string reason) =>
        Finding(status, new CisResource("AWS::IAM::User", name, $"arn:aws:iam::{RuleTester.AccountId}:user/{name}", ""), reason) with
        {
            Facts = new([new CisFact("ReportGenerated", "2026-03-01 12:00 UTC")]),
            Warnings = new(["A warning, with \"quotes\"."]),
        };

    private static FindingValues Group(string id, CisStatus status) => Finding(
        status,
        new CisResource("AWS::EC2::SecurityGroup", id, $"arn:aws:ec2:eu-north-1:{RuleTester.AccountId}:security-group/{id}", "eu-north-1", new Dictionary<string, string> { ["team"] = "@web" }),
        $"{id} is {status}.");

    private static FindingValues Finding(CisStatus status, CisResource resource, string reason) => new()
    {
        RuleId = "a-rule",
        Status = status,
        ReasonCode = $"{status}Code",
        Reason = reason,
        Resource = resource,
    };
}
