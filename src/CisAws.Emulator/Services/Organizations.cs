using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CisAws.Emulator.Accounts;
using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Services;

/// <summary>AWS Organizations. What an organization contains is not evidence of an account: it is an option of the emulator.</summary>
internal static class Organizations
{
    private const int MostItems = 20;

    public static Service Service { get; } = new("organizations", "organizations", ServiceErrorCodes.Json, new JsonProtocol("1.1"))
    {
        { "DescribeOrganization", DescribeOrganization },
        { "ListRoots", ListRoots },
        { "ListOrganizationalUnitsForParent", ListOrganizationalUnitsForParent },
        { "ListAccountsForParent", ListAccountsForParent },
        { "ListTagsForResource", ListTagsForResource },
    };

    private static Shape DescribeOrganization(Call call)
    {
        var (id, management) = OrganizationOf(call);
        return new Shape
        {
            ["Organization"] = new Shape
            {
                ["Id"] = id,
                ["Arn"] = ArnOf(call, $"organization/{id}"),
                ["FeatureSet"] = "ALL",
                ["MasterAccountId"] = management,
                ["MasterAccountArn"] = ArnOf(call, $"account/{id}/{management}"),
            },
        };
    }

    private static Shape ListRoots(Call call)
    {
        var root = Listed(call).Root;
        return List(call, "Roots", [root], r => new Shape
        {
            ["Id"] = r.Id,
            ["Arn"] = ArnOf(call, $"root/{OrganizationOf(call).Id}/{r.Id}"),
            ["Name"] = r.Name,
            ["PolicyTypes"] = new List<Shape>(),
        });
    }

    private static Shape ListOrganizationalUnitsForParent(Call call) => List(call, "OrganizationalUnits", Parent(call).Units, u => new Shape
    {
        ["Id"] = u.Id,
        ["Arn"] = ArnOf(call, $"ou/{OrganizationOf(call).Id}/{u.Id}"),
        ["Name"] = u.Name,
    });

    private static Shape ListAccountsForParent(Call call) => List(call, "Accounts", Parent(call).Accounts, a => new Shape
    {
        ["Id"] = a.Id,
        ["Arn"] = ArnOf(call, $"account/{OrganizationOf(call).Id}/{a.Id}"),
        ["Email"] = string.Create(CultureInfo.InvariantCulture, $"aws+{a.Id}@example.com"),
        ["Name"] = a.Name,
        // Status is not among the members any more since 9 September 2026.
        ["State"] = a.State,
        ["JoinedMethod"] = "CREATED",
    });

    private static Shape ListTagsForResource(Call call)
    {
        var id = call.Input.RequiredText("ResourceId");
        var account = Listed(call).Units.SelectMany(u => u.Accounts).FirstOrDefault(a => a.Id == id)
            ?? throw new AwsError("TargetNotFoundException", 400, "You specified a target that doesn't exist.");
        return List(call, "Tags", account.Tags.ToList(), t => new Shape { ["Key"] = t.Key, ["Value"] = t.Value });
    }

    private static Shape List<T>(Call call, string member, IReadOnlyList<T> all, System.Func<T, Shape> write)
    {
        // The tags of a resource have no limit of the caller's.
        var page = call.Page(all, "NextToken", member == "Tags" ? null : "MaxResults", MostItems);
        return new Shape { [member] = page.Items.Select(write).ToList(), ["NextToken"] = page.NextToken };
    }

    private static EmulatedUnit Parent(Call call)
    {
        var id = call.Input.RequiredText("ParentId");
        return Listed(call).Units.FirstOrDefault(u => u.Id == id) ?? throw new AwsError("ParentNotFoundException", 400, "You specified a parent that doesn't exist.");
    }

    /// <summary>The organization, for those who can list it.</summary>
    private static EmulatedOrganization Listed(Call call)
    {
        OrganizationOf(call);
        return call.Register.Organization is { } organization && organization.DelegatedAdministrators.Append(organization.ManagementAccountId).Contains(call.Account.AccountId)
            ? organization
            : throw new AwsError("AccessDeniedException", 400, "You don't have permissions to access this resource.");
    }

    private static Organization OrganizationOf(Call call) => call.Read(EvidenceKinds.Organization)
        ?? throw new AwsError("AWSOrganizationsNotInUseException", 400, "Your account is not a member of an organization.");

    private static string ArnOf(Call call, string resource) =>
        $"arn:{call.Account.Partition}:organizations::{OrganizationOf(call).ManagementAccountId}:{resource}";
}
