using System.Text.Json.Nodes;
using CisAws.Programs;

namespace CisAws.Results;

/// <summary>Writes the JSON schema of result documents from the tables of their members.</summary>
internal static class ResultSchema
{
    /// <summary>The name of its file in the module's folder schemas.</summary>
    public const string FileName = "cis-results.schema.json";

    /// <summary>The schema.</summary>
    public static string Text()
    {
        var schema = ResultFormat.Document.Schema();
        schema["$schema"] = "http://json-schema.org/draft-07/schema#";
        schema["title"] = "CisAws results";
        schema["description"] = "Results of assessments of AWS accounts, as ConvertTo-CisJson writes them.";
        return ProgramFormat.Json(schema);
    }
}
