using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Benchmarks;
using CisAws.Core.Tests.Rules;
using CisAws.Evidence;
using CisAws.Core.Tests.Programs;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Core.Tests.Assessments;

/// <summary>Assesses an account with two open security groups and one that is closed, in eu-west-1, on 2026-03-01.</summary>
public sealed class ExemptionAndAttestationTests
{
    private const string Arn = "arn:aws:ec2:eu-west-1:111122223333:security-group/";

    [Theory]
    [InlineData("sg-open1", CisStatus.Fail, "sg-open1")]
    [InlineData("SG-OPEN1", CisStatus.Fail, "sg-open1")]
    [InlineData(Arn + "sg-open2", CisStatus.Fail, "sg-open2")]
    [InlineData("sg-open?", CisStatus.Exempt, "sg-open1 sg-open2")]
    [InlineData("arn:*:security-group/sg-*", CisStatus.Exempt, "sg-open1 sg-open2")]
    [InlineData("sg-closed", CisStatus.Fail, "")]
    [InlineData("open", CisStatus.Fail, "")]
    public async Task An_exception_covers_the_resources_it_names(string resource, CisStatus status, string exempt)
    {
        var result = await Assess("4.1", Exception($"\"resource\": \"{resource}\""));
        Assert.Equal((status, exempt), (result.Status, Exempt(result)));
        Assert.Equal(CisStatus.Pass, result.Findings.Single(f => f.ResourceId == "sg-closed").Status);
    }

    [Theory]
    [InlineData("\"account\": \"111122223333\"", true)]
    [InlineData("\"account\": \"999988887777\"", false)]
    [InlineData("\"region\": \"eu-west-1\"", true)]
    [InlineData("\"region\": \"us-east-1\"", false)]
    [InlineData("\"resource\": \"sg-*\", \"region\": \"us-east-1\"", false)]
    public async Task An_exception_is_limited_to_its_account_and_region(string scope, bool excepts) =>
        Assert.Equal(excepts ? CisStatus.Exempt : CisStatus.Fail, (await Assess("4.1", Exception(scope))).Status);

    [Theory]
    [InlineData("Environment=dev*", CisStatus.Fail, "sg-open1")]
    [InlineData("Environment", CisStatus.Fail, "sg-open1")]
    [InlineData("Environment=prod", CisStatus.Fail, "")]
    [InlineData("environment=dev-1", CisStatus.Fail, "")]
    [InlineData("Owner=a=b", CisStatus.Fail, "sg-open1")]
    public async Task A_tag_covers_what_is_known_to_carry_it(string tag, CisStatus status, string exempt)
    {
        // The tags of sg-open2 are not known, so that no exemption can rest on them.
        var account = Account().Set(EvidenceKinds.SecurityGroups, "eu-west-1",
        [
            Group("sg-open1", "0.0.0.0/0") with { Tags = new Dictionary<string, string> { ["Environment"] = "dev-1", ["Owner"] = "a=b" } },
            Group("sg-open2", "0.0.0.0/0"),
        ]);
        var result = await Assess("4.1", Exception($"\"tag\": \"{tag}\""), account);
        Assert.Equal((status, exempt), (result.Status, Exempt(result)));
    }

    [Theory]
    [InlineData("2026-02-28", CisStatus.Fail)]
    [InlineData("2026-03-01", CisStatus.Exempt)]
    [InlineData("2026-03-02", CisStatus.Exempt)]
    public async Task An_exception_counts_through_its_last_day(string expires, CisStatus status) =>
        Assert.Equal(status, (await Assess("4.1", Exception("\"resource\": \"sg-*\"", expires))).Status);

    [Fact]
    public async Task What_is_excepted_stays_visible_with_both_reasons()
    {
        var result = await Assess("4.1", Exception("\"resource\": \"sg-open1\", \"ticket\": \"SEC-12\""));
        var finding = result.Findings.Single(f => f.Status == CisStatus.Exempt);
        Assert.StartsWith("Exempt until 2026-12-31 (J. Ek, SEC-12): Known. It fails because: Group g-sg-open1", finding.Reason);
        Assert.Equal("J. Ek", finding.Exemption!.Owner);
        Assert.Contains("1 of 3 security groups opens port 22 to the internet: g-sg-open2; 1 is exempt.", result.Reason);
        Assert.Equal((1, 1, "sg-open2"), (result.FailCount, result.ExemptCount, result.FailedResource.ToString()));
    }

    [Fact]
    public async Task An_exception_never_turns_unknown_into_anything()
    {
        var denied = Account().Deny(EvidenceKinds.SecurityGroups, "us-east-1");
        var result = await Assess("4.1", Exception("\"resource\": \"*\""), denied);
        Assert.Equal((CisStatus.Unknown, 2, 1), (result.Status, result.ExemptCount, result.UnknownCount));
        Assert.True(result.Incomplete);
    }

    [Fact]
    public async Task What_passes_is_not_excepted()
    {
        var result = await Assess("1.9", "\"exemptions\": [{\"control\": \"1.9\", \"reason\": \"r\", \"owner\": \"o\", \"expires\": \"2026-12-31\"}]", Account().Set(EvidenceKinds.PasswordPolicy, "", new PasswordPolicy { MinimumPasswordLength = 20 }));
        Assert.Equal((CisStatus.Pass, 0), (result.Status, result.ExemptCount));
    }

    [Theory]
    [InlineData("passed", CisStatus.Pass, "Attested as passed by A. Lind on 2026-02-01, valid until 2027-02-01: Seen.")]
    [InlineData("failed", CisStatus.Fail, "Attested as failed by A. Lind on 2026-02-01, valid until 2027-02-01: Seen.")]
    public async Task An_attested_control_has_the_status_attested_and_says_by_whom(string status, CisStatus expected, string reason)
    {
        var result = await Assess("1.15", Attestation("1.15", status, "\"frequency\": \"annually\", \"evidence\": \"https://example.com/42\""));
        Assert.Equal((expected, true, reason, "Attested"), (result.Status, result.Attested, result.Reason, result.ReasonCode));
        Assert.Contains(result.Findings[0].Facts, f => f is { Name: "Evidence", Value: "https://example.com/42" });
        Assert.Contains(result.Findings[0].Facts, f => f.Name == "Question");
    }

    [Theory]
    [InlineData("\"frequency\": \"monthly\"", CisStatus.Pass)]
    [InlineData("\"frequency\": \"28d\"", CisStatus.Pass)]
    [InlineData("\"frequency\": \"27d\"", CisStatus.Manual)]
    [InlineData("\"expires\": \"2026-03-01\"", CisStatus.Pass)]
    [InlineData("\"expires\": \"2026-02-28\"", CisStatus.Manual)]
    [InlineData("\"frequency\": \"annually\", \"expires\": \"2026-02-28\"", CisStatus.Manual)]
    [InlineData("\"frequency\": \"annually\", \"account_id\": \"999988887777\"", CisStatus.Manual)]
    [InlineData("\"frequency\": \"annually\", \"account_id\": \"111122223333\"", CisStatus.Pass)]
    public async Task An_attestation_is_good_for_its_time_and_its_account(string until, CisStatus status)
    {
        var result = await Assess("1.15", Attestation("1.15", "passed", until));
        Assert.Equal((status, status == CisStatus.Pass), (result.Status, result.Attested));
    }

    [Fact]
    public async Task A_lapsed_attestation_is_told_in_the_reason() =>
        Assert.EndsWith("The attestation of A. Lind on 2026-02-01 was valid until 2026-02-28.", (await Assess("1.15", Attestation("1.15", "passed", "\"expires\": \"2026-02-28\""))).Reason);

    [Fact]
    public async Task The_accounts_own_attestation_goes_before_the_programs()
    {
        var both = Attestation("1.15", "passed", "\"frequency\": \"annually\"").TrimEnd(']') + ", " +
            Attestation("1.15", "failed", "\"frequency\": \"annually\", \"account_id\": \"111122223333\"").Replace("\"attestations\": [", "");
        Assert.Equal(CisStatus.Fail, (await Assess("1.15", both)).Status);
    }

    [Fact]
    public async Task An_attested_failure_can_be_excepted_and_a_rules_verdict_cannot_be_attested()
    {
        var members = Attestation("1.15", "failed", "\"frequency\": \"annually\"") + ", \"exemptions\": [{\"control\": \"1.15\", \"reason\": \"r\", \"owner\": \"o\", \"expires\": \"2026-12-31\"}]";
        var result = await Assess("1.15", members);
        Assert.Equal((CisStatus.Exempt, true), (result.Status, result.Attested));
        Assert.Equal(CisStatus.Fail, (await Assess("4.1", Attestation("4.1", "passed", "\"frequency\": \"annually\""))).Status);
    }

    [Fact]
    public async Task What_a_setting_leaves_to_a_person_can_be_attested()
    {
        const string Advisory = "\"settings\": {\"1.19\": {\"InstanceRoleMode\": \"Advisory\"}}, ";
        var account = Account().Set(EvidenceKinds.InstanceProfiles, "", []).Set(EvidenceKinds.Instances, "us-east-1", []).Set(EvidenceKinds.Instances, "eu-west-1", [new Instance("i-1", "running"), new Instance("i-2", "running")]);
        var attestation = Attestation("1.19", "passed", "\"frequency\": \"annually\"");
        Assert.Equal(CisStatus.Manual, (await Assess("1.19", Advisory.TrimEnd(',', ' '), account)).Status);
        var result = await Assess("1.19", Advisory + attestation, account);
        Assert.Equal((CisStatus.Pass, true, 2), (result.Status, result.Attested, result.PassCount));
        Assert.StartsWith("Attested as passed by A. Lind", result.Reason);
        Assert.Equal(CisStatus.Fail, (await Assess("1.19", attestation, account)).Status);
    }

    [Fact]
    public async Task An_account_out_of_scope_is_not_assessed() =>
        await Assert.ThrowsAsync<OutOfScopeException>(() => Assess("4.1", "\"scope\": {\"accounts\": [\"999988887777\"]}"));

    [Fact]
    public async Task Settings_by_account_decide()
    {
        var account = Account().Set(EvidenceKinds.PasswordPolicy, "", new PasswordPolicy { MinimumPasswordLength = 10 });
        Assert.Equal(CisStatus.Fail, (await Assess("1.9", "\"accountSettings\": {\"999988887777\": {\"1.9\": {\"MinPasswordLength\": 8}}}", account)).Status);
        var result = await Assess("1.9", "\"accountSettings\": {\"111122223333\": {\"1.9\": {\"MinPasswordLength\": 8}}}", account);
        Assert.Equal((CisStatus.Pass, "MinPasswordLength=8 (program test, account 111122223333)"), (result.Status, result.Settings.ToString()));
    }

    [Theory]
    [InlineData("\"resource\": \"sg-open1\"", "2026-12-31", "")]
    [InlineData("\"resource\": \"sg-gone\"", "2026-12-31", "1 exemption matched no failure")]
    [InlineData("\"resource\": \"sg-closed\"", "2026-12-31", "1 exemption matched no failure")]
    [InlineData("\"resource\": \"sg-gone\", \"account\": \"999988887777\"", "2026-12-31", "")]
    [InlineData("\"resource\": \"sg-open1\"", "2026-02-01", "1 exemption has expired")]
    public async Task What_has_expired_or_matched_nothing_is_told(string scope, string expires, string warning)
    {
        var review = new StaleEntryReport();
        await Add(review, "4.1", Exception(scope, expires));
        Assert.StartsWith(warning, string.Join('|', review.Warnings()));
        Assert.Equal(warning.Length == 0 ? 0 : 1, review.Warnings().Count());
    }

    [Fact]
    public async Task Where_something_could_not_be_read_nothing_is_said_to_match_nothing()
    {
        var review = new StaleEntryReport();
        await Add(review, "4.1", Exception("\"resource\": \"sg-gone\""), Account().Deny(EvidenceKinds.SecurityGroups, "us-east-1"));
        Assert.Empty(review.Warnings());
    }

    [Fact]
    public async Task An_exception_of_several_controls_matches_nothing_only_when_all_were_looked_at()
    {
        const string Members = "\"controls\": {\"ids\": [\"4.1\", \"4.2\"]}, \"exemptions\": [{\"control\": \"4.*\", \"resource\": \"sg-gone\", \"reason\": \"r\", \"owner\": \"o\", \"expires\": \"2026-12-31\"}]";
        var review = new StaleEntryReport();
        await Add(review, "4.1", Members);
        Assert.Empty(review.Warnings());
        await Add(review, "4.2", Members);
        Assert.StartsWith("1 exemption matched no failure", Assert.Single(review.Warnings()));
    }

    [Fact]
    public async Task A_lapsed_attestation_is_told_at_the_end()
    {
        var review = new StaleEntryReport();
        await Add(review, "1.15", Attestation("1.15", "passed", "\"expires\": \"2026-02-28\""));
        Assert.StartsWith("1 attestation has expired", Assert.Single(review.Warnings()));
    }

    private static string Exception(string scope, string expires = "2026-12-31") =>
        $"\"exemptions\": [{{\"control\": \"4.1\", {scope}, \"reason\": \"Known.\", \"owner\": \"J. Ek\", \"expires\": \"{expires}\"}}]";

    private static string Attestation(string control, string status, string until) =>
        $"\"attestations\": [{{\"control_id\": \"{control}\", \"status\": \"{status}\", \"explanation\": \"Seen.\", \"updated\": \"2026-02-01\", \"updated_by\": \"A. Lind\", {until}}}]";

    private static string Exempt(CisResult result) => string.Join(' ', result.Findings.Where(f => f.Status == CisStatus.Exempt).Select(f => f.ResourceId));

    private static AccountEvidence Account() => RuleTester.NewEvidence()
        .Set(EvidenceKinds.SecurityGroups, "us-east-1", [])
        .Set(EvidenceKinds.SecurityGroups, "eu-west-1", [Group("sg-open1", "0.0.0.0/0"), Group("sg-open2", "0.0.0.0/0"), Group("sg-closed", "10.0.0.0/8")]);

    private static SecurityGroup Group(string id, string source) =>
        new(id, "g-" + id, RuleTester.AccountId, "vpc-1", [new IpPermission("tcp", 22, 3389, [new CidrRange(source)], [], [], [])], []);

    private static async Task Add(StaleEntryReport report, string id, string members, AccountEvidence? account = null) =>
        report.Add(await Assess(id, members, account), Read.Program(members));

    private static async Task<CisResult> Assess(string id, string members, AccountEvidence? account = null)
    {
        var control = Read.Program(members).Find(ControlId.Parse(id))!;
        var results = new List<CisResult>();
        await new Assessment([control], [], RuleTester.Now).RunAsync(account ?? Account(), results.Add, TestContext.Current.CancellationToken);
        return Assert.Single(results);
    }
}
