using System;
using System.Linq;

namespace CisAws.PowerShell.Tests;

public sealed class GetCisControlTests : IDisposable
{
    private readonly ModuleSession _session = new();

    [Theory]
    [InlineData("Get-CisControl", 49)]
    [InlineData("Get-CisControl -Id '1.*'", 22)]
    [InlineData("Get-CisControl '3.1?'", 5)]
    [InlineData("Get-CisControl '1.9', '1.10'", 2)]
    [InlineData("Get-CisControl 1.10", 1)]
    [InlineData("Get-CisControl -Section Logging", 9)]
    [InlineData("Get-CisControl -Section mon*", 14)]
    [InlineData("Get-CisControl -Section Networking -Level 2", 2)]
    [InlineData("Get-CisControl -Scored", 43)]
    [InlineData("Get-CisControl -Scored:$false", 6)]
    [InlineData("Get-CisControl -Assessment Manual", 3)]
    [InlineData("Get-CisControl -Service KMS", 2)]
    [InlineData("Get-CisControl -Service VPC", 5)]
    [InlineData("'2.1', '2.2' | Get-CisControl", 2)]
    public void Controls_are_found_by(string script, int count) => Assert.Equal(count, _session.Objects(script).Count);

    [Fact]
    public void A_single_unquoted_id_is_taken_as_it_was_typed() =>
        Assert.Equal("1.10", _session.Objects("Get-CisControl 1.10").Single().Properties["ControlId"].Value.ToString());

    [Theory]
    [InlineData("Get-CisControl 1.1, 1.9", "1.1 or 1.10?")]
    [InlineData("$id = 3.1; Get-CisControl $id", "3.1 or 3.10?")]
    [InlineData("$id = 1.2; Get-CisControl -Id $id", "1.2 or 1.20?")]
    [InlineData("Invoke-CisAssessment -ControlId 1.2, 2.2", "1.2 or 1.20?")]
    public void A_number_that_could_be_two_ids_is_refused(string script, string message)
    {
        var error = _session.Run(script).Error;
        Assert.Contains(message, error.ToString());
        Assert.Contains("Quote it", error.ToString());
        Assert.StartsWith("ParameterArgumentTransformationError", error.FullyQualifiedErrorId);
    }

    [Fact]
    public void A_number_that_can_be_one_id_only_is_taken() =>
        Assert.Equal("1.9 2.9", string.Join(' ', _session.Objects("Get-CisControl 1.9, 2.9 | ForEach-Object { \"$($_.ControlId)\" }")));

    [Theory]
    [InlineData("1.23", "'1.1' to '1.22'")]
    [InlineData("7.*", "'4.1' to '4.4'")]
    [InlineData("CIS-1.1", "'1.1' to '1.22'")]
    public void An_id_that_no_control_has_is_an_error_that_helps(string id, string hint)
    {
        var error = _session.Run($"Get-CisControl '{id}'").Error;
        Assert.Equal("UnknownControl,CisAws.PowerShell.Commands.GetCisControlCommand", error.FullyQualifiedErrorId);
        Assert.Contains(hint, error.ToString());
        Assert.Contains("Get-CisControl", error.ErrorDetails.RecommendedAction);
    }

    [Theory]
    [InlineData("-Section Loging", "UnknownSection", "Section 'Loging' was not found. Did you mean 'Logging'? Valid values: IAM, Logging, Monitoring, Networking.")]
    [InlineData("-Section IAM, Loging", "UnknownSection", "'Loging'")]
    [InlineData("-Section 'x*'", "UnknownSection", "Section 'x*' was not found. Valid values: IAM,")]
    [InlineData("-Service Kmss", "UnknownService", "Service 'Kmss' was not found. Did you mean 'KMS'? Valid values: Account, CloudTrail,")]
    public void A_misspelt_section_or_service_is_an_error_that_lists_what_there_is(string arguments, string id, string message)
    {
        var run = _session.Run($"Get-CisControl {arguments}");
        Assert.Empty(run.Output);
        Assert.Equal(id + ",CisAws.PowerShell.Commands.GetCisControlCommand", run.Error.FullyQualifiedErrorId);
        Assert.Contains(message, run.Error.ToString());
    }

    [Theory]
    [InlineData("Where-Object ControlId -eq '1.9'", 1)]
    [InlineData("Where-Object ControlId -eq 1.9", 0)]
    [InlineData("Where-Object ControlId -in '1.9', '1.10'", 2)]
    public void Ids_compare_with_text_and_never_with_numbers(string filter, int count) =>
        Assert.Equal(count, _session.Objects($"Get-CisControl | {filter}").Count);

    [Fact]
    public void Ids_complete_quoted_and_with_their_titles()
    {
        var matches = _session.Complete("Get-CisControl -Id 1.1");
        Assert.Equal("'1.1'", matches[0].CompletionText);
        Assert.Contains(matches, m => m.CompletionText == "'1.19'" && m.ToolTip.Contains("instances", StringComparison.OrdinalIgnoreCase));
        Assert.All(matches, m => Assert.StartsWith("'1.1", m.CompletionText));
    }

    [Fact]
    public void A_section_on_the_line_narrows_the_ids() =>
        Assert.Equal(
            ["'4.1'", "'4.2'", "'4.3'", "'4.4'"],
            _session.Complete("Get-CisControl -Section Networking -Id ").Select(m => m.CompletionText));

    [Theory]
    [InlineData("Get-CisControl -Section ", "IAM Logging Monitoring Networking")]
    [InlineData("Get-CisControl -Section m", "Monitoring")]
    [InlineData("Get-CisControl -Assessment ", "Automated Manual")]
    [InlineData("Invoke-CisAssessment -Region eu-west-", "eu-west-1 eu-west-2 eu-west-3")]
    public void Words_complete(string line, string expected) =>
        Assert.Equal(expected, string.Join(' ', _session.Complete(line).Select(m => m.CompletionText)));

    [Fact]
    public void A_control_tells_which_actions_it_takes() =>
        Assert.Contains("ec2:DescribeSecurityGroups", _session.Objects("(Get-CisControl '4.1').Actions").Select(o => o.ToString()));

    public void Dispose() => _session.Dispose();
}
