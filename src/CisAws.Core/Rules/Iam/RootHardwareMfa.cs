using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Iam;

/// <summary>
/// Root's MFA device is hardware. Only root can list root's devices, so hardware is inferred: MFA is on, and none of
/// the account's virtual devices is root's. Any one of root's devices is enough to sign in, so a virtual one beside a
/// hardware one fails.
/// </summary>
internal sealed class RootHardwareMfa : RootMfaRule
{
    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.AccountSummary, EvidenceKinds.VirtualMfaDevices];

    protected override RuleFinding EvaluateDevices(RuleContext context, IReadOnlyList<CisFact> facts) => context.Evidence.Get(EvidenceKinds.VirtualMfaDevices).Match(
        devices => devices.FirstOrDefault(d => IsRoots(d, context.Account.Arn)) is { } device
            ? context.Fail(
                context.Account, "VirtualRootMfa", $"The root user has a virtual MFA device: {NameOf(device)}.",
                [.. facts, new CisFact("SerialNumber", device.SerialNumber)])
            : context.Pass(
                context.Account, "NoVirtualRootMfa",
                "The root user has an MFA device, and it is not virtual.",
                [.. facts, new CisFact("Note", "AWS does not distinguish a passkey that is synced between devices from a hardware key.")]),
        why => context.Unknown(context.Account, why, facts));

    /// <summary>What follows <c>:mfa/</c> in the serial number, which is an ARN.</summary>
    private static string NameOf(VirtualMfaDevice device) => device.SerialNumber.Substring(device.SerialNumber.IndexOf('/') + 1);

    /// <summary>
    /// By the owner, since a device can have any name; the name only where AWS returned no owner. An IAM user's device can
    /// be called root-account-mfa-device, and an IAM user can be called groot.
    /// </summary>
    private static bool IsRoots(VirtualMfaDevice device, string rootArn) => device.UserArn is { } owner
        ? owner == rootArn
        : device.SerialNumber.EndsWith(":mfa/root-account-mfa-device", StringComparison.Ordinal);
}
