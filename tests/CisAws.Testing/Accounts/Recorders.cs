using System.Collections.Generic;
using CisAws.Evidence;

namespace CisAws.Testing.Accounts;

/// <summary>AWS Config in each region: at most one customer-managed recorder.</summary>
internal static class Recorders
{
    public static void Add(AccountDraft draft)
    {
        foreach (var region in draft.Regions)
        {
            var recorders = draft.Draw.Many(0, 1, () => DrawRecorder(draft));
            draft.Evidence.Set(EvidenceKinds.ConfigurationRecorders, region, recorders);
            if (recorders.Count > 0)
            {
                draft.Evidence
                    .Set(EvidenceKinds.ConfigurationRecorderStatus, region, recorders.ConvertAll(r => DrawStatus(draft, r.Name)))
                    .Set(EvidenceKinds.DeliveryChannels, region, draft.Draw.Many(0, 1, () => DrawChannel(draft, region)));
            }
        }
    }

    private static ConfigurationRecorder DrawRecorder(AccountDraft draft)
    {
        var draw = draft.Draw;
        var role = draft.IamArn("role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig");
        var bare = new ConfigurationRecorder(draw.OneOf("default", draft.NewName()), role, true, false, false, [], []);
        var frequency = draw.Maybe(() => draw.OneOf("CONTINUOUS", "DAILY"));
        string[] types = ["AWS::IAM::User", "AWS::IAM::Role", "AWS::EC2::Instance"];
        return draw.Int(1, 5) switch
        {
            1 => bare with { HasRecordingGroup = false },
            2 => bare with { AllSupported = true, IncludeGlobalResourceTypes = draw.Chance(50) },
            3 => bare with { AllSupported = true, IncludeGlobalResourceTypes = true, Strategy = "ALL_SUPPORTED_RESOURCE_TYPES", RecordingFrequency = frequency },
            4 => bare with { ExcludedResourceTypes = draw.Some(types), Strategy = "EXCLUSION_BY_RESOURCE_TYPES", RecordingFrequency = frequency },
            _ => bare with { ResourceTypes = draw.Some(types), Strategy = draw.Maybe(() => "INCLUSION_BY_RESOURCE_TYPES"), RecordingFrequency = frequency },
        };
    }

    private static ConfigurationRecorderStatus DrawStatus(AccountDraft draft, string name)
    {
        var draw = draft.Draw;
        var status = draw.OneOf("SUCCESS", "SUCCESS", "PENDING", "FAILURE", "NOT_APPLICABLE");
        var failed = status == "FAILURE";
        return new ConfigurationRecorderStatus(
            name, draw.Chance(80), draw.Chance(90) ? status : null, draw.MaybeValue(() => draft.Time()), failed ? "AccessDenied" : null, failed ? draft.Words() : null);
    }

    private static DeliveryChannel DrawChannel(AccountDraft draft, string region) => new(
        draft.Draw.OneOf("default", draft.NewName()), draft.Draw.Chance(90) ? "config-history" : null,
        draft.Draw.Maybe(() => draft.ArnOf("sns", region, "config-changes")));
}
