using System;
using System.Collections.Generic;
using System.Threading;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Results;

namespace CisAws.Rules;

/// <summary>What a rule decides from, and how it says what it decided.</summary>
internal sealed class RuleContext(
    ControlId controlId, EvidenceView evidence, SettingValues settings, DateTimeOffset now, CancellationToken cancellationToken = default)
{
    /// <summary>The control that is being decided; a rule that serves a family looks at it.</summary>
    public ControlId ControlId { get; } = controlId;

    /// <summary>The evidence the rule declared.</summary>
    public EvidenceView Evidence { get; } = evidence;

    /// <summary>The settings in force.</summary>
    public SettingValues Settings { get; } = settings;

    /// <summary>When the run began (UTC).</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>Ends the run; a rule that computes for long looks at it.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>The account, for findings about it as a whole.</summary>
    public CisResource Account { get; } = AccountResource(evidence.Account);

    /// <summary>What could not be read and made a finding Unknown.</summary>
    public List<ReadFailure> ReadFailures { get; } = [];

    /// <summary>An account as a resource.</summary>
    public static CisResource AccountResource(AccountIdentity account) =>
        new("AWS::Account", account.AccountId, $"arn:{account.Partition}:iam::{account.AccountId}:root", "");

    public CisFinding Pass(CisResource resource, string code, string reason, IEnumerable<CisFact>? facts = null, IEnumerable<string>? warnings = null) =>
        Finding(resource, CisStatus.Pass, code, reason, facts, warnings);

    public CisFinding Fail(CisResource resource, string code, string reason, IEnumerable<CisFact>? facts = null, IEnumerable<string>? warnings = null) =>
        Finding(resource, CisStatus.Fail, code, reason, facts, warnings);

    public CisFinding Manual(CisResource resource, string code, string reason, IEnumerable<CisFact>? facts = null, IEnumerable<string>? warnings = null) =>
        Finding(resource, CisStatus.Manual, code, reason, facts, warnings);

    public CisFinding NotApplicable(CisResource resource, string code, string reason, IEnumerable<CisFact>? facts = null, IEnumerable<string>? warnings = null) =>
        Finding(resource, CisStatus.NotApplicable, code, reason, facts, warnings);

    /// <summary>Undecided because something could not be read. The reason code is the kind of the trouble.</summary>
    public CisFinding Unknown(CisResource resource, ReadFailure why, IEnumerable<CisFact>? facts = null, IEnumerable<string>? warnings = null)
    {
        ReadFailures.Add(why);
        return Finding(resource, CisStatus.Unknown, why.Kind.ToString(), $"Not decided: {why}.", facts, warnings);
    }

    /// <summary>Undecided although everything was read: what was read does not tell.</summary>
    public CisFinding Undecided(CisResource resource, string code, string reason, IEnumerable<CisFact>? facts = null, IEnumerable<string>? warnings = null) =>
        Finding(resource, CisStatus.Unknown, code, reason, facts, warnings);

    /// <summary>
    /// A region whose evidence could not be read. Unknown, but for a region that is not enabled or where the service is
    /// not offered, and for a denial by service control policy where the program says that such regions do not apply.
    /// </summary>
    public CisFinding UnreadableRegion(string region, ReadFailure why)
    {
        var resource = new CisResource("AWS::Region", region, "", region == RegionScope.AllRegions ? "" : region);
        return why.Kind switch
        {
            ReadFailureKind.RegionDisabled => NotApplicable(resource, "RegionDisabled", $"{region} is not enabled for the account."),
            ReadFailureKind.NotSupported => NotApplicable(resource, "NotSupported", $"{why.Action.Split(':')[0]} is not offered in {region}."),
            ReadFailureKind.ScpDenied when Settings.Has("DeniedRegions") && Settings.Text("DeniedRegions") == "NotApplicable" =>
                NotApplicable(resource, "RegionDenied", $"{region} is closed by a policy of the organisation, which the program accepts: {why}."),
            _ => Unknown(resource, why),
        };
    }

    private CisFinding Finding(
        CisResource resource, CisStatus status, string code, string reason, IEnumerable<CisFact>? facts, IEnumerable<string>? warnings) =>
        new(ControlId, Evidence.Account.AccountId, resource, status, code, reason, facts, warnings);
}
