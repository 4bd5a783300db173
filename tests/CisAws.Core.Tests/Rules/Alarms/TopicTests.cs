using CisAws.Evidence;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Alarms;

/// <summary>Topics that CloudWatch cannot publish to, which is a warning: the benchmark asks for a subscription only.</summary>
public sealed class TopicTests
{
    [Theory]
    [InlineData("alias/aws/sns", true)]
    [InlineData("arn:aws:kms:us-east-1:111122223333:alias/aws/sns", true)]
    [InlineData(null, false)]
    [InlineData("alias/alarms", false)]
    [InlineData("alias/aws/sns-2", false)]
    [InlineData("arn:aws:kms:us-east-1:111122223333:key/0b6dd0a8-45e2-4a3c-9d0b-5f6f6e4b8a3e", false)]
    public void The_AWS_managed_key_keeps_CloudWatch_from_publishing(string? key, bool warned) =>
        AssertWarned(warned, "encrypted with alias/aws/sns", new MonitoredAccount("3.5").Topic(new TopicAttributes(MonitoredAccount.DefaultTopicPolicy, key)).Assessed());

    // What a statement says besides, and whether CloudWatch may publish then.
    [Theory]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"sns:Publish"}""", true)]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"SNS:Publish","Condition":{"StringEquals":{"AWS:SourceOwner":"111122223333"}}}""", true)]
    [InlineData("""{"Effect":"Allow","Principal":{"Service":"cloudwatch.amazonaws.com"},"Action":"sns:Publish"}""", true)]
    [InlineData("""{"Effect":"Allow","Principal":{"Service":["events.amazonaws.com","cloudwatch.amazonaws.com"]},"Action":["sns:Subscribe","sns:Publish"]}""", true)]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sns:*"}""", true)]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sns:Pub*"}""", true)]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"*"}""", true)]
    [InlineData("""{"Effect":"Allow","Principal":"*","NotAction":"sns:DeleteTopic"}""", true)]
    [InlineData("""{"Effect":"Allow","NotPrincipal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":"sns:Publish"}""", true)]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"sns:Publish"},{"Effect":"Deny","Principal":"*","Action":"sns:Publish","Condition":{"Bool":{"aws:SecureTransport":"false"}}}""", true)]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"sns:Publish"},{"Effect":"Deny","Principal":{"AWS":"arn:aws:iam::111122223333:user/a"},"Action":"sns:*"}""", true)]
    [InlineData("""{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sns:Publish"}""", false)]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/a"},"Action":"sns:Publish"}""", false)]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"sns:Publish"}""", false)]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"sns:Subscribe"}""", false)]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":[null]},"Action":"sns:Publish"}""", false)]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":[null,"sns:Publish"]}""", true)]
    [InlineData("""{"Effect":"Allow","Principal":"*","NotAction":["sns:Publish"]}""", false)]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"sns:Publish"}""", false)]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"sns:Publish"},{"Effect":"Deny","Principal":{"Service":"cloudwatch.amazonaws.com"},"Action":"sns:*"}""", false)]
    [InlineData("", false)]
    public void A_policy_that_allows_CloudWatch_nothing_is_warned_of(string statements, bool allowed) => AssertWarned(
        !allowed, "policy that does not allow it",
        new MonitoredAccount("3.5").Topic(new TopicAttributes($$"""{"Version":"2012-10-17","Statement":[{{statements}}]}""")).Assessed());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not JSON")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"Statement":[{"Principal":"*","Action":"sns:Publish"}]}""")]
    [InlineData("""{"Statement":["Allow"]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":{"AWS":[5]},"Action":"sns:Publish"}]}""")]
    public void A_policy_that_is_not_one_is_not_warned_of(string? policy) =>
        AssertWarned(false, "", new MonitoredAccount("3.5").Topic(new TopicAttributes(policy)).Assessed());

    [Fact]
    public void A_policy_with_half_of_a_surrogate_pair_is_not_one()
    {
        const string Policy = """{"Statement":[{"Effect":"Allow","Principal":"*","Action":"?"}]}""";
        AssertWarned(false, "", new MonitoredAccount("3.5").Topic(new TopicAttributes(Policy.Replace('?', '\ud800'))).Assessed());
    }

    /// <summary>As a regular expression, stars in a row would be tried in so many combinations that the test never ends.</summary>
    [Fact]
    public void Stars_in_a_row_are_as_one()
    {
        var action = new string('*', 10_000);
        AssertWarned(true, "policy that does not allow it", TopicWith(action + "x").Assessed());
        AssertWarned(false, "", TopicWith(action).Assessed());

        static MonitoredAccount TopicWith(string action) => new MonitoredAccount("3.5").Topic(
            new TopicAttributes($$"""{"Statement":[{"Effect":"Allow","Principal":"*","Action":"{{action}}"}]}"""));
    }

    [Fact]
    public void Without_the_attributes_of_the_topic_the_verdict_stands_and_is_complete()
    {
        var result = new MonitoredAccount("3.5").Deny(EvidenceKinds.TopicAttributes, MonitoredAccount.TopicArn).Assessed();
        AssertWarned(false, "", result);
        Assert.False(result.Incomplete);
        Assert.Empty(result.ReadFailures);
    }

    [Fact]
    public void A_topic_that_delivers_is_preferred_to_one_that_does_not()
    {
        var result = new MonitoredAccount("3.5")
            .Topic(new TopicAttributes(MonitoredAccount.DefaultTopicPolicy, "alias/aws/sns"))
            .Alarm(a => a with { AlarmActions = [MonitoredAccount.TopicArn, MonitoredAccount.OtherTopicArn] })
            .And(e => e
                .Set(EvidenceKinds.TopicSubscriptions, MonitoredAccount.OtherTopicArn, [new Subscription($"{MonitoredAccount.OtherTopicArn}:1", "https", "444455556666")])
                .Deny(EvidenceKinds.TopicAttributes, MonitoredAccount.OtherTopicArn))
            .Assessed();
        AssertWarned(false, "", result);
        Assert.Contains("topic central of account 444455556666", result.Reason);
    }

    private static void AssertWarned(bool warned, string because, CisResult result)
    {
        Assert.Equal(CisStatus.Pass, result.Status);
        if (!warned)
        {
            Assert.Empty(result.Findings[0].Warnings);
            return;
        }

        var warning = Assert.Single(result.Findings[0].Warnings);
        Assert.StartsWith("CloudWatch cannot publish to this topic: security ", warning);
        Assert.Contains(because, warning);
    }
}
