using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CisAws.Emulator;
using CisAws.Emulator.Accounts;
using CisAws.Evidence;
using CisAws.PowerShell.Tests.Connections;
using CisAws.Shell;
using CisAws.Testing;

namespace CisAws.PowerShell.Tests.Examples;

/// <summary>
/// The state machine of the example, from its file to the reports: its tasks are run by the entry point of the container image, with the real module,
/// against emulated accounts.
/// </summary>
[Collection(nameof(AwsEnvironment))]
public sealed class StepFunctionsTests : IDisposable
{
    private const string Region = "eu-west-1";

    private readonly DirectoryInfo _store = Directory.CreateTempSubdirectory("store [1] ");

    private readonly AwsEnvironment _environment = new();

    // The scripts find the module by its name, as where it is installed.
    public StepFunctionsTests() => _environment.Set("PSModulePath", Path.GetDirectoryName(ModuleLocation.Find()));

    public void Dispose()
    {
        _environment.Dispose();
        _store.Delete(recursive: true);
    }

    /// <summary>More accounts fail than are tolerated: the map fails, and a redrive collects what is missing and nothing else.</summary>
    [Fact]
    public async Task A_redrive_collects_the_accounts_that_failed_and_evaluates_all()
    {
        var (count, failing, tolerated) = LongTests.Wanted ? (300, 10, 3) : (12, 2, 10);
        await using var broken = await World.StartAsync(count, failing);
        await using var repaired = await World.StartAsync(count, failing: 0);
        var world = broken;
        var execution = Execution(tolerated, payload => world.Runtime.InvokeAsync(payload));

        await execution.RunAsync();
        Assert.Equal(("FAILED", "States.ExceedToleratedFailureThreshold"), (execution.Status, execution.Error));
        Assert.Equal(["ListAccounts", "CollectEvidence"], execution.Entered);
        Assert.InRange(execution.Items!.Count(i => i == "FAILED"), (count * tolerated / 100) + 1, failing);
        Assert.False(Directory.Exists(Path.Combine(_store.FullName, "reports")));
        var collected = Evidence();

        world = repaired;
        execution.Entered.Clear();
        var open = execution.Items!.Count(i => i != "SUCCEEDED");
        await execution.RunAsync();
        Assert.Equal(("SUCCEEDED", ""), (execution.Status, execution.Error));
        Assert.Equal(["CollectEvidence", "EvaluateEvidence", "AllCollected", "Complete"], execution.Entered);
        Assert.Equal(open, repaired.Runtime.Invoked.Count(i => i["Task"]!.GetValue<string>() == "Invoke-CisWorkItem"));
        // What was there is as it was, and each account has one file.
        Assert.Empty(collected.Except(Evidence()));
        Assert.Equal(count, Evidence().Count);
        Assert.Equal((count, 0), (execution.Output!["Accounts"]!.GetValue<int>(), execution.Output["NotCollected"]!.GetValue<int>()));
        Assert.Empty(Results("AccountUnreachable"));
    }

    /// <summary>Fewer fail: the others are evaluated, the reports show those that failed, and so does the status of the execution.</summary>
    [Fact]
    public async Task Accounts_that_failed_are_Unknown_in_the_reports_and_the_execution_fails()
    {
        await using var world = await World.StartAsync(4, failing: 1);
        var execution = Execution(25, world.Runtime.InvokeAsync);
        await execution.RunAsync();
        Assert.Equal(("FAILED", "AccountsNotCollected"), (execution.Status, execution.Error));
        Assert.Equal(["ListAccounts", "CollectEvidence", "EvaluateEvidence", "AllCollected", "AccountsNotCollected"], execution.Entered);
        Assert.Equal(["200000000003"], execution.Output!["NotCollectedAccount"]!.AsArray().Select(a => a!.GetValue<string>()));
        Assert.Equal((4, 1), (execution.Output["Accounts"]!.GetValue<int>(), execution.Output["NotCollected"]!.GetValue<int>()));
        Assert.Equal(49, Results("AccountUnreachable").Count(r => r.Contains("200000000003", StringComparison.Ordinal) && r.Contains("Unknown", StringComparison.Ordinal)));
        Assert.Equal(49, Results("").Count(r => r.Contains("200000000003", StringComparison.Ordinal)));
        Assert.Equal(5, File.ReadLines(Assert.Single(Directory.GetFiles(_store.FullName, "accounts.csv", SearchOption.AllDirectories))).Count());
        // Three accounts at the first attempt, and three attempts of the other one.
        Assert.Equal(3 + 3, world.Runtime.Invoked.Count(i => i["Task"]!.GetValue<string>() == "Invoke-CisWorkItem"));
    }

    /// <summary>The files of evidence, with their content.</summary>
    private List<(string Name, string Content)> Evidence() => Directory.GetFiles(_store.FullName, "*.cisevidence", SearchOption.AllDirectories)
        .Select(f => (Path.GetRelativePath(_store.FullName, f), Convert.ToBase64String(File.ReadAllBytes(f)))).ToList();

    /// <summary>The lines of the report that contain a text.</summary>
    private List<string> Results(string text) => File.ReadLines(Assert.Single(Directory.GetFiles(_store.FullName, "results.csv", SearchOption.AllDirectories)))
        .Where(l => l.Contains(text, StringComparison.Ordinal)).ToList();

    private StateMachine Execution(int toleratedFailurePercentage, Func<JsonNode, Task<JsonNode?>> invoke)
    {
        var text = File.ReadAllText(Repository.PathOf("examples/StepFunctions/state-machine.asl.json"));
        var substitutions = new Dictionary<string, string>
        {
            ["Partition"] = "aws",
            ["ListFunctionArn"] = "list",
            ["CollectFunctionArn"] = "collect",
            ["EvaluateFunctionArn"] = "evaluate",
            ["Store"] = _store.FullName,
            ["Bucket"] = "bucket",
            ["RoleName"] = "CisAuditor",
            ["ExternalId"] = "norrvik-cis",
            ["Region"] = Region,
        };
        foreach (var (name, value) in substitutions)
        {
            text = text.Replace($"${{{name}}}", value.Replace("\\", "\\\\", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        foreach (var empty in new[] { "OrganizationalUnit", "Exclude", "Program" })
        {
            text = text.Replace($"${{{empty}}}", "", StringComparison.Ordinal);
        }

        Assert.DoesNotContain("${", text, StringComparison.Ordinal);
        var definition = JsonNode.Parse(text)!.AsObject();
        definition["States"]!["CollectEvidence"]!["ToleratedFailurePercentage"] = (double)toleratedFailurePercentage;
        return new StateMachine(definition, (_, payload) => invoke(payload), (folder, name) => File.ReadAllText(Path.Combine(folder, name)));
    }

    /// <summary>An organization, and a Lambda that reaches it.</summary>
    private sealed class World(EmulatorServer server, LambdaRuntime runtime) : IAsyncDisposable
    {
        private static readonly string Demo = File.ReadAllText(Path.Combine(ModuleLocation.Find(), "demo", "account.json"));

        private static readonly ConcurrentDictionary<string, AccountEvidence> Accounts = new();

        public EmulatorServer Server { get; } = server;

        public LambdaRuntime Runtime { get; } = runtime;

        /// <param name="count">The accounts of the organization.</param>
        /// <param name="failing">How many of them have no role: the last ones.</param>
        public static async Task<World> StartAsync(int count, int failing)
        {
            var ids = Enumerable.Range(0, count).Select(n => (200_000_000_000 + n).ToString(CultureInfo.InvariantCulture)).ToList();
            var server = await EmulatorServer.StartAsync(ids.Take(count - failing).Select(AccountOf).ToList(), new EmulatorOptions
            {
                Organization = new(ids[0], new("r-n0rr", "Root") { Accounts = [.. ids.Select(id => new EmulatedMember(id, $"account-{id}"))] }),
            });
            var runtime = await LambdaRuntime.StartAsync(
                4,
                "$account.Keys | ForEach-Object { $PSDefaultParameterValues[\"*-Cis*:$_\"] = $account[$_] }",
                DemoServer.Account(server));
            return new World(server, runtime);
        }

        private static AccountEvidence AccountOf(string id) => Accounts.GetOrAdd(
            id, static id => AccountEvidence.FromJson(Demo.Replace(DemoOrganization.Account, id, StringComparison.Ordinal), DateTimeOffset.UtcNow));

        public async ValueTask DisposeAsync()
        {
            await Runtime.DisposeAsync();
            await Server.DisposeAsync();
        }
    }
}
