using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Core.Tests.Rules;
using CisAws.Core.Tests.Rules.Trails;
using CisAws.Evidence;

namespace CisAws.Core.Tests.Evidence;

public sealed class EvidenceSetTests
{
    private const string Other = "222233334444";

    private static readonly AccountEvidence Account = RuleTester.NewEvidence().Set(EvidenceKinds.PasswordPolicy, "", new PasswordPolicy(8));

    private static readonly AccountEvidence Owner = RuleTester.NewEvidence(accountId: Other)
        .Set(EvidenceKinds.PasswordPolicy, "", new PasswordPolicy(20))
        .Set(EvidenceKinds.Vpcs, "us-east-1", [])
        .Deny(EvidenceKinds.Vpcs, "eu-west-1");

    [Fact]
    public void A_view_gives_the_evidence_of_another_account_in_the_set()
    {
        var view = View(Account, Owner);
        Assert.Equal((8, 20), (Length(view), Length(view.OfAccount(Other)!)));
        Assert.Equal(Other, view.OfAccount(Other)!.Account.AccountId);
        Assert.Same(view, view.OfAccount(RuleTester.AccountId));

        static int? Length(EvidenceView view) => view.Get(EvidenceKinds.PasswordPolicy).Match(p => p?.MinimumPasswordLength, _ => null);
    }

    [Fact]
    public void There_is_none_of_an_account_that_is_not_in_the_set()
    {
        Assert.Null(View(Account, Owner).OfAccount("333344445555"));
        Assert.Null(View().OfAccount(Other));
    }

    [Fact]
    public void Asking_for_a_kind_of_another_account_that_was_not_declared_throws() => Assert.Equal(
        "Rule x asked for iam.accountSummary without declaring it. Add it to its Needs.",
        Assert.Throws<InvalidOperationException>(() => View(Owner).OfAccount(Other)!.Get(EvidenceKinds.AccountSummary)).Message);

    [Fact]
    public void What_could_not_be_read_of_another_account_is_among_the_failures_and_names_the_account()
    {
        var view = View(Owner);
        Assert.Empty(view.ReadFailures([EvidenceKinds.Vpcs]));
        Assert.Equal(["eu-west-1", "us-east-1"], view.OfAccount(Other)!.Regions(EvidenceKinds.Vpcs).Select(r => r.Region));
        Assert.Equal("ec2:DescribeVpcs was denied in eu-west-1 of account 222233334444", Assert.Single(view.ReadFailures([EvidenceKinds.Vpcs])).ToString());
        Assert.Equal([EvidenceKinds.Vpcs], view.Used);
    }

    [Fact]
    public void Evidence_of_an_account_is_looked_through_once_however_many_accounts_depend_on_it()
    {
        var set = new EvidenceSet([Owner]);
        // A failure that names its account is written when it is read: that it is the same shows that it was read once.
        var failures = Enumerable.Range(0, 300)
            .Select(_ => View(set).OfAccount(Other)!.Get(EvidenceKinds.Vpcs, "eu-west-1").Failure!)
            .Distinct(ReferenceEqualityComparer.Instance);
        Assert.Single(failures);
    }

    [Fact]
    public async Task Evidence_is_read_of_the_accounts_that_an_account_depends_on_each_once()
    {
        const string topic = "arn:aws:sns:us-east-1:666677778888:soc";
        var trail = TrailEvidence.Trail(owner: Other) with { KmsKeyId = "arn:aws:kms:us-east-1:777788889999:key/k1", CloudWatchLogsLogGroupArn = "arn:aws:logs:us-east-1:333344445555:log-group:g:*" };
        // The administrator's alarm notifies a topic of a fourth account; all of them see the trail, and so depend on each other.
        AccountEvidence Seeing(string id) =>
            TrailEvidence.Regions.Aggregate(RuleTester.NewEvidence(accountId: id), (e, region) => e.Set(EvidenceKinds.Trails, region, [trail]));
        var administrator = Seeing("333344445555").Deny(EvidenceKinds.TopicSubscriptions, topic);
        List<string> read = [], searched = [];
        var set = new EvidenceSet(
            id =>
            {
                read.Add(id);
                return Task.FromResult(id == "333344445555" ? administrator : id == Other ? Seeing(Other) : null);
            },
            bucket =>
            {
                searched.Add(bucket);
                return Task.FromResult<string?>("999900001111");
            });
        for (var i = 0; i < 3; i++)
        {
            var member = TrailEvidence.With(trail).Deny(EvidenceKinds.BucketAcl, "logs").Set(EvidenceKinds.Buckets, "logs", new Bucket(true, "us-east-1"));
            var collector = new EvidenceCollector(member, [], TestContext.Current.CancellationToken, set);
            var view = await collector.CompleteAsync([EvidenceKinds.Trails, EvidenceKinds.Buckets, EvidenceKinds.BucketAcl], "Rule x");
            Assert.Equal([true, true, false, false], new[] { Other, "333344445555", "666677778888", "777788889999" }.Select(a => view.OfAccount(a) is not null));
        }

        Assert.Equal(["222233334444", "333344445555", "666677778888", "777788889999", "999900001111"], read.Order());
        Assert.Equal(["logs"], searched);
    }

    [Fact]
    public async Task Nothing_is_read_for_an_account_that_depends_on_no_other()
    {
        var set = new EvidenceSet(id => throw new InvalidOperationException(id), bucket => throw new InvalidOperationException(bucket));
        var account = TrailEvidence.With(TrailEvidence.Trail()).Set(EvidenceKinds.Buckets, "logs", new Bucket(true, "us-east-1")).Set(EvidenceKinds.BucketAcl, "logs", new BucketAcl("c", []));
        var collector = new EvidenceCollector(account, [], TestContext.Current.CancellationToken, set);
        Assert.Null((await collector.CompleteAsync([EvidenceKinds.Trails, EvidenceKinds.BucketAcl], "Rule x")).OfAccount(Other));
    }

    [Fact]
    public void An_account_cannot_be_there_twice() =>
        Assert.Contains(Other, Assert.Throws<ArgumentException>(() => new EvidenceSet([Owner, Account, Owner])).Message, StringComparison.Ordinal);

    private static EvidenceView View(params AccountEvidence[] others) => View(new EvidenceSet(others));

    private static EvidenceView View(EvidenceSet others) =>
#pragma warning disable xUnit1031 // Evidence that was collected answers at once.
        new EvidenceCollector(Account, [], TestContext.Current.CancellationToken, others)
            .CompleteAsync([EvidenceKinds.PasswordPolicy, EvidenceKinds.Vpcs], "Rule x").GetAwaiter().GetResult();
#pragma warning restore xUnit1031
}
