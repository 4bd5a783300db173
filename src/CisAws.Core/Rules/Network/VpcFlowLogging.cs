using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Network;

/// <summary>Every VPC has an active flow log that records rejected packets and is delivered.</summary>
internal sealed class VpcFlowLogging : Rule
{
    public override (string One, string Several) ResourceNoun => ("VPC", "VPCs");

    private const string NotLogged = "do not log rejected packets";

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => settings.Boolean("AcceptSubnetCoverage")
        ? [EvidenceKinds.Vpcs, EvidenceKinds.FlowLogs, EvidenceKinds.Subnets]
        : [EvidenceKinds.Vpcs, EvidenceKinds.FlowLogs];

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context) =>
        context.EachRegion(EvidenceKinds.Vpcs, (region, vpcs) => EvaluateRegion(context, region, vpcs));

    private static IEnumerable<RuleFinding> EvaluateRegion(RuleContext context, string region, IReadOnlyList<Vpc> vpcs)
    {
        foreach (var vpc in vpcs.Where(v => v.OwnerId != context.Evidence.Account.AccountId))
        {
            yield return context.NotApplicable(
                Ec2Resource.Of(context, region, vpc), "OtherOwner", $"Account {vpc.OwnerId} owns the VPC, and only it can log all of it.", plural: Ec2Resource.Foreign);
        }

        var own = vpcs.Where(v => v.OwnerId == context.Evidence.Account.AccountId).ToList();
        if (own.Count == 0)
        {
            yield break;
        }

        if (!context.Evidence.Get(EvidenceKinds.FlowLogs, region).TryGet(out var flowLogs, out var why))
        {
            yield return context.UnreadableRegion(region, why);
            yield break;
        }

        var byResource = flowLogs.ToLookup(f => f.ResourceId, StringComparer.Ordinal);
        foreach (var vpc in own)
        {
            yield return Evaluate(context, region, vpc, byResource);
        }
    }

    private static RuleFinding Evaluate(RuleContext context, string region, Vpc vpc, ILookup<string, FlowLog> flowLogs)
    {
        var resource = Ec2Resource.Of(context, region, vpc);
        if (vpc.State == "pending")
        {
            return context.NotApplicable(resource, "Pending", "The VPC is still being created.", plural: "are being created");
        }

        // One good flow log is enough, whatever is wrong with its siblings.
        var shortfalls = flowLogs[vpc.Id].Select(Shortfall).OrderByDescending(s => s.Degree).ToList();
        if (shortfalls.FirstOrDefault(s => s.Degree == FlowLogDegree.Good) is { Id: { } good })
        {
            return context.Pass(resource, "Logged", $"Flow log {good} records rejected packets.", plural: "log rejected packets");
        }

        if (context.Settings.Boolean("AcceptSubnetCoverage"))
        {
            if (!context.Evidence.Get(EvidenceKinds.Subnets, region).TryGet(out var subnets, out var why))
            {
                return context.Unknown(resource, why);
            }

            var ofVpc = subnets.Where(s => s.VpcId == vpc.Id).ToList();
            if (ofVpc.Count > 0 && ofVpc.All(s => flowLogs[s.Id].Any(f => Shortfall(f).Degree == FlowLogDegree.Good)))
            {
                return context.Pass(
                    resource, "SubnetsLogged", "Every subnet of the VPC has a flow log that records rejected packets.",
                    warnings: [$"A new subnet of VPC {vpc.Id} would not be logged."], plural: "log rejected packets");
            }
        }

        return shortfalls.Count == 0
            ? context.Fail(resource, "NoFlowLog", "The VPC has no flow log of its own.", plural: NotLogged)
            : context.Fail(resource, shortfalls[0].Degree.ToString(), $"Flow log {shortfalls[0].Id} {shortfalls[0].Text}.", plural: NotLogged);
    }

    /// <summary>
    /// What a flow log lacks. It stays ACTIVE while its delivery fails; an absent delivery status does not mean failure.
    /// </summary>
    private static (FlowLogDegree Degree, string? Id, string Text) Shortfall(FlowLog log) => log switch
    {
        { Status: not "ACTIVE" } => (FlowLogDegree.FlowLogInactive, log.Id, $"has status {log.Status}"),
        { TrafficType: not ("REJECT" or "ALL") } =>
            (FlowLogDegree.RejectedPacketsNotLogged, log.Id, $"records {log.TrafficType} traffic and not rejected packets"),
        { DeliverLogsStatus: "FAILED" } =>
            (FlowLogDegree.DeliveryFailed, log.Id, $"cannot be delivered ({log.DeliverLogsErrorMessage ?? "AWS returned no reason"})"),
        _ => (FlowLogDegree.Good, log.Id, ""),
    };

    /// <summary>How near a flow log is to what is required, from far to near; the names are reason codes.</summary>
    private enum FlowLogDegree
    {
        FlowLogInactive,
        RejectedPacketsNotLogged,
        DeliveryFailed,
        Good,
    }
}
