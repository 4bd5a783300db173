using System;
using System.Linq;
using System.Text.RegularExpressions;
using CisAws.Benchmarks;
using CisAws.Core.Tests.Rules.Alarms;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Rules;
using CisAws.Rules.Alarms;

namespace CisAws.Core.Tests.Benchmarks;

/// <summary>What the texts of section 3 say of the filters that pass, tried on the rule.</summary>
public sealed class MonitoringTextTests
{
    public static TheoryData<string> ByName => [.. Enumerable.Range(4, 11).Where(n => n != 6).Select(n => $"3.{n}")];

    /// <summary>3.4 to 3.14 but 3.6: events by their names, with or without their source.</summary>
    [Theory]
    [MemberData(nameof(ByName))]
    public void A_condition_on_the_event_source_may_be_there_or_not_but_every_event_must_be_caught(string id)
    {
        var reference = ReferencePatterns.Of(Catalogue(id).ControlId);
        var names = Regex.Matches(reference.Pattern, @"\$\.eventName = (\w+)").Select(m => $"($.eventName = {m.Groups[1].Value})").ToList();
        var source = $"($.eventSource = {reference.EventSource})";

        Assert.Equal(CisStatus.Pass, Assessed(id, $"{{ {string.Join(" || ", names)} }}"));
        Assert.Equal(CisStatus.Pass, Assessed(id, $"{{ {source} && ({string.Join(" || ", names)}) }}"));
        Assert.Equal(CisStatus.Fail, Assessed(id, $"{{ {string.Join(" || ", names.Skip(1))} }}"));
        Assert.Matches("Each of the [a-z]+ events must be caught|Both events must be caught", Catalogue(id).Audit);
        Assert.Contains("eventSource", Catalogue(id).Audit);
    }

    [Theory]
    [InlineData("3.4", "{ ($.eventName = *Policy) || ($.eventName = *PolicyVersion) }")]
    [InlineData("3.11", "{ $.eventName = *NetworkAcl* }")]
    [InlineData("3.13", "{ $.eventName = *Route* }")]
    [InlineData("3.14", "{ $.eventName = *Vpc* }")]
    public void Wildcards_may_replace_the_names(string id, string pattern)
    {
        Assert.Equal(CisStatus.Pass, Assessed(id, pattern));
        Assert.Contains("wildcards", Catalogue(id).Audit);
    }

    [Theory]
    [InlineData("3.1")]
    [InlineData("3.2")]
    public void The_form_of_later_versions_passes(string id)
    {
        var later = Assert.Single(ReferencePatterns.Of(Catalogue(id).ControlId).LaterVariants);
        Assert.Equal(CisStatus.Pass, Assessed(id, later.ToString()));
        Assert.Contains("passes with a note", Catalogue(id).Audit);
    }

    private static CisControl Catalogue(string id) => DefaultPrograms.Benchmark.Controls.Single(c => c.ControlId.ToString() == id);

    private static CisStatus Assessed(string id, string pattern) => new MonitoredAccount(id).Pattern(pattern).Assessed().Status;
}
