using System;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.IO;
using System.Linq;
using System.Management.Automation;
using CisAws.Benchmarks;
using CisAws.PowerShell.Tests.Connections;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.PowerShell.Tests;

/// <summary>Lists of accounts, as Import-Csv gives them: every cell is text, and a cell may be empty.</summary>
[Collection(nameof(AwsEnvironment))]
public sealed class AccountListTests(DemoServer demo) : IClassFixture<DemoServer>, IDisposable
{
    private const string Command = ",CisAws.PowerShell.Commands.InvokeCisAssessmentCommand";

    private readonly AwsEnvironment _environment = new();
    private readonly ModuleSession _session = new();

    private (string, string)[] Good => [("EndpointUrl", demo.Server.Url.ToString()), ("AccessKey", demo.Server.AccessKey), ("SecretKey", demo.Server.SecretKey)];

    public void Dispose()
    {
        _session.Dispose();
        _environment.Dispose();
    }

    [Fact]
    public void An_account_that_cannot_be_reached_has_each_planned_control_as_Unknown()
    {
        var bad = Row(Good, ("SecretKey", "not-the-secret"));
        var run = Run("$accounts | Invoke-CisAssessment '1.9', '4.1'", Row(Good), bad, Row(Good));

        var results = Results(run);
        Assert.Equal(["1.9", "4.1", "1.9", "4.1", "1.9", "4.1"], results.Select(r => r.ControlId.ToString()));
        var key = $"{demo.Server.AccessKey[..4]}...{demo.Server.AccessKey[^4..]}";
        Assert.All(results.Skip(2).Take(2), r =>
        {
            Assert.Equal((CisStatus.Unknown, "AccountUnreachable", true), (r.Status, r.ReasonCode, r.Incomplete));
            Assert.Equal($"Access key {key}", r.AccountId);
            Assert.StartsWith($"Not assessed: Access key {key}: ", r.Reason, StringComparison.Ordinal);
            Assert.Contains("rejected the credentials", r.Reason, StringComparison.Ordinal);
            Assert.Equal((CisStatus.Unknown, r.AccountId), (Assert.Single(r.Findings).Status, r.Findings[0].ResourceId));
        });
        Assert.Equal("CredentialsRejected" + Command, run.Error.FullyQualifiedErrorId);
        Assert.StartsWith($"Access key {key}: ", run.Error.ToString(), StringComparison.Ordinal);
        Assert.StartsWith($"Access key {key}: ", run.Error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ProfileName", "nope", "nope", "Profile nope: ")]
    [InlineData("RoleArn", "arn:aws:iam::999988887777:role/CisAuditor", "999988887777", "Account 999988887777: ")]
    [InlineData("RoleArn", "no-role", "Role no-role", "Role no-role: ")]
    [InlineData("EndpointUrl", "no endpoint", "Account 2 of the list", "Account 2 of the list: ")]
    public void The_account_is_named_first_by_what_is_known_of_it(string column, string value, string accountId, string label)
    {
        UseEnvironment();
        var run = Run("$accounts | Invoke-CisAssessment '1.9'", Row([]), Row([(column, value)]));

        var results = Results(run);
        Assert.Equal([CisStatus.Pass, CisStatus.Unknown], results.Select(r => r.Status));
        Assert.Equal(accountId, results[1].AccountId);
        Assert.StartsWith(label, run.Error.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("Not assessed: " + label, results[1].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'1.9'", 3)]
    [InlineData("'1.9', '1.10'", 2)]
    public void The_exit_code_counts_an_account_that_was_not_assessed(string ids, int exitCode)
    {
        var script = $"$r = $accounts | Invoke-CisAssessment {ids} -ErrorAction SilentlyContinue; $r | Measure-CisAssessment";
        var summary = (CisSummary)Assert.Single(Run(script, Row(Good), Row(Good, ("ProfileName", "nope"), ("AccessKey", ""), ("SecretKey", ""))).Output).BaseObject;

        Assert.Equal(exitCode, summary.ExitCode);
        Assert.Equal(2, summary.AccountCount);
        Assert.Equal(ids.Split(',').Length, summary.Unknown);
        Assert.NotNull(summary.Calls);
    }

    [Fact]
    public void Results_come_before_the_error_that_may_end_the_pipeline()
    {
        var seen = new List<string>();
        var run = Run(
            "$accounts | Invoke-CisAssessment '1.9' -ErrorAction Stop | ForEach-Object { $seen.Add(\"$($_.Status)\") }", [("seen", seen)],
            Row(Good), Row(Good, ("SecretKey", "wrong")), Row(Good));

        Assert.Equal(["Pass", "Unknown"], seen);
        Assert.Equal("CredentialsRejected" + Command, run.Error.FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("Invoke-CisAssessment -ProfileName nope", "Profile 'nope' was not found")]
    [InlineData("Invoke-CisAssessment @account -ExternalId x", "-ExternalId requires -RoleArn.")]
    [InlineData("'1.99' | Invoke-CisAssessment @account", "Control '1.99' was not found")]
    [InlineData("Invoke-CisAssessment @account -RoleArn arn:aws:iam::999988887777:role/Nope", "Role arn:aws:iam::999988887777:role/Nope could not be assumed")]
    [InlineData("$account.SecretKey = 'wrong'; Invoke-CisAssessment @account", "Access key AKIA...")]
    public void Without_a_list_the_account_is_named_once(string script, string message) =>
        Assert.StartsWith(message, _session.Run(script, DemoServer.Account(demo.Server)).Error.ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("Region", "eu-wst-1", "UnknownRegion", "111122223333")]
    [InlineData("Program", "norvik", "ProgramNotFound", null)]
    [InlineData("ControlId", "1.9 1.99", "UnknownControl", null)]
    public void What_is_wrong_in_one_row_is_shown_and_does_not_end_the_others(string column, string value, string reasonCode, string? accountId)
    {
        UseEnvironment();
        var rows = new[] { Row([]), Row([(column, value)]), Row([]) };
        var run = Run($"$accounts | Invoke-CisAssessment {(column == "ControlId" ? "" : "'1.9'")} -WarningAction SilentlyContinue", rows);

        Assert.Equal(reasonCode + Command, run.Error.FullyQualifiedErrorId);
        Assert.StartsWith(accountId is null ? "Account 2 of the list: " : $"Account {accountId}: ", run.Error.ToString(), StringComparison.Ordinal);
        var unknown = Assert.Single(Results(run), r => r.ReasonCode == reasonCode);
        Assert.Equal("1.9", unknown.ControlId.ToString());
        Assert.True(unknown is { Status: CisStatus.Unknown, Incomplete: true });
        Assert.Equal(accountId ?? "Account 2 of the list", unknown.AccountId);
        Assert.Equal(column == "Program" ? value : "cis-aws-1.2.0", unknown.Program);
        Assert.Equal(column == "ControlId" ? 49 + 1 + 49 : 3, run.Output.Count);
    }

    [Fact]
    public void An_account_out_of_scope_is_shown_as_not_assessed()
    {
        UseEnvironment();
        var run = Run(
            "$null = New-CisProgram retail -AccountId 999988887777 -ProgramPath $folder; $accounts | Invoke-CisAssessment '1.9' -Program retail -ProgramPath $folder",
            [("folder", _environment.Folder)], Row([]));

        Assert.Equal("AccountOutOfScope" + Command, run.Error.FullyQualifiedErrorId);
        Assert.Equal((CisStatus.Unknown, "AccountOutOfScope", "111122223333"), Assert.Single(Results(run)) is var r ? (r.Status, r.ReasonCode, r.AccountId) : default);
    }

    [Theory]
    [InlineData("'1.99'", "UnknownControl")]
    [InlineData("'1.9' -Program norvik", "ProgramNotFound")]
    public void What_is_wrong_for_every_account_ends_the_run_before_the_first(string arguments, string id)
    {
        var run = Run($"$accounts | Invoke-CisAssessment {arguments}", Row(Good), Row(Good));
        Assert.Equal(id + Command, run.Error.FullyQualifiedErrorId);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Warnings_at_the_end_begin_with_the_account()
    {
        var file = _environment.Write("credentials", $"[audit]\naws_access_key_id = {demo.Server.AccessKey}\naws_secret_access_key = {demo.Server.SecretKey}\n");
        var rows = new[] { Row(Good), Row(Good, ("AccessKey", ""), ("SecretKey", ""), ("ProfileName", "audit"), ("ProfileLocation", file)) };
        var run = Run("$accounts | Invoke-CisAssessment '3.13'", rows);

        Assert.Empty(run.Errors);
        Assert.Equal(2, run.Warnings.Count);
        Assert.StartsWith("Account 111122223333: 1 control is Unknown", run.Warnings[0], StringComparison.Ordinal);
        Assert.StartsWith("Account 111122223333 (profile audit): 1 control is Unknown", run.Warnings[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Region")]
    [InlineData("Program")]
    [InlineData("ControlId")]
    [InlineData("RoleArn")]
    [InlineData("ExternalId")]
    [InlineData("EndpointUrl")]
    [InlineData("ProfileName")]
    [InlineData("ProfileLocation")]
    [InlineData("AccessKey")]
    [InlineData("SecretKey")]
    [InlineData("SessionToken")]
    [InlineData("Credential")]
    public void An_empty_cell_is_not_given(string column)
    {
        UseEnvironment();
        var run = Run("$accounts | Invoke-CisAssessment -WarningAction SilentlyContinue | Where-Object ControlId -eq '1.9'", Row([(column, "")]));
        Assert.Empty(run.Errors);
        Assert.Equal(CisStatus.Pass, Assert.Single(Results(run)).Status);
    }

    [Theory]
    [InlineData("-Region ''", "EmptyArgument")]
    [InlineData("-Region $undefined", "EmptyArgument")]
    [InlineData("-ControlId ''", "EmptyArgument")]
    [InlineData("-Program ''", "EmptyArgument")]
    [InlineData("-Program $undefined", "ParameterArgumentTransformationError")]
    [InlineData("-ProfileName ''", "ProfileNotFound")]
    [InlineData("-RoleArn ''", "InvalidOption")]
    public void An_empty_argument_is_an_error(string argument, string id)
    {
        UseEnvironment();
        var run = _session.Run($"Invoke-CisAssessment {argument}");
        Assert.Empty(run.Output);
        Assert.Equal(id + Command, run.Error.FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("eu-west-1,us-east-1")]
    [InlineData("eu-west-1; us-east-1")]
    [InlineData(" eu-west-1  us-east-1 ")]
    public void Regions_in_one_cell_are_separated(string cell)
    {
        var run = Run("$accounts | Invoke-CisAssessment '4.1'", Row(Good, ("Region", cell)));
        Assert.Empty(run.Errors);
        Assert.Contains("2 of ", Assert.Single(Results(run)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-CisControl '1.*,2.1'", 23)]
    [InlineData("Get-CisControl '1.9; 2.1 4.*'", 6)]
    [InlineData("Get-CisControl -Section 'IAM,Logging'", 31)]
    [InlineData("Get-CisControl -Level '1,2'", 49)]
    [InlineData("Get-CisControl -Section IAM, 'Logging Networking'", 35)]
    [InlineData("Get-CisControl -Assessment 'Automated;Manual'", 49)]
    [InlineData("Get-CisControl -Service 'KMS,Config'", 3)]
    [InlineData("(New-CisProgram a -Section 'IAM,Logging' -Level '1,2' -ProgramPath $folder).Controls", 31)]
    [InlineData("(New-CisProgram b -ControlId '1.1,1.2' -ProgramPath $folder).Controls", 2)]
    [InlineData("(New-CisProgram c -Region 'eu-west-1 eu-west-2' -ProgramPath $folder).Regions", 2)]
    [InlineData("(New-CisProgram d -AccountId '111122223333;444455556666' -ProgramPath $folder).Accounts", 2)]
    [InlineData("New-CisExemption '1.1,1.2' sg-1 -Reason r -Owner o -Expires 2100-01-01", 2)]
    [InlineData("Test-CisMetricFilter '3.4,3.5' '{ $.eventName = X }'", 2)]
    public void Lists_in_one_text_are_separated(string script, int count) =>
        Assert.Equal(count, _session.Run(script, ("folder", _environment.Folder)) is { Errors.Count: 0 } run ? run.Output.Count : -1);

    [Fact]
    public void Findings_are_filtered_by_statuses_in_one_text() =>
        Assert.NotEmpty(Run("$accounts | Invoke-CisAssessment '4.1' | Get-CisFinding -Status 'Fail,Unknown'", Row(Good)).Output);

    [Fact]
    public void The_columns_of_one_row_do_not_count_for_the_next()
    {
        UseEnvironment();
        var run = Run("$accounts | Invoke-CisAssessment", Row([("ControlId", "1.9"), ("Region", "eu-west-1")]), Row([("ControlId", "4.1")]));
        Assert.Equal(["1.9", "4.1"], Results(run).Select(r => r.ControlId.ToString()));
        Assert.DoesNotContain(" regions", Results(run)[1].Reason, StringComparison.Ordinal);
    }

    private static PSObject Row((string Name, string Value)[] cells, params (string Name, string Value)[] more)
    {
        var row = new PSObject();
        var values = new OrderedDictionary();
        foreach (var (name, value) in (IEnumerable<(string, string)>)[("Note", "x"), ("Region", ""), .. cells, .. more])
        {
            values[name] = value;
        }

        foreach (string name in values.Keys)
        {
            row.Properties.Add(new PSNoteProperty(name, values[name]));
        }

        return row;
    }

    private static List<CisResult> Results(SessionOutput run) => run.Output.Select(o => (CisResult)o.BaseObject).ToList();

    private SessionOutput Run(string script, params PSObject[] accounts) => Run(script, [], accounts);

    private SessionOutput Run(string script, (string, object?)[] variables, params PSObject[] accounts) => _session.Run(script, [("accounts", accounts), .. variables]);

    private void UseEnvironment()
    {
        _environment.Set("AWS_ENDPOINT_URL", demo.Server.Url.ToString());
        _environment.Set("AWS_ACCESS_KEY_ID", demo.Server.AccessKey);
        _environment.Set("AWS_SECRET_ACCESS_KEY", demo.Server.SecretKey);
    }
}
