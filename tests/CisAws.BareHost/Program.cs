using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

// PowerShell's engine in a fresh process with nothing of CisAws in it, as pwsh -NonInteractive is: runs the script that it
// reads, writes what comes out a line each, errors apart, and ends with 1 when there was one.
using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
runspace.Open();
Runspace.DefaultRunspace = runspace;
using var shell = PowerShell.Create(runspace);
shell.AddScript(await Console.In.ReadToEndAsync());
var output = new PSDataCollection<PSObject>();
output.DataAdded += (_, e) => Console.Out.WriteLine(output[e.Index]);
try
{
    shell.Invoke(null, output);
}
catch (RuntimeException e)
{
    await Console.Error.WriteLineAsync($"{e.ErrorRecord.FullyQualifiedErrorId}: {e.Message}");
    return 1;
}

foreach (var error in shell.Streams.Error)
{
    await Console.Error.WriteLineAsync($"{error.FullyQualifiedErrorId}: {error} {error.ErrorDetails?.RecommendedAction}");
}

return shell.Streams.Error.Count > 0 ? 1 : 0;
