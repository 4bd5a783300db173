using System;
using System.Linq;
using CisAws.Evidence;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Iam;

/// <summary>1.21.</summary>
public sealed class SetupAccessKeysTests
{
    private static readonly DateTimeOffset Created = new(2024, 5, 6, 7, 8, 9, TimeSpan.Zero);

    private static readonly ReportRow Console = new() { Password = "true", Created = ReportRow.At(Created) };

    [Theory]
    [InlineData(2, "N/A", "true", CisStatus.Fail, "SetupKeyNeverUsed")]
    [InlineData(-2, "N/A", "true", CisStatus.Fail, "SetupKeyNeverUsed")]
    [InlineData(2, "N/A", "false", CisStatus.Fail, "SetupKeyNeverUsed")]
    [InlineData(2, "no_information", "true", CisStatus.Fail, "SetupKeyNeverUsed")]
    [InlineData(60, "N/A", "true", CisStatus.Fail, "SetupKeyNeverUsed")]
    [InlineData(61, "N/A", "true", CisStatus.Pass, "MadeLater")]
    [InlineData(2, "2025-01-01T00:00:00Z", "true", CisStatus.Pass, "SetupKeyUsed")]
    [InlineData(30 * 86400, "2025-01-01T00:00:00Z", "true", CisStatus.Pass, "MadeLater")]
    [InlineData(30 * 86400, "N/A", "false", CisStatus.Pass, "MadeLater")]
    [InlineData(30 * 86400, "N/A", "perhaps", CisStatus.Unknown, "UnreadableValue")]
    [InlineData(2, "nonsense", "true", CisStatus.Unknown, "UnreadableValue")]
    public void A_key_made_with_its_user_and_never_used_fails_in_either_slot(int seconds, string used, string active, CisStatus status, string code)
    {
        var made = ReportRow.At(Created.AddSeconds(seconds));
        foreach (var user in new[]
        {
            Console with { Key1 = active, Key1Rotated = made, Key1Used = used },
            Console with { Key2 = active, Key2Rotated = made, Key2Used = used },
        })
        {
            var result = RuleTester.Control("1.21", ReportRow.Evidence(user));
            Assert.Equal((status, code), (result.Status, result.ReasonCode));
            Assert.Equal("AWS::IAM::AccessKey", result.Findings.Single().ResourceType);
        }
    }

    [Fact]
    public void A_later_key_that_was_never_used_warns_and_fails_by_the_cli_audit()
    {
        var evidence = ReportRow.Evidence(Console with { Key1 = "true", Key1Rotated = ReportRow.At(Created.AddDays(30)) });
        var warned = RuleTester.Control("1.21", evidence);
        Assert.Equal(CisStatus.Pass, warned.Status);
        Assert.Contains("never been used", Assert.Single(warned.Findings.Single().Warnings));

        var failed = RuleTester.Control("1.21", evidence, ("Audit", "Cli"));
        Assert.Equal((CisStatus.Fail, "KeyNeverUsed"), (failed.Status, failed.ReasonCode));
    }

    [Fact]
    public void A_setup_key_in_use_passes_with_a_note()
    {
        var user = Console with { Key1 = "true", Key1Rotated = Console.Created, Key1Used = "2025-01-01T00:00:00Z" };
        Assert.Contains(RuleTester.Control("1.21", ReportRow.Evidence(user)).Findings.Single().Facts, f => f.Name == "Note" && f.Value.Contains("2025-01-01"));
    }

    [Fact]
    public void The_setting_decides_how_near_is_together()
    {
        var evidence = ReportRow.Evidence(Console with { Key1 = "true", Key1Rotated = ReportRow.At(Created.AddSeconds(30)) });
        Assert.Equal(CisStatus.Pass, RuleTester.Control("1.21", evidence, ("SetupToleranceSeconds", 10)).Status);
        Assert.Equal(CisStatus.Fail, RuleTester.Control("1.21", evidence).Status);
    }

    [Theory]
    [InlineData("false", CisStatus.NotApplicable, "NoPassword")]
    [InlineData("perhaps", CisStatus.Unknown, "UnreadableValue")]
    public void Only_console_users_are_judged(string password, CisStatus status, string code)
    {
        var result = RuleTester.Control("1.21", ReportRow.Evidence(Console with { Password = password, Key1 = "true", Key1Rotated = Console.Created }));
        Assert.Equal((status, code), (result.Status, result.ReasonCode));
    }

    [Fact]
    public void A_console_user_without_keys_passes()
    {
        var finding = RuleTester.Control("1.21", ReportRow.Evidence(Console)).Findings.Single();
        Assert.Equal((CisStatus.Pass, "NoKeys", "AWS::IAM::User"), (finding.Status, finding.ReasonCode, finding.ResourceType));
    }

    [Theory]
    [InlineData("N/A", "2024-05-06T07:08:09Z")]
    [InlineData("2024-05-06T07:08:09Z", "N/A")]
    public void An_unused_key_without_both_times_is_unknown(string created, string made)
    {
        var user = Console with { Created = created, Key1 = "true", Key1Rotated = made };
        Assert.Equal(CisStatus.Unknown, RuleTester.Control("1.21", ReportRow.Evidence(user)).Status);
    }

    [Fact]
    public void Root_is_left_out()
    {
        var root = ReportRow.Root with { Password = "true", Created = Console.Created, Key1 = "true", Key1Rotated = Console.Created };
        Assert.Empty(RuleTester.Control("1.21", ReportRow.Evidence(root)).Findings);
    }
}
