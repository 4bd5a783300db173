using System;
using System.IO;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.PowerShell.Tests;

public sealed class ProgramCommandTests(DemoServer demo) : IClassFixture<DemoServer>, IDisposable
{
    private readonly ModuleSession _session = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("programs [1] ").FullName;

    [Fact]
    public void Default_programs_come_with_the_module()
    {
        Assert.Equal(string.Join(' ', DefaultPrograms.All), Text("(Get-CisProgram @in | ForEach-Object Name | ForEach-Object { $_ }) -join ' '", sorted: true));
        Assert.Equal(DefaultPrograms.All.Count, Run("Get-CisProgram @in -Type Default").Output.Count);
        Assert.Empty(Run("Get-CisProgram @in -Type Custom").Output);
        Assert.Equal("49 controls", Text("(Get-CisProgram cis-aws-1.2.0 @in).Controls.ToString()"));
    }

    [Fact]
    public void A_program_is_made_read_changed_copied_and_removed()
    {
        var made = Program("New-CisProgram mine @in -BasedOn cis-aws-1.2.0-level-1 -Owner 'J. Ek' -Setting @{ '1.3' = @{ maxunusedcredentialdays = 45 }; '1.19' = @{ InstanceRoleMode = 'advisory' } } -ExcludeControl @{ '1.11' = 'No.' } -AddControl '1.19' -Severity @{ '1.12' = 'critical' }");
        Assert.Equal(("mine", "J. Ek", 36), (made.Name, made.Owner, made.Controls.Count));
        Assert.Equal("1.19 InstanceRoleMode=Advisory; 1.3 MaxUnusedCredentialDays=45", string.Join("; ", made.Settings.Select(s => s.ToString()).Order(StringComparer.Ordinal)));
        Assert.Equal(Path.Combine(_folder, "mine.json"), made.Path);
        var changed = Program("Set-CisProgram mine @in -Version 2 -Setting @{ '1.3' = @{ MaxUnusedCredentialDays = 30 }; '1.19' = @{ InstanceRoleMode = $null } } -ExcludeControl @{ '1.11' = $null; '1.10' = 'Why.' } -Severity @{ '1.12' = $null } -PassThru");
        Assert.Equal(("2", "J. Ek", "1.3 MaxUnusedCredentialDays=30", "1.10: Why.", ""), (changed.Version, changed.Owner, changed.Settings.ToString(), changed.ExcludedControls.ToString(), changed.Severities.ToString()));
        Assert.Equal(changed.Settings, Program("Copy-CisProgram mine theirs @in -PassThru").Settings);
        Assert.Equal("cis-aws-1.2.0-scored", Program("Copy-CisProgram cis-aws-1.2.0-scored ours @in -PassThru").BasedOn);
        Assert.Empty(Run("Remove-CisProgram 'm*' @in").Errors);
        Assert.Equal("ours theirs", Text("(Get-CisProgram @in -Type Custom | ForEach-Object Name) -join ' '", sorted: true));
    }

    [Fact]
    public void Several_programs_are_looked_at_and_removed_by_name()
    {
        Run("'a', 'b', 'c' | ForEach-Object { $null = New-CisProgram $_ @in }");
        File.WriteAllText(Path.Combine(_folder, "b.json"), "{\"schemaVersion\": 1}");
        File.WriteAllText(Path.Combine(_folder, "c.json"), "{}");
        var problems = Run("Get-CisProgramProblem a, b, c @in -Severity Error").Output.Select(p => (CisProgramProblem)p.BaseObject);
        Assert.Equal(["b.json", "c.json"], problems.Select(p => Path.GetFileName(p.File)).Distinct());
        Run("Remove-CisProgram a, 'b*' @in");
        Assert.Equal("c", Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(_folder, "?.json"))));
    }

    [Fact]
    public void A_name_is_never_a_file_of_the_current_folder()
    {
        var here = Directory.CreateDirectory(Path.Combine(_folder, "here")).FullName;
        var unrelated = Path.Combine(here, "x1.json");
        File.WriteAllText(unrelated, "{\"schemaVersion\": 1, \"name\": \"x1\"}");
        var run = _session.Run("New-CisProgram x1.json @in; 'x1', 'x2' | ForEach-Object { $null = New-CisProgram $_ @in }; Set-Location -LiteralPath $here; Remove-CisProgram 'x*' @in", ("in", In()), ("here", here));
        Assert.Contains(run.Errors, e => e.FullyQualifiedErrorId.StartsWith("InvalidName,", StringComparison.Ordinal));
        Assert.True(File.Exists(unrelated));
        Assert.Empty(Run("Get-CisProgram -Type Custom @in").Output);
    }

    [Fact]
    public void Removal_takes_nothing_that_is_not_a_program()
    {
        var notes = Path.Combine(_folder, "notes.txt");
        File.WriteAllText(notes, "hello");
        Assert.StartsWith("NotAProgram,", Run($"Remove-CisProgram '{notes}' @in -Confirm:$false").Error.FullyQualifiedErrorId);
        Assert.Equal("hello", File.ReadAllText(notes));
        Assert.StartsWith("ProgramNotFound,", Run($"Remove-CisProgram '{notes}x' @in -Confirm:$false").Error.FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("Remove-CisProgram $file @in", false)]
    [InlineData("Get-CisProgram $file @in | Remove-CisProgram @in", false)]
    [InlineData("$ConfirmPreference = 'None'; Remove-CisProgram $file @in", true)]
    [InlineData("Remove-CisProgram $file @in -Confirm:$false", true)]
    [InlineData("Remove-CisProgram $file -ProgramPath ([IO.Path]::GetDirectoryName($file))", true)]
    public void Removal_outside_of_the_store_asks_first(string script, bool removed)
    {
        var file = Program("New-CisProgram mine -Path \"$folder/elsewhere/mine.json\" @in").Path;
        // The session of the tests cannot ask anybody.
        var run = _session.Run(script, ("in", In()), ("file", file));
        Assert.Equal(removed ? [] : ["NotConfirmed,CisAws.PowerShell.Commands.RemoveCisProgramCommand"], run.Errors.Select(e => e.FullyQualifiedErrorId));
        Assert.Equal(!removed, File.Exists(file));
    }

    [Fact]
    public void WhatIf_changes_nothing()
    {
        Run("New-CisProgram mine @in -WhatIf");
        Assert.False(File.Exists(Path.Combine(_folder, "mine.json")));
        Run("$null = New-CisProgram mine @in; Set-CisProgram mine @in -Owner x -WhatIf; Remove-CisProgram mine @in -WhatIf");
        Assert.Equal("", Program("Get-CisProgram mine @in").Owner);
    }

    [Fact]
    public void Exceptions_and_attestations_are_piped_in_and_taken_out()
    {
        Run("$null = New-CisProgram mine @in");
        var program = Program(
            """
            & {
                New-CisExemption '4.1' 'sg-1', 'sg-2' -Reason r -Owner o -Expires 2027-03-31 -Ticket SEC-1
                New-CisExemption '4.1' 'sg-1' -Reason 'anew' -Owner o -Expires 2027-04-30
                New-CisAttestation '1.17', '1.15' -Status Passed -Explanation e -UpdatedBy u -Frequency 90d -Evidence 'https://example.com'
            } | Set-CisProgram mine @in -PassThru
            """);
        Assert.Equal("4.1 sg-1 until 2027-04-30 (o): anew; 4.1 sg-2 until 2027-03-31 (o): r", program.Exemptions.ToString());
        Assert.Equal("1.17 1.15", string.Join(' ', program.Attestations.Select(a => a.ControlId)));
        program = Program("$p = Get-CisProgram mine @in; Set-CisProgram mine @in -RemoveExemption ($p.Exemptions | Where-Object Resource -eq 'sg-1') -RemoveAttestation '1.17' -PassThru");
        Assert.Equal("sg-2", Assert.Single(program.Exemptions).Resource);
        Assert.Equal("1.15", Assert.Single(program.Attestations).ControlId.ToString());
    }

    [Fact]
    public void Failing_findings_become_exceptions()
    {
        Run("$null = New-CisProgram mine @in");
        var before = Results("Invoke-CisAssessment '4.1' @account").Single();
        Run("Invoke-CisAssessment '4.1' @account | Get-CisFinding -Status Fail | New-CisExemption -Reason r -Owner o -Expires ([datetime]::Today.AddDays(5)) | Set-CisProgram mine @in");
        var after = Results("Invoke-CisAssessment '4.1' -Program mine @in @account").Single();
        Assert.Equal((before.FailCount, 0, CisStatus.Unknown), (after.ExemptCount, after.FailCount, after.Status));
    }

    [Fact]
    public void A_program_has_the_benchmark_of_its_base()
    {
        var program = Program("New-CisProgram mine @in -BasedOn cis-aws-3.0.0-level-1 -Section 'Net*' -AddControl '1.12' -Setting @{ '1.12' = @{ MaxUnusedCredentialDays = 30 } } -Severity @{ '1.12' = 'High' }");
        Assert.Equal("cis-aws-3.0.0", program.Benchmark);
        var control = program.Controls[0];
        Assert.Equal(("1.12", "cis-aws-3.0.0", "MaxUnusedCredentialDays=30 (program mine)"), (control.ControlId.ToString(), control.Benchmark, control.Settings.ToString()));
        Assert.All(program.Controls.Skip(1), c => Assert.Equal("Networking", c.Section));
        Assert.Equal("Benchmark: cis-aws-1.2.0 / cis-aws-3.0.0", Run("Compare-CisProgram cis-aws-1.2.0 mine @in").Output[0].ToString());
        Assert.Contains("\"benchmark\": \"cis-aws-3.0.0\"", File.ReadAllText(Program("Export-CisProgram cis-aws-3.0.0 \"$folder/out/exported.json\" -PassThru @in").Path));
    }

    [Theory]
    [InlineData("New-CisProgram x @in -BasedOn cis-aws-3.0.0 -AddControl '2.5'", "InvalidProgram", "'2.5' is not valid here")]
    [InlineData("New-CisProgram x @in -Setting @{ '1.12' = @{ MaxUnusedCredentialDays = 30 } }", "InvalidProgram", "1.12 has no setting 'MaxUnusedCredentialDays'")]
    [InlineData("$null = New-CisProgram x @in -ExcludeControl @{ '2.5' = 'r' }; Set-CisProgram x @in -BasedOn cis-aws-3.0.0", "InvalidProgram", "'2.5' is not valid here")]
    [InlineData("New-CisProgram '../evil' @in", "InvalidName", "is not a valid program name")]
    [InlineData("New-CisProgram cis-aws-1.2.0 @in", "DefaultProgram", "cannot be changed")]
    [InlineData("New-CisProgram mine @in; New-CisProgram mine @in", "ProgramExists", "already exists")]
    [InlineData("New-CisProgram x @in -Setting @{ '1.3' = @{ MaxDays = 1 } }", "InvalidProgram", "1.3 has: MaxUnusedCredentialDays")]
    [InlineData("New-CisProgram x @in -Setting @{ '1.3' = @{ MaxUnusedCredentialDays = 0 } }", "InvalidProgram", "a whole number from 1 to 3650")]
    [InlineData("New-CisProgram x @in -Setting @{ '1.3' = 45 }", "InvalidSetting", "not a hashtable")]
    [InlineData("New-CisProgram x @in -Setting @{ 1.1 = @{ RootUsageWindowDays = 4 } }", "AmbiguousControlId", "1.1 or 1.10?")]
    [InlineData("New-CisProgram x @in -Severity @{ '1.3' = 'Awful' }", "InvalidSeverity", "'Awful' is not a valid severity")]
    [InlineData("New-CisProgram x @in -BasedOn nobody", "InvalidProgram", "program 'nobody' was not found")]
    [InlineData("New-CisProgram x @in -ControlId '9.9'", "InvalidProgram", "'9.9' is not valid here")]
    [InlineData("New-CisProgram x @in -ControlId 'IAM'", "UnknownControl", "'IAM' is not a control ID such as '1.10'")]
    [InlineData("New-CisProgram x @in -Severity @{ '1-3' = 'Low' }", "UnknownControl", "'1-3' is not a control ID")]
    [InlineData("New-CisProgram x @in -Setting @{ 'x' = @{ y = 1 } }", "UnknownControl", "'x' is not a control ID")]
    [InlineData("New-CisProgram x @in -AccountId 42", "InvalidProgram", "12 digits")]
    [InlineData("Get-CisProgram nobody @in", "ProgramNotFound", "There is no program 'nobody'")]
    [InlineData("Get-CisProgram ([string][char]0xD800) @in", "ProgramNotFound", "There is no program")]
    [InlineData("Get-CisProgram 'x[' @in", "ProgramNotFound", "There is no program 'x['")]
    [InlineData("Get-CisProgram './no such.json' @in", "ProgramNotFound", "There is no file")]
    [InlineData("Set-CisProgram cis-aws-1.2.0 @in -Owner x", "DefaultProgram", "cannot be changed")]
    [InlineData("Set-CisProgram @in -Owner x", "NoProgram", "No program was specified")]
    [InlineData("Remove-CisProgram cis-aws-1.2.0 @in", "DefaultProgram", "cannot be removed")]
    [InlineData("New-CisExemption '*' -Reason r -Owner o", "CoversEverything", "every resource of every control")]
    [InlineData("New-CisExemption '9.1' -Reason r -Owner o", "UnknownControl", "Control '9.1' was not found")]
    [InlineData("New-CisAttestation '1.17' -Status Passed -Explanation e -UpdatedBy u", "NoExpiry", "has no expiry")]
    [InlineData("New-CisAttestation '1.17' -Status Passed -Explanation e -UpdatedBy u -Frequency often", "InvalidFrequency", "not a valid frequency")]
    [InlineData("$null = New-CisProgram x @in; New-CisExemption '4.1' -Reason r -Owner o | Set-CisProgram x @in", "InvalidProgram", "the exemption for 4.1 has no last day")]
    [InlineData("Invoke-CisAssessment -Program nobody @in @account", "ProgramNotFound", "There is no program 'nobody'")]
    [InlineData("Invoke-CisAssessment '2.8' -Program cis-aws-1.2.0-level-1 @in @account", "NotInProgram", "Control '2.8' is not in program")]
    [InlineData("$null = New-CisProgram x @in -AccountId 999988887777; Invoke-CisAssessment -Program x @in @account", "AccountOutOfScope", "Accounts in its scope: 999988887777")]
    [InlineData("Get-CisControl '2.8' -Program cis-aws-1.2.0-level-1 @in", "NotInProgram", "Control '2.8' is not in program")]
    [InlineData("Get-CisControl -Program nobody @in", "ProgramNotFound", "There is no program")]
    [InlineData("Import-CisAttestation './none.json'", "AttestationNotRead", "No attestations could be read")]
    public void Errors_have_an_id_a_reason_and_a_way_out(string script, string id, string message)
    {
        var error = Run(script).Error;
        Assert.StartsWith(id + ",CisAws.PowerShell.Commands.", error.FullyQualifiedErrorId);
        Assert.Contains(message, error.ToString());
        Assert.False(string.IsNullOrWhiteSpace(error.ErrorDetails.RecommendedAction));
    }

    [Fact]
    public void Force_overwrites_and_covers_everything()
    {
        Run("$null = New-CisProgram mine @in -Owner a");
        Assert.Equal("", Program("New-CisProgram mine @in -Force").Owner);
        Assert.True(((CisExemption)Run("New-CisExemption '*' -Reason r -Owner o -Force").Output[0].BaseObject).CoversEverything);
        Assert.Empty(Run("New-CisExemption '*' -Reason r -Owner o -Force -Expires 2027-01-01 | Set-CisProgram mine @in").Errors);
    }

    [Fact]
    public void A_file_edited_by_hand_is_told_with_its_line()
    {
        var path = Program("New-CisProgram mine @in -Setting @{ '1.3' = @{ MaxUnusedCredentialDays = 45 } }").Path;
        File.WriteAllText(path, File.ReadAllText(path).Replace("MaxUnusedCredentialDays", "MaxUnusedDays"));
        Assert.False((bool)Run("Test-CisProgram mine @in").Output[0].BaseObject);
        var problem = (CisProgramProblem)Assert.Single(Run("Get-CisProgramProblem mine @in").Output).BaseObject;
        Assert.Equal((8, "$.settings['1.3'].MaxUnusedDays", "UnknownSetting", path), (problem.Line, problem.Path, problem.Code, problem.File));
        var error = Run("Invoke-CisAssessment -Program mine @in @account").Error;
        Assert.StartsWith("InvalidProgram,", error.FullyQualifiedErrorId);
        Assert.Contains("line 8, $.settings['1.3'].MaxUnusedDays: 1.3 has no setting 'MaxUnusedDays'", error.ToString());
        // One that is broken does not hide the others.
        var run = Run("Get-CisProgram @in");
        Assert.Equal((DefaultPrograms.All.Count, 1), (run.Output.Count, run.Errors.Count));
    }

    [Theory]
    [InlineData("$e.ControlId -join ' '", "4.1 3.* 1.10")]
    [InlineData("($e | Where-Object ControlId -eq '4.1').Count", "1")]
    [InlineData("($e | Where-Object ControlId -like '3*').Count", "1")]
    [InlineData("($e | Where-Object ControlId -eq 4.1).Count", "0")]
    [InlineData("($e | Where-Object ControlId -in '1.10', '3.*').Count", "2")]
    [InlineData("($e | Where-Object { $_.ControlId -eq (Get-CisControl '4.1').ControlId -and (Get-CisControl '4.1').ControlId -eq $_.ControlId }).Count", "1")]
    [InlineData("try { [CisAws.Programs.CisExemption]@{ ControlId = 4.1 } } catch { 'refused' }", "refused")]
    public void The_control_of_an_entry_is_used_as_text(string script, string expected)
    {
        const string Entries = "$e = '4.1', '3.*', '1.10' | ForEach-Object { New-CisExemption $_ -Reason r -Owner o }; ";
        Assert.Equal(expected, Text(Entries + script));
        Assert.Equal("4.1 3.* 1.10", string.Join(' ', Screen(Entries + "$e.ControlId").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public void Test_takes_wildcards()
    {
        Run("$null = New-CisProgram a1 @in; $null = New-CisProgram a2 @in");
        File.WriteAllText(Path.Combine(_folder, "b1.json"), "{}");
        Assert.Equal("True False False True", string.Join(' ', Run("Test-CisProgram 'a*' @in; Test-CisProgram '*' @in; Test-CisProgram 'z*' @in; Test-CisProgram 'a[12]' @in").Output));
        Assert.Contains(Run("Test-CisProgram '*' @in -Verbose 4>&1").Output, o => o.ToString()!.Contains("b1.json", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("& { New-CisExemption '4.1' sg-1 -Reason r -Owner o -Expires 2020-01-01; New-CisExemption '4.2' sg-1 -Reason r -Owner o -Expires ([datetime]::Today.AddDays(9)) } | Set-CisProgram mine @in", "The exemption for 4.1 expired on 2020-01-01")]
    [InlineData("New-CisExemption '2.8' -Reason r -Owner o -Expires ([datetime]::Today.AddDays(9)) | Set-CisProgram mine @in", "the program does not contain 2.8")]
    [InlineData("New-CisExemption '4.1' -AccountId 444455556666 -Reason r -Owner o -Expires ([datetime]::Today.AddDays(9)) | Set-CisProgram mine @in", "account 444455556666 is not in the program's scope")]
    [InlineData("New-CisAttestation '1.2' -Status Passed -Explanation e -UpdatedBy u -Frequency annually | Set-CisProgram mine @in", "The attestation has no effect: a rule decides 1.2")]
    [InlineData("New-CisProgram x @in -Region eu-wset-1", "Did you mean 'eu-west-1'?")]
    public void What_has_no_effect_is_stored_with_a_warning(string script, string warning)
    {
        Run("$null = New-CisProgram mine @in -BasedOn cis-aws-1.2.0-level-1 -AccountId 111122223333");
        var run = Run(script);
        Assert.Empty(run.Errors);
        Assert.Contains(warning, Assert.Single(run.Warnings, w => w.Contains(" was written. ", StringComparison.Ordinal)));
        Assert.Empty(Run("Set-CisProgram mine @in -Owner x").Warnings);
    }

    [Theory]
    [InlineData("New-CisExemption '4.1', '4.2' sg-1 -Reason r -Owner o -Expires 2020-01-01", "The exemption expired on 2020-01-01 and has no effect.")]
    [InlineData("New-CisAttestation '1.17', '1.2' -Status Passed -Explanation e -UpdatedBy u -Frequency annually", "The attestation of 1.2 has no effect in cis-aws-1.2.0: a rule decides 1.2.")]
    [InlineData(
        "New-CisAttestation '1.17' -Status Passed -Explanation e -UpdatedBy u -Updated 2020-01-01 -Frequency monthly", "The attestation of 1.17 expired on 2020-02-01 and has no effect.")]
    public void What_has_no_effect_is_created_with_a_warning(string script, string warning)
    {
        var run = Run(script);
        Assert.Empty(run.Errors);
        Assert.NotEmpty(run.Output);
        Assert.StartsWith(warning, Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("90d", 90)]
    [InlineData("'90d'", 90)]
    [InlineData("2w", 14)]
    [InlineData("' 3 d '", 3)]
    public void Expires_takes_a_period(string period, int days)
    {
        var before = DateTime.UtcNow.Date;
        var expires = ((CisExemption)Run($"New-CisExemption '4.1' sg-1 -Reason r -Owner o -Expires {period}").Output.Single().BaseObject).Expires;
        Assert.InRange(expires!.Value, before.AddDays(days), DateTime.UtcNow.Date.AddDays(days));
        var until = ((CisAttestation)Run($"New-CisAttestation '1.17' -Status Passed -Explanation e -UpdatedBy u -Expires {period}").Output.Single().BaseObject).ValidUntil;
        Assert.InRange(until, before.AddDays(days), DateTime.UtcNow.Date.AddDays(days));
    }

    [Theory]
    [InlineData("New-CisExemption '4.1' sg-1 -Reason r -Owner o -Expires 9999y")]
    [InlineData("New-CisExemption '4.1' sg-1 -Reason r -Owner o -Expires annually")]
    [InlineData("New-CisAttestation '1.17' -Status Passed -Explanation e -UpdatedBy u -Frequency annually -Updated 90d")]
    public void What_is_neither_a_day_nor_a_period_is_an_error(string script) => Assert.Contains("System.DateTime", Run(script).Error.ToString());

    [Fact]
    public void What_is_not_JSON_is_told_in_words()
    {
        var path = Program("New-CisProgram mine @in").Path;
        File.WriteAllText(path, "{\n  \"schemaVersion\": 1,\n  // ours\n  \"name\": \"mine\"\n}");
        var error = Run("Get-CisProgram mine @in").Error;
        Assert.Equal($"{path}, line 3, $: This is not valid JSON. There is a comment, which JSON does not allow. Remove the comment.", error.ToString());
    }

    [Fact]
    public void Attestations_and_sections_take_wildcards_too()
    {
        Run("$null = New-CisProgram mine @in");
        Assert.Equal("1.15 1.17", Text("(New-CisAttestation '1.1[57]' -Status Passed -Explanation e -UpdatedBy u -Frequency annually | ForEach-Object ControlId) -join ' '"));
        Run("New-CisAttestation '1.1[57]' -Status Passed -Explanation e -UpdatedBy u -Frequency annually | Set-CisProgram mine @in");
        Assert.Empty(Program("Set-CisProgram mine @in -RemoveAttestation '1.*' -PassThru").Attestations);
        Assert.Equal("Logging", Program("New-CisProgram logs @in -Section 'log*'").ChosenSections.ToString());
    }

    [Theory]
    [InlineData("cis-aws-1.2.0", true)]
    [InlineData("nobody", false)]
    public void Test_is_true_or_false_and_never_an_error(string name, bool expected) => Assert.Equal(expected, Run($"Test-CisProgram {name} @in").Output.Single().BaseObject);

    [Fact]
    public void Export_and_Import_carry_a_program_elsewhere()
    {
        Run("$null = New-CisProgram mine @in -Owner a; Export-CisProgram mine \"$folder/out/mine.json\" @in");
        var text = File.ReadAllText(Path.Combine(_folder, "out", "mine.json"));
        Assert.DoesNotContain("$schema", text);
        Assert.StartsWith("ProgramExists,", Run("Export-CisProgram mine \"$folder/out/mine.json\" @in").Error.FullyQualifiedErrorId);
        Assert.Equal(("theirs", "a"), (Program("Import-CisProgram \"$folder/out/mine.json\" theirs -PassThru @in").Name, Program("Get-CisProgram theirs @in").Owner));
        Assert.Equal("mine", Program("Get-CisProgram \"$folder/out/mine.json\" @in").Name);
    }

    [Fact]
    public void Compare_shows_what_differs()
    {
        Run("$null = New-CisProgram mine @in -Setting @{ '1.3' = @{ MaxUnusedCredentialDays = 45 } } -ExcludeControl @{ '1.11' = 'No.' }");
        var differences = Run("Compare-CisProgram cis-aws-1.2.0 mine @in").Output.Select(o => (CisProgramDifference)o.BaseObject).ToList();
        Assert.Equal(["Control 1.11: included / excluded by program mine: No.", "Setting 1.3 MaxUnusedCredentialDays: 90 / 45"], differences.Select(d => d.ToString()));
    }

    [Fact]
    public void A_program_is_assessed_by_name_object_path_and_pipeline()
    {
        var path = Program("New-CisProgram mine @in -ControlId '1.9', '1.3' -Setting @{ '1.3' = @{ MaxUnusedCredentialDays = 45 } } -Severity @{ '1.3' = 'High' } -Version 7").Path;
        foreach (var script in new[]
        {
            "Invoke-CisAssessment -Program mine @in @account", "Invoke-CisAssessment -Program (Get-CisProgram mine @in) @account",
            $"Invoke-CisAssessment -Program '{path}' @account", "Get-CisProgram mine @in | Invoke-CisAssessment @account", "'mine' | Invoke-CisAssessment @in @account",
            "Get-CisControl -Program mine @in | Invoke-CisAssessment @account", "$row = [pscustomobject]@{ Program = 'mine' }; $row | Invoke-CisAssessment @in @account",
        })
        {
            var results = Results(script);
            Assert.Equal("1.3 1.9", string.Join(' ', results.Select(r => r.ControlId)));
            Assert.All(results, r => Assert.Equal(("mine", "7"), (r.Program, r.ProgramVersion)));
            Assert.Equal(("MaxUnusedCredentialDays=45 (program mine)", CisSeverity.High), (results[0].Settings.ToString(), results[0].Severity));
            Assert.Contains("have not been used for 45 days", results[0].Reason);
        }
    }

    [Fact]
    public void Without_a_program_it_is_the_benchmark() =>
        Assert.Equal("cis-aws-1.2.0", Assert.Single(Results("Invoke-CisAssessment '1.9' @account")).Program);

    [Fact]
    public void A_programs_regions_are_those_looked_at_unless_others_are_named()
    {
        Run("$null = New-CisProgram mine @in -Region EU-WEST-1");
        Assert.Equal("eu-west-1", Assert.Single(Results("Invoke-CisAssessment '4.3' -Program mine @in @account").Single().Findings.Select(f => f.Region).Distinct()));
        Assert.Contains(" in 1 of ", Results("Invoke-CisAssessment '4.3' -Program mine @in @account -Region us-east-1").Single().Reason);
    }

    [Fact]
    public void What_has_expired_or_matched_nothing_is_warned_about_once()
    {
        Run("$null = New-CisProgram mine @in; & { New-CisExemption '4.3' sg-gone -Reason r -Owner o -Expires ([datetime]::Today.AddDays(9)); New-CisExemption '4.3' sg-2 -Reason r -Owner o -Expires 2020-01-01; New-CisAttestation '1.17' -Status Passed -Explanation e -UpdatedBy u -Updated 2020-01-01 -Frequency 1y } | Set-CisProgram mine @in");
        var warnings = Run("Invoke-CisAssessment '4.3', '1.17' -Program mine @in @account").Warnings;
        Assert.Contains(warnings, w => w.StartsWith("1 exemption has expired", StringComparison.Ordinal) && w.Contains("sg-2", StringComparison.Ordinal));
        Assert.Contains(warnings, w => w.StartsWith("1 exemption matched no failure", StringComparison.Ordinal) && w.Contains("sg-gone", StringComparison.Ordinal));
        Assert.Contains(warnings, w => w.StartsWith("1 attestation has expired", StringComparison.Ordinal));
        Assert.Equal(3, warnings.Count);
        Assert.Contains(Run("Get-CisProgramProblem mine @in -Severity Warning").Output, p => p.ToString()!.Contains("expired on 2020-01-01", StringComparison.Ordinal));
    }

    [Fact]
    public void Controls_show_their_settings_in_force_with_source_and_default()
    {
        Run("$null = New-CisProgram mine @in -Setting @{ '1.3' = @{ MaxUnusedCredentialDays = 45 } } -AccountSetting @{ '111122223333' = @{ '1.3' = @{ MaxUnusedCredentialDays = 30 } } }");
        var setting = ((CisControl)Run("Get-CisControl '1.3' -Program mine @in").Output.Single().BaseObject).Settings.Single();
        Assert.Equal((45, "program mine", 90), (setting.Value, setting.Source, setting.Default));
        setting = ((CisControl)Run("Get-CisControl '1.3' -Program mine -AccountId 111122223333 @in").Output.Single().BaseObject).Settings.Single();
        Assert.Equal((30, "program mine, account 111122223333"), (setting.Value, setting.Source));
        var screen = Screen("Get-CisControl '1.3' -Program mine @in");
        Assert.Contains("MaxUnusedCredentialDays = 45 (program mine; default 90)", System.Text.RegularExpressions.Regex.Replace(screen, @"\s+", " "));
    }

    [Theory]
    [InlineData("Get-CisProgram -Name cis-aws-1.2.0-l", "cis-aws-1.2.0-level-1")]
    [InlineData("New-CisAttestation -ControlId 1.1", "'1.15' '1.17' '1.18' '1.19'")]
    [InlineData("New-CisAttestation -Frequency q", "quarterly")]
    public void Words_complete(string line, string expected) => Assert.Equal(expected, string.Join(' ', _session.Complete(line).Select(c => c.CompletionText.Contains("cis-aws", StringComparison.Ordinal) ? c.ListItemText : c.CompletionText)));

    [Fact]
    public void Names_of_programs_complete_quoted_from_the_folder_on_the_line()
    {
        Run("$null = New-CisProgram \"O'Brien's own\" @in");
        Assert.Contains(_session.Complete($"Set-CisProgram -ProgramPath '{_folder}' -Name o").Select(c => c.CompletionText), c => c == "'O''Brien''s own'");
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(160)]
    public void Tables_fit_the_screen(int width)
    {
        Run("$null = New-CisProgram mine @in -BasedOn cis-aws-1.2.0-level-1 -Setting @{ '1.3' = @{ MaxUnusedCredentialDays = 45 } }");
        using var session = new ModuleSession(width);
        foreach (var script in new[] { "Get-CisProgram @in", "Get-CisControl -Program mine @in", "Compare-CisProgram cis-aws-1.2.0 mine @in" })
        {
            var screen = session.Screen(script, ("in", In()));
            Assert.True(screen.Length > 100, screen);
            Assert.All(screen.Split('\n'), l => Assert.True(l.TrimEnd().Length <= width, l));
            Assert.DoesNotContain("System.", screen);
            Assert.DoesNotContain("CisAws.Programs.Cis", screen);
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private System.Collections.Hashtable In() => new() { ["ProgramPath"] = _folder };

    private SessionOutput Run(string script) => _session.Run(script, ("in", In()), ("folder", _folder), DemoServer.Account(demo.Server));

    private string Screen(string script) => _session.Screen(script, ("in", In()), ("folder", _folder));

    private CisProgram Program(string script)
    {
        var run = Run(script);
        Assert.Empty(run.Errors);
        return (CisProgram)Assert.Single(run.Output).BaseObject;
    }

    private CisResult[] Results(string script)
    {
        var run = Run(script);
        Assert.Empty(run.Errors);
        return run.Output.Select(o => (CisResult)o.BaseObject).ToArray();
    }

    private string Text(string script, bool sorted = false)
    {
        var text = Assert.Single(Run(script).Output).ToString()!;
        return sorted ? string.Join(' ', text.Split(' ').Order(StringComparer.Ordinal)) : text;
    }
}
