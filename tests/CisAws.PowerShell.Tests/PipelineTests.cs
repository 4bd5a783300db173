using System;
using System.IO;

namespace CisAws.PowerShell.Tests;

/// <summary>What administrators do with results: each is one line with PowerShell's own commands. pester/Output.Tests.ps1 has more of them, for real shells.</summary>
public sealed class PipelineTests(DemoServer demo) : IClassFixture<DemoServer>, IDisposable
{
    private readonly ModuleSession _session = new();

    [Theory]
    [InlineData("($r | Where-Object Status -eq Fail).Count -eq ($r | Measure-CisAssessment).Fail", "True")]
    [InlineData("($r | Where-Object ControlId -gt '3.9').ControlId -join ' '", "3.10 3.11 3.12 3.13 3.14 4.1 4.2 4.3 4.4")]
    [InlineData("($r | Sort-Object ControlId -Descending | Select-Object -First 3).ControlId -join ' '", "4.4 4.3 4.2")]
    [InlineData("($r | Sort-Object Title | Sort-Object ControlId).ControlId -join ' ' -eq ($r.ControlId -join ' ')", "True")]
    [InlineData("($r | Group-Object ControlId -AsHashTable)['1.10'].ControlId", "1.10")]
    [InlineData("($r | Group-Object Section, Status | Sort-Object Name)[0].Name", "IAM, Fail")]
    [InlineData("($r | ConvertTo-Json -Depth 1 -WarningAction Ignore | ConvertFrom-Json | Where-Object Status -eq Fail).Count -eq ($r | Where-Object Status -eq Fail).Count", "True")]
    [InlineData("$r | Where-Object ControlId -eq '1.5' | Select-Object ControlId, Status | ConvertTo-Json -Compress", "{\"ControlId\":\"1.5\",\"Status\":\"Pass\"}")]
    [InlineData("($r | ConvertTo-Csv | ConvertFrom-Csv | Sort-Object SortKey).ControlId -join ' ' -eq ($r.ControlId -join ' ')", "True")]
    [InlineData("($r[0].ControlId + ' x')", "1.1 x")]
    [InlineData("[CisAws.Benchmarks.ControlId]'1.10' -gt '1.9'", "True")]
    [InlineData("try { [CisAws.Benchmarks.ControlId]1.1 } catch { 'refused' }", "refused")]
    [InlineData("($r | Measure-Object ControlId -Maximum).Maximum", "4.4")]
    [InlineData("(Compare-Object $r ($r | Select-Object -Skip 1) -Property ControlId, Status).ControlId", "1.1")]
    public void One_line_does_what_it_says(string script, string expected) =>
        Assert.Equal(expected, Assert.Single(_session.Objects($"$r = Invoke-CisAssessment @account -WarningAction SilentlyContinue; \"$({script})\"", DemoServer.Account(demo.Server))).ToString());

    [Fact]
    public void Findings_become_a_CSV_whose_rows_stand_alone()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");
        try
        {
            var rows = _session.Objects(
                $"Invoke-CisAssessment '4.1' @account | Get-CisFinding -Status Fail | Export-Csv '{file}' -NoTypeInformation; Import-Csv '{file}'", DemoServer.Account(demo.Server));
            Assert.NotEmpty(rows);
            Assert.All(rows, r =>
            {
                foreach (var column in new[] { "ControlId", "Title", "Section", "Level", "Status", "Reason", "Remediation", "Program", "RunId", "AssessedAt", "AccountId", "Region", "ResourceId" })
                {
                    Assert.NotEqual("", r.Properties[column].Value);
                }
            });
        }
        finally
        {
            File.Delete(file);
        }
    }

    public void Dispose() => _session.Dispose();
}
