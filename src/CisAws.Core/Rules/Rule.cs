using System.Collections.Generic;
using CisAws.Evidence;

namespace CisAws.Rules;

/// <summary>
/// Answers one question about an account from completed evidence. A rule is synchronous and pure: evidence, settings and a clock in,
/// findings out. It reads like a benchmark's audit, and knows no benchmark. Its ID, texts and settings are in a JSON file beside it,
/// which has the name of its class; where one class serves several rules, each has a file <c>Class.Variant.json</c> with the parameters
/// in which they differ.
/// </summary>
internal abstract class Rule
{
    /// <summary>What the rule's file says: ID, texts, settings, parameters.</summary>
    public RuleDefinition Definition { get; internal set; } = null!;

    /// <summary>The rule's stable ID, such as iam-password-length.</summary>
    public string Id => Definition.Id;

    /// <summary>The evidence that the status is based on.</summary>
    public abstract IReadOnlyList<EvidenceKind> Needs(SettingValues settings);

    /// <summary>
    /// Optional evidence: it adds warnings or facts, or replaces the needed evidence where that does not
    /// decide. When it cannot be read, the result is complete unless the rule returns Unknown.
    /// </summary>
    public virtual IReadOnlyList<EvidenceKind> OptionalNeeds(SettingValues settings) => [];

    /// <summary>
    /// The findings. For a rule on resources: one for each resource, and none when nothing of the kind exists. Where it is
    /// about the account as a whole: exactly one.
    /// </summary>
    public abstract IEnumerable<RuleFinding> Evaluate(RuleContext context);

    /// <summary>
    /// True when one passing candidate proves the rule: what other candidates leave open does not make a Pass incomplete.
    /// </summary>
    public virtual bool IsExistential(SettingValues settings) => false;

    /// <summary>True when a finding may be Manual, by nature or by a setting: only then a person's attestation has an effect.</summary>
    public virtual bool SupportsAttestation => false;

    /// <summary>What a finding is about, one and several of them, for counting: "2 of 5 IAM users have no MFA device".</summary>
    public virtual (string One, string Several) ResourceNoun => ("resource", "resources");

    /// <summary>What is counted for a finding: its resource, or what that belongs to where <see cref="ResourceNoun"/> is about the latter.</summary>
    public virtual CisResource SubjectOf(CisResource resource) => resource;

    /// <summary>The Reason where there are no findings.</summary>
    /// <param name="context">What the rule was decided from.</param>
    /// <param name="partial">True when not every enabled region was assessed.</param>
    public virtual string EmptyReason(RuleContext context, bool partial) =>
        partial ? $"There are no {ResourceNoun.Several} in the regions assessed." : $"The account has no {ResourceNoun.Several}.";

    /// <summary>What the Reason of the control has to add whatever was found, such as that evidence is out of date; null for nothing.</summary>
    public virtual string? ReasonSuffix(RuleContext context) => null;
}
