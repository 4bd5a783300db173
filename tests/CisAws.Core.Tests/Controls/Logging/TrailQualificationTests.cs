using System.Threading.Tasks;
using CisAws.Controls.Logging;
using CisAws.Evidence;
using static CisAws.Core.Tests.Controls.Logging.TrailEvidence;

namespace CisAws.Core.Tests.Controls.Logging;

public sealed class TrailQualificationTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("kms.amazonaws.com", false)]
    public async Task A_source_that_must_be_recorded_may_not_be_left_out_whatever_is_allowed(string? mustRecord, bool expected)
    {
        var evidence = NoTrails().WithTrail(Trail(), new TrailStatus(IsLogging: true), new([new("All", true, ["kms.amazonaws.com"])], []));
        var store = new EvidenceStore(evidence, [], TestContext.Current.CancellationToken);
        var view = await store.CompleteAsync(TrailQualification.Needs, "3.7");
        var trail = TrailQualification.Of(view, Trail(), ["kms.amazonaws.com"], mustRecord);
        Assert.Equal(expected, trail.Qualifies);
        Assert.Equal(expected ? null : TrailShortfall.EventSourcesExcluded, trail.Shortfall);
    }
}
