using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Testing;

namespace CisAws.Core.Tests.Evidence;

public sealed class EvidenceComparerTests
{
    private static readonly Vpc First = new("vpc-1", "111122223333", true, "available", ["10.0.0.0/16"], []);
    private static readonly Vpc Second = First with { Id = "vpc-2", IsDefault = false };

    [Fact]
    public void The_order_of_a_list_does_not_count() =>
        Assert.Empty(EvidenceComparer.Differences(With(First, Second), With(Second, First)));

    [Fact]
    public void A_thing_that_is_there_twice_is_not_there_once() =>
        Assert.Single(EvidenceComparer.Differences(With(First, First), With(First)));

    [Fact]
    public void A_difference_names_kind_subject_and_member() => Assert.Equal(
        """ec2.vpcs eu-west-1.value[1].state: expected "available", was "pending" """.TrimEnd(),
        Assert.Single(EvidenceComparer.Differences(With(First, Second), With(Second with { State = "pending" }, First))));

    [Fact]
    public void Tags_are_compared_by_key_and_no_tags_are_not_unknown_ones()
    {
        var tagged = Tagged(("Name", "web"), ("Owner", "ops"));
        Assert.Empty(EvidenceComparer.Differences(With(tagged), With(Tagged(("Owner", "ops"), ("Name", "web")))));
        Assert.Equal(
            """ec2.vpcs eu-west-1.value[0].tags.Owner: expected "ops", was null""",
            Assert.Single(EvidenceComparer.Differences(With(tagged), With(Tagged(("Name", "web"))))));
        Assert.Equal(
            "ec2.vpcs eu-west-1.value[0].tags: expected null, was {}",
            Assert.Single(EvidenceComparer.Differences(With(First), With(Tagged()))));

        static Vpc Tagged(params (string Key, string Value)[] tags) => First with { Tags = tags.ToDictionary(t => t.Key, t => t.Value) };
    }

    [Fact]
    public void The_order_of_a_reports_cells_counts() => Assert.Equal(2, EvidenceComparer.Differences(Report("a", "b"), Report("b", "a")).Count);

    [Fact]
    public void An_errors_code_counts_and_its_message_does_not()
    {
        Assert.Empty(EvidenceComparer.Differences(Denied("AccessDenied", "No."), Denied("AccessDenied", "Not allowed.")));
        Assert.Single(EvidenceComparer.Differences(Denied("AccessDenied", "No."), Denied("Throttling", "No.")));
    }

    [Fact]
    public void What_is_missing_and_what_is_too_much_are_told_apart()
    {
        Assert.Equal("ec2.vpcs eu-west-1: missing", Assert.Single(EvidenceComparer.Differences(With(First), Empty())));
        Assert.Equal("ec2.vpcs eu-west-1: not expected", Assert.Single(EvidenceComparer.Differences(Empty(), With(First))));
    }

    private static AccountEvidence Empty() => new(new AccountIdentity("111122223333", "aws", "arn:aws:iam::111122223333:root"), DateTimeOffset.UnixEpoch);

    private static AccountEvidence With(params Vpc[] vpcs) => Empty().Set(EvidenceKinds.Vpcs, "eu-west-1", vpcs);

    private static AccountEvidence Report(params string[] cells) =>
        Empty().Set(EvidenceKinds.CredentialReport, "", new CredentialReport(DateTimeOffset.UnixEpoch, ["user"], [cells]));

    private static AccountEvidence Denied(string code, string message) => Empty().Set(
        EvidenceKinds.Vpcs, "eu-west-1", Observation.Failed<IReadOnlyList<Vpc>>(new ReadFailure("ec2:DescribeVpcs", "eu-west-1", code, ReadFailureKind.AccessDenied, message)));
}
