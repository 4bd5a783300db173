using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Rules;
using CisAws.Rules.Iam;

namespace CisAws.Core.Tests.Benchmarks;

public sealed class ControlCatalogTests
{
    [Fact]
    public void An_entry_gets_its_rule()
    {
        var control = Assert.Single(ControlCatalog.Join([Entry("1.9")], Rules("1.9")));
        Assert.IsType<PasswordLength>(control.Rule);
        Assert.Equal("1.9 The title", control.ToString());
    }

    [Fact]
    public void An_entry_without_a_rule_is_refused_and_named() => Refused("no rule decides 1.10", [Entry("1.9"), Entry("1.10")], Rules("1.9"));

    [Fact]
    public void A_rule_without_an_entry_is_refused_and_named() =>
        Refused("PasswordLength decides 1.10, which is not in the catalogue", [Entry("1.9")], Rules("1.9", "1.10"));

    private static void Refused(string expected, ControlEntry[] entries, Dictionary<string, Type> rules) =>
        Assert.Contains(expected, Assert.Throws<InvalidOperationException>(() => ControlCatalog.Join(entries, rules)).Message);

    private static Dictionary<string, Type> Rules(params string[] ids) => ids.ToDictionary(id => id, _ => typeof(PasswordLength));

    private static ControlEntry Entry(string id) => new(
        id, "The title", 1, true, ControlAssessment.Automated, ["IAM"], "", "", "", new ControlRemediation("", [], [], []), [], []);
}
