using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using CisAws.Help;
using CisAws.Programs;
using CisAws.Results;

// CisAws.Help <assembly> <help file> <folder of pages> <folder of schemas>: the help of the assembly's cmdlets, for Get-Help and as Markdown, from their
// metadata and the documentation beside it, and the JSON schemas of program files and result documents.
if (args is not [var assembly, var file, var pages, var schemas])
{
    Console.Error.WriteLine("CisAws.Help : error : Usage: CisAws.Help <assembly> <help file> <folder of pages> <folder of schemas>");
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
    Directory.CreateDirectory(schemas);
    File.WriteAllText(Path.Combine(schemas, ProgramSchema.FileName), ProgramSchema.Text());
    File.WriteAllText(Path.Combine(schemas, ResultSchema.FileName), ResultSchema.Text());
    return 0;
}
catch (InvalidDataException e)
{
    // In the form in which the build shows it as its own error.
    Console.Error.WriteLine($"CisAws.Help : error : {e.Message}");
    return 1;
}
