using System;
using System.Linq;
using CisAws.Emulator.Accounts;
using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Services;

/// <summary>AWS Security Token Service.</summary>
internal static class Sts
{
    public static Service Service { get; } = new("sts", "sts", ServiceErrorCodes.Query, new QueryProtocol("https://sts.amazonaws.com/doc/2011-06-15/"))
    {
        { "GetCallerIdentity", GetCallerIdentity },
        { "AssumeRole", AssumeRole },
    };

    private static Shape GetCallerIdentity(Call call) => new()
    {
        ["UserId"] = call.Principal.UserId,
        ["Account"] = call.Account.AccountId,
        ["Arn"] = call.Principal.Arn,
    };

    private static Shape AssumeRole(Call call)
    {
        var roleArn = call.Input.RequiredText("RoleArn");
        var sessionName = call.Input.RequiredText("RoleSessionName");
        var duration = TimeSpan.FromSeconds(call.Input.Number("DurationSeconds") ?? 3600);
        var account = call.Register.FindAccount(Arn.TryParse(roleArn)?.AccountId ?? "");
        if (account is null || !MayAssume(account, roleArn, call.Input.Text("ExternalId")))
        {
            throw new AwsError("AccessDenied", 403, $"User: {call.Principal.Arn} is not authorized to perform: sts:AssumeRole on resource: {roleArn}");
        }

        var session = call.Register.OpenSession(account, roleArn[(roleArn.LastIndexOf('/') + 1)..], sessionName, duration);
        return new Shape
        {
            ["Credentials"] = new Shape
            {
                ["AccessKeyId"] = session.AccessKey,
                ["SecretAccessKey"] = session.SecretKey,
                ["SessionToken"] = session.SessionToken,
                ["Expiration"] = session.Expiration,
            },
            ["AssumedRoleUser"] = new Shape { ["AssumedRoleId"] = session.UserId, ["Arn"] = session.Arn },
        };
    }

    /// <summary>If the evidence does not contain the roles, any role can be assumed.</summary>
    private static bool MayAssume(EmulatedAccount account, string roleArn, string? externalId) =>
        AssumableRole.Of(account.Evidence) is not { } roles || roles.Any(r => r.Arn == roleArn && r.Accepts(externalId));
}
