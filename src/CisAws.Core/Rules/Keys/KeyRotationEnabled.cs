using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Keys;

/// <summary>Every customer managed key that AWS KMS can rotate is rotated.</summary>
internal sealed class KeyRotationEnabled : Rule
{
    private const string NotRotated = "are not rotated automatically";

    private const int LongestDescription = 60;

    // The benchmark requires yearly rotation; periods can be chosen since 2024.
    private const int YearInDays = 365;

    public override (string One, string Several) ResourceNoun => ("KMS key", "KMS keys");

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.KmsKeyArns, EvidenceKinds.KmsKeys, EvidenceKinds.KeyRotation];

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context) =>
        context.EachRegion(EvidenceKinds.KmsKeyArns, (region, arns) => arns.Select(arn =>
        {
            var resource = new CisResource("AWS::KMS::Key", arn.Substring(arn.LastIndexOf('/') + 1), arn, region);
            return context.Evidence.Get(EvidenceKinds.KmsKeys, arn).Match(key => Evaluate(context, resource, key), why => context.Unknown(resource, why));
        }));

    private static RuleFinding Evaluate(RuleContext context, CisResource resource, KmsKey key)
    {
        if (OutOfScope(key, context.Settings.Boolean("IncludeDisabledKeys")) is var (code, reason, plural))
        {
            return context.NotApplicable(resource, code, reason, plural: plural);
        }

        return context.Evidence.Get(EvidenceKinds.KeyRotation, resource.Arn).Match(
            rotation => Evaluate(context, resource, key, rotation),
            why => why.Kind == ReadFailureKind.NotSupported || why.ErrorCode == "UnsupportedOperationException"
                ? context.NotApplicable(resource, "RotationUnsupported", "AWS KMS does not support rotation of this key.", plural: "do not support rotation")
                : context.Unknown(resource, why));
    }

    private static RuleFinding Evaluate(RuleContext context, CisResource resource, KmsKey key, KeyRotation rotation)
    {
        var name = key.Description switch
        {
            null or "" => "The key",
            { Length: > LongestDescription } text => $"The key ({text.Substring(0, LongestDescription)}...)",
            var text => $"The key ({text})",
        };
        if (rotation.Enabled)
        {
            return context.Pass(
                resource, "Rotating", $"{name} is rotated automatically.", plural: "are rotated automatically",
                warnings: rotation.RotationPeriodInDays > YearInDays
                    ? [$"{name} is rotated every {rotation.RotationPeriodInDays} days; the benchmark requires yearly rotation."]
                    : null);
        }

        // Rotation of a multi-Region key is set at the primary, for all its replicas.
        return key is { MultiRegionKeyType: "REPLICA", PrimaryKeyArn: { Length: > 0 } primary }
            ? context.Fail(
                resource, "NotRotating", $"{name} is not rotated automatically; rotation is set at its primary key{In(primary)}.",
                [new CisFact("RemediationTarget", primary)], plural: NotRotated)
            : context.Fail(resource, "NotRotating", $"{name} is not rotated automatically.", plural: NotRotated);
    }

    private static string In(string primary) => Arn.TryParse(primary) is { } arn ? $" in {arn.Region}" : "";

    /// <summary>Why a key is not assessed, or null.</summary>
    private static (string Code, string Reason, string Plural)? OutOfScope(KmsKey key, bool includeDisabled) => key switch
    {
        { CanRotate: true, KeyState: "Disabled" } when !includeDisabled => ("Disabled", "AWS KMS does not rotate a key while it is disabled.", "are disabled"),
        { CanRotate: true } => null,
        { KeyManager: not "CUSTOMER" } => ("AwsManaged", "AWS manages and rotates this key.", "are AWS managed"),
        { KeySpec: not "SYMMETRIC_DEFAULT" } => ("NotSymmetric", $"Keys of spec {key.KeySpec} have no automatic rotation.", "have a key spec without automatic rotation"),
        { Origin: not "AWS_KMS" } => ("ForeignMaterial", $"Keys with material of origin {key.Origin} have no automatic rotation.", "have imported or external key material"),
        _ => ("KeyState", $"The key is in state {key.KeyState}.", $"are in state {key.KeyState}"),
    };
}
