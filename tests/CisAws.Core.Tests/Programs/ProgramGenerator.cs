using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Rules;
using CisAws.Text;
using CsCheck;

namespace CisAws.Core.Tests.Programs;

/// <summary>Random programs that are in order: every part of the format, with values of every kind of setting.</summary>
internal static class ProgramGenerator
{
    /// <summary>One of a few things.</summary>
    public static Gen<T> Pick<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(i => items[i]);

    private static Gen<ControlSelector> Selector(params string[] texts) => Pick(texts).Select(ControlSelector.Parse);

    private static readonly Gen<string> Text = Pick("Frühjahr", "a \"quoted\" <text> & more", "C:\\share", "日本", "-", "=1+1", "tab\tand\nline", "İi", "😀");

    private static readonly Gen<string> Account = Pick("111122223333", "000000000001", "999988887777");

    private static readonly Gen<ControlSelector> Id = Pick(DefaultPrograms.Benchmark.Controls.Select(c => new ControlSelector(c.ControlId)).ToArray());

    private static readonly Gen<DateTime> Day = Gen.Int[0, 3000].Select(d => new DateTime(2026, 11, 24, 0, 0, 0, DateTimeKind.Utc).AddDays(d));

    private static readonly Gen<CisExemption> Exemption =
        from id in Id
        from resource in Text.Null()
        from account in Account.Null()
        from region in Pick("eu-west-1", "us-gov-east-1").Null()
        from tag in Pick("Environment=dev*", "Keep").Null()
        from reason in Text
        from owner in Text
        from ticket in Text.Null()
        from expires in Day
        select new CisExemption
        {
            ControlId = id,
            Resource = resource,
            AccountId = account,
            Region = region,
            Tag = tag,
            Reason = reason,
            Owner = owner,
            Ticket = ticket,
            Expires = expires,
        };

    private static readonly Gen<CisAttestation> Attestation =
        from id in Selector("1.15", "1.17", "4.4", "1.19")
        from status in Pick(AttestationStatus.Passed, AttestationStatus.Failed)
        from explanation in Text
        from who in Text
        from age in Gen.Int[0, 300]
        from frequency in Pick("annually", "90d", "quarterly", "2 w")
        from expires in Day.Nullable()
        from evidence in Text.Null()
        from account in Account.Null()
        select new CisAttestation
        {
            ControlId = id,
            Status = status,
            Explanation = explanation,
            UpdatedBy = who,
            Updated = new DateTime(2026, 11, 24, 0, 0, 0, DateTimeKind.Utc).AddDays(-age),
            Frequency = frequency,
            Expires = expires,
            Evidence = evidence,
            AccountId = account,
        };

    private static readonly Gen<CisProgramSetting> Setting =
        from choice in Pick(DefaultPrograms.Benchmark.Controls.SelectMany(c => c.SettingDefinitions.Select(d => (Id: new ControlSelector(c.ControlId), Definition: d))).ToArray())
        from account in Account.Null()
        from value in ValueOf(choice.Definition)
        select new CisProgramSetting(choice.Id, choice.Definition.Name, value, account);

    public static readonly Gen<CisProgram> Programs =
        from description in Text
        from owner in Text
        from based in Pick(DefaultPrograms.All.Where(p => p.Benchmark == Benchmark.DefaultId).Select(p => p.Name).ToArray()).Null()
        from levels in Pick(System.Array.Empty<int>(), new[] { 1 }, new[] { 1, 2 })
        from sections in Pick(System.Array.Empty<string>(), new[] { "IAM" }, new[] { "Networking", "IAM" })
        from scored in Pick<bool?>(null, true)
        from add in Selector("1.9", "3.*", "4.?").HashSet[0, 2]
        from exclude in Selector("1.11", "2.*", "3.1?").HashSet[0, 2]
        from reason in Text
        from settings in Setting.Array[0, 6]
        from severities in Gen.Dictionary(Id, Pick(ProgramFormat.Severities.Values.ToArray()))[0, 3]
        from accounts in Account.HashSet[0, 2]
        from regions in Pick("eu-west-1", "cn-north-1").HashSet[0, 2]
        from permanent in Gen.Bool
        from exemptions in Exemption.Array[0, 3]
        from attestations in Attestation.Array[0, 3]
        select new CisProgram
        {
            Name = "a program",
            Description = description,
            Owner = owner,
            Version = "2",
            BasedOn = based,
            Base = based is null ? null : DefaultPrograms.Find(based),
            NamedBenchmark = based is null && permanent ? Benchmark.Default : null,
            ChosenLevels = new(levels),
            ChosenSections = new(sections),
            ChosenScored = scored,
            AddedControls = new(add),
            ExcludedControls = new(exclude.Select(e => new CisExclusion(e, reason))),
            // As a file holds them: by account and control, each once.
            Settings = new(settings.GroupBy(s => (s.ControlId, s.Name, s.AccountId)).Select(g => g.First())
                .GroupBy(s => s.AccountId).OrderBy(g => g.Key is not null).SelectMany(g => g.GroupBy(s => s.ControlId).SelectMany(c => c))),
            Severities = new(severities.Select(s => new CisProgramSeverity(s.Key, s.Value))),
            Accounts = new(accounts),
            Regions = new(regions),
            AllowPermanentExemptions = permanent,
            Exemptions = new(exemptions.Select(e => permanent && e.Resource is null ? e with { Expires = null } : e).GroupBy(e => (e.ControlId, e.Resource, e.AccountId, e.Region, e.Tag)).Select(g => g.First())),
            Attestations = new(attestations.GroupBy(a => (a.ControlId, a.AccountId)).Select(g => g.First())),
            Path = "test.json",
        };

    private static Gen<object> ValueOf(SettingDefinition setting) => setting.Type switch
    {
        SettingType.Integer => Gen.Int[setting.Minimum!.Value, setting.Maximum!.Value].Select(n => (object)n),
        SettingType.Boolean => Gen.Bool.Select(b => (object)b),
        SettingType.Choice => Pick(setting.Choices!.ToArray()).Select(c => (object)c),
        SettingType.FilterPattern => Pick("", "{ ($.eventName = CreateTrail) && ($.a != \"<b>\") }").Select(p => (object)p),
        _ => Pick(Items(setting.Name)).HashSet[0, 2].Select(i => (object)new PrintableList<string>(i)),
    };

    private static string[] Items(string setting) => setting switch
    {
        "AllowedDirectPolicyArns" => ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws-cn:iam::111122223333:policy/a/b"],
        "RequiredContactDomains" => ["example.com", "mail.example.org"],
        "AllowedExcludedEventSources" => ["kms.amazonaws.com", "rdsdata.amazonaws.com"],
        _ => ["AWS::IAM::User", "AWS::EC2::VPC"],
    };
}
