using System;
using System.Linq;
using System.Reflection;
using CisAws.Benchmarks;
using CisAws.Core.Tests.Rules;
using CisAws.Programs;
using CisAws.Rules;
using CisAws.Rules.Iam;

namespace CisAws.Core.Tests.Benchmarks;

/// <summary>A benchmark is a table over rules.</summary>
public sealed class BenchmarkFileTests
{
    [Fact]
    public void A_control_gets_its_rule()
    {
        var control = Assert.Single(Read("\"iam-password-length\"").Controls);
        Assert.IsType<PasswordLength>(Assert.Single(control.Rules));
        Assert.Equal("2.1.1 The title", control.ToString());
        Assert.Equal("Storage", control.Section);
        Assert.Equal("MinPasswordLength=14", Assert.Single(control.Settings).ToString());
    }

    [Fact]
    public void A_control_may_have_several_rules_and_settings_of_its_own()
    {
        var control = Assert.Single(Read("""{ "id": "iam-password-length", "settings": { "MinPasswordLength": 20 } }, "iam-password-reuse" """).Controls);
        Assert.Equal(["iam-password-length", "iam-password-reuse"], control.Rules.Select(r => r.Id));
        Assert.Equal(["MinPasswordLength=20", "PasswordReuseCount=24"], control.Settings.Select(s => s.ToString()));
    }

    [Theory]
    [InlineData("\"iam-password-lenght\"", "Control 2.1.1 names rule 'iam-password-lenght', which does not exist.")]
    [InlineData("""{ "id": "iam-password-length", "settings": { "MaxPasswordAge": 1 } }""", "Control 2.1.1 sets MaxPasswordAge, which rule iam-password-length does not have.")]
    [InlineData("\"network-unrestricted-ssh\", \"network-unrestricted-rdp\"", "The rules of control 2.1.1 differ in the default of IncludeUdp: set it in the benchmark.")]
    public void What_does_not_fit_is_refused_and_named(string rules, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => Read(rules)).Message);

    [Fact]
    public void Texts_name_other_controls_by_the_numbers_of_the_benchmark()
    {
        var control = Read("\"trails-multi-region\"").Controls.Single();
        Assert.Equal("See 2.1.1 and rule iam-root-mfa.", control.Resolve("See {{rule:trails-multi-region}} and {{rule:iam-root-mfa}}."));
    }

    [Fact]
    public void A_control_names_those_of_other_versions_that_its_rules_decide()
    {
        var control = DefaultPrograms.Benchmark.Find(ControlId.Parse("1.3"))!;
        Assert.Equal("IAM.8", control.SecurityHub.ToString());
        Assert.Contains("cis-aws-3.0.0 1.12", control.Related.Select(r => r.ToString()));
        Assert.Empty(DefaultPrograms.Benchmark.Find(ControlId.Parse("1.5"))!.Related);
    }

    /// <summary>The source is about v1.2.0 only.</summary>
    [Fact]
    public void Controls_of_one_version_have_controls_of_Nist() => Assert.All(Benchmark.AllControls, c =>
    {
        Assert.Equal(c.Benchmark.Id == "cis-aws-1.2.0", c.Nist.Count > 0);
        Assert.All(c.Nist, n => Assert.Matches(@"^[A-Z]{2}-[0-9]+(\([0-9]+\))?$", n));
    });

    /// <summary>What is related in one direction is so in the other, and never in the same benchmark.</summary>
    [Fact]
    public void Relations_are_mutual() => Assert.All(Benchmark.AllControls, c => Assert.All(c.Related, r =>
    {
        Assert.NotEqual(c.Benchmark, r.Benchmark);
        Assert.Contains(c, r.Related);
    }));

    [Fact]
    public void A_rule_includes_rules_that_exist() =>
        Assert.All(RuleCatalog.All.SelectMany(r => r.Definition.Includes), id => Assert.NotNull(RuleCatalog.Find(id)));

    [Fact]
    public void Every_rule_class_has_its_file_and_every_file_its_class() => Assert.Equal(
        typeof(Rule).GetTypeInfo().Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Rule)) && !t.IsAbstract).OrderBy(t => t.Name),
        RuleCatalog.All.Select(r => r.GetType()).Distinct().OrderBy(t => t.Name));

    [Fact]
    public void Every_rule_decides_a_control_alone_so_that_it_is_tested() =>
        Assert.Equal(RuleCatalog.All.Select(r => r.Id).Order(), EveryRule.Controls.Select(c => c.RuleId[0]).Order());

    [Fact]
    public void Texts_name_rules_that_exist() => Assert.All(
        DefaultPrograms.All.SelectMany(p => p.Controls),
        c => Assert.All((string[])[c.Description, c.Rationale, c.Audit, c.Remediation.Summary, .. c.Remediation.Console, .. c.Remediation.Cli, .. c.Remediation.PowerShell], t => Assert.DoesNotContain("{{", t)));

    /// <summary>A text that speaks of a setting's number has to speak of the benchmark's.</summary>
    [Fact]
    public void Texts_name_the_defaults_of_the_benchmark() => Assert.All(DefaultPrograms.All.SelectMany(p => p.Controls), control =>
    {
        var own = control.Rules.SelectMany(r => r.Definition.Settings).ToLookup(s => s.Name);
        Assert.All(control.SettingDefinitions.Where(s => s.Type == SettingType.Integer && own[s.Name].Any(o => !Equals(o.Default, s.Default))), changed =>
            Assert.All(new[] { control.Description, control.Audit }, t => Assert.DoesNotMatch($@"\b{own[changed.Name].First().Default}\b", t)));
    });

    private static Benchmark Read(string rules) => Benchmark.Read($$"""
        {
          "id": "b", "title": "B", "version": "1", "url": "https://example.com", "sections": { "2": "Storage" },
          "controls": [{ "id": "2.1.1", "level": 1, "scored": true, "assessment": "Automated", "title": "The title", "rules": [{{rules}}] }]
        }
        """);
}
