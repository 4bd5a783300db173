using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Services;

/// <summary>AWS Security Hub.</summary>
internal static class SecurityHubService
{
    public static Service Service { get; } = new("securityhub", "securityhub", ServiceErrorCodes.RestJson, new RestJsonProtocol())
    {
        { "GET /accounts", "DescribeHub", "DescribeHub", DescribeHub },
    };

    private static Shape DescribeHub(Call call)
    {
        var hub = call.ReadRegion(EvidenceKinds.SecurityHub)
            ?? throw new AwsError("InvalidAccessException", 401, $"Account {call.Account.AccountId} is not subscribed to AWS Security Hub");
        return new Shape { ["HubArn"] = hub.Arn, ["SubscribedAt"] = "2025-01-01T00:00:00.000Z", ["AutoEnableControls"] = true };
    }
}
