using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Network;

/// <summary>
/// The security groups that are on a network interface, where the setting IgnoreUnattached requires that; null where it does not, or that is not known.
/// </summary>
internal sealed record SecurityGroupAttachment(HashSet<string>? Groups, ReadFailure? Failure)
{
    /// <summary>The groups of a region.</summary>
    public static SecurityGroupAttachment Of(RuleContext context, string region) => context.Settings.Boolean("IgnoreUnattached")
        ? context.Evidence.Get(EvidenceKinds.NetworkInterfaces, region).Match(
            interfaces => new SecurityGroupAttachment(new HashSet<string>(interfaces.SelectMany(i => i.GroupIds), StringComparer.Ordinal), null),
            why => new SecurityGroupAttachment(null, why))
        : new SecurityGroupAttachment(null, null);
}
