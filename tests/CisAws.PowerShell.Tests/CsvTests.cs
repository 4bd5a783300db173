using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using CisAws.Programs;

namespace CisAws.PowerShell.Tests;

/// <summary>What Export-Csv writes. Its columns are the properties of the first object.</summary>
public sealed partial class CsvTests(DemoServer demo) : IClassFixture<DemoServer>, IDisposable
{
    /// <summary>What a cell of Excel holds.</summary>
    private const int LongestCell = 32767;

    private readonly ModuleSession _session = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("csv ").FullName;

    [Theory]
    [InlineData("Invoke-CisAssessment -Program mine @in @account")]
    [InlineData("Invoke-CisAssessment -Program mine @in @account | Get-CisFinding")]
    [InlineData("Invoke-CisAssessment -Program mine @in @account | Measure-CisAssessment")]
    [InlineData("Get-CisControl")]
    [InlineData("Get-CisControl -Program mine @in")]
    [InlineData("(Get-CisControl).Settings")]
    [InlineData("Get-CisProgram @in")]
    [InlineData("(Get-CisProgram mine @in).Exemptions")]
    [InlineData("(Get-CisProgram mine @in).Attestations")]
    [InlineData("(Get-CisProgram mine @in).Settings")]
    [InlineData("Get-CisProgramProblem mine @in")]
    [InlineData("Compare-CisProgram cis-aws-1.2.0 mine @in")]
    [InlineData("Compare-CisMetricFilter '3.5' '{ $.eventName = CreateTrail }', '{ $.eventName = StopLogging }'")]
    public void Rows_have_the_same_columns_and_cells_that_can_be_read(string script)
    {
        var rows = Rows(script);
        Assert.NotEmpty(rows);
        var columns = rows[0].Properties.Select(p => p.Name).ToList();
        Assert.All(rows, row => Assert.Equal(columns, row.Properties.Select(p => p.Name)));
        Assert.All(Csv(rows).SelectMany(r => r.Properties), property =>
        {
            var cell = (string?)property.Value ?? "";
            Assert.DoesNotMatch(TypeName(), cell);
            Assert.True(cell.Length <= LongestCell, $"{property.Name} has {cell.Length} characters.");
        });
    }

    [Fact]
    public void A_list_too_long_for_a_cell_says_how_much_more_there_is()
    {
        var program = Rows("Get-CisProgram mine @in").Single();
        Assert.Equal(200, ((CisProgram)program.BaseObject).Exemptions.Count);
        var cell = (string)Csv([program]).Single().Properties["Exemptions"].Value;
        Assert.Matches(@"^4\.1 sg-0b6d907f35d4ccea7 until .*; \+[0-9]+ more$", cell);
        Assert.InRange(cell.Length, LongestCell / 2, LongestCell);
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // What ToString says where nobody wrote one: System.Object[], CisAws.CisFinding, a record's CisFact { Name = a }.
    [GeneratedRegex(@"^(System|CisAws)\.|\[\]$|^\w+ \{ .* \}$")]
    private static partial Regex TypeName();

    private IReadOnlyList<PSObject> Csv(IReadOnlyList<PSObject> objects) => _session.Objects("$objects | ConvertTo-Csv | ConvertFrom-Csv", ("objects", objects));

    private IReadOnlyList<PSObject> Rows(string script)
    {
        var run = _session.Run(
            """
            $null = New-CisProgram mine @in -BasedOn cis-aws-1.2.0-scored -Level 1 -Version 7 -AddControl '1.17' `
                -Setting @{ '1.3' = @{ MaxUnusedCredentialDays = 45 }; '1.16' = @{ AllowedDirectPolicyArns = 'arn:aws:iam::aws:policy/ReadOnlyAccess' } } `
                -AccountSetting @{ '111122223333' = @{ '1.9' = @{ MinPasswordLength = 20 } } } `
                -ExcludeControl @{ '1.11' = 'Passwords change when they leak.' } -Severity @{ '1.12' = 'Critical' }
            & {
                New-CisExemption '4.1' sg-0b6d907f35d4ccea7 -Reason 'The bastion goes in spring.' -Owner 'J. Ek' -Expires 2099-03-31
                $reason = 'It went in spring. ' * 10
                1..199 | ForEach-Object { New-CisExemption '4.1' "sg-$_" -Reason $reason -Owner 'J. Ek' -Expires 2020-03-31 }
                New-CisAttestation '1.17' -Status Passed -Explanation 'Compared with the contract.' -UpdatedBy 'A. Lind' -Frequency annually
            } | Set-CisProgram mine @in
            """ + Environment.NewLine + script,
            ("in", new System.Collections.Hashtable { ["ProgramPath"] = _folder }),
            DemoServer.Account(demo.Server));
        Assert.Empty(run.Errors);
        return run.Output;
    }
}
