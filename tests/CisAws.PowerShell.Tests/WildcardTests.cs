using System.Management.Automation;
using CisAws.Text;
using CsCheck;

namespace CisAws.PowerShell.Tests;

/// <summary>The wildcards of program files, where there is no PowerShell, are PowerShell's.</summary>
public sealed class WildcardTests
{
    [Fact]
    public void PowerShell_finds_the_same() => Gen.Select(
        // PowerShell makes an invalid regular expression of a range to an opening bracket.
        Gen.Char["abAB*?[]-`["].Array[0, 10].Select(c => new string(c)).Where(p => !p.Replace("`", "").Contains("-[")),
        Gen.Char["abAB[]-`*"].Array[0, 6].Select(c => new string(c))).Sample(
        (pattern, text) =>
        {
            try
            {
                var expected = new WildcardPattern(pattern, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant).IsMatch(text);
                Assert.Equal(expected, Wildcard.Matches(pattern, text));
                Assert.Equal(WildcardPattern.ContainsWildcardCharacters(pattern), Wildcard.IsIn(pattern));
            }
            catch (WildcardPatternException)
            {
                // An error there; here the text stands for itself.
                Assert.False(Wildcard.IsIn(pattern));
                Assert.Equal(string.Equals(pattern, text, System.StringComparison.OrdinalIgnoreCase), Wildcard.Matches(pattern, text));
            }
        },
        iter: 20000);

    [Theory]
    [InlineData("Get-CisControl '3.1[0-4]' | ForEach-Object { \"$($_.ControlId)\" }")]
    [InlineData("(New-CisProgram x @in -ControlId '3.1[0-4]').Controls | ForEach-Object { \"$($_.ControlId)\" }")]
    [InlineData("(New-CisProgram x @in -ControlId '1.1' -AddControl ' 3.1[0-4] ').Controls | Where-Object Section -eq Monitoring | ForEach-Object { \"$($_.ControlId)\" }")]
    [InlineData("$e = New-CisExemption '3.1[0-4]' -Reason r -Owner o; (Get-CisControl).Where{ \"$($_.ControlId)\" -like $e.ControlId } | ForEach-Object { \"$($_.ControlId)\" }")]
    [InlineData("$p = New-CisProgram x @in -ExcludeControl @{ '3.1[0-4]' = 'r' }; (Get-CisControl '3.*').Where{ $_.ControlId -notin $p.Controls.ControlId } | ForEach-Object { \"$($_.ControlId)\" }")]
    [InlineData("(New-CisProgram x @in -Severity @{ '3.1[0-4]' = 'High' }).Severities.ControlId | Get-CisControl | ForEach-Object { \"$($_.ControlId)\" }")]
    public void One_wildcard_means_the_same_controls_everywhere(string script)
    {
        using var session = new ModuleSession();
        var folder = System.IO.Directory.CreateTempSubdirectory("programs ").FullName;
        try
        {
            var run = session.Run(script, ("in", new System.Collections.Hashtable { ["ProgramPath"] = folder }));
            Assert.Equal("3.10 3.11 3.12 3.13 3.14", string.Join(' ', run.Output));
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }
}
