using System;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Programs;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Core.Tests.Rules;

public sealed class SettingValuesTests
{
    [Fact]
    public void The_defaults_are_the_catalogues_and_say_so()
    {
        var values = Defaults("4.1");
        Assert.Equal(
            ["IncludeIpv6=true (default)", "IgnoreUnattached=false (default)", "DeniedRegions=Unknown (default)", "IncludeUdp=false (default)"],
            values.All.Select(v => v.ToString()));
    }

    [Fact]
    public void One_setting_changes_and_the_others_stay()
    {
        var before = Defaults("4.1");
        var after = before.With("includeudp", true, "Custom");
        Assert.True(after.Boolean("IncludeUdp"));
        Assert.Equal("Custom", after.All.Single(v => v.Name == "IncludeUdp").Source);
        Assert.True(after.Boolean("IncludeIpv6"));
        Assert.False(before.Boolean("IncludeUdp"));
    }

    [Fact]
    public void A_setting_the_control_does_not_have_is_refused_and_those_it_has_are_named()
    {
        var message = Assert.Throws<ArgumentException>(() => Defaults("4.1").With("IncludeIcmp", true, "Custom")).Message;
        Assert.Contains("'IncludeIcmp'", message);
        Assert.Contains("IncludeIpv6, IgnoreUnattached", message);
        Assert.Throws<InvalidOperationException>(() => Defaults("4.1").Boolean("IncludeIcmp"));
    }

    [Fact]
    public void Names_are_found_in_any_case()
    {
        Assert.True(Defaults("1.9").Has("minpasswordlength"));
        Assert.Equal(14, Defaults("1.9").Integer("MINPASSWORDLENGTH"));
        Assert.False(Defaults("1.9").Has("MaxPasswordLength"));
    }

    [Fact]
    public void Values_have_the_type_of_their_setting()
    {
        Assert.Equal("Unknown", Defaults("2.2").Text("DeniedRegions"));
        Assert.Empty(Defaults("2.1").TextList("AllowedExcludedEventSources"));
    }

    [Theory]
    [InlineData(true, "true")]
    [InlineData(false, "false")]
    [InlineData(1000, "1000")]
    [InlineData("Warn", "Warn")]
    public void Values_print_as_they_are_written(object value, string expected) => Assert.Equal(expected, SettingValues.Print(value));

    [Fact]
    public void Lists_print_in_one_line()
    {
        Assert.Equal("a; b", SettingValues.Print(new PrintableList<string>(["a", "b"])));
        Assert.Equal("(none)", SettingValues.Print(PrintableList<string>.None));
    }

    private static SettingValues Defaults(string id) => DefaultPrograms.Benchmark.Find(ControlId.Parse(id))!.Values;
}
