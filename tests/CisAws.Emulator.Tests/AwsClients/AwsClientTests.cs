using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CisAws.Emulator.Services;
using CisAws.Evidence;
using CisAws.Testing;

namespace CisAws.Emulator.Tests.AwsClients;

/// <summary>AWS's own clients read what is served, and it is what the account holds.</summary>
public sealed class AwsClientTests
{
    [Theory]
    [InlineData(1, null)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, null)]
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    [InlineData(7, 3)]
    public async Task Boto3_reads_any_account_whatever_the_size_of_a_page(uint number, int? pageSize)
    {
        var account = GeneratedAccounts.Any(number);
        await using var server = await StartAsync(account, pageSize);
        await AssertReadsAsync(server, account, "boto3");
    }

    [Theory]
    [InlineData("boto3", null)]
    [InlineData("boto3", 1)]
    public async Task Every_operation_is_read(string client, int? pageSize) => await AssertReadsAllAsync(client, pageSize);

    // The AWS CLI starts anew for each call. In short runs it is the scripts for moto that it takes.
    [Fact]
    public async Task Every_operation_is_read_by_the_AWS_CLI()
    {
        LongTests.Require();
        await AssertReadsAllAsync("cli", 2);
    }

    [Theory]
    [InlineData("query", "virtual")]
    [InlineData("json", "path")]
    [InlineData("smithy-rpc-v2-cbor", "virtual")]
    public async Task Older_and_newer_protocols_and_addresses_tell_the_same(string cloudWatch, string s3)
    {
        var account = GeneratedAccounts.OfEveryKind;
        await using var server = await StartAsync(account, pageSize: 2);
        await AssertReadsAsync(server, account, "boto3", "--cloudwatch", cloudWatch, "--s3", s3);
    }

    [Theory]
    [InlineData("boto3")]
    [InlineData("cli")]
    public async Task A_role_of_another_account_is_assumed_and_its_session_accepted(string client)
    {
        await using var server = await EmulatorServer.StartAsync(
            [TestAccount.Create(), TestAccount.Create("444455556666").WithRole("Auditor", externalId: "a+b %2B")], ct: TestContext.Current.CancellationToken);
        var printed = await AwsClientProcess.RunAsync(
            server, "assume.py", client, server.Url.ToString(), "us-east-1", "arn:aws:iam::444455556666:role/Auditor", "a+b %2B");
        var answer = JsonNode.Parse(printed)!;
        Assert.Equal("arn:aws:sts::444455556666:assumed-role/Auditor/test", (string?)answer["assumed"]);
        Assert.Equal("arn:aws:sts::444455556666:assumed-role/Auditor/test", (string?)answer["caller"]);
        Assert.Equal("444455556666", (string?)answer["account"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    public async Task Objects_are_put_into_a_bucket_listed_and_read(int? pageSize)
    {
        await using var server = await StartAsync(TestAccount.Create().WithBucket("evidence", "us-east-1"), pageSize);
        Assert.Equal(
            """{"puts": ["OK", "OK", "OK", "PreconditionFailed", "OK"], "gets": ["three", "two", "NoSuchKey", "PreconditionFailed"], "listed": [["a/1", 3], ["a/b c+\u00fc", 3]]}""",
            await AwsClientProcess.RunAsync(server, "objects.py", server.Url.ToString(), "us-east-1", "evidence"));
    }

    /// <summary>What is newer replaces, what is older does not; what a customer has set stays; a finding of another account is refused.</summary>
    [Theory]
    [InlineData("boto3", 1)]
    [InlineData("boto3", null)]
    [InlineData("cli", null)]
    public async Task Findings_are_imported_into_Security_Hub_read_and_suppressed(string client, int? pageSize)
    {
        var account = TestAccount.Create().Set(EvidenceKinds.SecurityHub, "us-east-1", new SecurityHub("arn:hub")).Set(EvidenceKinds.SecurityHub, "eu-west-1", null);
        await using var server = await StartAsync(account, pageSize);
        Assert.Equal(
            """{"imports": [[2, ["c"]], [2, []]], "all": [["a at 2", "SUPPRESSED"], ["b at 1", "NEW"]], "b": [["b at 1", "NEW"]], "elsewhere": "InvalidAccessException"}""",
            await AwsClientProcess.RunAsync(server, "findings.py", client, server.Url.ToString(), "us-east-1", account.Account.AccountId));
    }

    private static async Task AssertReadsAllAsync(string client, int? pageSize)
    {
        var account = GeneratedAccounts.OfEveryKind;
        await using var server = await StartAsync(account, pageSize);
        await AssertReadsAsync(server, account, client);
        Assert.Equal(
            // The roles, the organization, objects and findings have tests of their own.
            ServiceCatalog.All.SelectMany(s => s).Where(o => o.Action is not ("sts:AssumeRole" or "s3:GetObject" or "s3:PutObject") && !o.Action.EndsWith("Findings", System.StringComparison.Ordinal) && !o.Action.StartsWith("organizations:List", System.StringComparison.Ordinal)).Select(o => (o.Action, o.Name)).Order(),
            server.Requests.Select(r => (r.Action, r.Operation)).Distinct().Order());
    }

    private static Task<EmulatorServer> StartAsync(AccountEvidence account, int? pageSize) =>
        EmulatorServer.StartAsync(account, new EmulatorOptions { PageSize = pageSize }, TestContext.Current.CancellationToken);

    private static async Task AssertReadsAsync(EmulatorServer server, AccountEvidence account, string client, params string[] options)
    {
        var printed = await AwsClientProcess.RunAsync(
            server, "collect.py", [client, server.Url.ToString(), GeneratedAccounts.HomeRegion(account), .. options]);
        var read = AccountEvidence.FromJson(printed);
        // The CLI prints policy documents parsed, so that their white space is lost.
        var differences = client == "cli" ? EvidenceComparer.Differences(Compact(account), Compact(read)) : EvidenceComparer.Differences(account, read);
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static AccountEvidence Compact(AccountEvidence account)
    {
        var root = JsonNode.Parse(account.ToJson())!;
        Compact(root);
        return AccountEvidence.FromJson(root.ToJsonString());
    }

    private static void Compact(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var element in array)
            {
                Compact(element);
            }
        }
        else if (node is JsonObject members)
        {
            foreach (var (name, value) in members.ToList())
            {
                if (name is "document" or "assumeRolePolicyDocument")
                {
                    members[name] = JsonNode.Parse((string)value!)!.ToJsonString();
                }

                Compact(value);
            }
        }
    }
}
