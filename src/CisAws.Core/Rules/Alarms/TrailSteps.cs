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
    /// The filters and alarms of an organisation's trail are in the account that owns it: a member account that sees only such a
    /// trail is assessed by the evidence of the owner, and does not fail without it. A delegated administrator may own the log group,
    /// though not the trail; then they are here.
    /// </summary>
    public static AlarmPath TrailIsReadable(RuleContext context, AlarmPath path)
    {
        var owner = TrailInventory.OwnerOf(path.Trail);
        return context.Evidence.OfAccount(owner) is { } evidence ? path with { Evidence = evidence }
            : TrailInventory.LogGroupOf(path.Trail)?.AccountId == context.Evidence.Account.AccountId ? path
            : path.Stop(ForeignOwner(
                $"account {owner} owns trail {path.Trail.Name} and has its metric filters and alarms; assess that account"));
    }

    /// <summary>What the rule on multi-Region trails requires, without exclusion of an event source.</summary>
    public static AlarmPath TrailQualifies(RuleContext context, AlarmPath path, string? requiredEventSource)
    {
        var trail = path.Trail;
        var qualification = TrailQualification.Of(path.Evidence, trail, allowedExclusions: [], mustRecord: requiredEventSource);
        if (qualification.Shortfall is { } shortfall)
        {
            return (path with { Shortfall = shortfall }).Break(
                shortfall.ToString(),
                $"Trail {trail.Name} {qualification.Because}, and no other trail meets {context.ControlOf(TrailFindings.MultiRegionTrailRule)}.");
        }

        path = path.Warn(qualification.Warnings);
        return qualification.Failure is { } why ? path.Question(Gap.Of(why)) : path;
    }

    public static AlarmPath TrailDeliversToLogGroup(RuleContext context, AlarmPath path)
    {
        var trail = path.Trail;
        if (string.IsNullOrEmpty(trail.CloudWatchLogsLogGroupArn))
        {
            return path.Break("NoLogGroup", $"Trail {trail.Name} has no CloudWatch Logs log group.");
        }

        if (TrailInventory.LogGroupOf(trail) is not { } logGroup)
        {
            return path.Stop(new Gap(
                nameof(ReadFailureKind.Malformed),
                $"trail {trail.Name} has a log group ARN that is not valid: {trail.CloudWatchLogsLogGroupArn}"));
        }

        if (context.Evidence.OfAccount(logGroup.AccountId) is not { } evidence)
        {
            return path.Stop(ForeignOwner(
                $"account {logGroup.AccountId} owns log group {NameOf(logGroup)} of trail {trail.Name} and has its metric filters; assess that account"));
        }

        return (path with { LogGroup = logGroup, Evidence = evidence }).Warn(DeliveryProblem(context, path) is { } problem ? [problem] : []);
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

    private static Gap ForeignOwner(string reason) => new(nameof(ReadFailureKind.ForeignOwner), reason);

    // A status that cannot be read left its uncertainty when the trail was assessed.
    private static string? DeliveryProblem(RuleContext context, AlarmPath path) => path.Evidence.Get(EvidenceKinds.TrailStatus, path.Trail.Arn).Match(
        status => status switch
        {
            { LatestCloudWatchLogsDeliveryError: { Length: > 0 } error } =>
                $"Trail {path.Trail.Name}'s last delivery to CloudWatch Logs failed: {error}. See {context.ControlOf(TrailFindings.LogsDeliveryRule)}.",
            { LatestCloudWatchLogsDeliveryTime: null } => $"Trail {path.Trail.Name} has not delivered to CloudWatch Logs yet. See {context.ControlOf(TrailFindings.LogsDeliveryRule)}.",
            { LatestCloudWatchLogsDeliveryTime: { } time } when context.Now - time > MaxDeliveryAge =>
                $"Trail {path.Trail.Name} last delivered to CloudWatch Logs at {UtcTime.Minute(time)}. See {context.ControlOf(TrailFindings.LogsDeliveryRule)}.",
            _ => null,
        },
        _ => (string?)null);
}
