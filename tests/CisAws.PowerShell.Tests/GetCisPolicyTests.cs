using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using CisAws.Emulator;
using CisAws.Programs;
using CisAws.Testing;

namespace CisAws.PowerShell.Tests;

/// <summary>The policy has the actions that an assessment calls: no more and no fewer.</summary>
public sealed class GetCisPolicyTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void The_policy_is_a_document_with_the_actions_of_the_controls()
    {
        using var policy = JsonDocument.Parse(Text("Get-CisPolicy"));
        var statement = Assert.Single(policy.RootElement.GetProperty("Statement").EnumerateArray());
        Assert.Equal(("2012-10-17", "Allow", "*"), (
            policy.RootElement.GetProperty("Version").GetString(), statement.GetProperty("Effect").GetString(), statement.GetProperty("Resource").GetString()));
        Assert.Equal(
            DefaultPrograms.Benchmark.Controls.SelectMany(c => c.Actions).Distinct().OrderBy(a => a, StringComparer.OrdinalIgnoreCase),
            statement.GetProperty("Action").EnumerateArray().Select(a => a.GetString()!));
    }

    [Theory]
    [InlineData("Get-CisPolicy '1.5', '1.7'", "iam:GetAccountPasswordPolicy")]
    [InlineData("Get-CisPolicy -ControlId '4.3'", "ec2:DescribeSecurityGroups")]
    [InlineData("Get-CisControl '2.8' | Get-CisPolicy", "kms:GetKeyRotationStatus")]
    [InlineData("Get-CisPolicy '3.6' -Program cis-aws-3.0.0", "kms:GetKeyRotationStatus")]
    public void Controls_and_programs_narrow_it(string script, string action)
    {
        var text = Text(script);
        Assert.Contains($"\"{action}\"", text);
        Assert.DoesNotContain(action.StartsWith("iam:", StringComparison.Ordinal) ? "\"ec2:DescribeVpcs\"" : "\"iam:GetAccountPasswordPolicy\"", text);
    }

    [Theory]
    [InlineData("Get-CisPolicy '9.9'", "UnknownControl")]
    [InlineData("Get-CisPolicy '1.15' -Program cis-aws-1.2.0-nothing", "ProgramNotFound")]
    [InlineData("Get-CisPolicy '2.2' -Program cis-aws-1.2.0-level-1", "NotInProgram")]
    [InlineData("Get-CisPolicy -ExternalId abc", "NoRole")]
    [InlineData("Get-CisPolicy -TrustedPrincipal 111122223333", "NoRole")]
    [InlineData("Get-CisPolicy -Format Terraform -TrustedPrincipal me", "ParameterArgumentValidationError")]
    [InlineData("Get-CisPolicy -Format Terraform -ExternalId 'Malm\u00f6'", "ParameterArgumentValidationError")]
    public void What_it_cannot_do_is_an_error(string script, string id)
    {
        var run = _session.Run(script);
        Assert.StartsWith(id + ",", run.Error.FullyQualifiedErrorId);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-TrustedPrincipal 999988887777 -ExternalId norrvik-cis")]
    public async Task The_template_is_one_that_CloudFormation_takes(string arguments)
    {
        LongTests.Require();
        await ExternalTools.RequireAsync("cfn-lint", "pip install cfn-lint", "cfn-lint", "--version");
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        try
        {
            await File.WriteAllTextAsync(file, Text($"Get-CisPolicy -Format CloudFormation {arguments}"), TestContext.Current.CancellationToken);
            var lint = await ChildProcess.RunAsync("cfn-lint", ["--non-zero-exit-code", "warning", file]);
            Assert.True(lint.ExitCode == 0, lint.Output + lint.Error);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void The_configuration_has_the_role_and_its_policy()
    {
        var text = Text("Get-CisPolicy '1.5' -Format Terraform -TrustedPrincipal 'arn:aws:iam::999988887777:role/x' -ExternalId 'a:b'");
        Assert.Contains("\n  default     = \"arn:aws:iam::999988887777:role/x\"\n", text);
        Assert.Contains("\n  default     = \"a:b\"\n", text);
        Assert.Contains("\n        \"iam:GetAccountPasswordPolicy\",\n", text);
        Assert.Equal(text.Count(c => c == '{'), text.Count(c => c == '}'));
        Assert.DoesNotContain("default     = \"\"\n}\n\nvariable", Text("Get-CisPolicy '1.5' -Format Terraform"));
    }

    /// <summary>That each of them matters, and that those of one control suffice for it, is tested with the connector: <c>PolicyTests</c>.</summary>
    [Fact]
    public async Task An_assessment_calls_these_actions_and_no_others()
    {
        var called = new ConcurrentDictionary<string, bool>();
        await using var server = await DemoServer.StartAsync(new EmulatorOptions { OnRequest = r => called[r.Action] = true });
        _session.Objects("Invoke-CisAssessment @account -WarningAction SilentlyContinue", DemoServer.Account(server));
        string[] everyoneMay = ["sts:GetCallerIdentity"];
        Assert.Equal(
            DefaultPrograms.Benchmark.Controls.SelectMany(c => c.Actions).Distinct().Order(StringComparer.Ordinal),
            called.Keys.Except(everyoneMay).Order(StringComparer.Ordinal));
    }

    private string Text(string script) => Assert.Single(_session.Objects(script)).ToString();
}
