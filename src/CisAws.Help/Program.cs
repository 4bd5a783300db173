using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using CisAws.Help;
using CisAws.Programs;

// CisAws.Help <assembly> <help file> <folder of pages> <schema file>: the help of the assembly's cmdlets, for Get-Help and as Markdown, from their
// metadata and the documentation beside it, and the JSON schema of program files.
if (args is not [var assembly, var file, var pages, var schema])
{
    Console.Error.WriteLine("CisAws.Help : error : Usage: CisAws.Help <assembly> <help file> <folder of pages> <schema file>");
    return 64;
}

try
{
    var docs = new DocComments(Directory.GetFiles(Path.GetDirectoryName(Path.GetFullPath(assembly))!, "CisAws.*.xml"));
    var cmdlets = Assembly.LoadFrom(Path.GetFullPath(assembly)).GetExportedTypes()
        .Where(t => t.GetCustomAttribute<CmdletAttribute>() is not null)
        .Select(t => new CmdletHelp(t, docs))
        .OrderBy(c => c.Name, StringComparer.Ordinal)
        .ToList();
    Maml.Write(file, cmdlets);
    Markdown.Write(pages, cmdlets);
    File.WriteAllText(schema, ProgramSchema.Text());
    return 0;
}
catch (InvalidDataException e)
{
    // In the form in which the build shows it as its own error.
    Console.Error.WriteLine($"CisAws.Help : error : {e.Message}");
    return 1;
}
