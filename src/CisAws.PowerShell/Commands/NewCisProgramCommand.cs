using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Creates a compliance program and writes it to the program store or to a file.</summary>
/// <remarks>
/// <para>A program defines which controls of a benchmark apply, with which settings, for which accounts and regions, which failures are accepted and
/// what people attest. It is based on another program, cis-aws-1.2.0 by default, and has the benchmark of that program. Its own values override those
/// of its base.</para>
/// <para>A program is one JSON file with a schema, which you can edit and keep in git. Nothing is written unless the whole program is valid.</para>
/// </remarks>
/// <example>
/// <code>
/// $setting = @{ '1.3' = @{ MaxUnusedCredentialDays = 45 } }
/// New-CisProgram retail -BasedOn cis-aws-1.2.0-level-1 -Setting $setting -ExcludeControl @{ '1.11' = 'NIST SP 800-63B advises against it.' }
/// </code>
/// <para>Create a program that changes a setting and excludes a control. An exclusion needs a reason.</para>
/// </example>
/// <example>
/// <code>New-CisProgram borders -Section Networking -Region eu-west-1 | Invoke-CisAssessment</code>
/// <para>Create a program of one section and one region, and assess an account against it.</para>
/// </example>
/// <example>
/// <code>New-CisProgram retail -Severity @{ '1.12' = 'Critical'; '3.*' = 'Low' } -WhatIf</code>
/// <para>Show which file would be written.</para>
/// </example>
/// <example>
/// <code>
/// New-CisProgram gate -Path ./programs/gate.json -ControlId '1.*', '2.1' -Scored -Force -ErrorAction Stop
/// exit (Invoke-CisAssessment -Program ./programs/gate.json | Measure-CisAssessment).ExitCode
/// </code>
/// <para>Create a program in a build folder, and set the exit code of the build from its results.</para>
/// </example>
/// <returns>The new program.</returns>
/// <seealso cref="SetCisProgramCommand"/>
/// <seealso cref="CopyCisProgramCommand"/>
/// <seealso cref="GetCisProgramCommand"/>
/// <seealso href="about_CisAws_Programs"/>
[Cmdlet(VerbsCommon.New, "CisProgram", SupportsShouldProcess = true, HelpUri = HelpPages.Address + "New-CisProgram.md")]
[OutputType(typeof(CisProgram))]
public sealed class NewCisProgramCommand : EditProgramCommand
{
    /// <summary>The name of the program. In the store, the file has the same name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string Name { get; set; } = "";

    /// <summary>A file to write instead of one in the store.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Overwrites an existing program of that name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => Try(Name, () =>
    {
        var file = Path is null ? Store.FileForNew(Name) : GetUnresolvedProviderPathFromPSPath(Path);
        // Written even where it is the default, so that the file shows by itself which controls it has.
        var program = Edited(new CisProgram { Name = Name, BasedOn = DefaultPrograms.BenchmarkName });
        if (Write(file, "Create program", Force, _ => program) is { } written)
        {
            WriteObject(written);
        }
    });
}
