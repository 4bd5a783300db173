using System.Collections.Generic;
using CisAws.Evidence;

namespace CisAws.Rules.Network;

/// <summary>The resources of EC2 that findings are about. EC2 answers with IDs; their ARNs have one form for all.</summary>
internal static class Ec2Resource
{
    /// <summary>Why resources that other accounts own and share are not assessed.</summary>
    public const string Foreign = "are owned by another account";

    public static CisResource Of(RuleContext context, string region, SecurityGroup group) =>
        Of(context, "AWS::EC2::SecurityGroup", "security-group", region, group.OwnerId, group.Id, group.Tags);

    public static CisResource Of(RuleContext context, string region, Vpc vpc) =>
        Of(context, "AWS::EC2::VPC", "vpc", region, vpc.OwnerId, vpc.Id, vpc.Tags);

    public static CisResource Of(RuleContext context, string region, RouteTable table) =>
        Of(context, "AWS::EC2::RouteTable", "route-table", region, table.OwnerId, table.Id);

    public static CisResource Of(RuleContext context, string region, Instance instance) =>
        Of(context, "AWS::EC2::Instance", "instance", region, context.Evidence.Account.AccountId, instance.Id, instance.Tags);

    public static CisResource Of(RuleContext context, string region, NetworkAcl acl) =>
        Of(context, "AWS::EC2::NetworkAcl", "network-acl", region, acl.OwnerId, acl.Id, acl.Tags);

    private static CisResource Of(
        RuleContext context, string type, string word, string region, string owner, string id, IReadOnlyDictionary<string, string>? tags = null) =>
        new(type, id, new Arn(context.Evidence.Account.Partition, "ec2", region, owner, $"{word}/{id}").ToString(), region, tags);
}
