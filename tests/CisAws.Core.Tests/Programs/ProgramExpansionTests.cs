using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Programs;
using CisAws.Text;

namespace CisAws.Core.Tests.Programs;

public sealed class ProgramExpansionTests
{
    [Theory]
    [InlineData("cis-aws-1.2.0", 49)]
    [InlineData("cis-aws-1.2.0-level-1", 36)]
    [InlineData("cis-aws-1.2.0-scored", 43)]
    public void Default_programs_have_their_controls(string name, int count)
    {
        var program = DefaultPrograms.Find(name)!;
        Assert.Equal((count, ProgramType.Default), (program.Controls.Count, program.Type));
        Assert.All(program.Controls, c => Assert.Equal(name, c.Program));
    }

    [Fact]
    public void Level_1_and_scored_are_the_catalogues_word()
    {
        Assert.Equal(DefaultPrograms.Benchmark.Controls.Where(c => c.Level == 1).Select(c => c.ControlId), DefaultPrograms.Find("cis-aws-1.2.0-level-1")!.Controls.Select(c => c.ControlId));
        Assert.Equal(DefaultPrograms.Benchmark.Controls.Where(c => c.Scored).Select(c => c.ControlId), DefaultPrograms.Find("cis-aws-1.2.0-scored")!.Controls.Select(c => c.ControlId));
    }

    [Theory]
    [InlineData("{\"ids\": [\"4.*\"]}", "4.1 4.2 4.3 4.4")]
    [InlineData("{\"ids\": [\"4.*\"], \"levels\": [2]}", "4.3 4.4")]
    [InlineData("{\"sections\": [\"Networking\"], \"scored\": true}", "4.1 4.2 4.3")]
    [InlineData("{\"sections\": [\"Networking\"], \"scored\": false}", "4.4")]
    [InlineData("{\"ids\": [\"4.1\"], \"add\": [\"1.1?\"]}", "1.10 1.11 1.12 1.13 1.14 1.15 1.16 1.17 1.18 1.19 4.1")]
    [InlineData("{\"ids\": [\"4.*\"], \"add\": [\"1.9\"], \"exclude\": [{\"id\": \"4.3\", \"reason\": \"r\"}, {\"id\": \"1.*\", \"reason\": \"r\"}]}", "4.1 4.2 4.4")]
    public void Controls_are_chosen_added_and_left_out(string controls, string ids) => Assert.Equal(ids, Read.Ids(Read.Program($"\"controls\": {controls}")));

    [Fact]
    public void A_base_limits_what_is_chosen_and_not_what_is_added()
    {
        var program = Read.Program("\"basedOn\": \"cis-aws-1.2.0-level-1\", \"controls\": {\"sections\": [\"Networking\"], \"add\": [\"2.8\"]}");
        Assert.Equal("2.8 4.1 4.2", Read.Ids(program));
    }

    [Fact]
    public void What_a_base_leaves_out_can_be_added_again()
    {
        var parent = Read.Program("\"controls\": {\"ids\": [\"4.*\"], \"exclude\": [{\"id\": \"4.3\", \"reason\": \"No.\"}]}");
        Assert.Equal("4.1 4.2 4.3 4.4", Read.Ids(new CisProgram { Name = "child", Base = parent, AddedControls = new([ControlSelector.Parse("4.3")]) }));
        Assert.Equal("excluded by program test: No.", new CisProgram { Name = "child", Base = parent }.WhyNot(ControlId.Parse("4.3")));
    }

    [Fact]
    public void The_accounts_value_goes_before_the_programs_and_an_id_before_a_wildcard()
    {
        var program = Read.Program(
            """
            "settings": { "1.3": { "MaxUnusedCredentialDays": 45 }, "3.*": { "AlarmSensitivity": "Ignore" }, "3.3": { "AlarmSensitivity": "Require" } },
            "accountSettings": { "111122223333": { "1.3": { "MaxUnusedCredentialDays": 30 }, "*": { "DeniedRegions": "NotApplicable" } } }
            """);
        Assert.Equal("MaxUnusedCredentialDays=45 (program test)", Setting(program, "1.3", null));
        Assert.Equal("MaxUnusedCredentialDays=45 (program test)", Setting(program, "1.3", "999999999999"));
        Assert.Equal("MaxUnusedCredentialDays=30 (program test, account 111122223333)", Setting(program, "1.3", "111122223333"));
        Assert.Equal("AlarmSensitivity=Require (program test)", Setting(program, "3.3", null, "AlarmSensitivity"));
        Assert.Equal("AlarmSensitivity=Ignore (program test)", Setting(program, "3.4", null, "AlarmSensitivity"));
        Assert.Equal("DeniedRegions=NotApplicable (program test, account 111122223333)", Setting(program, "4.1", "111122223333", "DeniedRegions"));
        Assert.Equal("MaxAccessKeyAgeDays=90 (default)", Setting(program, "1.4", "111122223333"));
    }

    [Fact]
    public void The_nearest_programs_word_goes_before_its_bases()
    {
        var parent = Read.Program("\"settings\": {\"1.3\": {\"MaxUnusedCredentialDays\": 45}, \"1.4\": {\"MaxAccessKeyAgeDays\": 60}}, \"severities\": {\"1.*\": \"Low\"}, \"scope\": {\"regions\": [\"eu-west-1\"]}")
            with
        { Name = "parent" };
        var child = Read.Program("\"settings\": {\"1.3\": {\"MaxUnusedCredentialDays\": 50}}, \"severities\": {\"1.3\": \"High\"}") with { Name = "child", Base = parent };
        Assert.Equal("MaxUnusedCredentialDays=50 (program child)", Setting(child, "1.3", null));
        Assert.Equal("MaxAccessKeyAgeDays=60 (program parent)", Setting(child, "1.4", null));
        Assert.Equal((CisSeverity.High, CisSeverity.Low, null), (child.Find(ControlId.Parse("1.3"))!.Severity, child.Find(ControlId.Parse("1.4"))!.Severity, child.Find(ControlId.Parse("2.1"))!.Severity));
        Assert.Equal("eu-west-1", child.RegionsInScope.ToString());
    }

    [Fact]
    public void A_setting_that_asks_for_more_evidence_asks_for_its_action()
    {
        var program = Read.Program("\"settings\": {\"2.9\": {\"AcceptSubnetCoverage\": true}}");
        Assert.Contains("ec2:DescribeSubnets", program.Find(ControlId.Parse("2.9"))!.Actions);
        Assert.DoesNotContain("ec2:DescribeSubnets", DefaultPrograms.Benchmark.Find(ControlId.Parse("2.9"))!.Actions);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("\"settings\": {\"1.3\": {\"MaxUnusedCredentialDays\": 90}}", "")]
    [InlineData("\"settings\": {\"1.3\": {\"MaxUnusedCredentialDays\": 45}}", "Setting 1.3 MaxUnusedCredentialDays: 90 / 45")]
    [InlineData("\"accountSettings\": {\"111122223333\": {\"1.3\": {\"MaxUnusedCredentialDays\": 45}}}", "Setting 1.3 MaxUnusedCredentialDays: 90 / 45")]
    [InlineData("\"controls\": {\"exclude\": [{\"id\": \"1.11\", \"reason\": \"No.\"}]}", "Control 1.11: included / excluded by program test: No.")]
    [InlineData("\"severities\": {\"4.1\": \"High\"}", "Severity 4.1:  / High")]
    [InlineData("\"scope\": {\"regions\": [\"eu-west-1\"]}", "Scope Regions: all / eu-west-1")]
    [InlineData("\"exemptions\": [{\"control\": \"4.1\", \"resource\": \"sg-1\", \"reason\": \"r\", \"owner\": \"o\", \"expires\": \"2027-01-01\"}]", "Exemption 4.1 sg-1:  / 4.1 sg-1 until 2027-01-01 (o): r")]
    [InlineData("\"attestations\": [{\"control_id\": \"1.17\", \"status\": \"failed\", \"explanation\": \"e\", \"updated\": \"2026-11-01\", \"updated_by\": \"u\", \"expires\": \"2027-01-01\"}]", "Attestation 1.17:  / 1.17 Failed, u on 2026-11-01, valid until 2027-01-01: e")]
    public void Programs_differ_in(string members, string differences) =>
        Assert.Equal(differences, string.Join('|', ProgramComparison.Of(DefaultPrograms.Benchmark, Read.Program(members))));

    private static string Setting(CisProgram program, string id, string? account, string? name = null)
    {
        var found = program.Find(ControlId.Parse(id))!;
        var control = account is null ? found : found.ForAccount(account);
        return (name is null ? Assert.Single(control.Settings) : control.Settings.Single(s => s.Name == name)).ToString();
    }
}
