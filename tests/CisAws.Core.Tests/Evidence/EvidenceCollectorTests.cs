using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Evidence;
using CisAws.Testing;

namespace CisAws.Core.Tests.Evidence;

[Trait("Risk", "Timing")]
public sealed class EvidenceCollectorTests
{
    [Fact]
    public async Task No_action_is_asked_twice_about_a_subject()
    {
        var source = new Listener(DemoAccount.Load());
        await new EvidenceCollector(source, [], TestContext.Current.CancellationToken).CollectAsync(EvidenceKinds.All, default);
        Assert.All(source.Asked.CountBy(a => a), asked => Assert.Equal(1, asked.Value));
        Assert.Equal(EvidenceKinds.All.Select(k => k.Actions[0]).Distinct().Order(), source.Asked.Select(a => a.Action).Distinct().Order());
    }

    [Fact]
    public void Kinds_that_share_a_call_say_so()
    {
        var shared = EvidenceKinds.All.Where(k => k.AnsweredBy != k).Select(k => (k.Name, By: k.AnsweredBy.Name));

        Assert.Equal(
            [
                ("cloudtrail.trailKey", "kms.key"), ("ec2.routePrefixLists", "ec2.securityGroupPrefixLists"), ("s3.listedBucketPolicy", "s3.bucketPolicy"),
                ("s3.listedBucketPublicAccessBlock", "s3.bucketPublicAccessBlock"),
            ],
            shared);
        Assert.All(EvidenceKinds.All.Where(k => k.AnsweredBy != k), k => Assert.Equal(k.Actions, k.AnsweredBy.Actions));

        Assert.Equal(EvidenceKinds.All.Count - 4, EvidenceKinds.All.Select(k => k.AnsweredBy).Distinct().Count());
    }

    [Theory]
    [InlineData(false, ReadFailureKind.NotSupported)]
    [InlineData(true, ReadFailureKind.ServiceError)]
    public async Task A_service_that_answers_another_call_in_the_region_is_offered_there(bool answersAnother, ReadFailureKind kind)
    {
        var account = DemoAccount.Load();
        var region = account.SubjectsOf(EvidenceKinds.SecurityGroups).First();
        foreach (var ec2 in EvidenceKinds.All.Where(k => k.Subject == EvidenceSubject.Region && k.Actions[0].StartsWith("ec2:", System.StringComparison.Ordinal)))
        {
            if (!answersAnother || ec2 != EvidenceKinds.Vpcs)
            {
                account.Set(ec2, region, ec2.Failed(new ReadFailure(ec2.Actions[0], region, "OptInRequired", ReadFailureKind.NotSupported, "Not subscribed.")));
            }
        }

        var read = await new EvidenceCollector(account, [], TestContext.Current.CancellationToken).CollectAsync(EvidenceKinds.All, default);

        Assert.Equal(kind, read.Get(EvidenceKinds.SecurityGroups, region).Failure!.Kind);
        Assert.Equal("OptInRequired", read.Get(EvidenceKinds.SecurityGroups, region).Failure!.ErrorCode);
    }

    [Fact]
    public async Task What_other_evidence_waits_for_is_read_first()
    {
        var source = new Listener(DemoAccount.Load());
        await new EvidenceCollector(source, [], TestContext.Current.CancellationToken).CollectAsync(EvidenceKinds.All, default);

        var order = source.Asked.Select(a => a.Action).ToList();
        Assert.Equal("ec2:DescribeRegions", order[0]);
        Assert.True(order.LastIndexOf("cloudtrail:DescribeTrails") < order.IndexOf("ec2:DescribeSecurityGroups"));
        Assert.True(order.LastIndexOf("kms:ListKeys") < order.IndexOf("ec2:DescribeSecurityGroups"));
        Assert.True(order.LastIndexOf("ec2:DescribeSecurityGroups") < order.IndexOf("ec2:DescribeFlowLogs"));
    }

    [Fact]
    public async Task The_longest_chain_names_the_calls_that_needed_each_other()
    {
        var collector = new EvidenceCollector(new Listener(DemoAccount.Load()), [], TestContext.Current.CancellationToken);
        Assert.Empty(collector.LongestChain());

        await collector.CollectAsync([EvidenceKinds.BucketAcl], default);

        Assert.Equal(["ec2:DescribeRegions", "cloudtrail:DescribeTrails", "s3:ListBucket", "s3:GetBucketAcl"], collector.LongestChain().Select(r => r.Action));
        Assert.Equal("us-east-1", collector.LongestChain()[0].Region);
    }

    private sealed class Listener(AccountEvidence account) : IEvidenceReader
    {
        public ConcurrentQueue<(string Action, string Subject)> Asked { get; } = new();

        public AccountIdentity Account => account.Account;

        public Task<Observation<T>> ReadAsync<T>(EvidenceKind<T> kind, string subject, CancellationToken cancellationToken)
        {
            Asked.Enqueue((kind.Actions[0], subject));
            return account.ReadAsync(kind, subject, cancellationToken);
        }
    }
}
