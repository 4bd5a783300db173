using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;

namespace CisAws.Architecture.Tests;

/// <summary>Which assemblies know which.</summary>
public class ProjectTests
{
    /// <summary>For each assembly, the others that it may refer to besides those of .NET itself.</summary>
    public static TheoryData<string, string[]> References => new()
    {
        { "CisAws.Core", [] },
        { "CisAws.Aws", ["CisAws.Core", "AWSSDK.*", "CsvHelper"] },
        { "CisAws.Spreadsheets", ["CisAws.Core", "ExcelDataReader", "SpreadCheetah"] },
        { "CisAws.PowerShell", ["CisAws.Core", "System.Management.Automation"] },
        { "CisAws.Emulator", ["CisAws.Core", "Microsoft.AspNetCore*", "Microsoft.Extensions.*"] },
        { "CisAws.Shell", ["CisAws.Core", "CisAws.Emulator", "Microsoft.PowerShell.ConsoleHost", "System.Management.Automation"] },
        { "CisAws.Help", ["CisAws.Core", "System.Management.Automation"] },
    };

    [Theory]
    [MemberData(nameof(References))]
    public void An_assembly_refers_only_to_those_it_may_know(string assembly, string[] allowed)
    {
        var offenders =
            from reference in Assembly.Load(assembly).GetReferencedAssemblies()
            where !IsDotNet(reference.Name!) && !allowed.Any(name => Matches(name, reference.Name!))
            select $"{assembly} refers to {reference.Name}: move the code that needs it to a project that may know {reference.Name}.";
        offenders.AssertNone();
    }

    /// <summary>The emulator reads evidence and nothing else of ours: it is an independent reading of AWS's protocols.</summary>
    [Fact]
    public void The_emulator_knows_only_evidence()
    {
        var offenders =
            from use in CisAwsCode.Uses
            where IsIn(use.User.Assembly.Name, "CisAws.Emulator") && !IsIn(use.Used.Assembly.Name, "CisAws.Emulator")
            where use.Used.Namespace.FullName is not ("CisAws.Evidence" or "CisAws.Text")
            select $"{use.User.FullName} uses {use.Used.FullName}: the emulator may use CisAws.Evidence and CisAws.Text only.";
        offenders.AssertNone();
    }

    /// <summary>A source file that two projects compile would be shared code that no reference shows.</summary>
    [Fact]
    public void No_two_assemblies_hold_the_same_type()
    {
        var offenders =
            from type in CisAwsCode.Architecture.Types
            where type.Namespace.FullName.StartsWith("CisAws", StringComparison.Ordinal)
            group type.Assembly.Name.Split(',')[0] by type.FullName into assemblies
            where assemblies.Distinct().Count() > 1
            select $"{assemblies.Key} is in {string.Join(" and ", assemblies.Distinct())}: keep it in one project.";
        offenders.AssertNone();
    }

    /// <summary>CisAws.PowerShell loads these by name and sees them as interfaces of Core that they implement.</summary>
    [Theory]
    [InlineData("CisAws.Aws")]
    [InlineData("CisAws.Spreadsheets")]
    public void No_type_of_what_loads_apart_is_public(string assembly)
    {
        var offenders =
            from type in Assembly.Load(assembly).GetExportedTypes()
            where type.Namespace!.StartsWith("CisAws", StringComparison.Ordinal)
            select $"{type.FullName} is public: make it internal. {assembly} is reached through an interface of CisAws.Core only.";
        offenders.AssertNone();
    }

    private static bool IsIn(string assembly, string name) => assembly.Split(',')[0] == name;

    private static bool IsDotNet(string name) =>
        (name.StartsWith("System.", StringComparison.Ordinal) && name != "System.Management.Automation")
        || name is "netstandard" or "mscorlib" or "System" or "Microsoft.Win32.Primitives";

    private static bool Matches(string pattern, string name) => Regex.IsMatch(name, "^" + Regex.Escape(pattern).Replace(@"\*", ".*") + "$");
}
