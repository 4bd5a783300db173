using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using CisAws.FilterPatterns;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Events;

namespace CisAws.PowerShell.Commands;

/// <summary>Selects the CloudTrail records that a filter pattern matches, from log files, JSON text or objects.</summary>
/// <remarks>
/// <para>Reads CloudTrail records from log files as CloudTrail delivers them (.json or .json.gz), from JSON text, from objects such as
/// ConvertFrom-Json returns, and from the CloudTrailEvent property that LookupEvents returns. Use it to test a metric filter on past events before
/// you create the filter.</para>
/// <para>Only patterns in the JSON form are supported, which compare the fields of an event. The cmdlet does not connect to AWS.</para>
/// <para>A file or a record that cannot be read causes a non-terminating error that names the file and the position of the record in it. All other
/// records are read. A field whose name PowerShell does not allow, or that occurs twice, is kept under another name, such as "EVENTNAME (2)".</para>
/// </remarks>
/// <example>
/// <code>Select-CisEvent '{ $.eventName = ConsoleLogin }' ./records/*.json.gz</code>
/// <para>Find console sign-ins.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem ./records -Filter *.json.gz | Select-CisEvent '{ $.userIdentity.type = Root }' | Group-Object eventName</code>
/// <para>Count the actions of the root user.</para>
/// </example>
/// <example>
/// <code>Get-Content ./event.json -Raw | Select-CisEvent '{ ($.eventName = *Trail) || ($.eventName = *Logging) }'</code>
/// <para>Test a pattern on one event. There is no output if the event does not match.</para>
/// </example>
/// <example>
/// <code>Get-Content ./lookup-events.json -Raw | Select-CisEvent '{ $.errorCode = "*UnauthorizedOperation" }'</code>
/// <para>Select from the output of aws cloudtrail lookup-events. The objects that Find-CTEvent of AWS Tools returns can be piped in as well.</para>
/// </example>
/// <example>
/// <code>
/// $root = Select-CisEvent '{ $.userIdentity.type = Root &amp;&amp; $.eventType != AwsServiceEvent }' ./records/*.json.gz -ErrorAction Stop
/// $root | ForEach-Object { "$($_.eventTime) $($_.eventName)" }
/// if ($root) { exit 1 }
/// </code>
/// <para>Fail a scheduled task if the root user was active.</para>
/// </example>
/// <returns>A matching record, with its fields as properties.</returns>
/// <seealso cref="TestCisMetricFilterCommand"/>
/// <seealso cref="CompareCisMetricFilterCommand"/>
[Cmdlet(VerbsCommon.Select, "CisEvent", DefaultParameterSetName = PathSet, HelpUri = HelpPages.Address + "Select-CisEvent.md")]
[OutputType(typeof(PSObject))]
public sealed class SelectCisEventCommand : FileCommand
{
    private const string InputObjectSet = "InputObject";

    private FilterPattern? _pattern;

    /// <summary>A CloudWatch Logs filter pattern in the JSON form.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string Pattern { get; set; } = "";

    /// <summary>Files of records, .json or .json.gz, at most 100 Mi characters each after decompression. Wildcards are accepted.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PathSet)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files of records. Wildcard characters are read literally.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// Records: JSON text (a record, an array of records, or an object with Records or Events), objects such as ConvertFrom-Json returns, events with
    /// a CloudTrailEvent property, or files.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = InputObjectSet, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject[] InputObject { get; set; } = [];

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
        foreach (var path in Path)
        {
            SelectFrom(FilesOf(path));
        }

        foreach (var path in LiteralPath)
        {
            SelectFrom(FileOf(path));
        }

        foreach (var input in InputObject)
        {
            if (input.BaseObject is string json)
            {
                Select(json, "the input", null);
            }
            else if (PropertyOf(input, "CloudTrailEvent") is { } text)
            {
                Select(text, "the input", null);
            }
            else if (PropertyOf(input, "LiteralPath", "PSPath", "FullName") is { } path)
            {
                SelectFrom(FileOf(path));
            }
            else
            {
                SelectObject(input);
            }
        }
    }

    private static string? PropertyOf(PSObject input, params string[] names) =>
        names.Select(n => input.Properties[n]?.Value).Select(v => v is PSObject o ? o.BaseObject : v).OfType<string>().FirstOrDefault();

    private void SelectFrom(IEnumerable<string>? files)
    {
        foreach (var file in files ?? [])
        {
            if (Read(file, () => RecordText.Read(file)) is { } text)
            {
                Select(text, file, null);
            }
        }
    }

    private protected override ErrorRecord NotRead(string from, Exception e) => CisErrors.UnreadableRecords(from, e);

    private void SelectObject(PSObject input)
    {
        try
        {
            Select(EventObject.ToJson(input), "the input", input);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or PSInvalidCastException or GetValueException)
        {
            WriteError(CisErrors.UnreadableRecords("the input", e));
        }
    }

    /// <summary>Writes the records that match.</summary>
    /// <param name="json">One or more records.</param>
    /// <param name="from">Where they come from, for errors.</param>
    /// <param name="original">The object that the JSON was written from: returned as it is when it is the record itself.</param>
    private void Select(string json, string from, PSObject? original)
    {
        try
        {
            foreach (var record in EventRecords.Read(json))
            {
                Select(record, from, original);
            }
        }
        catch (JsonException e)
        {
            WriteError(CisErrors.UnreadableRecords(from, e));
        }
    }

    private void Select(EventRecord record, string from, PSObject? original)
    {
        if (record.Problem is { } problem)
        {
            WriteError(CisErrors.UnreadableRecord(from, record.Number, problem));
            return;
        }

        PSObject selected;
        try
        {
            if (!_pattern!.Matches(record.Json))
            {
                return;
            }

            selected = original is not null && record.Number == 0 ? original : EventObject.Of(record.Json);
        }
        catch (JsonException e)
        {
            WriteError(CisErrors.UnreadableRecord(from, record.Number, e.Message));
            return;
        }

        WriteObject(selected);
    }
}
