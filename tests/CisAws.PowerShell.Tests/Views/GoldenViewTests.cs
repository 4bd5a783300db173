using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using CisAws.Testing;

namespace CisAws.PowerShell.Tests.Views;

/// <summary>
/// What the main views show, to the letter, in files beside this one: the same in every culture. With CISAWS_ACCEPT=1 they are written anew.
/// Times and ids that differ from run to run are replaced.
/// </summary>
public sealed class GoldenViewTests(DemoOrganization demo) : IClassFixture<DemoOrganization>
{
    private const string Assess = "Invoke-CisAssessment @account -WarningAction SilentlyContinue";

    private const string AssessAll =
        "Get-CisAccount @account -WarningAction SilentlyContinue | Invoke-CisAssessment '1.9', '2.*', '4.1' -AccessKey $account.AccessKey -SecretKey $account.SecretKey -WarningAction SilentlyContinue";

    private const string AssessEvery =
        "Get-CisAccount @account -WarningAction SilentlyContinue | Invoke-CisAssessment -AccessKey $account.AccessKey -SecretKey $account.SecretKey -WarningAction SilentlyContinue";

    private const string Save = "$file = New-TemporaryFile; Invoke-CisAssessment '1.9', '4.1' @account -WarningAction SilentlyContinue | ConvertTo-CisJson | Set-Content $file";

    /// <summary>The reference has what the account has, with other statuses.</summary>
    private const string Compare =
        """
        $now = Invoke-CisAssessment '1.2', '1.9', '2.8', '3.13', '4.1' @account -WarningAction SilentlyContinue
        $before = ($now | ConvertTo-CisJson) -replace '"status":"Fail",("resourceType":"[^"]*","resourceId":"elin)', '"status":"Pass",$1' -replace
            '("controlId":"(1.9|3.13)","title":"[^"]*","status":")\w+', '${1}Fail' | ConvertFrom-CisJson
        Compare-CisAssessment $before $now
        """;

    public static TheoryData<string, int, string> Views => new()
    {
        { "results", 80, Assess },
        { "results", 120, Assess },
        { "results", 160, Assess },
        { "findings", 80, $"{Assess} -ControlId '1.2', '2.8', '4.1' | Get-CisFinding -Status Fail" },
        { "findings", 120, $"{Assess} -ControlId '1.2', '2.8', '4.1' | Get-CisFinding -Status Fail" },
        { "units", 80, $"({AssessAll} | Measure-CisAssessment).ByOrganizationalUnit" },
        { "members", 80, $"({AssessAll} | Measure-CisAssessment).ByAccount" },
        { "organization", 80, "Get-CisAccount @account -WarningAction SilentlyContinue" },
        { "access", 80, "Test-CisAccess @account -ControlId '2.*', '3.5'" },
        { "access", 120, "Test-CisAccess @account -ControlId '2.*', '3.5' | Where-Object Status -eq Denied" },
        { "access-list", 80, "Test-CisAccess @account -ControlId '2.6' | Where-Object Status -eq Denied | Format-List" },
        { "controls", 80, "Get-CisControl" },
        { "program", 80, "Get-CisProgram -Type Default" },
        { "program-controls", 120, "Get-CisControl 3.* -Program cis-aws-1.2.0" },
        { "differences", 80, "Compare-CisProgram cis-aws-1.2.0 cis-aws-1.2.0-level-1" },
        { "summary", 80, $"{Assess} | Measure-CisAssessment" },
        { "groups", 80, $"{AssessAll} | Measure-CisAssessment -By OrganizationalUnit, Account" },
        { "matrix", 80, $"{AssessEvery} | Measure-CisAssessment -Matrix" },
        { "matrix", 120, $"{AssessEvery} | Measure-CisAssessment -Matrix" },
        { "matrix", 160, $"{AssessEvery} -Program cis-aws-7.0.0 | Measure-CisAssessment -Matrix" },
        { "matrix-of-70", 80, $"{AssessEvery} -Program cis-aws-7.0.0 | Measure-CisAssessment -Matrix" },
        { "result-list", 80, $"{Assess} -ControlId '4.1' | Format-List" },
        { "finding-list", 80, $"{Assess} -ControlId '4.1' | Get-CisFinding | Select-Object -First 1 | Format-List" },
        { "control-list", 80, "Get-CisControl '1.3' | Format-List" },
        { "reasons", 80, $"{Assess} -ControlId '2.3', '3.7', '3.13' | Format-Table -View Reason" },
        { "accounts", 120, $"{Assess} -ControlId '1.2', '4.*' | Format-Table -View Account" },
        { "changes", 80, Compare },
        { "changes", 120, $"& {{ {Compare} }} | ForEach-Object Findings" },
        { "change-list", 80, $"{Compare} | Select-Object -First 1 | Format-List" },
        { "change-counts", 80, $"{Compare} -Summary" },
        { "trend", 80, $"{Save}; Get-CisTrend $file; Remove-Item $file" },
        { "settings", 120, "(Get-CisControl '3.5').Settings" },
        { "comparison", 80, "Compare-CisMetricFilter '3.5' '{ ($.eventName = *Trail) || ($.eventName = StartLogging) }'" },
        { "evidence", 80, "Get-CisEvidence -All @account" },
        { "evidence-list", 80, "Get-CisEvidence '1.*', '4.1' -Region eu-west-1, eu-central-1 @account | Format-List" },
        { "exemption", 80, "New-CisExemption '4.1' sg-1 -Reason 'The bastion is removed in spring, when the new network is ready for the teams that use it.' -Owner 'J. Ek' -Expires 2127-02-22" },
    };

    [Theory]
    [MemberData(nameof(Views))]
    public void A_view_is_the_same_in_every_culture(string name, int width, string script)
    {
        var file = Repository.PathOf("tests", "CisAws.PowerShell.Tests", "Views", "Golden", $"{name}-{width}.txt");
        string[] cultures = LongTests.Wanted ? ["en-US", "sv-SE", "tr-TR", ""] : ["en-US", "tr-TR"];
        foreach (var culture in cultures)
        {
            using var session = new ModuleSession(width);
            var screen = Masked(session.Screen($"[cultureinfo]::CurrentCulture = '{culture}'; {script}", DemoServer.Account(demo.Server)));
            if (Environment.GetEnvironmentVariable("CISAWS_ACCEPT") == "1" && culture == "en-US")
            {
                File.WriteAllText(file, screen);
            }

            Assert.True(File.ReadAllText(file) == screen, $"The view differs under culture '{culture}' from {file}. If that is meant: CISAWS_ACCEPT=1 dotnet test tests/CisAws.PowerShell.Tests\n{screen}");
            Assert.All(screen.Split('\n'), line => Assert.True(line.Length <= width, line));
        }
    }

    // Ages in days stay: the demo account is as of now.
    private static string Masked(string screen)
    {
        screen = screen.ReplaceLineEndings("\n");
        screen = Regex.Replace(screen, @"[0-9]{4}-[0-9]{2}-[0-9]{2}(?= [0-9]{2}:)", "2026-01-31");
        screen = Regex.Replace(screen, @" [0-9]{2}:[0-9]{2}(:[0-9]{2})?(?=Z| UTC)", m => " " + "12:00:00".Substring(0, m.Length - 1));
        screen = Regex.Replace(screen, @"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b", "2026-01-31");
        screen = Regex.Replace(screen, @"(?<=RunId +: )[0-9a-f-]{36}", "00000000-0000-0000-0000-000000000000");
        screen = Regex.Replace(screen, @"(?<=Sha256 +: )[0-9a-f]{64}", new string('0', 64));
        screen = Regex.Replace(screen, @"(?<=(Calls|Seconds) +: )[0-9.,]+", "0");
        return string.Join('\n', screen.Split('\n').Select(l => l.TrimEnd())).Trim('\n') + "\n";
    }
}
