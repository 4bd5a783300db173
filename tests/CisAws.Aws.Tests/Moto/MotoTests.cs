using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Connections;
using CisAws.Evidence;

namespace CisAws.Aws.Tests.Moto;

/// <summary>The whole road, against an endpoint that is not ours. Needs moto_server.</summary>
[Collection(nameof(MotoServer))]
public sealed class MotoTests(MotoServer moto)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_is_read()
    {
        await moto.ResetAsync(Cancel);
        using var connection = await ConnectAsync();

        Assert.Equal("123456789012", connection.Account.AccountId);
        Assert.Equal("aws", connection.Account.Partition);
        Assert.Null(await KnownAsync(connection, Kinds.PasswordPolicy));
        Assert.Contains((await KnownAsync(connection, Kinds.Regions)), r => r is { Name: "eu-west-1", IsEnabled: true });
        Assert.Contains((await KnownAsync(connection, Kinds.SecurityGroups, "eu-west-1")), g => g.Name == "default");
        Assert.Empty(await KnownAsync(connection, Kinds.Trails, "eu-west-1"));
        Assert.Equal(5, connection.CallCount);
    }

    private async Task<IAccountConnection> ConnectAsync() => await new AwsDoor().ConnectAsync(Assessed.Options(moto.Url), Cancel);

    private static async Task<T> KnownAsync<T>(IAccountConnection connection, EvidenceKind<T> kind, string subject = "")
    {
        var fact = await connection.ReadAsync(kind, subject, Cancel);
        return fact.Match(v => v, why => throw new InvalidOperationException($"{why} {why.Message}"));
    }
}
