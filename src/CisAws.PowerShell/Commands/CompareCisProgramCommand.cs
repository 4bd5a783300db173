using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using CisAws.Assessments;
using CisAws.Evidence;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Evidence;
using CisAws.PowerShell.Programs;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Compares two compliance programs: controls, settings, severities, exemptions, attestations and scope.</summary>
/// <remarks>
/// <para>Compares the values in force, regardless of how the files are written and which programs they are based on. There is no output if the
/// programs have the same effect.</para>
/// <para>Aspect, ControlId and Name identify a difference. Reference is the value in the first program, Difference the value in the second.</para>
/// <para>In different benchmarks the same ID can identify different controls: they are matched by the rules that decide them. The output shows which
/// controls are removed and added, and where the number, the level, scored or a setting differs. A number that requires more is "stricter".</para>
/// <para>With -Evidence, the cmdlet also assesses each account with both programs, as of the time of the collection, and returns the results that differ
/// (Aspect is Result). For different benchmarks, Name is the ID in the second program.</para>
/// </remarks>
/// <example>
/// <code>Compare-CisProgram cis-aws-1.2.0 norrvik</code>
/// <para>Show what a program changes in the benchmark.</para>
/// </example>
/// <example>
/// <code>Get-CisProgram -Type Custom | Compare-CisProgram cis-aws-1.2.0 | Where-Object Aspect -eq Setting</code>
/// <para>List all settings that your programs change.</para>
/// </example>
/// <example>
/// <code>Compare-CisProgram cis-aws-1.2.0 norrvik -Evidence ./account.cisevidence | Where-Object Aspect -eq Result</code>
/// <para>Show which results of an account the program changes, without connecting to AWS.</para>
/// </example>
/// <example>
/// <code>Compare-CisProgram cis-aws-1.2.0 cis-aws-3.0.0 -Evidence ./account.cisevidence | Group-Object Aspect</code>
/// <para>Show what an upgrade to a later version of the benchmark changes: controls that are removed, added or renumbered, settings, and results.</para>
/// </example>
/// <example>
/// <code>
/// $drift = Compare-CisProgram ./programs/norrvik.json norrvik
/// $drift | ForEach-Object { "$_" }
/// if ($drift) { exit 1 }
/// </code>
/// <para>Fail a scheduled task if the program in use differs from the one in git.</para>
/// </example>
/// <returns>One difference between the two programs.</returns>
/// <seealso cref="GetCisProgramCommand"/>
/// <seealso cref="CopyCisProgramCommand"/>
/// <seealso href="about_CisAws_Programs"/>
[Cmdlet(VerbsData.Compare, "CisProgram", HelpUri = HelpPages.Address + "Compare-CisProgram.md")]
[OutputType(typeof(CisProgramDifference))]
public sealed class CompareCisProgramCommand : ProgramCommand
{
    private readonly List<CisEvidence> _evidence = [];

    /// <summary>The program to compare with: its name, the path of its file, or an object from Get-CisProgram.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object ReferenceProgram { get; set; } = "";

    /// <summary>The program to compare: its name, the path of its file, or an object from Get-CisProgram.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object DifferenceProgram { get; set; } = "";

    /// <summary>Evidence of accounts whose results are compared: .cisevidence files, or objects from Get-CisEvidence or Import-CisEvidence.</summary>
    [Parameter]
    [EvidenceArgument]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public object[]? Evidence { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        foreach (var item in (Evidence ?? []).SelectMany(e => EvidenceLoader.Expand(this, e)))
        {
            try
            {
                _evidence.Add(item as CisEvidence ?? EvidenceLoader.LoadUsable((string)item));
            }
            catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                ThrowTerminatingError(CisErrors.NoEvidence((string)item, e));
            }
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Try(DifferenceProgram, () =>
    {
        var (reference, difference) = (Get(ReferenceProgram), Get(DifferenceProgram));
        WriteObject(ProgramComparison.Of(reference, difference), enumerateCollection: true);
        try
        {
            WriteObject(ProgramImpact.Of(reference, difference, _evidence, Stop), enumerateCollection: true);
        }
        catch (OutOfScopeException e)
        {
            WriteError(CisErrors.OutOfScope(e));
        }
        catch (UnknownRegionException e)
        {
            WriteError(CisErrors.UnknownRegion(e));
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    });
}
