using System.Collections.Generic;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Core.Tests.Rules.Alarms;
using CisAws.Programs;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Core.Tests.Rules;

/// <summary>The settings that programs can set, with their defaults, written down a second time.</summary>
public sealed class SettingTests
{
    private const string Monitoring =
        "PatternMatch=Semantic (Semantic, Exact) | AlarmSensitivity=Warn (Warn, Require, Ignore) | RequireConfirmedSubscription=true";

    private const string Regional = "DeniedRegions=Unknown (Unknown, NotApplicable)";

    private static readonly Dictionary<string, string> Expected = new()
    {
        ["1.1"] = "RootUsageWindowDays=90 (1 to 3650)",
        ["1.3"] = "MaxUnusedCredentialDays=90 (1 to 3650)",
        ["1.4"] = "MaxAccessKeyAgeDays=90 (1 to 3650)",
        ["1.9"] = "MinPasswordLength=14 (6 to 128)",
        ["1.10"] = "PasswordReuseCount=24 (1 to 24)",
        ["1.11"] = "MaxPasswordAgeDays=90 (1 to 1095)",
        ["1.12"] = "FailOnInactiveRootKey=false",
        ["1.13"] = "AbsentRootCredentials=Pass (Pass, NotApplicable, Strict)",
        ["1.14"] = "AbsentRootCredentials=Pass (Pass, NotApplicable, Strict)",
        ["1.16"] = "AllowedDirectPolicyArns=(none)",
        ["1.18"] = "RequiredContactDomains=(none)",
        ["1.19"] = "InstanceRoleMode=Strict (Strict, Advisory)",
        ["1.20"] = "RequireRole=false",
        ["1.21"] = "SetupToleranceSeconds=60 (0 to 86400) | Audit=Console (Console, Cli)",
        ["1.22"] = "InlinePolicies=Warn (Warn, Ignore, Fail) | AwsManagedAdmin=Warn (Warn, Ignore, Fail) | "
            + "ConditionalPolicies=Fail (Fail, Warn) | OnlyAttachedPolicies=false | IncludeBoundaryOnly=false",
        ["2.1"] = "AllowedExcludedEventSources=(none)",
        ["2.3"] = "PublicAccess=Effective (Effective, Literal)",
        ["2.4"] = "MaxDeliveryAgeHours=24 (1 to 720) | RequireAllTrails=true",
        ["2.5"] = "AllowedExcludedResourceTypes=AWS::IAM::User; AWS::IAM::Group; AWS::IAM::Role; AWS::IAM::Policy; AWS::RDS::GlobalCluster",
        ["2.8"] = "IncludeDisabledKeys=false",
        ["2.9"] = "AcceptSubnetCoverage=false",
        ["4.1"] = "IncludeIpv6=true | IgnoreUnattached=false",
        ["4.2"] = "IncludeIpv6=true | IgnoreUnattached=false",
        ["4.4"] = "EvaluateUnscored=false",
    };

    /// <summary>What a rule has besides the settings of its family. Later versions of the benchmark print other patterns for 3.1 and 3.2 only.</summary>
    private static readonly Dictionary<string, string> BesidesFamily = new()
    {
        ["3.1"] = "AcceptLaterVariants=true",
        ["3.2"] = "AcceptLaterVariants=true",
        ["4.1"] = "IncludeUdp=false",
        ["4.2"] = "IncludeUdp=true",
    };

    public static TheoryData<string> ControlIds => [.. DefaultPrograms.Benchmark.Controls.Select(c => c.ControlId.ToString())];

    [Theory]
    [MemberData(nameof(ControlIds))]
    public void A_control_has_these_settings_and_no_others(string id)
    {
        var control = DefaultPrograms.Benchmark.Find(ControlId.Parse(id))!;
        var own = control.Section == "Monitoring" ? $"Pattern={ReferencePatterns.Of(control.ControlId).Pattern} | {Monitoring}" : Expected.GetValueOrDefault(id);
        var regional = control.ControlId.Section > 1 || id == "1.19" ? Regional : null;
        Assert.Equal(string.Join(" | ", new[] { own, regional, BesidesFamily.GetValueOrDefault(id) }.OfType<string>()), string.Join(" | ", control.SettingDefinitions.Select(Print)));
    }

    [Theory]
    [MemberData(nameof(ControlIds))]
    public void A_default_is_of_its_type_and_within_its_bounds(string id)
    {
        Assert.All(DefaultPrograms.Benchmark.Find(ControlId.Parse(id))!.SettingDefinitions, setting =>
        {
            switch (setting.Type)
            {
                case SettingType.Integer:
                    Assert.InRange(Assert.IsType<int>(setting.Default), setting.Minimum!.Value, setting.Maximum!.Value);
                    break;
                case SettingType.Boolean:
                    Assert.IsType<bool>(setting.Default);
                    break;
                case SettingType.Choice:
                    Assert.Contains(Assert.IsType<string>(setting.Default), setting.Choices!);
                    break;
                case SettingType.FilterPattern:
                    Assert.IsType<string>(setting.Default);
                    break;
                case SettingType.TextList:
                    Assert.IsType<PrintableList<string>>(setting.Default);
                    break;
                default:
                    Assert.Fail($"{setting.Name} is of an unknown type.");
                    break;
            }

            Assert.Equal(setting.Type == SettingType.Integer, setting.Minimum is not null && setting.Maximum is not null);
            Assert.Equal(setting.Type == SettingType.Choice, setting.Choices is not null);
        });
    }

    private static string Print(SettingDefinition setting) => setting switch
    {
        { Choices: { } choices } => $"{setting} ({string.Join(", ", choices)})",
        { Minimum: { } least, Maximum: { } most } => $"{setting} ({least} to {most})",
        _ => setting.ToString(),
    };
}
