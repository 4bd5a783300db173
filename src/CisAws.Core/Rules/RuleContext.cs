using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CisAws.Evidence;

namespace CisAws.Rules;

/// <summary>What a rule decides from, and how it says what it decided.</summary>
/// <param name="evidence">The evidence that the rule declared.</param>
/// <param name="settings">The settings in force.</param>
/// <param name="now">When the run began (UTC).</param>
/// <param name="controlOf">Names another rule, by its ID, as the benchmark does: by the number of its control.</param>
/// <param name="cancellationToken">Ends the run; a rule that computes for long looks at it.</param>
internal sealed class RuleContext(
    EvidenceView evidence, SettingValues settings, DateTimeOffset now, Func<string, string> controlOf, CancellationToken cancellationToken = default)
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>The evidence the rule declared.</summary>
    public EvidenceView Evidence { get; } = evidence;

    /// <summary>The settings in force.</summary>
    public SettingValues Settings { get; } = settings;

    /// <summary>When the run began (UTC).</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>
    /// When a status was read (UTC): the age of what it reports, such as a delivery, is counted to this time. It cannot say what happened later, and
    /// <see cref="Now"/> can be long after the evidence was collected.
    /// </summary>
    public DateTimeOffset ReadAt(Observation status) => status.Origin?.Time ?? Now;

    /// <summary>Ends the run; a rule that computes for long looks at it.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>The account, for findings about it as a whole.</summary>
    public CisResource Account { get; } = CisResource.Of(evidence.Account);

    /// <summary>What could not be read, so that a finding is Unknown.</summary>
    public List<ReadFailure> ReadFailures { get; } = [];

    /// <summary>How a Reason refers to another rule: by its number in the benchmark, such as 2.1.</summary>
    public string ControlOf(string ruleId) => controlOf(ruleId);

    public RuleFinding Pass(
        CisResource resource, string code, string reason, IEnumerable<CisFact>? facts = null, IEnumerable<string>? warnings = null, string? plural = null) =>
        Finding(resource, CisStatus.Pass, code, reason, facts, warnings, plural);

    public RuleFinding Fail(
        CisResource resource, string code, string reason, IEnumerable<CisFact>? facts = null, IEnumerable<string>? warnings = null, string? plural = null) =>
        Finding(resource, CisStatus.Fail, code, reason, facts, warnings, plural);

    public RuleFinding Manual(
        CisResource resource, string code, string reason, IEnumerable<CisFact>? facts = null, IEnumerable<string>? warnings = null, string? plural = null) =>
        Finding(resource, CisStatus.Manual, code, reason, facts, warnings, plural);

    public RuleFinding NotApplicable(
        CisResource resource, string code, string reason, IEnumerable<CisFact>? facts = null, IEnumerable<string>? warnings = null, string? plural = null) =>
        Finding(resource, CisStatus.NotApplicable, code, reason, facts, warnings, plural);

    /// <summary>Undecided because something could not be read. The reason code is the kind of the failure.</summary>
    /// <param name="resource">What it is about.</param>
    /// <param name="why">What could not be read.</param>
    /// <param name="facts">What is known.</param>
    /// <param name="warnings">What should be known.</param>
    /// <param name="hint">What helps to read it, as a clause.</param>
    public RuleFinding Unknown(
        CisResource resource, ReadFailure why, IEnumerable<CisFact>? facts = null, IEnumerable<string>? warnings = null, string? hint = null)
    {
        ReadFailures.Add(why);
        return Undecided(
            resource, why.Kind.ToString(), hint is null ? why.ToString() : $"{why}; {hint}",
            why.ErrorCode.Length == 0 ? facts : (facts ?? []).Append(new CisFact("ErrorCode", why.ErrorCode)), warnings,
            resource.Type == "AWS::Region" ? why.In("") : why.ToString());
    }

    /// <summary>Undecided although everything was read: what was read does not decide.</summary>
    /// <param name="resource">What it is about.</param>
    /// <param name="code">The reason code.</param>
    /// <param name="cause">Why, as a clause.</param>
    /// <param name="facts">What is known.</param>
    /// <param name="warnings">What should be known.</param>
    /// <param name="plural">The cause for several resources, where that is another.</param>
    public RuleFinding Undecided(
        CisResource resource, string code, string cause, IEnumerable<CisFact>? facts = null, IEnumerable<string>? warnings = null, string? plural = null) =>
        Finding(resource, CisStatus.Unknown, code, $"Not decided: {cause}.", facts, warnings, plural ?? cause);

    /// <summary>
    /// The findings of a rule that assesses what is in each region: those about what a region contains, or one for a region that could not
    /// be read.
    /// </summary>
    /// <param name="kind">What is read in each region.</param>
    /// <param name="assess">Assesses what a region contains.</param>
    public IEnumerable<RuleFinding> EachRegion<T>(EvidenceKind<T> kind, Func<string, T, IEnumerable<RuleFinding>> assess)
    {
        foreach (var (region, observation) in Evidence.Regions(kind))
        {
            foreach (var finding in observation.Match(value => assess(region, value), why => [UnreadableRegion(region, why)]))
            {
                yield return finding;
            }
        }
    }

    /// <summary>
    /// A region whose evidence could not be read. Unknown, but for a region that is not enabled or where the service is
    /// not offered, and for a denial by service control policy where the program says that such regions do not apply.
    /// </summary>
    public RuleFinding UnreadableRegion(string region, ReadFailure why)
    {
        var resource = new CisResource("AWS::Region", region, "", region == RegionScope.AllRegions ? "" : region);
        return why.Kind switch
        {
            ReadFailureKind.RegionDisabled => NotApplicable(
                resource, "RegionDisabled", "The region is not enabled in the account.", plural: "are not enabled"),
            ReadFailureKind.NotSupported => NotApplicable(
                resource, "NotSupported", $"The region does not offer {why.Action.Split(':')[0]}.", plural: $"do not offer {why.Action.Split(':')[0]}"),
            ReadFailureKind.ScpDenied when Settings.AcceptsDeniedRegions =>
                NotApplicable(
                    resource, "RegionDenied", $"An organisation policy denies access, which the program accepts: {why}.",
                    plural: "are denied by an organisation policy"),
            _ => Unknown(resource, why),
        };
    }

    private RuleFinding Finding(
        CisResource resource, CisStatus status, string code, string reason, IEnumerable<CisFact>? facts, IEnumerable<string>? warnings, string? plural) =>
        new(resource, status, code, Once(reason), facts, warnings, plural is null ? null : Once(plural));

    /// <summary>The text, held once however many findings have it: most of ten thousand findings say the same.</summary>
    private string Once(string text)
    {
        if (!_texts.TryGetValue(text, out var known))
        {
            _texts[text] = known = text;
        }

        return known;
    }
}
