using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Assessments;

/// <summary>
/// The Reason of a control, from those of its findings: "2 of 15 console users have no MFA device: elin.sandberg, katarina.nyman". How many comes first,
/// then what they have in common, then the first of them; the findings contain the rest.
/// </summary>
internal sealed class ControlReason
{
    private const int MostNamed = 3;

    // With this many characters a sentence still fits into two lines of a report.
    private const int Longest = 140;

    private readonly CisStatus _status;
    private readonly IReadOnlyList<CisFinding> _findings;
    private readonly Rule _rule;
    private readonly string? _scope;
    private readonly List<CisFinding> _deciding;
    private readonly int _total;

    private ControlReason(CisStatus status, IReadOnlyList<CisFinding> findings, Rule rule, string? scope)
    {
        _status = status;
        _findings = findings;
        _rule = rule;
        _scope = scope;
        _deciding = findings.Where(f => f.Status == status && !IsAboutAccount(f) && !IsUnreadRegion(f)).ToList();
        _total = Count(findings.Where(f => f.Status != CisStatus.NotApplicable && !IsAboutAccount(f) && !IsUnreadRegion(f)));
    }

    /// <summary>The sentence.</summary>
    /// <param name="status">The status of the control.</param>
    /// <param name="findings">All findings, at least one of them with that status.</param>
    /// <param name="rule">The rule that they are of.</param>
    /// <param name="scope">"2 of 17 regions" when not every enabled region was assessed; else null.</param>
    public static string Of(CisStatus status, IReadOnlyList<CisFinding> findings, Rule rule, string? scope) =>
        new ControlReason(status, findings, rule, scope).Write();

    /// <summary>A Reason that says nothing of regions, with those that were assessed.</summary>
    public static string Within(string? scope, string reason) => scope is null ? reason : $"{reason} Assessed in {scope}.";

    private string Nouns => _rule.ResourceNoun.Several + (_scope is null ? "" : $" in {_scope}");

    private string Write()
    {
        var first = _findings.First(f => f.Status == _status);
        return _status switch
        {
            CisStatus.Exempt when IsAlone => Within(_scope, first.Reason),
            CisStatus.Pass when _findings.All(f => f.Attestation is not null) => Within(_scope, first.Reason),
            CisStatus.Unknown => Undecided(first),
            CisStatus.NotApplicable => Outside(first),
            _ when _deciding.Count == 0 || (_deciding[0].Plural is null && IsAlone) => Within(_scope, first.Reason),
            _ => Decided(),
        };
    }

    private bool IsAlone => _total == 1;

    /// <summary>Fail, Manual, Exempt and Pass.</summary>
    private string Decided()
    {
        var groups = Groups();
        var count = Count(_deciding);
        var others = Others();
        if (IsAlone)
        {
            var name = $"{Quantity.Capitalized(_rule.ResourceNoun.One)} {Names(groups[0].Findings)[0]}";
            return Within(_scope, $"{name} {Quantity.Agree(1, Predicate(groups[0].Text))}{others}.");
        }

        if (_status == CisStatus.Pass)
        {
            return $"{All(count, groups.Count == 1 ? groups[0].Text : General)}{others}.";
        }

        var subject = $"{count} of {_total} {Nouns}";
        var predicate = Quantity.Agree(count, groups.Count == 1 ? Predicate(groups[0].Text) : General);
        var which = groups.Count == 1 ? Named(groups[0].Findings, MostNamed, Longest - subject.Length - predicate.Length)
            : _status == CisStatus.Manual ? Counted(groups)
            : Clauses(groups, Longest - subject.Length);
        return $"{subject} {predicate}: {which}{others}.";
    }

    /// <summary>"Both trails have a log group", "None of the 19 security groups opens port 22": "all do not" could be understood as "not all do".</summary>
    private string All(int count, string predicate)
    {
        var none = predicate.StartsWith("do not ", StringComparison.Ordinal) ? predicate.Substring("do not ".Length)
            : predicate.StartsWith("are not ", StringComparison.Ordinal) ? "are " + predicate.Substring("are not ".Length)
            : null;
        return none is null ? $"{(count == 2 ? "Both" : $"All {count}")} {Nouns} {predicate}" : $"None of the {count} {Nouns} {Quantity.Agree(1, none)}";
    }

    /// <summary>Unknown: which action was denied or what else was missing, for how many resources or in which regions.</summary>
    private string Undecided(CisFinding first)
    {
        var regions = _findings.Where(IsUnreadRegion).ToList();
        var deciding = _deciding.Count > 0 ? _deciding : regions;
        if (deciding.Count == 0 || (_deciding.Count > 0 && IsAlone && regions.Count == 0))
        {
            return Within(_scope, first.Reason);
        }

        var groups = deciding.GroupBy(f => f.Plural!, StringComparer.Ordinal).Select(g => new Group(g.Key, g.ToList())).ToList();
        var (cause, findings) = groups[0];
        var count = Count(deciding);
        var rest = count - Count(findings) is var more and > 0 ? $"; {more} more for other reasons" : "";
        return _deciding.Count == 0
            ? Within(_scope, $"Not decided in {Named(findings, MostNamed, Longest - cause.Length)}: {cause}{rest}.")
            : $"{count} of {_total} {Nouns} {Quantity.Agree(count, "are not decided")}: " +
                $"{cause} ({Named(findings, MostNamed, Longest - cause.Length)}){rest}{(regions.Count > 0 ? Unread(regions.Count) : "")}.";
    }

    /// <summary>NotApplicable: what keeps each resource out of the control.</summary>
    private string Outside(CisFinding first) => _deciding.Count == 0 || _deciding.Exists(f => f.Plural is null)
        ? Within(_scope, first.Reason)
        : $"No {Nouns} to assess: {Counted(Groups())}.";

    /// <summary>The deciding findings by what they have in common, in their order.</summary>
    private List<Group> Groups() =>
        [.. _deciding.GroupBy(f => f.Plural ?? General, StringComparer.Ordinal).Select(g => new Group(g.Key, g.ToList()))];

    private string General => _status switch
    {
        CisStatus.Pass => "pass",
        CisStatus.Manual => "require a review",
        CisStatus.Exempt => "are exempt",
        _ => "fail",
    };

    /// <summary>"have no MFA device and are exempt".</summary>
    private string Predicate(string text)
    {
        var isStatusToAdd = _status is CisStatus.Manual or CisStatus.Exempt && text != General;
        return isStatusToAdd ? $"{text} and {Quantity.Agree(Count(_deciding), General)}" : text;
    }

    /// <summary>"3 are disabled, 1 is managed by AWS".</summary>
    private string Counted(List<Group> groups) => Quantity.List(
        [.. groups.Select(g =>
        {
            var count = Count(g.Findings);
            var regions = g.Findings.TrueForAll(f => f.ResourceType == "AWS::Region") && _rule.ResourceNoun.One != "region";
            return $"{(regions ? Quantity.Of(count, "region") : count.ToString(CultureInfo.InvariantCulture))} {Quantity.Agree(count, g.Text)}";
        })],
        MostNamed);

    /// <summary>"logs is public; archive, old-logs do not exist".</summary>
    private string Clauses(List<Group> groups, int longest)
    {
        var clauses = new List<string>();
        var named = 0;
        foreach (var (text, findings) in groups.Take(MostNamed))
        {
            var names = Names(findings);
            var shown = names.Take(groups.Count == 2 ? 2 : 1).ToList();
            var clause = $"{string.Join(", ", shown)} {Quantity.Agree(shown.Count, text)}";
            if (clauses.Count > 0 && clauses.Sum(c => c.Length + 2) + clause.Length > longest)
            {
                break;
            }

            clauses.Add(clause);
            named += shown.Count;
        }

        var more = Count(_deciding) - named;
        return string.Join("; ", clauses) + (more > 0 ? $"; and {more} more" : "");
    }

    /// <summary>What the status does not show: what was not decided, and what is exempt.</summary>
    private string Others()
    {
        var account = _findings.FirstOrDefault(f => IsAboutAccount(f) && f.Status == _status && f.Status != CisStatus.Pass)?.Plural;
        var unknown = Count(_findings.Where(f => f.Status == CisStatus.Unknown && !IsUnreadRegion(f) && !IsAboutAccount(f)));
        var unread = _findings.Count(IsUnreadRegion);
        var exempt = _status == CisStatus.Exempt ? 0 : Count(_findings.Where(f => f.Status == CisStatus.Exempt));
        return (account is null ? "" : $"; {account}") +
            (unknown > 0 ? $"; {unknown} {Quantity.Agree(unknown, "are not decided")}" : "") +
            (unread > 0 ? Unread(unread) : "") +
            (exempt > 0 ? $"; {exempt} {Quantity.Agree(exempt, "are exempt")}" : "");
    }

    private static string Unread(int regions) => $"; {Quantity.Of(regions, "region")} could not be read";

    /// <summary>The first names: as many as fit, and at least one.</summary>
    private string Named(IReadOnlyCollection<CisFinding> findings, int most, int longest)
    {
        var names = Names(findings);
        while (most > 1 && names.Take(most).Sum(n => n.Length + 2) > longest)
        {
            most--;
        }

        return Quantity.List(names, most);
    }

    /// <summary>What people call the resources. Where two of them have the same name, their ids or regions distinguish them.</summary>
    private List<string> Names(IEnumerable<CisFinding> findings)
    {
        var subjects = Subjects(findings).ToList();
        var ambiguous = new HashSet<string>(subjects.GroupBy(NameOf, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key), StringComparer.Ordinal);
        return subjects.ConvertAll(s => !ambiguous.Contains(NameOf(s)) ? NameOf(s)
            : s.Name is not null ? $"{s.Name} ({s.Id})"
            : s.Region.Length > 0 ? $"{s.Id} ({s.Region})"
            : s.Id);
    }

    private static string NameOf(CisResource resource) => resource.Name ?? resource.Id;

    private int Count(IEnumerable<CisFinding> findings) => Subjects(findings).Count();

    private IEnumerable<CisResource> Subjects(IEnumerable<CisFinding> findings) => findings.Select(f => _rule.SubjectOf(f.Resource)).Distinct();

    private static bool IsAboutAccount(CisFinding finding) => finding.ResourceType == "AWS::Account";

    /// <summary>A region that could not be read is not a resource that was assessed; one that is assessed itself is.</summary>
    private static bool IsUnreadRegion(CisFinding finding) => finding is { ResourceType: "AWS::Region", Status: CisStatus.Unknown };

    /// <summary>Findings that have their text in common.</summary>
    private sealed record Group(string Text, List<CisFinding> Findings);
}
