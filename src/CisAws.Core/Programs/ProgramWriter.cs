using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CisAws.Text;

namespace CisAws.Programs;

/// <summary>Writes a program as its file: always in the same order and spacing, so that a change shows as what it is.</summary>
internal static class ProgramWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        // The file is no part of a page: what people write in their own language stays readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The file's text.</summary>
    /// <param name="program">The program.</param>
    /// <param name="schema">Where the schema is, seen from the file; null to name none.</param>
    public static string Write(CisProgram program, string? schema = null)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            Text(json, "$schema", schema);
            json.WriteNumber("schemaVersion", ProgramReader.SchemaVersion);
            json.WriteString("name", program.Name);
            Text(json, "description", program.Description);
            Text(json, "owner", program.Owner);
            Text(json, "version", program.Version);
            Text(json, "basedOn", program.BasedOn);
            Controls(json, program);
            Settings(json, "settings", program.Settings.Where(s => s.AccountId is null));
            AccountSettings(json, program);
            Scope(json, program);
            Severities(json, program);
            if (program.AllowPermanentExemptions)
            {
                json.WriteBoolean("allowPermanentExemptions", true);
            }

            Exemptions(json, program);
            Attestations(json, program.Attestations);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()).Replace("\r\n", "\n") + "\n";
    }

    private static void Controls(Utf8JsonWriter json, CisProgram program)
    {
        if (program.ChosenIds.Count + program.ChosenSections.Count + program.ChosenLevels.Count + program.AddedControls.Count + program.ExcludedControls.Count == 0 &&
            program.ChosenScored is null)
        {
            return;
        }

        json.WriteStartObject("controls");
        Texts(json, "ids", program.ChosenIds.Select(i => i.ToString()).ToList());
        Texts(json, "sections", program.ChosenSections);
        if (program.ChosenLevels.Count > 0)
        {
            json.WriteStartArray("levels");
            foreach (var level in program.ChosenLevels)
            {
                json.WriteNumberValue(level);
            }

            json.WriteEndArray();
        }

        if (program.ChosenScored is { } scored)
        {
            json.WriteBoolean("scored", scored);
        }

        Texts(json, "add", program.AddedControls.Select(i => i.ToString()).ToList());
        Objects(json, "exclude", program.ExcludedControls, exclusion =>
        {
            json.WriteString("id", exclusion.ControlId.ToString());
            json.WriteString("reason", exclusion.Reason);
        });
        json.WriteEndObject();
    }

    private static void Settings(Utf8JsonWriter json, string name, IEnumerable<CisProgramSetting> settings)
    {
        var controls = settings.GroupBy(s => s.ControlId).ToList();
        if (controls.Count == 0)
        {
            return;
        }

        json.WriteStartObject(name);
        foreach (var control in controls)
        {
            json.WriteStartObject(control.Key.ToString());
            foreach (var setting in control)
            {
                json.WritePropertyName(setting.Name);
                JsonSerializer.Serialize(json, setting.Value, setting.Value.GetType());
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void AccountSettings(Utf8JsonWriter json, CisProgram program)
    {
        var accounts = program.Settings.Where(s => s.AccountId is not null).GroupBy(s => s.AccountId!).ToList();
        if (accounts.Count == 0)
        {
            return;
        }

        json.WriteStartObject("accountSettings");
        foreach (var account in accounts)
        {
            Settings(json, account.Key, account);
        }

        json.WriteEndObject();
    }

    private static void Scope(Utf8JsonWriter json, CisProgram program)
    {
        if (program.Accounts.Count + program.Regions.Count > 0)
        {
            json.WriteStartObject("scope");
            Texts(json, "accounts", program.Accounts);
            Texts(json, "regions", program.Regions);
            json.WriteEndObject();
        }
    }

    private static void Severities(Utf8JsonWriter json, CisProgram program)
    {
        if (program.Severities.Count > 0)
        {
            json.WriteStartObject("severities");
            foreach (var severity in program.Severities)
            {
                json.WriteString(severity.ControlId.ToString(), severity.Severity.ToString());
            }

            json.WriteEndObject();
        }
    }

    private static void Exemptions(Utf8JsonWriter json, CisProgram program) => Objects(json, "exemptions", program.Exemptions, exemption =>
    {
        json.WriteString("control", exemption.ControlId.ToString());
        Text(json, "resource", exemption.Resource);
        Text(json, "account", exemption.AccountId);
        Text(json, "region", exemption.Region);
        Text(json, "tag", exemption.Tag);
        json.WriteString("reason", exemption.Reason);
        json.WriteString("owner", exemption.Owner);
        Text(json, "ticket", exemption.Ticket);
        Text(json, "expires", exemption.Expires is { } day ? IsoDate.Write(day) : null);
        if (exemption.CoversEverything)
        {
            json.WriteBoolean("coversEverything", true);
        }
    });

    private static void Attestations(Utf8JsonWriter json, IReadOnlyList<CisAttestation> attestations) => Objects(json, "attestations", attestations, attestation =>
    {
        json.WriteString("control_id", attestation.ControlId.ToString());
        json.WriteString("status", attestation.Status == AttestationStatus.Passed ? "passed" : "failed");
        json.WriteString("explanation", attestation.Explanation);
        json.WriteString("updated", IsoDate.Write(attestation.Updated));
        json.WriteString("updated_by", attestation.UpdatedBy);
        Text(json, "frequency", attestation.Frequency);
        Text(json, "expires", attestation.Expires is { } day ? IsoDate.Write(day) : null);
        Text(json, "evidence", attestation.Evidence);
        Text(json, "account_id", attestation.AccountId);
    });

    private static void Objects<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, System.Action<T> write)
    {
        if (items.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json.WriteString(name, text);
        }
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0)
        {
            json.WriteStartArray(name);
            foreach (var text in texts)
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
        }
    }
}
