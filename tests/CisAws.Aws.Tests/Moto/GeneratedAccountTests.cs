using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Testing;

namespace CisAws.Aws.Tests.Moto;

/// <summary>
/// Accounts that are not ours, in a server that is not ours: build_account.py makes them with boto3 and predicts their
/// verdicts by its own logic.
/// </summary>
[Collection(nameof(MotoServer))]
public sealed class GeneratedAccountTests(MotoServer moto)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds => [.. LongTests.Wanted ? [2, 4, 5, 7, 9, 13, 25, 26] : (int[])[2, 9]];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Verdicts_are_those_that_the_maker_of_the_account_predicts(int seed)
    {
        var account = await GeneratedAccount.BuildAsync(moto, seed, Cancel);

        var assessed = await Assessed.AtAsync(moto.Url, account.AssessAt, Cancel);

        Assert.Equal(49, assessed.Results.Count);
        Assert.Equal(
            assessed.Results.Select(r => r.ControlId.ToString()).Order(StringComparer.Ordinal),
            account.Predictions.Select(p => p.Control).Concat(account.LeftOut.Select(p => p.Control)).Order(StringComparer.Ordinal));
        var disagreements = account.Predictions.SelectMany(p => Disagreements(p, assessed[p.Control])).ToList();
        Assert.True(disagreements.Count == 0, $"Seed {seed}:\n{string.Join("\n", disagreements)}");
    }

    private static IEnumerable<string> Disagreements(GeneratedAccount.Prediction predicted, CisResult actual)
    {
        if (!string.Equals(actual.Status.ToString(), predicted.Status, StringComparison.Ordinal))
        {
            yield return $"{predicted.Control}: predicted {predicted.Status} because {predicted.Because}; is {actual.Status}: {actual.Reason}";
        }

        var failing = actual.Findings.Where(f => f.Status == CisStatus.Fail).Select(f => f.ResourceArn).Distinct().Order(StringComparer.Ordinal).ToList();
        if (predicted.Failing is not null && !failing.SequenceEqual(predicted.Failing, StringComparer.Ordinal))
        {
            yield return $"{predicted.Control}: predicted to fail: [{string.Join(", ", predicted.Failing)}]; fail: [{string.Join(", ", failing)}]: {actual.Reason}";
        }
    }
}
