using System;
using System.Collections.Generic;
using CisAws.Evidence;
using CisAws.Results;

namespace CisAws.Rules;

/// <summary>Names the control a rule decides; several where one rule serves a family of controls.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ControlAttribute(params string[] ids) : Attribute
{
    public string[] Ids { get; } = ids;
}

/// <summary>
/// Decides one control from completed evidence. A rule is synchronous and pure: evidence, settings and a clock in,
/// findings out. It reads like the benchmark's audit.
/// </summary>
internal abstract class ControlRule
{
    /// <summary>The evidence the verdict rests on.</summary>
    public abstract IReadOnlyList<EvidenceKind> Needs(SettingValues settings);

    /// <summary>
    /// Evidence that a verdict can do without: it adds warnings or facts, or steps in where the needed evidence does not
    /// tell. When it cannot be read, the verdict is complete all the same unless the rule says Unknown.
    /// </summary>
    public virtual IReadOnlyList<EvidenceKind> OptionalNeeds(SettingValues settings) => [];

    /// <summary>
    /// The findings. Where a verdict is by resource: one a resource, and none when nothing of the kind exists. Where it is
    /// about the account as a whole: exactly one.
    /// </summary>
    public abstract IEnumerable<CisFinding> Evaluate(RuleContext context);

    /// <summary>
    /// True when one good candidate proves the control: what other candidates could not tell does not make a Pass incomplete.
    /// </summary>
    public virtual bool IsExistential(SettingValues settings) => false;

    /// <summary>True when a finding may be Manual, by nature or by a setting: only then a person's attestation has an effect.</summary>
    public virtual bool SupportsAttestation => false;

    /// <summary>What a finding is about, for counting: "2 of 5 IAM users fail".</summary>
    public virtual string ResourceNoun => "resources";

    /// <summary>The Reason of a result without findings.</summary>
    /// <param name="partial">True when not every enabled region was assessed.</param>
    public virtual string EmptyReason(bool partial) => partial ? $"There are no {ResourceNoun} in the regions assessed." : $"The account has no {ResourceNoun}.";

    /// <summary>What the Reason of every result has to add, such as how old its evidence is; null for nothing.</summary>
    public virtual string? ReasonSuffix(RuleContext context) => null;
}
