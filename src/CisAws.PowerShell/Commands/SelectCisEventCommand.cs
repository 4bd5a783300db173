using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using CisAws.FilterPatterns;
using CisAws.PowerShell.Errors;

namespace CisAws.PowerShell.Commands;

/// <summary>Passes on the CloudTrail records that a filter pattern matches, from files as CloudTrail delivers them or from JSON text.</summary>
/// <remarks>
/// <para>Reads CloudTrail records as CloudTrail delivers them, in .json or .json.gz files, or as JSON text, and passes on those that a filter
/// pattern of CloudWatch Logs matches. So you can try a metric filter on what has happened, before you set it.</para>
/// <para>Only patterns about the fields of JSON events are taken, not those about words in a line. No AWS is needed.</para>
/// </remarks>
/// <example>
/// <code>Select-CisEvent '{ $.eventName = ConsoleLogin }' ./records/*.json.gz</code>
/// <para>Find who signed in to the console.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem ./records -Filter *.json.gz | Select-CisEvent '{ $.userIdentity.type = Root }' | Group-Object eventName</code>
/// <para>Count what the root user did.</para>
/// </example>
/// <example>
/// <code>Get-Content ./event.json -Raw | Select-CisEvent '{ ($.eventName = *Trail) || ($.eventName = *Logging) }'</code>
/// <para>Try a pattern on one event. Nothing comes out where it does not match.</para>
/// </example>
/// <example>
/// <code>
/// $root = Select-CisEvent '{ $.userIdentity.type = Root &amp;&amp; $.eventType != AwsServiceEvent }' ./records/*.json.gz -ErrorAction Stop
/// $root | ForEach-Object { "$($_.eventTime) $($_.eventName)" }
/// if ($root) { exit 1 }
/// </code>
/// <para>Have a scheduled task fail when the root user was at work.</para>
/// </example>
/// <returns>A record that matches, its fields as properties.</returns>
/// <seealso cref="TestCisMetricFilterCommand"/>
/// <seealso cref="CompareCisMetricFilterCommand"/>
[Cmdlet(VerbsCommon.Select, "CisEvent", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PSObject))]
public sealed class SelectCisEventCommand : PSCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string TextSet = "InputObject";

    private FilterPattern? _pattern;

    /// <summary>A filter pattern of CloudWatch Logs, in its JSON form.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyString]
    public string Pattern { get; set; } = "";

    /// <summary>Files of records, .json or .json.gz. Wildcards work.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PathSet)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files of records, taken as they are written.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>JSON text: a record, an array of records, or an object with Records.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TextSet, ValueFromPipeline = true)]
    public string[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (!FilterPattern.TryParse(Pattern, out _pattern, out var error))
        {
            ThrowTerminatingError(CisErrors.InvalidPattern(Pattern, error));
        }

        if (_pattern!.Form is FilterPatternForm.Terms or FilterPatternForm.SpaceDelimited)
        {
            ThrowTerminatingError(CisErrors.PatternOfText(Pattern));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var text in InputObject)
        {
            Select(text, "the input");
        }

        foreach (var file in Files())
        {
            try
            {
                Select(Text(file), file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                WriteError(CisErrors.UnreadableRecords(file, e));
            }
        }
    }

    private static string Text(string file)
    {
        using var stream = File.OpenRead(file);
        using Stream plain = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using var reader = new StreamReader(plain);
        return reader.ReadToEnd();
    }

    private static IEnumerable<JsonElement> Records(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Array => root.EnumerateArray(),
        JsonValueKind.Object when root.TryGetProperty("Records", out var records) && records.ValueKind == JsonValueKind.Array => records.EnumerateArray(),
        JsonValueKind.Object => [root],
        _ => throw new JsonException("it is neither a record nor a list of records"),
    };

    private static object? ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => ObjectOf(value),
        JsonValueKind.Array => value.EnumerateArray().Select(ValueOf).ToArray(),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? (object)whole : value.GetDouble(),
        _ => null,
    };

    private static PSObject ObjectOf(JsonElement value)
    {
        var result = new PSObject();
        foreach (var property in value.EnumerateObject().Where(p => result.Properties[p.Name] is null))
        {
            result.Properties.Add(new PSNoteProperty(property.Name, ValueOf(property.Value)));
        }

        return result;
    }

    private IEnumerable<string> Files() => ParameterSetName switch
    {
        PathSet => Path.SelectMany(p => GetResolvedProviderPathFromPSPath(p, out _)),
        LiteralPathSet => LiteralPath.Select(GetUnresolvedProviderPathFromPSPath),
        _ => [],
    };

    private void Select(string json, string from)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            foreach (var record in Records(document.RootElement).Where(r => r.ValueKind == JsonValueKind.Object && _pattern!.Matches(r)))
            {
                WriteObject(ObjectOf(record));
            }
        }
        catch (JsonException e)
        {
            WriteError(CisErrors.UnreadableRecords(from, e));
        }
    }
}
