using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Programs;

/// <summary>A program file as read: the program, unless something is wrong enough, and all that is wrong.</summary>
internal sealed record ProgramReading(CisProgram? Program, IReadOnlyList<CisProgramProblem> Problems);

/// <summary>
/// Reads a program file. It goes on after a problem, so that all of them are told at once, and says of each where it
/// stands and what would be right. What it does not know it refuses: a key that is misspelt must not be one that is ignored.
/// </summary>
internal sealed class ProgramReader
{
    /// <summary>The version of the format that this version reads and writes.</summary>
    public const int SchemaVersion = 1;

    /// <summary>The severities by the words that stand for them.</summary>
    public static readonly IReadOnlyDictionary<string, CisSeverity> SeverityNames =
        ((CisSeverity[])[CisSeverity.Informational, CisSeverity.Low, CisSeverity.Medium, CisSeverity.High, CisSeverity.Critical])
        .ToDictionary(s => s.ToString(), StringComparer.Ordinal);

    private readonly ProblemList _problems;
    private readonly DateTime _today;

    // What the file says of controls, to be held against the controls that the program comes to.
    private readonly List<(ControlSelector ControlId, LocatedJson Place, string What)> _named = [];

    private ProgramReader(ProblemList problems, DateTimeOffset now)
    {
        _problems = problems;
        _today = now.UtcDateTime.Date;
    }

    /// <summary>Reads a program.</summary>
    /// <param name="json">The file's text.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="findBase">Gives the program of a name, or throws <see cref="ProgramException"/>.</param>
    /// <param name="now">The time by which entries have expired.</param>
    public static ProgramReading Read(string json, string file, Func<string, CisProgram?> findBase, DateTimeOffset now)
    {
        var problems = new ProblemList(file);
        try
        {
            var program = new ProgramReader(problems, now).Read(LocatedJson.Parse(json), findBase);
            return new ProgramReading(problems.HasErrors ? null : program! with { Path = file }, problems.Ordered);
        }
        catch (JsonSyntaxException e)
        {
            problems.Add("InvalidJson", e.Line, e.Path, $"This is not valid JSON. {e.Message}", e.Fix);
            return new ProgramReading(null, problems.Ordered);
        }
    }

    /// <summary>
    /// Whether a file is meant to be a program, valid or not: an object with a whole number as its schemaVersion. Of a file that is not JSON, a slip of the hand
    /// say, the name of that member tells.
    /// </summary>
    public static bool IsProgram(string text)
    {
        try
        {
            return LocatedJson.Parse(text).Members.Any(m => m.Key == "schemaVersion" && m.Value.Integer is not null);
        }
        catch (JsonSyntaxException)
        {
            return text.Contains("\"schemaVersion\"");
        }
    }

    private CisProgram? Read(LocatedJson root, Func<string, CisProgram?> findBase)
    {
        if (root.Members.Any(m => m.Key == "schemaVersion" && m.Value.Integer > SchemaVersion))
        {
            var version = root.Members.First(m => m.Key == "schemaVersion").Value;
            _problems.Add(
                "NewerVersion", version, $"The program was made by a newer version of CisAws: its format is {version}, this version reads {SchemaVersion}.",
                "Update the module; nothing in the file was changed.");
            return null;
        }

        var file = new JsonFields(root, _problems, "a program",
            "$schema", "schemaVersion", "name", "description", "owner", "version", "basedOn", "controls", "settings", "accountSettings", "scope", "severities",
            "allowPermanentExemptions", "exemptions", "attestations");
        _ = file.Text("$schema");
        var version1 = file.Require("schemaVersion", $"Begin the file with \"schemaVersion\": {SchemaVersion}.");
        if (version1 is not null && version1.Integer != SchemaVersion)
        {
            _problems.Invalid(version1, $"the format's version, {SchemaVersion}");
        }

        var name = file.Text("name", required: true) ?? "";
        if (name.Length > 0 && !ProgramName.IsValid(name))
        {
            _problems.Add("InvalidName", file["name"]!, $"'{name}' cannot name a program.", ProgramName.Rule);
        }

        var (ids, sections, levels, scored, added, excluded) = ReadControls(new JsonFields(
            file["controls"], _problems, "controls", "ids", "sections", "levels", "scored", "add", "exclude"));
        var settings = new ProgramSettingsReader(_problems, _named);
        settings.Read(file["settings"], accountId: null);
        settings.ReadAccounts(file["accountSettings"]);
        var scope = new JsonFields(file["scope"], _problems, "scope", "accounts", "regions");
        var permanent = file.Boolean("allowPermanentExemptions") ?? false;
        var entries = new ProgramEntriesReader(_problems, _named, _today);
        var program = new CisProgram
        {
            Name = name,
            Description = file.Text("description") ?? "",
            Owner = file.Text("owner") ?? "",
            Version = file.Text("version") ?? "",
            BasedOn = file.Text("basedOn"),
            ChosenIds = ids,
            ChosenSections = sections,
            ChosenLevels = levels,
            ChosenScored = scored,
            AddedControls = added,
            ExcludedControls = excluded,
            Settings = new(settings.Settings),
            Accounts = new PrintableList<string>(scope.Texts("accounts", Formats.IsAccountId, Formats.AccountId).Select(a => a.Text!)),
            Regions = new PrintableList<string>(scope.Texts("regions", Formats.IsRegion, Formats.Region).Select(r => r.Text!)),
            Severities = new(ReadSeverities(file["severities"])),
            AllowPermanentExemptions = permanent,
            Exemptions = new(entries.ReadExemptions(file.Items("exemptions"), permanent)),
            Attestations = new(entries.ReadAttestations(file.Items("attestations"))),
        };
        program = program with { Base = FindBase(program, file["basedOn"], findBase) };
        if (!_problems.HasErrors)
        {
            CheckEffect(program, file["controls"] ?? root);
            CheckScope(program, scope.Items("regions"), entries.Scopes);
        }

        return program;
    }

    private (PrintableList<ControlSelector> Ids, PrintableList<string> Sections, PrintableList<int> Levels, bool? Scored, PrintableList<ControlSelector> Added, PrintableList<CisExclusion> Excluded) ReadControls(JsonFields controls)
    {
        var ids = controls.Texts("ids", IsControl, Formats.Control);
        var added = controls.Texts("add", IsControl, Formats.Control);
        var sections = controls.Texts(
            "sections", s => Benchmark.Default.Sections.Values.Contains(s, StringComparer.Ordinal), $"one of {string.Join(", ", Benchmark.Default.Sections.Values)}");
        var levels = new List<int>();
        foreach (var level in controls.Items("levels"))
        {
            if (level.Integer is not (1 or 2))
            {
                _problems.Invalid(level, "1 or 2");
            }
            else if (levels.Contains(level.Integer.Value))
            {
                _problems.Duplicate(level, level.ToString());
            }
            else
            {
                levels.Add(level.Integer.Value);
            }
        }

        var exclusions = new List<CisExclusion>();
        var excluded = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in controls.Items("exclude"))
        {
            var exclusion = new JsonFields(item, _problems, "an exclusion", "id", "reason");
            var id = exclusion.Text("id", required: true);
            var reason = exclusion.Text("reason", required: true);
            if (id is not null && !IsControl(id))
            {
                _problems.Invalid(exclusion["id"]!, Formats.Control, "UnknownControl");
            }
            else if (id is not null && !excluded.Add(id))
            {
                _problems.Duplicate(exclusion["id"]!, id);
            }

            exclusions.Add(new CisExclusion(id is not null && IsControl(id) ? ControlSelector.Parse(id) : ControlSelector.None, reason ?? ""));
        }

        return (
            new(ids.Select(i => ControlSelector.Parse(i.Text!))), new(sections.Select(s => s.Text!)), new(levels), controls.Boolean("scored"),
            new(added.Select(a => ControlSelector.Parse(a.Text!))), new(exclusions));
    }

    private static bool IsControl(string pattern) => Benchmark.Default.Matching(pattern).Count > 0;

    private IEnumerable<CisProgramSeverity> ReadSeverities(LocatedJson? place)
    {
        var severities = new List<CisProgramSeverity>();
        foreach (var member in new JsonFields(place, _problems, "severities").All)
        {
            if (!IsControl(member.Key))
            {
                _problems.Invalid(member.Value, Formats.Control, "UnknownControl", member.Key);
            }
            else if (!SeverityNames.TryGetValue(member.Value.Text ?? "", out var severity))
            {
                _problems.Invalid(member.Value, $"one of {string.Join(", ", SeverityNames.Keys)}");
            }
            else
            {
                severities.Add(new CisProgramSeverity(ControlSelector.Parse(member.Key), severity));
                _named.Add((severities[severities.Count - 1].ControlId, member.Value, "severity"));
            }
        }

        _problems.Overlaps(severities.Select(s => (s.ControlId, "a severity", place!)));
        return severities;
    }

    private CisProgram? FindBase(CisProgram program, LocatedJson? place, Func<string, CisProgram?> findBase)
    {
        if (program.BasedOn is not { } name || place is null)
        {
            return null;
        }

        try
        {
            if (findBase(name) is { } found)
            {
                return found;
            }

            _problems.Add(
                "BaseNotFound", place, $"There is no program '{name}' to build on.",
                "Get-CisProgram lists what there is; a base lies in the same store or beside the file.");
        }
        catch (ProgramException e)
        {
            _problems.Add("BaseNotUsable", place, $"Program '{name}' cannot be built on: {e.Message}", e.RecommendedAction);
        }

        return null;
    }

    /// <summary>What has no effect is told, because somebody believes that it has.</summary>
    private void CheckEffect(CisProgram program, LocatedJson controls)
    {
        var inForce = program.Controls;
        if (inForce.Count == 0)
        {
            _problems.Add(
                "NoControls", controls, "The program comes to no control at all.",
                "Choose controls by ids, sections or levels that its base has, or add some.");
            return;
        }

        foreach (var (pattern, place, what) in _named.Where(n => !inForce.Any(c => n.ControlId.Matches(c.ControlId))))
        {
            _problems.Warn(
                "NoEffect", place, $"This {what} has no effect: the program does not have {pattern}.",
                $"Remove it, or add {pattern} to the program's controls.");
        }
    }

    /// <summary>What is for accounts or regions that the program never looks at.</summary>
    private void CheckScope(CisProgram program, IEnumerable<LocatedJson> regionsInScope, IEnumerable<(string What, LocatedJson Place, string? Account, string? Region)> entries)
    {
        foreach (var region in regionsInScope)
        {
            CheckRegion(region, region.Text!);
        }

        var accounts = new HashSet<string>(program.AccountsInScope, StringComparer.Ordinal);
        var regions = new HashSet<string>(program.RegionsInScope, StringComparer.Ordinal);
        foreach (var (what, place, account, region) in entries)
        {
            if (account is not null && accounts.Count > 0 && !accounts.Contains(account))
            {
                _problems.Warn(
                    "NoEffect", place, $"This {what} has no effect: the program is not for account {account}.",
                    "Correct the account, or add it to the program's scope.");
            }

            if (region is not null && regions.Count > 0 && !regions.Contains(region))
            {
                _problems.Warn(
                    "NoEffect", place, $"This {what} has no effect: the program does not look at {region}.",
                    "Correct the region, or add it to the program's scope.");
            }
            else if (region is not null)
            {
                CheckRegion(place, region);
            }
        }
    }

    private void CheckRegion(LocatedJson place, string region)
    {
        if (AwsRegion.Find(region) is null)
        {
            _problems.Warn(
                "UnknownRegion", place, $"CisAws does not know a region '{region}'.",
                Suggestion.For(region, AwsRegion.All.Select(r => r.Name).ToList(), "The regions are"));
        }
    }
}
