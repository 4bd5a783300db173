using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Services;

/// <summary>AWS Organizations.</summary>
internal static class Organizations
{
    public static Service Service { get; } = new("organizations", "organizations", ServiceErrorCodes.Json, new JsonProtocol("1.1"))
    {
        { "DescribeOrganization", DescribeOrganization },
    };

    private static Shape DescribeOrganization(Call call)
    {
        var organization = call.Read(EvidenceKinds.Organization)
            ?? throw new AwsError("AWSOrganizationsNotInUseException", 400, "Your account is not a member of an organization.");
        var (partition, management, id) = (call.Account.Partition, organization.ManagementAccountId, organization.Id);
        return new Shape
        {
            ["Organization"] = new Shape
            {
                ["Id"] = id,
                ["Arn"] = $"arn:{partition}:organizations::{management}:organization/{id}",
                ["FeatureSet"] = "ALL",
                ["MasterAccountId"] = management,
                ["MasterAccountArn"] = $"arn:{partition}:organizations::{management}:account/{id}/{management}",
            },
        };
    }
}
