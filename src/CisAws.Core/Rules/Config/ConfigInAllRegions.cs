using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Config;

/// <summary>AWS Config records everything in every region, and the global IAM types in at least one.</summary>
internal sealed class ConfigInAllRegions : Rule
{
    private const string NoDelivery = "have a configuration recorder that does not deliver";

    // A recorder that was just started has had no time to deliver.
    private static readonly TimeSpan StartUp = TimeSpan.FromHours(1);

    public override (string One, string Several) ResourceNoun => ("region", "regions");

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) =>
        [EvidenceKinds.ConfigurationRecorders, EvidenceKinds.ConfigurationRecorderStatus, EvidenceKinds.DeliveryChannels];

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context)
    {
        var regions = context.Evidence.Regions(EvidenceKinds.ConfigurationRecorders).Select(r => EvaluateRegion(context, r)).ToList();
        return regions.Select(r => r.Finding).Append(EvaluateIam(context, regions));
    }

    /// <summary>One region that passes and records the IAM types is enough; one that could not be assessed may be that one.</summary>
    private static RuleFinding EvaluateIam(RuleContext context, IReadOnlyList<RegionResult> regions)
    {
        if (regions.FirstOrDefault(r => r.Finding.Status == CisStatus.Pass && r.RecordsIam == true) is { } passing)
        {
            return context.Pass(context.Account, "IamRecorded", $"Region {passing.Finding.Resource.Id} records the IAM resource types.");
        }

        if (regions.FirstOrDefault(r => r.Finding.Status == CisStatus.Unknown && r.RecordsIam != false) is { } unknown)
        {
            return context.Undecided(
                context.Account, unknown.Finding.ReasonCode,
                $"no region is known to record the IAM resource types, but {unknown.Finding.Resource.Id} may ({unknown.Finding.Plural})");
        }

        if (regions.All(r => r.Finding.Status == CisStatus.NotApplicable))
        {
            return regions.Count == 0
                ? context.Undecided(context.Account, "NoRegion", "no region is enabled")
                : context.NotApplicable(
                    context.Account, regions[0].Finding.ReasonCode, "No assessed region can record the IAM resource types.");
        }

        return context.Evidence.Scope.IsPartial
            ? context.Undecided(
                context.Account, "OutOfScope", "no assessed region records the IAM resource types, but another may")
            : context.Fail(
                context.Account, "IamNotRecorded",
                "No passing region records the IAM resource types (user, group, role, policy).",
                plural: "no passing region records the IAM resource types");
    }

    private static RegionResult EvaluateRegion(RuleContext context, RegionObservation<IReadOnlyList<ConfigurationRecorder>> region)
    {
        if (!region.Observation.TryGet(out var recorders, out var why))
        {
            return new RegionResult(context.UnreadableRegion(region.Region, why), null);
        }

        // A service-linked recorder serves the service that created it; there is at most one other.
        var recorder = recorders.FirstOrDefault(r => string.IsNullOrEmpty(r.ServicePrincipal));
        var resource = new CisResource("AWS::Region", region.Region, "", region.Region);
        return recorder is null
            ? new RegionResult(
                context.Fail(resource, "NoRecorder", "AWS Config has no configuration recorder.", plural: "have no configuration recorder"), false)
            : new RegionResult(EvaluateRecorder(context, resource, recorder), ConfigRecorder.RecordsIam(region.Region, recorder));
    }

    private static RuleFinding EvaluateRecorder(RuleContext context, CisResource resource, ConfigurationRecorder recorder)
    {
        var observed = context.Evidence.Get(EvidenceKinds.ConfigurationRecorderStatus, resource.Id);
        var statusRead = observed.TryGet(out var statuses, out var noStatus);
        var channelsRead = context.Evidence.Get(EvidenceKinds.DeliveryChannels, resource.Id).TryGet(out var channels, out var noChannels);
        var status = statusRead ? statuses.FirstOrDefault(s => s.Name == recorder.Name) : null;
        var channel = channelsRead ? channels.FirstOrDefault(c => !string.IsNullOrEmpty(c.S3BucketName)) : null;
        var problems = new[]
        {
            Stopped(status, context.ReadAt(observed)),
            ConfigRecorder.Omission(recorder, context.Settings.TextList("AllowedExcludedResourceTypes")),
            channelsRead && channel is null ? ("NoDeliveryChannel", "has no delivery channel to a bucket", "have no delivery channel") : null,
        }.Where(t => t is not null).Select(t => t!.Value).ToList();

        // What was read suffices for a failure, whatever else was not.
        if (problems.Count > 0)
        {
            return context.Fail(
                resource, problems[0].Code, $"The configuration recorder {string.Join("; it ", problems.Select(t => t.Text))}.", plural: problems[0].Plural);
        }

        if ((noStatus ?? noChannels) is { } why)
        {
            return context.UnreadableRegion(resource.Id, why);
        }

        // Nothing above found the status to be a failure, so what is not a success does not decide.
        return Is(status?.LastStatus, "SUCCESS")
            ? context.Pass(
                resource, "Recording", "AWS Config records all required resource types.",
                Is(recorder.RecordingFrequency, "DAILY") ? [new CisFact("RecordingFrequency", "DAILY")] : null,
                string.IsNullOrEmpty(channel!.SnsTopicArn) ? [$"The delivery channel in {resource.Id} notifies no SNS topic."] : null,
                "record all required resource types")
            : context.Undecided(
                resource, "StatusUndecided",
                $"the configuration recorder is on, but the status of its last delivery is {status?.LastStatus ?? "not known"}; assess again in an hour");
    }

    /// <summary>Why a recorder does not record or deliver. The API's documentation has Success, its responses SUCCESS.</summary>
    private static (string Code, string Text, string Plural)? Stopped(ConfigurationRecorderStatus? status, DateTimeOffset readAt) => status switch
    {
        null => null,
        { Recording: false } => ("NotRecording", "is stopped", "have a stopped configuration recorder"),
        _ when Is(status.LastStatus, "FAILURE") =>
            ("DeliveryFailed", $"cannot deliver ({status.LastErrorCode ?? "no error code"}: {status.LastErrorMessage ?? "no message"})", NoDelivery),
        _ when Is(status.LastStatus, "PENDING") && !(readAt - status.LastStartTime < StartUp) =>
            ("DeliveryPending", "has delivered nothing since it was started more than an hour ago", NoDelivery),
        _ => null,
    };

    private static bool Is(string? value, string word) => string.Equals(value, word, StringComparison.OrdinalIgnoreCase);

    /// <summary>A region's finding, and whether it records the IAM types; null when that is not known.</summary>
    private sealed record RegionResult(RuleFinding Finding, bool? RecordsIam);
}
