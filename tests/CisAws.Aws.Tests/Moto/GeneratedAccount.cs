using System;
using System.IO;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Testing;

namespace CisAws.Aws.Tests.Moto;

/// <summary>An account that build_account.py made, and what it predicts.</summary>
/// <param name="AssessAt">When to assess it: moto cannot make old things, so the assessment's clock runs ahead.</param>
/// <param name="Predictions">The verdicts it deserves.</param>
/// <param name="LeftOut">The controls that moto is not faithful enough for.</param>
internal sealed record GeneratedAccount(DateTimeOffset AssessAt, GeneratedAccount.Prediction[] Predictions, GeneratedAccount.NoPrediction[] LeftOut)
{
    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);

    /// <summary>Builds the account of a seed in an empty server.</summary>
    public static async Task<GeneratedAccount> BuildAsync(MotoServer moto, int seed, CancellationToken cancellationToken)
    {
        await moto.ResetAsync(cancellationToken, managedPolicies: true);
        var script = Path.Combine(AppContext.BaseDirectory, "Moto", "build_account.py");
        var said = await AwsCli.RunAsync(
            "python3", [script, "--seed", $"{seed}", "--endpoint", moto.Url, "--regions", string.Join(',', Assessed.Regions)]);
        Assert.True(said.ExitCode == 0, said.Error);
        return JsonSerializer.Deserialize<GeneratedAccount>(said.Output, CamelCase)!;
    }

    /// <param name="Control">The control.</param>
    /// <param name="Status">The verdict.</param>
    /// <param name="Because">What in the account leads to it.</param>
    /// <param name="Failing">The ARNs of what fails, in order; null for a control about the account as a whole.</param>
    internal sealed record Prediction(string Control, string Status, string Because, string[]? Failing);

    /// <param name="Control">The control.</param>
    /// <param name="Because">What moto gets wrong.</param>
    internal sealed record NoPrediction(string Control, string Because);
}
