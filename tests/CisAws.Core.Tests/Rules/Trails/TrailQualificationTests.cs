using System;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Evidence;
using CisAws.Rules;
using CisAws.Rules.Trails;
using static CisAws.Core.Tests.Rules.Trails.TrailEvidence;

namespace CisAws.Core.Tests.Rules.Trails;

public sealed class TrailQualificationTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("kms.amazonaws.com", false)]
    public async Task A_source_that_must_be_recorded_may_not_be_left_out_whatever_is_allowed(string? mustRecord, bool expected)
    {
        var evidence = NoTrails().WithTrail(Trail(), new TrailStatus(IsLogging: true), new([new("All", true, ["kms.amazonaws.com"])], []));
        var collector = new EvidenceCollector(evidence, [], TestContext.Current.CancellationToken);
        var view = await collector.CompleteAsync(TrailQualification.Needs, "3.7");
        var trail = TrailQualification.Of(view, Trail(), ["kms.amazonaws.com"], mustRecord);
        Assert.Equal(expected, trail.Qualifies);
        Assert.Equal(expected ? null : TrailShortfall.EventSourcesExcluded, trail.Shortfall);
    }

    // Each selector: what it records, and the sources it excludes. Expected: the sources that no selector records; null for a trail that qualifies.
    [Theory]
    [InlineData(null, "All kms", "All rdsdata")]
    [InlineData(null, "All kms", "ReadOnly", "WriteOnly")]
    [InlineData(null, "All kms,rdsdata", "All KMS", "All")]
    [InlineData("kms.amazonaws.com", "All kms", "All kms,rdsdata")]
    [InlineData("kms.amazonaws.com", "All kms", "ReadOnly rdsdata")]
    [InlineData("kms.amazonaws.com", "All kms", "WriteOnly")]
    [InlineData("rdsdata.amazonaws.com", "ReadOnly", "WriteOnly rdsdata")]
    [InlineData("kms.amazonaws.com, rdsdata.amazonaws.com", "ReadOnly kms", "WriteOnly rdsdata")]
    [InlineData("kms.amazonaws.com", "All kms")]
    public async Task An_event_source_is_left_out_only_if_every_selector_of_a_half_excludes_it(string? expected, params string[] selectors)
    {
        var classic = selectors.Select(s => s.Split(' ')).Select(s => new EventSelector(s[0], true, s.Length == 1 ? [] : [.. s[1].Split(',').Select(e => $"{e}.amazonaws.com")]));
        var advanced = selectors.Select(s => s.Split(' ')).Select(s => new AdvancedEventSelector(null, [
            Is("eventCategory", "Management"),
            .. s[0] == "All" ? Array.Empty<FieldSelector>() : [Is("readOnly", s[0] == "ReadOnly" ? "true" : "false")],
            .. s.Length == 1 ? Array.Empty<FieldSelector>() : [new FieldSelector("eventSource", NotEquals: [.. s[1].Split(',').Select(e => $"{e}.amazonaws.com")])],
        ]));
        foreach (var recorded in new[] { new EventSelectors([.. classic], []), new EventSelectors([], [.. advanced]) })
        {
            var evidence = NoTrails().WithTrail(Trail(), new TrailStatus(IsLogging: true), recorded);
            var collector = new EvidenceCollector(evidence, [], TestContext.Current.CancellationToken);
            var trail = TrailQualification.Of(await collector.CompleteAsync(TrailQualification.Needs, "2.1"), Trail(), []);
            Assert.Equal(expected is null ? "" : $"does not record the management events of {expected}", trail.Because);
            Assert.Equal(expected is null ? null : TrailShortfall.EventSourcesExcluded, trail.Shortfall);
            Assert.Equal(expected is null ? CisStatus.Pass : CisStatus.Fail, RuleTester.Control("2.1", evidence).Status);
        }
    }
}
