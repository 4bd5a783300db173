using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Trails;

public sealed class ObjectLevelLoggingTests
{
    private const string Reads = "trails-s3-object-read-events";
    private const string Writes = "trails-s3-object-write-events";

    [Theory]
    [InlineData("All", "arn:aws:s3", CisStatus.Pass, CisStatus.Pass)]
    [InlineData("All", "arn:aws:s3:::", CisStatus.Pass, CisStatus.Pass)]
    [InlineData("ReadOnly", "arn:aws:s3", CisStatus.Pass, CisStatus.Fail)]
    [InlineData("WriteOnly", "arn:aws:s3", CisStatus.Fail, CisStatus.Pass)]
    [InlineData("All", "arn:aws:s3:::one-bucket/", CisStatus.Fail, CisStatus.Fail)]
    [InlineData("All", "arn:aws-cn:s3", CisStatus.Fail, CisStatus.Fail)]
    public void A_classic_selector_records_the_objects_of_all_buckets(string readWrite, string value, CisStatus reads, CisStatus writes) =>
        AssertStatuses(reads, writes, Classic(readWrite, new DataResource("AWS::S3::Object", [value])));

    [Fact]
    public void Selectors_add_up() => AssertStatuses(
        CisStatus.Pass, CisStatus.Pass,
        new EventSelectors([.. Classic("ReadOnly", AllObjects).Classic, .. Classic("WriteOnly", AllObjects).Classic], []));

    [Fact]
    public void Other_resources_do_not_count() =>
        Assert.Equal("NoObjectEvents", Of(Reads, Classic("All", new DataResource("AWS::Lambda::Function", ["arn:aws:lambda"]))).ReasonCode);

    public static TheoryData<string, CisStatus, CisStatus> AdvancedSelectors => new()
    {
        { "", CisStatus.Pass, CisStatus.Pass },
        { "readOnly=true", CisStatus.Pass, CisStatus.Fail },
        { "readOnly=false", CisStatus.Fail, CisStatus.Pass },
        { "eventName=PutObject", CisStatus.Fail, CisStatus.Fail },
        { "resources.ARN^arn:aws:s3:::", CisStatus.Pass, CisStatus.Pass },
        { "resources.ARN^arn:aws:s3:::one/", CisStatus.Fail, CisStatus.Fail },
        { "resources.ARN!arn:aws:s3:::logs/", CisStatus.Fail, CisStatus.Fail },
    };

    [Theory]
    [MemberData(nameof(AdvancedSelectors))]
    public void An_advanced_selector_counts_if_nothing_narrows_it(string condition, CisStatus reads, CisStatus writes) =>
        AssertStatuses(reads, writes, Advanced("AWS::S3::Object", condition));

    [Fact]
    public void What_the_closest_trail_lacks_is_the_reason()
    {
        Assert.Equal(
            "No trail records the read events of the objects in all buckets: trail audit records them only in part, because its event selectors filter by eventName.",
            Of(Reads, Advanced("AWS::S3::Object", "eventName=GetObject")).Reason);
        Assert.Equal("ReadOrWriteEventsOnly", Of(Writes, Classic("ReadOnly", AllObjects)).ReasonCode);
        Assert.Equal("NotLogging", RuleTester.Rule(Reads, Account(Classic("All", AllObjects), logging: false)).ReasonCode);
        Assert.Equal("SingleRegionTrail", RuleTester.Rule(Reads, Account(Classic("All", AllObjects), multiRegion: false)).ReasonCode);
        Assert.Equal("NoTrail", RuleTester.Rule(Reads, RuleTester.NewEvidence().Set(EvidenceKinds.Trails, "us-east-1", []).Set(EvidenceKinds.Trails, "eu-west-1", [])).ReasonCode);
    }

    [Fact]
    public void What_cannot_be_read_is_unknown_unless_what_is_read_decides()
    {
        var all = Classic("All", AllObjects);
        Assert.Equal(CisStatus.Unknown, RuleTester.Rule(Reads, Account(all).Deny(EvidenceKinds.EventSelectors, Arn)).Status);
        Assert.Equal(CisStatus.Unknown, RuleTester.Rule(Reads, Account(all).Deny(EvidenceKinds.TrailStatus, Arn)).Status);
        Assert.Equal(CisStatus.Fail, RuleTester.Rule(Reads, Account(Classic("WriteOnly", AllObjects)).Deny(EvidenceKinds.TrailStatus, Arn)).Status);
        Assert.Equal(CisStatus.Fail, RuleTester.Rule(Reads, Account(all, logging: false).Deny(EvidenceKinds.EventSelectors, Arn)).Status);
    }

    /// <summary>Evidence of an older version does not say which data a classic selector records.</summary>
    [Fact]
    public void Evidence_without_data_events_is_unknown() =>
        Assert.Equal((CisStatus.Unknown, "NotInEvidence"), Status(Of(Reads, new EventSelectors([new EventSelector("All", true, [])], []))));

    private static readonly DataResource AllObjects = new("AWS::S3::Object", ["arn:aws:s3"]);

    private const string Arn = "arn:aws:cloudtrail:us-east-1:111122223333:trail/audit";

    private static EventSelectors Classic(string readWrite, params DataResource[] data) => new([new EventSelector(readWrite, true, [], data)], []);

    /// <summary>A condition on a field: = equals, ^ starts with, ! does not start with.</summary>
    private static EventSelectors Advanced(string type, string condition)
    {
        List<FieldSelector> fields = [new("eventCategory", ["Data"]), new("resources.type", [type])];
        if (condition.IndexOfAny(['=', '^', '!']) is var at and >= 0)
        {
            var (field, values) = (condition[..at], new[] { condition[(at + 1)..] });
            fields.Add(condition[at] switch { '=' => new(field, values), '^' => new(field, StartsWith: values), _ => new(field, NotStartsWith: values) });
        }

        return new([], [new AdvancedEventSelector(null, fields)]);
    }

    private static void AssertStatuses(CisStatus reads, CisStatus writes, EventSelectors selectors) =>
        Assert.Equal((reads, writes), (Of(Reads, selectors).Status, Of(Writes, selectors).Status));

    private static (CisStatus Status, string Code) Status(CisResult result) => (result.Status, result.ReasonCode);

    private static CisResult Of(string rule, EventSelectors selectors) => RuleTester.Rule(rule, Account(selectors));

    private static AccountEvidence Account(EventSelectors selectors, bool logging = true, bool multiRegion = true)
    {
        var trail = new Trail("audit", Arn, "us-east-1", "logs", IsMultiRegionTrail: multiRegion, HasCustomEventSelectors: true);
        return RuleTester.NewEvidence()
            .Set(EvidenceKinds.Trails, "us-east-1", [trail]).Set(EvidenceKinds.Trails, "eu-west-1", multiRegion ? [trail] : [])
            .Set(EvidenceKinds.TrailStatus, Arn, new TrailStatus(logging))
            .Set(EvidenceKinds.EventSelectors, Arn, selectors);
    }
}
