using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Rules.Config;

/// <summary>What a configuration recorder records.</summary>
internal static class ConfigRecorder
{
    private const int MostNamed = 3;

    private const string Exclusion = "EXCLUSION_BY_RESOURCE_TYPES";

    private static readonly string[] IamTypes = ["AWS::IAM::User", "AWS::IAM::Group", "AWS::IAM::Role", "AWS::IAM::Policy"];

    /// <summary>True when IAM users, groups, roles and policies are recorded.</summary>
    public static bool RecordsIam(string region, ConfigurationRecorder recorder) =>
        AwsRegion.Find(region)?.RecordsIam != false && recorder.HasRecordingGroup &&
        (recorder.Strategy == Exclusion
            ? !IamTypes.Intersect(recorder.ExcludedResourceTypes).Any()
            : recorder.IncludeGlobalResourceTypes);

    /// <summary>
    /// Why not everything is recorded, as a reason code, a predicate of the recorder, and one of several regions; null when everything is. A recorder without a
    /// recording group has AWS Config's default: all supported types, without the global ones.
    /// </summary>
    public static (string Code, string Text, string Plural)? Omission(ConfigurationRecorder recorder, IReadOnlyList<string> allowedExclusions)
    {
        if (recorder.Strategy == Exclusion)
        {
            var excluded = recorder.ExcludedResourceTypes.Except(allowedExclusions, StringComparer.Ordinal).ToList();
            return excluded.Count == 0 ? null : ("ResourceTypesExcluded", $"excludes {Quantity.List(excluded, MostNamed)}", "have a configuration recorder that excludes resource types");
        }

        return !recorder.HasRecordingGroup || recorder.AllSupported || recorder.Strategy == "ALL_SUPPORTED_RESOURCE_TYPES"
            ? null
            : ("NotAllResourceTypes", $"records only {Quantity.Of(recorder.ResourceTypes.Count, "resource type")}", "have a configuration recorder that does not record all resource types");
    }
}
