using System.Management.Automation;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Makes a compliance program of your own and writes it to the store, or to a file.</summary>
[Cmdlet(VerbsCommon.New, "CisProgram", SupportsShouldProcess = true)]
[OutputType(typeof(CisProgram))]
public sealed class NewCisProgramCommand : EditProgramCommand
{
    /// <summary>The program's name; in the store its file has the same.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>A file to write, instead of one in the store.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Overwrites a program of that name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => Try(Name, () =>
    {
        var file = Path is null ? Store.FileForNew(Name) : GetUnresolvedProviderPathFromPSPath(Path);
        // Written down even where nobody said so, so that the file tells by itself what it comes to.
        var program = Edited(new CisProgram { Name = Name, BasedOn = DefaultPrograms.BenchmarkName });
        if (Write(file, "Make program", Force, _ => program) is { } written)
        {
            WriteObject(written);
        }
    });
}
