using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Text;
using CisAws.PowerShell.Completion;
using CisAws.Results;

namespace CisAws.PowerShell.Commands;

/// <summary>Returns the results that ConvertTo-CisJson wrote, from text or from files.</summary>
/// <remarks>
/// <para>The results are the same objects that Invoke-CisAssessment returned: all cmdlets, views and exports work with them.</para>
/// <para>A document that is not valid is refused as a whole; the error shows the place as JSONPath and what is expected there. A document that a newer
/// version of CisAws wrote with additional members is read with a warning.</para>
/// <para>A document can be piped as one string, or in lines.</para>
/// </remarks>
/// <example>
/// <code>ConvertFrom-CisJson -Path results.json | Where-Object Status -eq Fail</code>
/// <para>Show what failed in a saved run.</para>
/// </example>
/// <example>
/// <code>ConvertFrom-CisJson -Path runs/*.json | Group-Object AccountId, Status -NoElement</code>
/// <para>Count the statuses in the files of several accounts.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem runs -Recurse -Filter *.json | ConvertFrom-CisJson | Get-CisFinding -Status Unknown</code>
/// <para>Find what could not be read in any run.</para>
/// </example>
/// <example>
/// <code>
/// $results = ConvertFrom-CisJson -Path results.json -ErrorAction Stop
/// exit ($results | Measure-CisAssessment).ExitCode
/// </code>
/// <para>Set the exit code of a later step of a build from saved results. With -ErrorAction Stop a file that is not valid ends the script.</para>
/// </example>
/// <returns>The status of one control in one account.</returns>
/// <seealso cref="ConvertToCisJsonCommand"/>
/// <seealso cref="GetCisFindingCommand"/>
/// <seealso cref="MeasureCisAssessmentCommand"/>
[Cmdlet(VerbsData.ConvertFrom, "CisJson", DefaultParameterSetName = InputObjectSet, HelpUri = HelpPages.Address + "ConvertFrom-CisJson.md")]
[OutputType(typeof(CisResult))]
public sealed class ConvertFromCisJsonCommand : ResultFileCommand
{
    private const string InputObjectSet = "InputObject";

    private readonly StringBuilder _lines = new();

    /// <summary>JSON text of ConvertTo-CisJson: a document as one string, or its lines.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = InputObjectSet, ValueFromPipeline = true)]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[] InputObject { get; set; } = [];

    /// <summary>Files to read. Wildcards are accepted.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files to read. Wildcard characters are read literally.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            WriteResults(FilesOf(path));
        }

        foreach (var path in LiteralPath)
        {
            WriteResults(FileOf(path));
        }

        foreach (var text in InputObject)
        {
            // A document by itself, as Get-Content -Raw gives it; a document in lines begins with a bracket alone.
            if (_lines.Length == 0 && text.Trim() is { Length: > 1 } whole && whole[0] == '{' && whole[whole.Length - 1] == '}')
            {
                WriteResults(text);
            }
            else
            {
                _lines.Append(text).Append('\n');
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_lines.Length > 0)
        {
            WriteResults(_lines.ToString());
        }
    }

    private void WriteResults(IEnumerable<string>? files)
    {
        foreach (var file in files ?? [])
        {
            WriteObject(ReadFile(file) ?? [], enumerateCollection: true);
        }
    }

    private void WriteResults(string text) => WriteObject(ReadDocument("the input", () => ResultFile.Read(text)) ?? [], enumerateCollection: true);
}
