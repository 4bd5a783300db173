using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Config;

/// <summary>AWS Config records everything in every region, and the global IAM types in at least one.</summary>
internal sealed class ConfigInAllRegions : Rule
{
    // A recorder that was just started has had no time to deliver.
    private static readonly TimeSpan StartUp = TimeSpan.FromHours(1);

    /// <summary>The regions' recordings, and the account's of the IAM types.</summary>
    public override string ResourceNoun => "recordings";

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) =>
        [EvidenceKinds.ConfigurationRecorders, EvidenceKinds.ConfigurationRecorderStatus, EvidenceKinds.DeliveryChannels];

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context)
    {
        var regions = context.Evidence.Regions(EvidenceKinds.ConfigurationRecorders).Select(r => JudgeRegion(context, r)).ToList();
        return regions.Select(r => r.Finding).Append(JudgeIam(context, regions));
    }

    /// <summary>One region that passes and records the IAM types is enough; one that could not be assessed may be that one.</summary>
    private static RuleFinding JudgeIam(RuleContext context, IReadOnlyList<RegionVerdict> regions)
    {
        if (regions.FirstOrDefault(r => r.Finding.Status == CisStatus.Pass && r.RecordsIam == true) is { } passing)
        {
            return context.Pass(context.Account, "IamRecorded", $"{passing.Finding.Resource.Id} records the IAM resource types.");
        }

        if (regions.FirstOrDefault(r => r.Finding.Status == CisStatus.Unknown && r.RecordsIam != false) is { } unknown)
        {
            return context.Undecided(
                context.Account, unknown.Finding.ReasonCode,
                $"No region is known to record the IAM resource types, and {unknown.Finding.Resource.Id} may: {unknown.Finding.Reason}");
        }

        if (regions.All(r => r.Finding.Status == CisStatus.NotApplicable))
        {
            return regions.Count == 0
                ? context.Undecided(context.Account, "NoRegion", "No region is enabled to look for recorders in.")
                : context.NotApplicable(
                    context.Account, regions[0].Finding.ReasonCode, "No region applies that could record the IAM resource types.");
        }

        return context.Evidence.Scope.IsPartial
            ? context.Undecided(
                context.Account, "OutOfScope", "No region in scope records the IAM resource types well; one that was not looked at may.")
            : context.Fail(
                context.Account, "IamNotRecorded",
                "No region with a passing recorder records the IAM resource types (users, groups, roles, policies), so changes to them go unseen.");
    }

    private static RegionVerdict JudgeRegion(RuleContext context, RegionObservation<IReadOnlyList<ConfigurationRecorder>> region)
    {
        if (!region.Observation.TryGet(out var recorders, out var why))
        {
            return new RegionVerdict(context.UnreadableRegion(region.Region, why), null);
        }

        // A service-linked recorder serves the service that made it; there is at most one other.
        var recorder = recorders.FirstOrDefault(r => string.IsNullOrEmpty(r.ServicePrincipal));
        var resource = new CisResource("AWS::Region", region.Region, "", region.Region);
        return recorder is null
            ? new RegionVerdict(context.Fail(resource, "NoRecorder", $"AWS Config has no configuration recorder in {region.Region}."), false)
            : new RegionVerdict(JudgeRecorder(context, resource, recorder), ConfigRecorder.RecordsIam(region.Region, recorder));
    }

    private static RuleFinding JudgeRecorder(RuleContext context, CisResource resource, ConfigurationRecorder recorder)
    {
        var statusRead = context.Evidence.Get(EvidenceKinds.ConfigurationRecorderStatus, resource.Id).TryGet(out var statuses, out var noStatus);
        var channelsRead = context.Evidence.Get(EvidenceKinds.DeliveryChannels, resource.Id).TryGet(out var channels, out var noChannels);
        var status = statusRead ? statuses.FirstOrDefault(s => s.Name == recorder.Name) : null;
        var channel = channelsRead ? channels.FirstOrDefault(c => !string.IsNullOrEmpty(c.S3BucketName)) : null;
        var problem = new[]
        {
            Stopped(context, status),
            ConfigRecorder.Omission(recorder, context.Settings.TextList("AllowedExcludedResourceTypes")),
            channelsRead && channel is null ? ("NoDeliveryChannel", "has no delivery channel to a bucket") : null,
        }.Where(t => t is not null).Select(t => t!.Value).ToList();

        // What was read suffices for a failure, whatever else was not.
        if (problem.Count > 0)
        {
            return context.Fail(
                resource, problem[0].Code, $"The recorder of AWS Config in {resource.Id} {string.Join("; it ", problem.Select(t => t.Text))}.");
        }

        if ((noStatus ?? noChannels) is { } why)
        {
            return context.UnreadableRegion(resource.Id, why);
        }

        // Nothing above found the status to be a failure, so what is not a success does not tell.
        return Is(status?.LastStatus, "SUCCESS")
            ? context.Pass(
                resource, "Recording", $"AWS Config records everything in {resource.Id}.",
                Is(recorder.RecordingFrequency, "DAILY") ? [new CisFact("RecordingFrequency", "DAILY")] : null,
                string.IsNullOrEmpty(channel!.SnsTopicArn) ? [$"The delivery channel in {resource.Id} notifies no SNS topic."] : null)
            : context.Undecided(
                resource, "StatusUndecided",
                $"The recorder of AWS Config in {resource.Id} is on, and its last delivery is {status?.LastStatus ?? "not known"}; " +
                "assess again in an hour.");
    }

    /// <summary>Why a recorder does not record or deliver. The API's documents say Success, its answers SUCCESS.</summary>
    private static (string Code, string Text)? Stopped(RuleContext context, ConfigurationRecorderStatus? status) => status switch
    {
        null => null,
        { Recording: false } => ("NotRecording", "is stopped"),
        _ when Is(status.LastStatus, "FAILURE") =>
            ("DeliveryFailed", $"could not deliver ({status.LastErrorCode ?? "no error code"}: {status.LastErrorMessage ?? "no message"})"),
        _ when Is(status.LastStatus, "PENDING") && !(context.Now - status.LastStartTime < StartUp) =>
            ("DeliveryPending", "has delivered nothing since it was started more than an hour ago"),
        _ => null,
    };

    private static bool Is(string? value, string word) => string.Equals(value, word, StringComparison.OrdinalIgnoreCase);

    /// <summary>A region's finding, and whether it records the IAM types; null when that is not known.</summary>
    private sealed record RegionVerdict(RuleFinding Finding, bool? RecordsIam);
}
