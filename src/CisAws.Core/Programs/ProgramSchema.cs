namespace CisAws.Programs;

/// <summary>Writes the JSON schema of program files, for editors, from the table of their fields and the settings of the controls.</summary>
internal static class ProgramSchema
{
    /// <summary>The name of its file, beside programs and in the module's folder schemas.</summary>
    public const string FileName = "cis-program.schema.json";

    /// <summary>The schema.</summary>
    public static string Text()
    {
        var schema = ProgramFormat.Program.Schema("The controls of a benchmark that an organisation assesses, with which settings, and which failures it accepts.");
        schema["$schema"] = "http://json-schema.org/draft-07/schema#";
        schema["title"] = "CisAws compliance program";
        schema["definitions"] = SettingTypes.Definitions();
        return ProgramFormat.Json(schema);
    }
}
