using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CisAws.Emulator.Accounts;
using CisAws.Emulator.Tests.AwsClients;
using CisAws.Evidence;
using CisAws.Testing;

namespace CisAws.Emulator.Tests;

/// <summary>The organization that accounts are in, as a file describes it and AWS's own clients list it.</summary>
public sealed class OrganizationTests : IDisposable
{
    private const string Organization =
        """
        {
          "managementAccountId": "444455556666",
          "root": {
            "id": "r-ab12", "name": "Root",
            "accounts": [{ "id": "444455556666", "name": "management", "state": "ACTIVE", "tags": {} }],
            "units": [
              {
                "id": "ou-ab12-11111111", "name": "Workloads",
                "accounts": [
                  { "id": "111122223333", "name": "web", "state": "ACTIVE", "tags": { "Environment": "prod", "Empty": "" } },
                  { "id": "222233334444", "name": "old", "state": "SUSPENDED", "tags": {} },
                  { "id": "333344445555", "name": "new", "state": "PENDING_ACTIVATION", "tags": {} }
                ],
                "units": [{ "id": "ou-ab12-22222222", "name": "Empty", "accounts": [], "units": [] }]
              },
              { "id": "ou-ab12-33333333", "name": "Security", "accounts": [], "units": [] }
            ]
          }
        }
        """;

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("boto3", null)]
    [InlineData("boto3", 1)]
    [InlineData("cli", 2)]
    public async Task The_clients_of_AWS_list_it_as_the_file_has_it(string client, int? pageSize)
    {
        await File.WriteAllTextAsync(_file, Organization, TestContext.Current.CancellationToken);
        await using var server = await StartAsync("444455556666", EmulatedOrganization.Load(_file), pageSize);

        var printed = await AwsClientProcess.RunAsync(server, "organization.py", client, server.Url.ToString(), "us-east-1");

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Organization), JsonNode.Parse(printed)), printed);
    }

    [Theory]
    [InlineData("111122223333", false)]
    [InlineData("444455556666", true)]
    [InlineData("555566667777", true)]
    public async Task Only_the_management_account_and_delegated_administrators_can_list_it(string caller, bool canList)
    {
        var organization = new EmulatedOrganization("444455556666", new("r-ab12", "Root")) { DelegatedAdministrators = ["555566667777"] };
        await using var server = await StartAsync(caller, organization);

        var call = AwsClientProcess.RunAsync(server, "organization.py", "boto3", server.Url.ToString(), "us-east-1");

        if (canList)
        {
            Assert.Equal("r-ab12", (string?)JsonNode.Parse(await call)!["root"]!["id"]);
        }
        else
        {
            Assert.Contains("AccessDeniedException", (await Assert.ThrowsAnyAsync<Exception>(() => call)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{ \"root\": { \"id\": \"r\", \"name\": \"Root\" } }")]
    [InlineData("{ \"managementAccountId\": \"1\", \"root\": { \"id\": \"r\", \"name\": \"Root\", \"account\": [] } }")]
    public void A_file_that_is_not_an_organization_is_refused_with_its_path(string text)
    {
        File.WriteAllText(_file, text);
        Assert.StartsWith($"{_file} does not contain an organization: ", Assert.Throws<InvalidDataException>(() => EmulatedOrganization.Load(_file)).Message, StringComparison.Ordinal);
    }

    private static Task<EmulatorServer> StartAsync(string caller, EmulatedOrganization organization, int? pageSize = null) => EmulatorServer.StartAsync(
        TestAccount.Create(caller).Set(EvidenceKinds.Organization, "", new Organization("o-ab12cd34ef", organization.ManagementAccountId)),
        new EmulatorOptions { Organization = organization, PageSize = pageSize },
        TestContext.Current.CancellationToken);
}
