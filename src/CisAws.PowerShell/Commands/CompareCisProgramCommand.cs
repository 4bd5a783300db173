using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Programs;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Compares two compliance programs: controls, settings, severities, exemptions, attestations, scope.</summary>
/// <remarks>
/// <para>Compares what is in force, however it is written and whatever the programs are based on: the controls, settings, severities, exemptions,
/// attestations, and the accounts and regions in scope. There is no output if the programs have the same effect.</para>
/// <para>Each difference names what differs in Aspect, ControlId and Name, with the value of the first program in Reference and of the second in
/// Difference. Controls of different benchmarks are not compared: the same id can be another control.</para>
/// </remarks>
/// <example>
/// <code>Compare-CisProgram cis-aws-1.2.0 norrvik</code>
/// <para>See what a program changes in the benchmark.</para>
/// </example>
/// <example>
/// <code>Get-CisProgram -Type Custom | Compare-CisProgram cis-aws-1.2.0 | Where-Object Aspect -eq Setting</code>
/// <para>List every setting that your programs change.</para>
/// </example>
/// <example>
/// <code>
/// $drift = Compare-CisProgram ./programs/norrvik.json norrvik
/// $drift | ForEach-Object { "$_" }
/// if ($drift) { exit 1 }
/// </code>
/// <para>Fail a scheduled task when the program in use is no longer the one in git.</para>
/// </example>
/// <seealso cref="GetCisProgramCommand"/>
/// <seealso cref="CopyCisProgramCommand"/>
/// <seealso href="about_CisAws_Programs"/>
[Cmdlet(VerbsData.Compare, "CisProgram")]
[OutputType(typeof(CisProgramDifference))]
public sealed class CompareCisProgramCommand : ProgramCommand
{
    /// <summary>The program to compare with: its name, the path of its file, or what Get-CisProgram gives.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object ReferenceProgram { get; set; } = "";

    /// <summary>The program that is compared.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object DifferenceProgram { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Try(DifferenceProgram, () => WriteObject(ProgramComparison.Of(Get(ReferenceProgram), Get(DifferenceProgram)), enumerateCollection: true));
}
