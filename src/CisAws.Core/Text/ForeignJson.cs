using System;
using System.Text.Json;

namespace CisAws.Text;

/// <summary>Reads JSON that others wrote.</summary>
internal static class ForeignJson
{
    /// <summary>Reads JSON. Text with half of a surrogate pair is not JSON: JsonDocument has another error for it.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static JsonDocument Parse(string json, JsonDocumentOptions options = default)
    {
        try
        {
            return JsonDocument.Parse(json, options);
        }
        catch (ArgumentException e)
        {
            throw new JsonException("The text is not valid Unicode.", e);
        }
    }
}
