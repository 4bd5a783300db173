using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Connections;

namespace CisAws.Aws.Tests.Moto;

/// <summary>Security Hub, of moto and of prepared answers for what moto does not have.</summary>
[Collection(nameof(MotoServer))]
public sealed class SecurityHubTests(MotoServer moto)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Findings_are_imported_and_returned_by_moto()
    {
        await moto.ResetAsync(Cancel);
        using var connection = await TestTimeouts.Connector.ConnectAsync(Assessed.Options(moto.Url), Cancel);
        var hub = connection.SecurityHub(null);
        Assert.Equal("us-east-1", hub.Region);
        Assert.Empty(await hub.GetFindingsAsync("cisaws/", Cancel));

        var refused = await hub.ImportFindingsAsync([.. Enumerable.Range(0, 99).Select(n => Finding($"f-{n}")), Finding("bad", resources: "[]")], Cancel);
        Assert.Equal("bad", Assert.Single(refused).Id);
        Assert.Empty(await hub.ImportFindingsAsync([Finding("f-99"), Finding("f-100"), Finding("f-0", title: "Again")], Cancel));
        // More than a page of 100.
        var findings = await hub.GetFindingsAsync("cisaws/", Cancel);
        Assert.Equal(101, findings.Count);
        Assert.Equal("Again", findings.Single(f => f.GetProperty("Id").GetString() == "f-0").GetProperty("Title").GetString());
        Assert.Empty(await connection.SecurityHub("eu-west-1").GetFindingsAsync("cisaws/", Cancel));
    }

    [Fact]
    public async Task The_workflow_status_is_set_as_the_API_reference_says()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("PATCH /findings/batchupdate", CannedAnswer.Json(
            """{"ProcessedFindings":[],"UnprocessedFindings":[{"FindingIdentifier":{"Id":"b","ProductArn":"arn:p"},"ErrorCode":"FindingNotFound","ErrorMessage":"Gone."}]}"""));
        aws.On("GetCallerIdentity", CannedAnswer.Identity);
        using var connection = await TestTimeouts.Connector.ConnectAsync(Assessed.Options(aws.Url), Cancel);
        var refused = await connection.SecurityHub("eu-west-1").SetWorkflowStatusAsync(["a", "b"], "arn:p", "SUPPRESSED", "Accepted.", Cancel);
        Assert.Equal(new RefusedFinding("b", "FindingNotFound", "Gone."), Assert.Single(refused));
        var request = aws.Requests.Single(r => r.Operation.Contains("batchupdate", System.StringComparison.Ordinal));
        Assert.Equal("eu-west-1/securityhub", request.SignedFor);
        Assert.Equal(
            """{"FindingIdentifiers":[{"Id":"a","ProductArn":"arn:p"},{"Id":"b","ProductArn":"arn:p"}],"Workflow":{"Status":"SUPPRESSED"},"Note":{"Text":"Accepted.","UpdatedBy":"CisAws"}}""",
            request.Body);
    }

    [Fact]
    public async Task A_call_that_fails_names_the_action()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("POST /findings", CannedAnswer.JsonError("AccessDeniedException", 403, "User is not authorized to perform: securityhub:GetFindings"));
        aws.On("GetCallerIdentity", CannedAnswer.Identity);
        using var connection = await TestTimeouts.Connector.ConnectAsync(Assessed.Options(aws.Url), Cancel);
        var failed = await Assert.ThrowsAsync<CallException>(() => connection.SecurityHub("eu-west-1").GetFindingsAsync("cisaws/", Cancel));
        Assert.Equal("securityhub:GetFindings", failed.Why.Action);
        Assert.Equal("eu-west-1", failed.Why.Region);
        Assert.True(failed.Why.IsDenial);
    }

    private static JsonElement Finding(string id, string title = "T", string resources = """[{"Type":"Other","Id":"r"}]""") => JsonDocument.Parse(
        $$"""
        {"SchemaVersion":"2018-10-08","Id":"{{id}}","ProductArn":"arn:aws:securityhub:us-east-1:123456789012:product/123456789012/default","GeneratorId":"cisaws/x",
         "AwsAccountId":"123456789012","CreatedAt":"2026-03-01T12:00:00Z","UpdatedAt":"2026-03-01T12:00:00Z","Title":"{{title}}","Description":"D","Resources":{{resources}}}
        """).RootElement;
}
