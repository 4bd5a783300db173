using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Keys;

/// <summary>Every customer managed key that AWS KMS can rotate is rotated.</summary>
internal sealed class KeyRotationEnabled : Rule
{
    // The benchmark speaks of yearly rotation; periods can be chosen since 2024.
    private const int YearInDays = 365;

    public override string ResourceNoun => "KMS keys";

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.KmsKeyArns, EvidenceKinds.KmsKeys, EvidenceKinds.KeyRotation];

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context) =>
        context.EachRegion(EvidenceKinds.KmsKeyArns, (region, arns) => arns.Select(arn =>
        {
            var resource = new CisResource("AWS::KMS::Key", arn.Substring(arn.LastIndexOf('/') + 1), arn, region);
            return context.Evidence.Get(EvidenceKinds.KmsKeys, arn).Match(key => Judge(context, resource, key), why => context.Unknown(resource, why));
        }));

    private static RuleFinding Judge(RuleContext context, CisResource resource, KmsKey key)
    {
        if (OutOfScope(key, context.Settings.Boolean("IncludeDisabledKeys")) is var (code, reason))
        {
            return context.NotApplicable(resource, code, reason);
        }

        return context.Evidence.Get(EvidenceKinds.KeyRotation, resource.Arn).Match(
            rotation => Judge(context, resource, key, rotation),
            why => why.Kind == ReadFailureKind.NotSupported || why.ErrorCode == "UnsupportedOperationException"
                ? context.NotApplicable(resource, "RotationUnsupported", "AWS KMS says that it cannot rotate this key.")
                : context.Unknown(resource, why));
    }

    private static RuleFinding Judge(RuleContext context, CisResource resource, KmsKey key, KeyRotation rotation)
    {
        var name = string.IsNullOrEmpty(key.Description) ? $"Key {resource.Id}" : $"Key {resource.Id} ({key.Description})";
        if (rotation.Enabled)
        {
            return context.Pass(
                resource, "Rotating", $"{name} is rotated automatically.",
                warnings: rotation.RotationPeriodInDays > YearInDays
                    ? [$"{name} is rotated every {rotation.RotationPeriodInDays} days; the benchmark speaks of every year."]
                    : null);
        }

        // Rotation of a multi-Region key is set at the primary, for all its replicas.
        return key is { MultiRegionKeyType: "REPLICA", PrimaryKeyArn: { Length: > 0 } primary }
            ? context.Fail(
                resource, "NotRotating", $"{name} in {resource.Region} is not rotated; rotation is set at its primary, {primary}.",
                [new CisFact("RemediationTarget", primary)])
            : context.Fail(resource, "NotRotating", $"{name} in {resource.Region} is not rotated.");
    }

    /// <summary>Why a key is not assessed, or null.</summary>
    private static (string Code, string Reason)? OutOfScope(KmsKey key, bool includeDisabled) => key switch
    {
        { CanRotate: true, KeyState: "Disabled" } when !includeDisabled => ("Disabled", "AWS KMS does not rotate a key while it is disabled."),
        { CanRotate: true } => null,
        { KeyManager: not "CUSTOMER" } => ("AwsManaged", "AWS manages and rotates this key."),
        { KeySpec: not "SYMMETRIC_DEFAULT" } => ("NotSymmetric", $"Keys of spec {key.KeySpec} have no automatic rotation."),
        { Origin: not "AWS_KMS" } => ("ForeignMaterial", $"Keys with material of origin {key.Origin} have no automatic rotation."),
        _ => ("KeyState", $"The key is {key.KeyState}."),
    };
}
