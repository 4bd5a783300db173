using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Rules;

namespace CisAws.Aws.Tests.Moto;

/// <summary>An account made by hand with the AWS CLI: make_account.sh. What every control should say of it is written here.</summary>
[Collection(nameof(MotoServer))]
public sealed class HandMadeAccountTests(MotoServer moto)
{
    private const string Verdicts = """
        1.1 Unknown    no root row in moto's credential report
        1.2 Fail       admin has a password and no MFA
        1.3 Pass       everything is new
        1.4 Pass
        1.5 Fail
        1.6 Fail
        1.7 Pass       --require-symbols
        1.8 Fail
        1.9 Pass       --minimum-password-length 14
        1.10 Fail
        1.11 Fail
        1.12 Pass      no root row either, but the account's summary counts no root key
        1.13 Unknown   neither AccountPasswordPresent nor a root row
        1.14 Unknown   the same
        1.15 Manual
        1.16 Fail      admin's inline policy
        1.17 Manual    and moto has no GetContactInformation
        1.18 Fail
        1.19 NotApplicable
        1.20 Fail
        1.21 Fail      admin's key was made with the user
        1.22 Fail      everything, though nobody has it
        2.1 Pass       first-day
        2.2 Fail
        2.3 Pass       private, without a policy
        2.4 Fail       no log group
        2.5 Fail
        2.6 Fail
        2.7 Fail
        2.8 Fail       first key
        2.9 Fail       the default VPCs
        3.1 Fail
        3.2 Fail
        3.3 Fail
        3.4 Fail
        3.5 Fail
        3.6 Fail
        3.7 Fail
        3.8 Fail
        3.9 Fail
        3.10 Fail
        3.11 Fail
        3.12 Fail
        3.13 Fail
        3.14 Fail
        4.1 Fail       ssh in us-east-1
        4.2 Fail       default in eu-west-1: 3000-4000 holds 3389
        4.3 Fail
        4.4 NotApplicable
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_made_with_the_aws_cli_gets_the_verdicts_it_deserves()
    {
        await moto.ResetAsync(Cancel);
        await moto.ShellAsync(Path.Combine(AppContext.BaseDirectory, "Moto", "make_account.sh"));

        var assessed = await Assessed.AtAsync(moto.Url, DateTimeOffset.UtcNow, Cancel);

        var deserved = Verdicts.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2))).ToList();
        Assert.Equal(49, assessed.Results.Count);
        Assert.Empty(assessed.Results.Where(r => !deserved.Contains($"{r.ControlId} {r.Status}")).Select(r => r.ToString()));
        Assert.Equal("Owner=ann", TagsOfFailed("1.16"));
        Assert.Equal("Name=ssh; Owner=ann", TagsOfFailed("4.1"));
        Assert.Equal("", TagsOfFailed("4.2"));

        string? TagsOfFailed(string controlId) => assessed[controlId].Findings.Single(f => f.Status == CisStatus.Fail).Tags?.ToString();
    }
}
