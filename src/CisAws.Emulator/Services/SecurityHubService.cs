using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Services;

/// <summary>AWS Security Hub: whether it is enabled, and the findings that were imported.</summary>
internal static class SecurityHubService
{
    private const int MostImported = 100;

    // What BatchImportFindings requires (API reference, AwsSecurityFinding).
    private static readonly string[] Required =
        ["SchemaVersion", "Id", "ProductArn", "GeneratorId", "AwsAccountId", "CreatedAt", "UpdatedAt", "Title", "Description", "Resources"];

    // What an import does not change in a finding that exists.
    private static readonly string[] OfCustomers = ["Note", "UserDefinedFields", "VerificationState", "Workflow"];

    public static Service Service { get; } = new("securityhub", "securityhub", ServiceErrorCodes.RestJson, new RestJsonProtocol())
    {
        { "GET /accounts", "DescribeHub", "DescribeHub", DescribeHub },
        { "POST /findings", "GetFindings", "GetFindings", GetFindings },
        { "POST /findings/import", "BatchImportFindings", "BatchImportFindings", BatchImportFindings },
        { "PATCH /findings/batchupdate", "BatchUpdateFindings", "BatchUpdateFindings", BatchUpdateFindings },
    };

    private static SecurityHub Hub(Call call) => call.ReadRegion(EvidenceKinds.SecurityHub)
        ?? throw new AwsError("InvalidAccessException", 401, $"Account {call.Account.AccountId} is not subscribed to AWS Security Hub");

    private static Shape DescribeHub(Call call) =>
        new() { ["HubArn"] = Hub(call).Arn, ["SubscribedAt"] = "2025-01-01T00:00:00.000Z", ["AutoEnableControls"] = true };

    private static Shape GetFindings(Call call)
    {
        Hub(call);
        var filters = call.Input.Structure("Filters");
        List<JsonObject> findings;
        lock (call.Account.Findings)
        {
            findings = [.. call.Account.Findings.Where(f => f.Key.Region == call.Region && filters.Values.All(v => Matches(f.Value, v.Key, filters))).Select(f => f.Value.DeepClone().AsObject())];
        }

        var page = call.Page(findings, "NextToken", "MaxResults", 100);
        return new Shape { ["Findings"] = page.Items, ["NextToken"] = page.NextToken };
    }

    /// <summary>One of the filters of a field has to match.</summary>
    private static bool Matches(JsonObject finding, string field, Input filters)
    {
        var text = finding[field]?.ToString() ?? "";
        return filters.Structures(field).Any(f => f.RequiredText("Comparison") switch
        {
            "EQUALS" => text == f.RequiredText("Value"),
            "PREFIX" => text.StartsWith(f.RequiredText("Value"), StringComparison.Ordinal),
            var other => throw new AwsError("InvalidInputException", 400, $"The emulator does not serve the comparison {other}."),
        });
    }

    private static Shape BatchImportFindings(Call call)
    {
        Hub(call);
        var findings = call.Input.Documents("Findings");
        if (findings.Count is 0 or > MostImported)
        {
            throw new AwsError("InvalidInputException", 400, $"Findings must contain 1 to {MostImported} findings.");
        }

        var failed = new List<Shape>();
        lock (call.Account.Findings)
        {
            foreach (var finding in findings)
            {
                if (ProblemOf(finding, call.Account.AccountId) is { } problem)
                {
                    failed.Add(new Shape { ["Id"] = finding["Id"]?.ToString() ?? "", ["ErrorCode"] = "InvalidInput", ["ErrorMessage"] = problem });
                    continue;
                }

                Import(call.Account.Findings, (call.Region, finding["Id"]!.ToString()), finding);
            }
        }

        return new Shape { ["FailedCount"] = failed.Count, ["SuccessCount"] = findings.Count - failed.Count, ["FailedFindings"] = failed };
    }

    private static string? ProblemOf(JsonObject finding, string accountId) =>
        Required.FirstOrDefault(name => finding[name] is null) is { } missing ? $"The finding must contain {missing}."
            : finding["AwsAccountId"]!.ToString() != accountId ? $"AwsAccountId must be {accountId}, the account of the caller."
            : null;

    /// <summary>A finding that is not newer than the one that exists changes nothing.</summary>
    private static void Import(SortedDictionary<(string Region, string Id), JsonObject> findings, (string Region, string Id) key, JsonObject finding)
    {
        findings.TryGetValue(key, out var before);
        if (before is not null && TimeOf(finding) <= TimeOf(before))
        {
            return;
        }

        finding["Workflow"] = new JsonObject { ["Status"] = "NEW" };
        finding["RecordState"] ??= "ACTIVE";
        foreach (var name in OfCustomers.Where(n => before?[n] is not null))
        {
            finding[name] = before![name]!.DeepClone();
        }

        findings[key] = finding;
    }

    private static DateTimeOffset TimeOf(JsonObject finding) =>
        DateTimeOffset.Parse(finding["UpdatedAt"]!.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static Shape BatchUpdateFindings(Call call)
    {
        Hub(call);
        var processed = new List<Shape>();
        var unprocessed = new List<Shape>();
        var (workflow, note) = (call.Input.Document("Workflow"), call.Input.Document("Note"));
        lock (call.Account.Findings)
        {
            foreach (var finding in call.Input.Structures("FindingIdentifiers"))
            {
                var identifier = new Shape { ["Id"] = finding.RequiredText("Id"), ["ProductArn"] = finding.RequiredText("ProductArn") };
                if (!call.Account.Findings.TryGetValue((call.Region, finding.RequiredText("Id")), out var stored))
                {
                    unprocessed.Add(new Shape { ["FindingIdentifier"] = identifier, ["ErrorCode"] = "FindingNotFound", ["ErrorMessage"] = "The finding does not exist." });
                    continue;
                }

                stored["Workflow"] = workflow?.DeepClone() ?? stored["Workflow"]?.DeepClone();
                stored["Note"] = note?.DeepClone() ?? stored["Note"]?.DeepClone();
                processed.Add(identifier);
            }
        }

        return new Shape { ["ProcessedFindings"] = processed, ["UnprocessedFindings"] = unprocessed };
    }
}
