using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Rules;
using CisAws.Text;
using static CisAws.Text.JsonTypes;

namespace CisAws.Results;

/// <summary>What a run took, which is known only at its end: a result document has it after the results.</summary>
internal sealed record RunValues
{
    public Guid RunId { get; init; }

    public string CisAwsVersion { get; init; } = "";

    public int? Calls { get; init; }

    public TimeSpan? Duration { get; init; }
}

/// <summary>A result document as it is read.</summary>
internal sealed record DocumentValues
{
    public string Schema { get; init; } = "";

    public IReadOnlyList<ResultValues> Results { get; init; } = [];

    public IReadOnlyList<RunValues> Runs { get; init; } = [];
}

/// <summary>
/// The format of result documents, one line a member. <see cref="ResultFile"/> writes and reads by it, and <see cref="ResultSchema"/> describes it.
/// Members have the names of the properties that they hold. What follows from others, such as counts and FailedResource, is not in the document.
/// </summary>
internal static class ResultFormat
{
    private static readonly JsonType<ControlId> Control = new(
        () => new() { ["type"] = "string", ["pattern"] = @"^[0-9]+(\.[0-9]+){1,3}$" },
        (w, id) => JsonText.Write(w, id.ToString()),
        (ref r, _) => ControlId.TryParse(TextOf(ref r), out var id) ? id! : throw new UnexpectedJsonException("must be a control ID such as \"1.10\", in quotes"));

    private static readonly JsonType<ControlSelector> Selector = Word.As(
        (ControlSelector s) => s.Text, text => ControlSelector.TryParse(text, out var s) ? s! : throw new UnexpectedJsonException("must be a control ID such as \"1.10\", or a wildcard"));

    /// <summary>A setting has the type that it says: int, bool, text or a list of texts.</summary>
    private static readonly JsonType<object> SettingValue = new(
        () => new() { ["type"] = new JsonArray("integer", "boolean", "string", "array"), ["items"] = AnyText.Schema() },
        (w, value) =>
        {
            switch (value)
            {
                case int number:
                    Count.Write(w, number);
                    break;
                case bool flag:
                    Flag.Write(w, flag);
                    break;
                case string text:
                    AnyText.Write(w, text);
                    break;
                default:
                    Printable(AnyText).Write(w, (PrintableList<string>)value);
                    break;
            }
        },
        (ref r, reading) => r.TokenType switch
        {
            JsonTokenType.Number => Count.Read(ref r, reading),
            JsonTokenType.True or JsonTokenType.False => r.GetBoolean(),
            JsonTokenType.StartArray => Printable(AnyText).Read(ref r, reading),
            _ => AnyText.Read(ref r, reading),
        });

    private static readonly JsonTable<CisSetting> Setting = new("a setting", new CisSetting(new("", SettingType.Integer, 0, ""), 0, ""))
    {
        { "name", "The name that programs use.", Word, s => s.Name, (s, v) => s.With(s.Definition with { Name = v }) },
        { "value", "The value in force.", SettingValue, s => s.Value, (s, v) => new(s.Definition, v, s.Source) },
        { "source", "Where the value is from: default, or a program, or a program and an account.", Word, s => s.Source, (s, v) => new(s.Definition, s.Value, v) },
        { "default", "The value where no program sets it.", SettingValue, s => s.Default, (s, v) => s.With(s.Definition with { Default = v }) },
        { "type", "The type of the value.", OneOf<SettingType>(), s => s.Type, (s, v) => s.With(s.Definition with { Type = v }) },
        { "minimum", "The least value of an Integer.", Count.OrNull(), s => s.Minimum, (s, v) => s.With(s.Definition with { Minimum = v }) },
        { "maximum", "The greatest value of an Integer.", Count.OrNull(), s => s.Maximum, (s, v) => s.With(s.Definition with { Maximum = v }) },
        { "choices", "The words of a Choice.", ListOf(Word).OrNone(), s => s.Definition.Choices, (s, v) => s.With(s.Definition with { Choices = v }) },
        { "description", "What it changes, with its unit.", AnyText, s => s.Description, (s, v) => s.With(s.Definition with { Description = v }) },
    };

    private static readonly JsonTable<CisFact> Fact = new("a fact", new("", ""))
    {
        { "name", "What it is.", Word, f => f.Name, (f, v) => f with { Name = v } },
        { "value", "Its value, as text.", SafeText, f => f.Value, (f, v) => f with { Value = v } },
    };

    private static readonly JsonTable<ReadFailure> Failure = new("a read failure", new("", "", "", default, ""))
    {
        { "action", "The IAM action that failed, such as iam:GetCredentialReport.", Word, f => f.Action, (f, v) => f with { Action = v } },
        { "region", "The region; empty for a global service.", Word, f => f.Region, (f, v) => f with { Region = v } },
        { "errorCode", "The error code of AWS, or of CisAws if there was no response.", Word, f => f.ErrorCode, (f, v) => f with { ErrorCode = v } },
        { "kind", "Why.", OneOf<ReadFailureKind>(), f => f.Kind, (f, v) => f with { Kind = v } },
        { "message", "What AWS said, or what happened.", AnyText, f => f.Message, (f, v) => f with { Message = v } },
        { "accountId", "The account it is about, if that is not the one that was assessed.", Word.OrNone(), f => f.AccountId, (f, v) => f with { AccountId = v } },
    };

    private static readonly JsonTable<CisExemption> Exemption = new("an exemption", new())
    {
        { "controlId", "The controls: an ID, or a wildcard.", Selector, e => e.ControlId, (e, v) => e with { ControlId = v } },
        { "resource", "The ARN or the ID of the resource, wildcards allowed; absent for every resource.", AnyText.OrNone(), e => e.Resource, (e, v) => e with { Resource = v } },
        { "accountId", "The account; absent for every account.", Word.OrNone(), e => e.AccountId, (e, v) => e with { AccountId = v } },
        { "region", "The region; absent for every region.", Word.OrNone(), e => e.Region, (e, v) => e with { Region = v } },
        { "tag", "A tag that the resource must have.", AnyText.OrNone(), e => e.Tag, (e, v) => e with { Tag = v } },
        { "reason", "Why the failure is accepted.", AnyText, e => e.Reason, (e, v) => e with { Reason = v } },
        { "owner", "Who accepts it.", AnyText, e => e.Owner, (e, v) => e with { Owner = v } },
        { "ticket", "Where it was decided.", AnyText.OrNone(), e => e.Ticket, (e, v) => e with { Ticket = v } },
        { "expires", "The last day (UTC) on which it is valid; absent for no limit.", Day.OrNull(), e => e.Expires, (e, v) => e with { Expires = v } },
        { "coversEverything", "Whether it is meant to cover every resource of every control.", Flag, e => e.CoversEverything, (e, v) => e with { CoversEverything = v } },
    };

    private static readonly JsonTable<CisAttestation> Attestation = new("an attestation", new())
    {
        { "controlId", "The control.", Selector, a => a.ControlId, (a, v) => a with { ControlId = v } },
        { "status", "Whether the requirement is met.", OneOf<AttestationStatus>(), a => a.Status, (a, v) => a with { Status = v } },
        { "explanation", "How this was established.", AnyText, a => a.Explanation, (a, v) => a with { Explanation = v } },
        { "updated", "The day (UTC) of the attestation.", Day, a => a.Updated, (a, v) => a with { Updated = v } },
        { "updatedBy", "Who attests it.", AnyText, a => a.UpdatedBy, (a, v) => a with { UpdatedBy = v } },
        { "frequency", "How long it is valid, such as annually or 90d.", AnyText.OrNone(), a => a.Frequency, (a, v) => a with { Frequency = v } },
        { "expires", "The last day (UTC) on which it is valid.", Day.OrNull(), a => a.Expires, (a, v) => a with { Expires = v } },
        { "evidence", "Where the evidence is.", AnyText.OrNone(), a => a.Evidence, (a, v) => a with { Evidence = v } },
        { "accountId", "The account; absent for every account.", Word.OrNone(), a => a.AccountId, (a, v) => a with { AccountId = v } },
    };

    private static readonly JsonTable<FindingValues> Finding = new("a finding", new())
    {
        { "status", "The status of the resource.", OneOf<CisStatus>(), f => f.Status, (f, v) => f with { Status = v } },
        { "resourceType", "A CloudFormation type name, AWS::Account or AWS::Region.", Word, f => f.Resource.Type, (f, v) => f with { Resource = f.Resource with { Type = v } } },
        { "resourceId", "The ID that people use, exactly as AWS has it.", AnyText, f => f.Resource.Id, (f, v) => f with { Resource = f.Resource with { Id = v } } },
        { "resourceArn", "The ARN, exactly as AWS has it.", AnyText, f => f.Resource.Arn, (f, v) => f with { Resource = f.Resource with { Arn = v } } },
        { "region", "The region; empty for a global resource.", Word, f => f.Resource.Region, (f, v) => f with { Resource = f.Resource with { Region = v } } },
        { "ruleId", "The rule that decided.", Word, f => f.RuleId, (f, v) => f with { RuleId = v } },
        { "reasonCode", "Why, for machines: stable from version to version.", Word, f => f.ReasonCode, (f, v) => f with { ReasonCode = v } },
        { "reason", "Why, in one sentence.", AnyText, f => f.Reason, (f, v) => f with { Reason = v } },
        { "facts", "What the status is based on.", Printable(Fact.Type), f => f.Facts, (f, v) => f with { Facts = v } },
        { "warnings", "What is not a failure but should be known.", Printable(SafeText), f => f.Warnings, (f, v) => f with { Warnings = v } },
        { "tags", "The tags of the resource; absent if they are not known.", Map.OrNone(), f => f.Resource.Tags, (f, v) => f with { Resource = f.Resource with { Tags = v } } },
        { "exemption", "The exemption that accepts the failure.", Exemption.Type.OrNone(), f => f.Exemption, (f, v) => f with { Exemption = v } },
        { "attestation", "The attestation that decided.", Attestation.Type.OrNone(), f => f.Attestation, (f, v) => f with { Attestation = v } },
    };

    private static readonly JsonTable<ResultValues> ResultTable = new("a result", new())
    {
        { "controlId", "The number of the control.", Control, r => r.Control.ControlId, (r, v) => r.With(r.Control with { ControlId = v }) },
        { "title", "What the control requires.", SafeText, r => r.Control.Title, (r, v) => r.With(r.Control with { Title = v }) },
        { "status", "The status of the control in the account.", OneOf<CisStatus>(), r => r.Status, (r, v) => r with { Status = v } },
        { "reasonCode", "Why, for machines: stable from version to version.", Word, r => r.ReasonCode, (r, v) => r with { ReasonCode = v } },
        { "reason", "Why, in one sentence.", AnyText, r => r.Reason, (r, v) => r with { Reason = v } },
        { "incomplete", "Whether anything that the status depends on could not be read or was out of scope.", Flag, r => r.Incomplete, (r, v) => r with { Incomplete = v } },
        { "accountId", "The account.", Word, r => r.AccountId, (r, v) => r with { AccountId = v } },
        { "accountName", "The name of the account; absent if it is not known.", AnyText.OrNone(), r => r.AccountName, (r, v) => r with { AccountName = v } },
        { "organizationalUnit", "The names of the root and the organizational units that the account is in; absent if they are not known.", AnyText.OrNone(), r => r.OrganizationalUnit, (r, v) => r with { OrganizationalUnit = v } },
        { "section", "The section of the benchmark.", Word, r => r.Control.Section, (r, v) => r.With(r.Control with { Section = v }) },
        { "level", "1 or 2.", Count, r => r.Control.Level, (r, v) => r.With(r.Control with { Level = v }) },
        { "scored", "Whether a failure lowers the score.", Flag, r => r.Control.Scored, (r, v) => r.With(r.Control with { Scored = v }) },
        { "severity", "How much a failure matters, by the program.", OneOf<CisSeverity>().OrNull(), r => r.Control.Severity, (r, v) => r.With(r.Control with { Severity = v }) },
        { "benchmark", "The benchmark that the control is from.", Word, r => r.Control.Benchmark, (r, v) => r.With(r.Control with { Benchmark = v }) },
        { "program", "The program that the controls and settings are from.", Word, r => r.Control.Program, (r, v) => r.With(r.Control with { Program = v }) },
        { "programVersion", "The version of the program; empty if it has none.", AnyText, r => r.Control.ProgramVersion, (r, v) => r.With(r.Control with { ProgramVersion = v }) },
        { "ruleId", "The rules that decided.", Printable(Word), r => r.Control.RuleId, (r, v) => r.With(r.Control with { RuleId = v }) },
        { "runId", "The run, one of runs.", Id, r => r.RunId, (r, v) => r with { RunId = v } },
        { "assessedAt", "When the run began; ages are counted to this time.", Time, r => r.AssessedAt, (r, v) => r with { AssessedAt = v } },
        { "collectedAt", "When the evidence was collected.", Time, r => r.CollectedAt, (r, v) => r with { CollectedAt = v } },
        { "remediation", "How to remediate a failure.", AnyText, r => r.Control.Remediation, (r, v) => r.With(r.Control with { Remediation = v }) },
        { "settings", "The settings in force.", Printable(Setting.Type.As<CisSetting>(s => s, Checked)), r => r.Control.Settings, (r, v) => r.With(r.Control with { Settings = v }) },
        { "readFailures", "What the status depends on and could not be read.", ListOf(Failure.Type), r => r.ReadFailures, (r, v) => r with { ReadFailures = v } },
        { "findings", "The status of each resource.", ListOf(Finding.Type, indent: 6), r => r.Findings, (r, v) => r with { Findings = v } },
    };

    private static readonly JsonTable<RunValues> RunTable = new("a run", new())
    {
        { "runId", "The run.", Id, r => r.RunId, (r, v) => r with { RunId = v } },
        { "cisAwsVersion", "The version of CisAws that assessed.", Word, r => r.CisAwsVersion, (r, v) => r with { CisAwsVersion = v } },
        { "calls", "How many calls to AWS it took; absent if that is not known.", Count.OrNull(), r => r.Calls, (r, v) => r with { Calls = v } },
        { "seconds", "How long it took; absent if that is not known.", Seconds.OrNull(), r => r.Duration, (r, v) => r with { Duration = v } },
    };

    private static readonly JsonTable<DocumentValues> DocumentTable = new("a result document", new())
    {
        {
            "schema", "The format and its version.",
            new JsonType<string>(() => new() { ["const"] = ResultFile.Schema }, AnyText.Write, AnyText.Read), d => d.Schema, (d, v) => d with { Schema = v }
        },
        { "results", "The status of each control in each account.", ListOf(ResultTable.Type, indent: 4), d => d.Results, (d, v) => d with { Results = v } },
        { "runs", "The runs that the results are from.", ListOf(RunTable.Type, indent: 4), d => d.Runs, (d, v) => d with { Runs = v } },
    };

    /// <summary>One result.</summary>
    public static JsonType<ResultValues> Result { get; } = ResultTable.Type;

    /// <summary>One run.</summary>
    public static JsonType<RunValues> Run { get; } = RunTable.Type;

    /// <summary>The whole document.</summary>
    public static JsonType<DocumentValues> Document { get; } = DocumentTable.Type;

    private static ResultValues With(this ResultValues values, AssessedControl control) => values with { Control = control };

    private static CisSetting With(this CisSetting setting, SettingDefinition definition) => new(definition, setting.Value, setting.Source);

    private static CisSetting Checked(CisSetting setting) => new[] { setting.Value, setting.Default }.All(v => setting.Type switch
    {
        SettingType.Integer => v is int,
        SettingType.Boolean => v is bool,
        SettingType.TextList => v is PrintableList<string>,
        _ => v is string,
    })
        ? setting
        : throw new UnexpectedJsonException($"has a value or a default that is not of its type, {setting.Type}");
}
