using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Tests.Processes;

namespace CisAws.PowerShell.Tests;

/// <summary>What Tab offers.</summary>
public sealed class CompletionTests : IDisposable
{
    private const string Profiles =
        """
        [default]
        aws_access_key_id = AKIAIOSFODNN7EXAMPLE
        aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
        [audit]
        role_arn = arn:aws:iam::111122223333:role/Auditor
        source_profile = default
        region = eu-north-1
        [on an instance]
        role_arn = arn:aws:iam::111122223333:role/Auditor
        credential_source = Ec2InstanceMetadata
        [O'Brien [old]]
        credential_process = /opt/keys --secret hunter2
        [signed-in]
        sso_account_id = 111122223333
        sso_role_name = ReadOnly
        sso_region = eu-west-1
        sso_start_url = https://norrvik.awsapps.com/start
        """;

    /// <summary>Parameters that complete from a list. -Name does too, where it names a program that there is.</summary>
    private static readonly string[] Listed =
    [
        "AddControl", "Assessment", "BasedOn", "By", "ControlId", "DifferenceProgram", "ExcludeControl", "Expires", "Format", "Frequency", "Id", "Level", "Name", "ProfileName",
        "Program", "ReferenceProgram", "Region", "RemoveAttestation", "Section", "Service", "Setting", "Severity", "Status", "Type",
    ];

    /// <summary>Parameters that take the paths of files and folders.</summary>
    private static readonly string[] Paths = ["CertificatePath", "Difference", "EvidencePath", "LiteralPath", "Path", "ProfileLocation", "ProgramPath", "Reference"];

    private readonly ModuleSession _session = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("profiles ").FullName;

    public CompletionTests() => File.WriteAllText(Path.Combine(_folder, "credentials"), Profiles);

    [Theory]
    [InlineData("", "audit, default, 'O''Brien [old]', 'on an instance', signed-in")]
    [InlineData("a", "audit")]
    [InlineData("'on ", "'on an instance'")]
    [InlineData("*t", "audit, default, 'on an instance'")]
    [InlineData("'O''Brien [", "'O''Brien [old]'")]
    [InlineData("none", "")]
    public void Profiles_complete_quoted_from_the_file_on_the_line(string word, string expected) =>
        Assert.Equal(expected, string.Join(", ", Complete(word).Select(c => c.Text)));

    [Fact]
    public void A_profile_tells_how_it_comes_by_credentials_and_no_secret()
    {
        var offered = Complete("");
        Assert.Equal("assumes arn:aws:iam::111122223333:role/Auditor from profile default, eu-north-1", offered.Single(c => c.Text == "audit").ToolTip);
        Assert.Equal("assumes arn:aws:iam::111122223333:role/Auditor from Ec2InstanceMetadata", offered.Single(c => c.Text == "'on an instance'").ToolTip);
        Assert.Equal("has access keys", offered.Single(c => c.Text == "default").ToolTip);
        Assert.Equal("runs a credential_process", offered.Single(c => c.Text.StartsWith("'O", StringComparison.Ordinal)).ToolTip);
        Assert.Equal("signs in to account 111122223333 as ReadOnly (SSO)", offered.Single(c => c.Text == "signed-in").ToolTip);
        Assert.DoesNotContain(offered, c => c.ToolTip.Contains("wJalr", StringComparison.Ordinal) || c.ToolTip.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_file_on_the_line_profiles_are_those_that_the_SDKs_find()
    {
        var config = Path.Combine(_folder, "config");
        await File.WriteAllTextAsync(config, "[profile from-config]\nrole_arn = arn:aws:iam::111122223333:role/Auditor\nsource_profile = default\n", TestContext.Current.CancellationToken);
        var lines = await BareProcess.LinesAsync(
            BareProcess.Import() + "; [Management.Automation.CommandCompletion]::CompleteInput('Invoke-CisAssessment -ProfileName ', 34, $null).CompletionMatches | ForEach-Object { $_.CompletionText }",
            new Dictionary<string, string?> { ["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(_folder, "credentials"), ["AWS_CONFIG_FILE"] = config });
        Assert.Contains("audit", lines);
        Assert.Contains("from-config", lines);
    }

    [Theory]
    [InlineData("-ProfileLocation 'relative' -ProfileName ")]
    [InlineData("-ProfileLocation '/no/such/file' -ProfileName ")]
    public void A_file_that_is_not_there_offers_nothing_and_is_no_error(string line) =>
        Assert.DoesNotContain(_session.Complete("Invoke-CisAssessment " + line), c => c.CompletionText.Contains("default", StringComparison.Ordinal));

    [Fact]
    public void Each_parameter_completes_from_a_list_or_to_paths_or_to_nothing()
    {
        var common = new HashSet<string>([.. Cmdlet.CommonParameters, .. Cmdlet.OptionalCommonParameters]);
        var wrong = new List<string>();
        foreach (var command in _session.Objects("Get-Command -Module CisAws").Select(c => (CommandInfo)c.BaseObject))
        {
            foreach (var parameter in command.Parameters.Values.Where(p => !p.SwitchParameter && !common.Contains(p.Name)))
            {
                var isNew = parameter.Name == "Name" && command.Name is "New-CisProgram" or "Import-CisProgram" or "Get-CisAccount";
                var before = parameter.Name == "ProfileName" ? $" -ProfileLocation '{Path.Combine(_folder, "credentials")}'" : "";
                var offered = _session.Complete($"{command.Name}{before} -{parameter.Name} ");
                var hasCompleter = parameter.Attributes.OfType<ArgumentCompleterAttribute>().Any();
                var isRight = Listed.Contains(parameter.Name) && !isNew ? offered.Count > 0 && offered.All(c => c.ResultType == CompletionResultType.ParameterValue)
                    // The hosted engine does not find files; PowerShell offers them where there is no completer.
                    : Paths.Contains(parameter.Name) || (parameter.Name == "Evidence" && command.Name != "New-CisAttestation") ? !hasCompleter
                    : hasCompleter && offered.Count == 0;
                if (!isRight)
                {
                    wrong.Add($"{command.Name} -{parameter.Name}: {string.Join(", ", offered.Take(3).Select(c => c.CompletionText))}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("Get-CisControl password", "'1.2' '1.5' '1.6' '1.7' '1.8' '1.9' '1.10' '1.11'")]
    [InlineData("Invoke-CisAssessment -ControlId 'root acc", "'1.12'")]
    [InlineData("Compare-CisMetricFilter -ControlId console", "'3.2' '3.6'")]
    [InlineData("New-CisAttestation -ControlId cont", "'1.17' '1.18'")]
    [InlineData("Invoke-CisAssessment -Region stock", "eu-north-1")]
    [InlineData("Get-CisControl 90", "")]
    [InlineData("Get-CisControl -Level ", "1 2")]
    [InlineData("New-CisProgram x -Level 1, ", "1 2")]
    [InlineData("New-CisExemption -Expires 9", "90d")]
    public void Values_are_found_by_the_words_of_their_descriptions(string line, string expected) =>
        Assert.Equal(expected, string.Join(' ', _session.Complete(line).Select(c => c.CompletionText)));

    [Theory]
    [InlineData("Invoke-CisAssessment -ProgramPath '{0}' -Program small -ControlId ", "2.1 2.2")]
    [InlineData("Get-CisControl -ProgramPath '{0}' -Program small ", "2.1 2.2")]
    [InlineData("Get-CisControl -Program '{0}/small.json' ", "2.1 2.2")]
    [InlineData("New-CisProgram x -ProgramPath '{0}' -BasedOn small -ControlId ", "2.1 2.2")]
    [InlineData("New-CisProgram x -ProgramPath '{0}' -BasedOn small -ExcludeControl ", "2.1 2.2")]
    [InlineData("New-CisProgram x -ProgramPath '{0}' -BasedOn small -AddControl 2.", "2.1 2.2 2.3 2.4 2.5 2.6 2.7 2.8 2.9")]
    [InlineData("Set-CisProgram small -ProgramPath '{0}' -ControlId 2.", "2.1 2.2 2.3 2.4 2.5 2.6 2.7 2.8 2.9")]
    [InlineData("Set-CisProgram small -ProgramPath '{0}' -RemoveAttestation ", "2.2")]
    public void Ids_are_those_of_the_program_on_the_line(string line, string expected)
    {
        _session.Objects(
            "$null = New-CisProgram small -ControlId '2.1', '2.2' -ProgramPath $folder -Attestation (New-CisAttestation '2.2' -Status Passed -Explanation e -UpdatedBy u -Expires 90d)",
            ("folder", _folder));
        Assert.Equal(expected, string.Join(' ', _session.Complete(string.Format(CultureInfo.InvariantCulture, line, _folder)).Select(c => c.ListItemText)));
    }

    [Theory]
    [InlineData("1.3", "@{ '1.3' = @{ MaxUnusedCredentialDays = 45 } }")]
    [InlineData("maxun", "@{ '1.3' = @{ MaxUnusedCredentialDays = 45 } }")]
    [InlineData("unused", "@{ '1.3' = @{ MaxUnusedCredentialDays = 45 } }")]
    [InlineData("audit", "@{ '1.21' = @{ Audit = 'Console' } } @{ '1.21' = @{ Audit = 'Cli' } }")]
    [InlineData("ignoreunatt", "@{ '4.1' = @{ IgnoreUnattached = $true } } @{ '4.1' = @{ IgnoreUnattached = $false } } @{ '4.2' = @{ IgnoreUnattached = $true } } @{ '4.2' = @{ IgnoreUnattached = $false } }")]
    [InlineData("1.16", "@{ '1.16' = @{ AllowedDirectPolicyArns = @('arn:aws:iam::aws:policy/job''s') } }")]
    public void Settings_complete_as_a_hashtable_with_the_value_in_force(string word, string expected)
    {
        _session.Run(
            "$null = New-CisProgram mine -ProgramPath $folder -Setting @{ '1.3' = @{ MaxUnusedCredentialDays = 45 }; '1.16' = @{ AllowedDirectPolicyArns = \"arn:aws:iam::aws:policy/job's\" } }",
            ("folder", _folder));
        var offered = _session.Complete($"Set-CisProgram mine -ProgramPath '{_folder}' -Setting {word}").Select(c => c.CompletionText).ToList();
        Assert.Equal(expected, string.Join(' ', offered));
        Assert.All(offered, o => Assert.Empty(_session.Run($"Set-CisProgram mine -ProgramPath $folder -Setting {o}", ("folder", _folder)).Errors));
    }

    [Theory]
    [InlineData("-Severity '1.12 c", "@{ '1.12' = 'Critical' }")]
    [InlineData("-ExcludeControl 1.12", "@{ '1.12' = '' }")]
    public void Severities_and_exclusions_complete_as_a_hashtable(string argument, string expected) =>
        Assert.Equal(expected, Assert.Single(_session.Complete($"New-CisProgram x {argument}")).CompletionText);

    [Fact]
    public void A_program_is_left_to_the_completion_of_files_where_a_path_is_begun() =>
        Assert.Null(new ProgramCompleter().CompleteArgument("Invoke-CisAssessment", "Program", "'./nor", null!, new Hashtable()));

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private List<(string Text, string ToolTip)> Complete(string word) => _session
        .Complete($"Invoke-CisAssessment -ProfileLocation '{Path.Combine(_folder, "credentials")}' -ProfileName {word}")
        .Select(c => (c.CompletionText, c.ToolTip))
        .ToList();
}
