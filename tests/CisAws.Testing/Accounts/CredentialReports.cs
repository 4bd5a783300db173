using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Testing.Accounts;

/// <summary>The credential report and what else IAM tells of the credentials: it agrees with the users.</summary>
internal static class CredentialReports
{
    // The columns are those of https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
    private static readonly string[] Columns =
    [
        "user", "arn", "user_creation_time", "password_enabled", "password_last_used", "password_last_changed", "password_next_rotation", "mfa_active",
        "access_key_1_active", "access_key_1_last_rotated", "access_key_1_last_used_date", "access_key_1_last_used_region", "access_key_1_last_used_service",
        "access_key_2_active", "access_key_2_last_rotated", "access_key_2_last_used_date", "access_key_2_last_used_region", "access_key_2_last_used_service",
        "cert_1_active", "cert_1_last_rotated", "cert_2_active", "cert_2_last_rotated",
    ];

    public static void Add(AccountDraft draft, AuthorizationDetails details)
    {
        var draw = draft.Draw;
        var newer = draw.Chance(30);
        var root = new[] { "<root_account>", draft.IamArn("root"), draft.TimeText() }
            .Concat(draw.Chance(50) ? ["not_supported", draw.Chance(50) ? draft.TimeText() : "no_information", "not_supported", "not_supported"] : Password(draft));
        var rows = new List<IReadOnlyList<string>> { Row(root) };
        rows.AddRange(details.Users.Select(u => Row(
            new[] { u.Name, u.Arn, u.CreateDate.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", System.Globalization.CultureInfo.InvariantCulture) }.Concat(Password(draft)))));
        var report = new CredentialReport(
            AccountDraft.CollectedAt.AddSeconds(-draw.Int(0, 14400)), newer ? [.. Columns, "additional_credentials_info"] : Columns, rows,
            draw.Chance(10) ? "AccessDenied" : null);
        foreach (var user in newer ? rows.Where(r => r[^1].Length > 3 && !r[0].StartsWith('<')).Select(r => r[0]) : [])
        {
            draft.Evidence.Set(EvidenceKinds.AccessKeys, user, draw.Many(0, 3, () => new AccessKey($"AKIA{draw.Int(100000, 999999)}", draw.OneOf("Active", "Inactive"), draft.Time())));
        }

        draft.Evidence
            .Set(EvidenceKinds.CredentialReport, "", report)
            .Set(EvidenceKinds.AccountSummary, "", Summary(draft, details))
            .Set(EvidenceKinds.VirtualMfaDevices, "", draw.Many(0, 3, () => DrawDevice(draft, details)).DistinctBy(d => d.SerialNumber).ToList())
            .Set(EvidenceKinds.PasswordPolicy, "", draw.Chance(20) ? null : DrawPasswordPolicy(draw));

        List<string> Row(IEnumerable<string> start) =>
        [
            .. start, Bool(draw), .. Key(draft), .. Key(draft), "false", "N/A", Bool(draw), draft.TimeText(),
            .. newer ? new[] { draw.OneOf("N/A", "", "1 additional access key. Use ListAccessKeys.") } : [],
        ];
    }

    private static string Bool(Draw draw) => draw.OneOf("true", "false");

    private static string[] Password(AccountDraft draft) => draft.Draw.Chance(50)
        ? ["true", draft.Draw.OneOf("no_information", draft.TimeText()), draft.TimeText(), draft.Draw.OneOf("N/A", draft.TimeText())]
        : ["false", "N/A", "N/A", "N/A"];

    private static string[] Key(AccountDraft draft) => draft.Draw.Int(1, 3) switch
    {
        1 => ["false", "N/A", "N/A", "N/A", "N/A"],
        2 => [Bool(draft.Draw), draft.TimeText(), "N/A", "N/A", "N/A"],
        _ => [Bool(draft.Draw), draft.TimeText(), draft.TimeText(), draft.Region(), "s3"],
    };

    private static Dictionary<string, int> Summary(AccountDraft draft, AuthorizationDetails details)
    {
        var all = new Dictionary<string, int>
        {
            ["Users"] = details.Users.Count,
            ["Groups"] = details.Groups.Count,
            ["Roles"] = details.Roles.Count,
            ["Policies"] = details.Policies.Count,
            ["AccountMFAEnabled"] = draft.Draw.Int(0, 1),
            ["AccountPasswordPresent"] = draft.Draw.Int(0, 1),
            ["AccountAccessKeysPresent"] = draft.Draw.Int(0, 2),
            ["AccountSigningCertificatesPresent"] = 0,
            ["MFADevices"] = draft.Draw.Int(0, 9),
            ["PolicySizeQuota"] = 6144,
        };
        return draft.Draw.Some(all, 90).ToDictionary(p => p.Key, p => p.Value);
    }

    private static VirtualMfaDevice DrawDevice(AccountDraft draft, AuthorizationDetails details)
    {
        string[] owners = [draft.IamArn("root"), .. details.Users.Select(u => u.Arn)];
        var name = draft.Draw.OneOf("root-account-mfa-device", draft.NewIamName());
        return new VirtualMfaDevice(draft.IamArn($"mfa/{name}"), draft.Draw.Chance(90) ? draft.Draw.OneOf(owners) : null, draft.Draw.MaybeValue(() => draft.Time()));
    }

    private static PasswordPolicy DrawPasswordPolicy(Draw draw)
    {
        var maxAge = draw.MaybeValue(() => draw.OneOf(1, 90, 91, 1095));
        // AWS derives ExpirePasswords from the age, and always answers it and the length.
        return new PasswordPolicy(
            draw.OneOf(6, 13, 14, 128), draw.Chance(50), draw.Chance(50), draw.Chance(50), draw.Chance(50), maxAge is not null, maxAge,
            draw.MaybeValue(() => draw.OneOf(1, 23, 24)), draw.Chance(50), draw.MaybeValue(() => draw.Chance(50)));
    }
}
