using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Errors;
using CisAws.Results;

namespace CisAws.PowerShell.Commands;

/// <summary>Shows how assessments develop: one row for each run that is saved in a folder, with its time, its counts and its pass rate.</summary>
/// <remarks>
/// <para>Reads the files that ConvertTo-CisJson wrote (*.json), in the folder and in all folders below it. Other files are ignored. A file of results that
/// is not valid causes a non-terminating error with its path.</para>
/// <para>The rows are sorted by time. A file with results of several accounts, programs or runs gives a row for each of them.</para>
/// </remarks>
/// <parameter name="Path">Folders or files. Wildcards are accepted.</parameter>
/// <parameter name="LiteralPath">Folders or files. Wildcard characters are read literally.</parameter>
/// <example>
/// <code>Get-CisTrend runs</code>
/// <para>Show all saved runs.</para>
/// </example>
/// <example>
/// <code>Get-CisTrend runs | Where-Object AccountId -eq 111122223333 | Select-Object AssessedAt, PassRate, Fail</code>
/// <para>Show how the pass rate of an account develops.</para>
/// </example>
/// <example>
/// <code>
/// Get-CisTrend runs -ErrorAction Stop | Select-Object @{ Name = 'Date'; Expression = { $_.AssessedAt.ToString('yyyy-MM-dd') } }, AccountId, PassRate |
///     Export-Csv trend.csv -NoTypeInformation
/// </code>
/// <para>Write a file for a chart of a spreadsheet, every night.</para>
/// </example>
/// <returns>The counts of one run.</returns>
/// <seealso cref="ConvertToCisJsonCommand"/>
/// <seealso cref="CompareCisAssessmentCommand"/>
/// <seealso cref="MeasureCisAssessmentCommand"/>
[Cmdlet(VerbsCommon.Get, "CisTrend", DefaultParameterSetName = PathSet, HelpUri = HelpPages.Address + "Get-CisTrend.md")]
[OutputType(typeof(CisTrendPoint))]
public sealed class GetCisTrendCommand : PathCommand
{
    private readonly List<CisTrendPoint> _points = [];
    private readonly List<string> _searched = [];
    private bool _hasErrors;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_points.Count == 0 && _searched.Count > 0 && !_hasErrors)
        {
            WriteWarning($"There are no results of ConvertTo-CisJson in {string.Join(", ", _searched)}.");
        }

        WriteObject(_points.OrderBy(p => p.AssessedAt).ThenBy(p => p.AccountId, StringComparer.Ordinal), enumerateCollection: true);
    }

    private protected override void OnFile(string file)
    {
        _searched.Add(file);
        foreach (var path in Read(file, () => FilesBelow(file)) ?? [])
        {
            if (Stop.IsCancellationRequested)
            {
                return;
            }

            if (Read(path, () => ResultFile.TryReadFile(path)) is { } document)
            {
                if (document.Warning is { } warning)
                {
                    WriteWarning($"{path}: {warning}");
                }

                _points.AddRange(CisTrendPoint.Of(document.Results, path));
            }
        }
    }

    private protected override ErrorRecord NotRead(string from, Exception e)
    {
        _hasErrors = true;
        return CisErrors.NoResults(from, e);
    }

    private static string[] FilesBelow(string path) =>
        Directory.Exists(path) ? [.. Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories).OrderBy(f => f, StringComparer.Ordinal)] : [path];
}
