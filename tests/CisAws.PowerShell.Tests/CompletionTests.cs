using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CisAws.PowerShell.Tests.Processes;

namespace CisAws.PowerShell.Tests;

/// <summary>What Tab offers for profiles; for ids, sections, regions and programs see the cmdlets' own tests.</summary>
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
        Assert.Equal("holds access keys", offered.Single(c => c.Text == "default").ToolTip);
        Assert.Equal("runs a credential_process", offered.Single(c => c.Text.StartsWith("'O", StringComparison.Ordinal)).ToolTip);
        Assert.Equal("signs in to account 111122223333 as ReadOnly", offered.Single(c => c.Text == "signed-in").ToolTip);
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
