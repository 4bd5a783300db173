using System;
using CisAws.Evidence;
using CisAws.Rules.Trails;
using CisAws.Text;

namespace CisAws.Rules.Alarms;

/// <summary>From the trail to the log group it delivers to.</summary>
internal static class TrailSteps
{
    // What the rule on delivery requires by default. Here it only warns: that rule reports it.
    private static readonly TimeSpan MaxDeliveryAge = TimeSpan.FromHours(24);

    /// <summary>
    /// That an organisation's trail delivers to no log group shows here as well, and then no account has filters on it: it
    /// leaves the decision to the account's own trails.
    /// </summary>
    public static AlarmPath TrailHasFilters(RuleContext context, AlarmPath path)
    {
        var owner = TrailInventory.OwnerOf(path.Trail);
        return owner != context.Evidence.Account.AccountId && string.IsNullOrEmpty(path.Trail.CloudWatchLogsLogGroupArn)
            ? path.Break("NoLogGroup", $"Trail {path.Trail.Name} of account {owner} has no CloudWatch Logs log group.")
            : path;
    }

    /// <summary>
    /// The filters and alarms of an organisation's trail are in the account that owns its log group: the trail's owner, or a delegated
    /// administrator. A member account that sees only such a trail is assessed by their evidence, and does not fail without it.
    /// </summary>
    public static AlarmPath TrailIsReadable(RuleContext context, AlarmPath path)
    {
        var owner = TrailInventory.OwnerOf(path.Trail);
        var logGroup = TrailInventory.LogGroupOf(path.Trail);
        return context.Evidence.OfAccount(owner) is not null || (logGroup is not null && context.Evidence.OfAccount(logGroup.AccountId) is not null) ? path
            : logGroup is null || logGroup.AccountId == owner ? path.Stop(ForeignOwner(
                $"account {owner} owns trail {path.Trail.Name} and has its metric filters and alarms; {OtherEvidence.Missing(owner)}"))
            : path.Stop(NoEvidenceOf(logGroup, path.Trail));
    }

    /// <summary>What the rule on multi-Region trails requires, without exclusion of an event source.</summary>
    public static AlarmPath TrailQualifies(RuleContext context, AlarmPath path, string? requiredEventSource)
    {
        var trail = path.Trail;
        var qualification = TrailQualification.Of(context.Evidence, trail, allowedExclusions: [], mustRecord: requiredEventSource);
        path = path.By([.. qualification.Used]);
        if (qualification.Shortfall is { } shortfall)
        {
            return (path with { Shortfall = shortfall }).Break(
                shortfall.ToString(),
                $"Trail {TrailFindings.NameOf(context, trail)} {qualification.Because}, and no other trail meets {context.ControlOf(TrailFindings.MultiRegionTrailRule)}.");
        }

        path = path.Warn(qualification.Warnings);
        return qualification.Failure is { } why ? path.Question(new Gap(why.Kind.ToString(), TrailFindings.Because(context, trail, why))) : path;
    }

    public static AlarmPath TrailDeliversToLogGroup(RuleContext context, AlarmPath path)
    {
        var trail = path.Trail;
        if (string.IsNullOrEmpty(trail.CloudWatchLogsLogGroupArn))
        {
            return path.Break("NoLogGroup", $"Trail {TrailFindings.NameOf(context, trail)} has no CloudWatch Logs log group.");
        }

        if (TrailInventory.LogGroupOf(trail) is not { } logGroup)
        {
            return path.Stop(new Gap(
                nameof(ReadFailureKind.Malformed),
                $"trail {trail.Name} has a log group ARN that is not valid: {trail.CloudWatchLogsLogGroupArn}"));
        }

        if (context.Evidence.OfAccount(logGroup.AccountId) is not { } evidence)
        {
            return path.Stop(NoEvidenceOf(logGroup, trail));
        }

        return (path with { LogGroup = logGroup, Evidence = evidence }).By(evidence).Warn(DeliveryProblem(context, path) is { } problem ? [problem] : []);
    }

    /// <summary>If it cannot be read whether the log group exists, its metric filters show it: they are only returned when it does.</summary>
    public static AlarmPath LogGroupExists(AlarmPath path) =>
        path.Evidence.Get(EvidenceKinds.TrailLogGroup, path.LogGroup!.ToString()).Match(
            group => group is null
                ? path.Break(
                    "LogGroupMissing", $"Log group {NameOf(path.LogGroup)} of trail {path.Trail.Name} does not exist.")
                : path,
            _ => path);

    /// <summary>The name in a log group's ARN, which may itself hold any character but a colon.</summary>
    public static string NameOf(Arn logGroup) => logGroup.Resource.Substring("log-group:".Length);

    private static Gap NoEvidenceOf(Arn logGroup, Trail trail) => ForeignOwner(
        $"account {logGroup.AccountId} owns log group {NameOf(logGroup)} of trail {trail.Name} and has its metric filters; {OtherEvidence.Missing(logGroup.AccountId)}");

    private static Gap ForeignOwner(string reason) => new(nameof(ReadFailureKind.ForeignOwner), reason);

    // A status that cannot be read left its uncertainty when the trail was assessed.
    private static string? DeliveryProblem(RuleContext context, AlarmPath path)
    {
        var evidence = TrailFindings.EvidenceOf(context.Evidence, EvidenceKinds.TrailStatus, path.Trail);
        var observed = evidence.Get(EvidenceKinds.TrailStatus, path.Trail.Arn);
        return observed.Match(status => DeliveryProblem(context, path.Trail, status, context.ReadAt(observed)), _ => null);
    }

    private static string? DeliveryProblem(RuleContext context, Trail trail, TrailStatus status, DateTimeOffset now)
    {
        var see = $"See {context.ControlOf(TrailFindings.LogsDeliveryRule)}.";
        return status switch
        {
            { LatestCloudWatchLogsDeliveryError: { Length: > 0 } error } => $"Trail {trail.Name}'s last delivery to CloudWatch Logs failed: {error}. {see}",
            { LatestCloudWatchLogsDeliveryTime: null } => $"Trail {trail.Name} has not delivered to CloudWatch Logs yet. {see}",
            { LatestCloudWatchLogsDeliveryTime: { } time } when now - time > MaxDeliveryAge =>
                $"Trail {trail.Name} last delivered to CloudWatch Logs at {UtcTime.Minute(time)}. {see}",
            _ => null,
        };
    }
}
