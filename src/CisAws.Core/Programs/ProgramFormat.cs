using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CisAws.Benchmarks;
using CisAws.Text;
using static CisAws.Programs.FieldTypes;
using static CisAws.Programs.FieldUse;

namespace CisAws.Programs;

/// <summary>
/// The format of program files, one line a field. <see cref="ProgramReader"/> reads by it, <see cref="Write"/> writes by it, and
/// <see cref="ProgramSchema"/> describes it to editors. What spans several fields is in <see cref="ProgramChecks"/>.
/// </summary>
internal static class ProgramFormat
{
    /// <summary>The version of the format that this version reads and writes.</summary>
    public const int SchemaVersion = 1;

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        // The file is not part of a web page: what people write in their own language stays readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The severities by their words.</summary>
    public static IReadOnlyDictionary<string, CisSeverity> Severities { get; } =
        ((CisSeverity[])[CisSeverity.Informational, CisSeverity.Low, CisSeverity.Medium, CisSeverity.High, CisSeverity.Critical])
        .ToDictionary(s => s.ToString(), StringComparer.Ordinal);

    /// <summary>An exemption.</summary>
    public static FieldTable<CisExemption> Exemption { get; } = new("an exemption", new())
    {
        { "control", "The controls: an ID, or a wildcard.", SomeControls, e => e.ControlId, (e, v) => e with { ControlId = v }, Required | Key },
        { "resource", "The ARN or the ID of the resource, wildcards allowed; every resource by default.", AnyText, e => e.Resource, (e, v) => e with { Resource = v }, Key },
        { "account", "The account; every account by default.", Account, e => e.AccountId, (e, v) => e with { AccountId = v }, Key },
        { "region", "The region; every region by default.", Region, e => e.Region, (e, v) => e with { Region = v }, Key },
        { "tag", "A tag that the resource must have: key, or key=value with wildcards in the value.", TextOf("^[^=]", (t, _) => t[0] != '=', "a tag: key, or key=value"), e => e.Tag, (e, v) => e with { Tag = v }, Key },
        { "reason", "Why the failure is accepted.", AnyText, e => e.Reason, (e, v) => e with { Reason = v }, Required },
        { "owner", "Who accepts it.", AnyText, e => e.Owner, (e, v) => e with { Owner = v }, Required },
        { "ticket", "Where it was decided, such as the number of a ticket.", AnyText, e => e.Ticket, (e, v) => e with { Ticket = v } },
        { "expires", "The last day (UTC) on which it is valid.", Day, e => e.Expires, (e, v) => e with { Expires = v } },
        { "coversEverything", "Confirms that it is meant to cover every resource of every control.", TrueOrFalse, e => e.CoversEverything ? true : null, (e, v) => e with { CoversEverything = v } },
    };

    /// <summary>An attestation, with the names of MITRE SAF and three more: expires, evidence, account_id.</summary>
    public static FieldTable<CisAttestation> Attestation { get; } = new("an attestation", new(), () => new()
    {
        ["anyOf"] = new JsonArray(Requires("frequency"), Requires("expires")),
    })
    {
        { "control_id", "The ID of the control.", OneControl, a => a.ControlId, (a, v) => a with { ControlId = v }, Required | Key },
        { "status", "Whether the requirement is met.", OneOf(("passed", AttestationStatus.Passed), ("failed", AttestationStatus.Failed)), a => a.Status, (a, v) => a with { Status = v }, Required },
        { "explanation", "How this was established.", AnyText, a => a.Explanation, (a, v) => a with { Explanation = v }, Required },
        { "updated", "The date (UTC) of the attestation.", Day, a => a.Updated, (a, v) => a with { Updated = v }, Required },
        { "updated_by", "Who attests it.", AnyText, a => a.UpdatedBy, (a, v) => a with { UpdatedBy = v }, Required },
        { "frequency", "How long it is valid: a word such as annually, quarterly or monthly, or a number with d, w, m or y such as 90d.", TextOf(Frequencies.Pattern, (t, c) => Frequencies.After(c.Today, t) is not null, Frequencies.Words), a => a.Frequency, (a, v) => a with { Frequency = v } },
        { "expires", "The last day (UTC) on which it is valid.", Day, a => a.Expires, (a, v) => a with { Expires = v } },
        { "evidence", "Where the evidence is: a link, a document, a ticket.", AnyText, a => a.Evidence, (a, v) => a with { Evidence = v } },
        { "account_id", "The account; every account by default.", Account, a => a.AccountId, (a, v) => a with { AccountId = v }, Key },
    };

    /// <summary>A list of attestations.</summary>
    public static FieldType<IReadOnlyList<CisAttestation>> Attestations { get; } =
        Attestation.List("A person's statement on a control.", a => $"An attestation of {a.ControlId} for the same account");

    /// <summary>Controls that are left out.</summary>
    public static FieldTable<CisExclusion> Exclusion { get; } = new("an exclusion", new(ControlSelector.None, ""))
    {
        { "id", "The controls: an ID, or a wildcard.", SomeControls, e => e.ControlId, (e, v) => e with { ControlId = v }, Required | Key },
        { "reason", "Why they are excluded.", AnyText, e => e.Reason, (e, v) => e with { Reason = v }, Required },
    };

    /// <summary>The whole file.</summary>
    public static FieldTable<CisProgram> Program { get; } = new("a program", new(), () => new()
    {
        ["if"] = new JsonObject
        {
            ["properties"] = new JsonObject { ["allowPermanentExemptions"] = new JsonObject { ["const"] = true } },
            ["required"] = new JsonArray("allowPermanentExemptions"),
        },
        ["else"] = new JsonObject { ["properties"] = new JsonObject { ["exemptions"] = new JsonObject { ["items"] = Requires("expires") } } },
    })
    {
        { "$schema", "The location of this schema.", AnyText, _ => null, (p, _) => p },
        { "schemaVersion", "The version of the format.", Version, _ => SchemaVersion, (p, _) => p, Required, $"Begin the file with \"schemaVersion\": {SchemaVersion}." },
        { "name", ProgramName.Rule, Name, p => p.Name, (p, v) => p with { Name = v }, Required },
        { "description", "What the program is for.", AnyText, p => p.Description, (p, v) => p with { Description = v } },
        { "owner", "Who is responsible for it.", AnyText, p => p.Owner, (p, v) => p with { Owner = v } },
        { "version", "The program's own version.", AnyText, p => p.Version, (p, v) => p with { Version = v } },
        { "basedOn", "The program it is based on, by name; the whole benchmark by default. The program's own values override those of its base.", AnyText, p => p.BasedOn, (p, v) => p with { BasedOn = v } },
        { "benchmark", $"The benchmark that its control IDs belong to: its base's, or {Benchmark.DefaultId} where it has no base.", BenchmarkById, p => p.BasedOn is null ? p.NamedBenchmark : null, (p, v) => p with { NamedBenchmark = v } },
        {
            "controls", "The controls that it selects.", new("controls", new())
            {
                { "ids", "IDs and wildcards of the controls to include from its base; all by default.", ListOfControls, p => p.ChosenIds, (p, v) => p with { ChosenIds = new(v) } },
                { "sections", "The sections to include from its base; all by default.", ListOf(Section), p => p.ChosenSections, (p, v) => p with { ChosenSections = new(v) } },
                { "levels", "The levels to include from its base; both by default.", ListOf(OneOf((1, 1), (2, 2))), p => p.ChosenLevels, (p, v) => p with { ChosenLevels = new(v) } },
                { "scored", "True for only the scored controls of its base, false for only the unscored ones; both by default.", TrueOrFalse, p => p.ChosenScored, (p, v) => p with { ChosenScored = v } },
                { "add", "IDs and wildcards of further controls, whether its base has them or not.", ListOfControls, p => p.AddedControls, (p, v) => p with { AddedControls = new(v) } },
                { "exclude", "Controls to exclude.", Exclusion.List("Controls that are excluded, and why.", e => $"{e.ControlId}"), p => p.ExcludedControls, (p, v) => p with { ExcludedControls = new(v) } },
            }
        },
        { "settings", "Settings by control; an ID takes precedence over a wildcard.", SettingTypes.Settings, p => Of(p, account: false), (p, v) => p with { Settings = new([.. p.Settings, .. v]) } },
        { "accountSettings", "Settings of single accounts, which take precedence over the program's.", SettingTypes.AccountSettings, p => Of(p, account: true), (p, v) => p with { Settings = new([.. p.Settings, .. v]) } },
        {
            "scope", "The accounts and regions that it is for.", new("scope", new())
            {
                { "accounts", "Account IDs; every account by default.", ListOf(Account), p => p.Accounts, (p, v) => p with { Accounts = new(v) } },
                { "regions", "Regions; every enabled one by default.", ListOf(Region), p => p.Regions, (p, v) => p with { Regions = new(v) } },
            }
        },
        { "severities", "The severity of failures, by control; an ID takes precedence over a wildcard.", SettingTypes.Severities, p => p.Severities, (p, v) => p with { Severities = new(v) } },
        { "allowPermanentExemptions", "Allows exemptions without an expiry date.", TrueOrFalse, p => p.AllowPermanentExemptions ? true : null, (p, v) => p with { AllowPermanentExemptions = v } },
        { "exemptions", "Failures that are accepted.", Exemption.List("A failure that is accepted.", e => $"An exemption for {e.ControlId} and the same resources"), p => p.Exemptions, (p, v) => p with { Exemptions = new(v) } },
        { "attestations", "Statements on controls that only a person can decide. The names of the fields are those of MITRE SAF.", Attestations, p => p.Attestations, (p, v) => p with { Attestations = new(v) } },
    };

    private static FieldType<int> Version => new(
        () => new() { ["const"] = SchemaVersion },
        (place, context) => place.Integer == SchemaVersion ? SchemaVersion : context.Invalid(place, Unquoted($"the version of the format, {SchemaVersion}", place)),
        version => version);

    private static FieldType<string> Name => new(
        TextOf(ProgramName.Pattern, (_, _) => true, "").Schema,
        (place, context) =>
        {
            var name = (string?)AnyText.Read(place, context);
            if (name is null || ProgramName.IsValid(name))
            {
                return name;
            }

            context.Problems.Add("InvalidName", place, $"'{LocatedJson.Shortened(name)}' is not a valid program name.", ProgramName.Rule);
            return null;
        });

    private static FieldType<Benchmark> BenchmarkById => new(
        () => new() { ["enum"] = new JsonArray([.. Benchmark.All.Select(b => JsonValue.Create(b.Id))]) },
        (place, context) =>
        {
            var ids = Benchmark.All.Select(b => b.Id).ToList();
            if (place.Text is not { } id)
            {
                return context.Invalid(place, AnyOf(ids));
            }

            if (!ids.Contains(id))
            {
                context.Problems.Add("UnknownBenchmark", place, $"There is no benchmark '{LocatedJson.Shortened(id)}'.", () => Suggestion.For(id, ids, "The benchmarks are"));
            }

            return Benchmark.All.FirstOrDefault(b => b.Id == id);
        });

    private static FieldType<string> Section => new(
        () => new() { ["enum"] = new JsonArray([.. SectionsOf(Benchmark.AllControls).Select(s => JsonValue.Create(s))]) },
        (place, context) => SectionsOf(context.Controls).ToList() is var sections && sections.Contains(place.Text!) ? place.Text : context.Invalid(place, AnyOf(sections)));

    /// <summary>Writes a program as its file: always in the same order and spacing, so that a change shows as what it is.</summary>
    /// <param name="program">The program.</param>
    /// <param name="schema">Where the schema is, seen from the file; null to name none.</param>
    public static string Write(CisProgram program, string? schema = null)
    {
        var file = new JsonObject();
        if (schema is not null)
        {
            file["$schema"] = schema;
        }

        return Json(Program.Write(program, file));
    }

    /// <summary>JSON as it is written into files, whatever the system.</summary>
    public static string Json(JsonObject json) => json.ToJsonString(Indented).Replace("\r\n", "\n") + "\n";

    private static IEnumerable<string> SectionsOf(IEnumerable<BenchmarkControl> controls) => controls.Select(c => c.Section).Distinct();

    private static List<CisProgramSetting> Of(CisProgram program, bool account) => program.Settings.Where(s => s.AccountId is not null == account).ToList();

    private static JsonObject Requires(string member) => new() { ["required"] = new JsonArray(member) };
}
