using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CisAws.Reports;

namespace CisAws.PowerShell.Tests;

/// <summary>Send-CisFinding: what Security Hub has afterwards, and what is said if it does not take it.</summary>
public sealed class SendCisFindingTests(DemoServer demo) : IClassFixture<DemoServer>, IAsyncLifetime
{
    private const string Assess = "$results = Invoke-CisAssessment '1.2', '1.9' @account; ";

    private const string LongAgo = "2020-01-01T00:00:00.000Z";

    private readonly ModuleSession _session = new();

    private readonly SecurityHubServer _hub = new();

    public ValueTask InitializeAsync() => _hub.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        _session.Dispose();
        await _hub.DisposeAsync();
    }

    [Fact]
    public void Findings_are_imported_and_updated_with_the_same_ids()
    {
        var first = Sent(Assess + "$results | Send-CisFinding @hub");
        var ids = _hub.Findings.Keys.ToList();
        Assert.Equal((SecurityHubServer.AccountId, "eu-north-1", ids.Count, 0, 0), (first.AccountId, first.Region, first.ImportedCount, first.ArchivedCount, first.RefusedCount));
        Assert.True(ids.Count > 10);
        Age();

        var second = Sent(Assess + "$results | Send-CisFinding @hub");
        Assert.Equal(first.ImportedCount, second.ImportedCount);
        Assert.Equal(ids, _hub.Findings.Keys);
        Assert.All(_hub.Findings.Values, f => Assert.Equal(LongAgo, f["CreatedAt"]!.GetValue<string>()));
        Assert.All(_hub.Findings.Values, f => Assert.NotEqual(LongAgo, f["UpdatedAt"]!.GetValue<string>()));
    }

    [Fact]
    public void A_call_has_100_findings_at_most()
    {
        var sent = Sent("Invoke-CisAssessment '1.*' @account -WarningAction SilentlyContinue | Send-CisFinding @hub");
        Assert.True(sent.ImportedCount > 100);
        Assert.Equal(sent.ImportedCount, _hub.Imports.Sum());
        Assert.All(_hub.Imports, n => Assert.InRange(n, 1, 100));
    }

    [Fact]
    public void What_no_longer_exists_is_archived_and_other_controls_stay()
    {
        Sent(Assess + "$results | Send-CisFinding @hub");
        // As of a resource that is gone, of a control that is assessed again and of one that is not.
        foreach (var control in new[] { "1.2", "1.9" })
        {
            var gone = _hub.Findings.Values.First(f => f["GeneratorId"]!.GetValue<string>().EndsWith("/" + control, StringComparison.Ordinal)).DeepClone().AsObject();
            gone["Id"] = "gone-" + control;
            _hub.Findings["gone-" + control] = gone;
        }

        Age();
        var sent = Sent("Invoke-CisAssessment '1.2' @account | Send-CisFinding @hub");
        Assert.Equal(1, sent.ArchivedCount);
        Assert.Equal("ARCHIVED", _hub.Findings["gone-1.2"]["RecordState"]!.GetValue<string>());
        Assert.All(_hub.Findings.Where(f => f.Key != "gone-1.2"), f => Assert.Equal("ACTIVE", f.Value["RecordState"]!.GetValue<string>()));
    }

    [Fact]
    public void Exempt_findings_are_suppressed_if_wanted()
    {
        const string Exempt = """
            $folder = Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid())
            try {
                $null = New-CisProgram norrvik -ProgramPath $folder -Exemption (New-CisExemption '1.2' -Reason 'It goes.' -Owner 'J. Ek' -Expires 90d)
                Invoke-CisAssessment '1.2' @account -Program norrvik -ProgramPath $folder | Send-CisFinding @hub
                Invoke-CisAssessment '1.2' @account -Program norrvik -ProgramPath $folder | Send-CisFinding @hub -SuppressExempt
            } finally { Remove-Item -LiteralPath $folder -Recurse -ErrorAction Ignore }
            """;
        var sent = Objects(Exempt).Select(o => (CisFindingImport)o.BaseObject).ToList();
        Assert.Equal([0, 2], sent.Select(s => s.SuppressedCount));
        Assert.Equal(2, _hub.Findings.Values.Count(f => f["Workflow"]!["Status"]!.GetValue<string>() == "SUPPRESSED"));
    }

    [Fact]
    public void WhatIf_changes_nothing()
    {
        Assert.Empty(Objects(Assess + "$results | Send-CisFinding @hub -WhatIf"));
        Assert.Empty(_hub.Findings);
    }

    [Fact]
    public void Findings_that_are_refused_are_an_error_and_the_others_are_imported()
    {
        _hub.Refused = "1.9";
        var run = Run(Assess + "$results | Send-CisFinding @hub");
        Assert.StartsWith("FindingsRefused,", run.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("Security Hub refused 1 finding (InvalidInput: No). First: 1.9 111122223333.", run.Error.Exception.Message);
        var sent = (CisFindingImport)Assert.Single(run.Output).BaseObject;
        Assert.Equal(1, sent.RefusedCount);
        Assert.Equal(_hub.Findings.Count, sent.ImportedCount);
        Assert.NotEmpty(_hub.Findings);
    }

    [Fact]
    public void Results_of_another_account_are_not_sent()
    {
        var run = Run("(Invoke-CisAssessment '1.9' @account | ConvertTo-CisJson).Replace('111122223333', '444455556666') | ConvertFrom-CisJson | Send-CisFinding @hub");
        Assert.StartsWith("OtherAccount,", run.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("444455556666", run.Error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.Empty(_hub.Findings);
    }

    [Fact]
    public void Without_Security_Hub_the_error_says_what_to_do()
    {
        _hub.IsEnabled = false;
        var error = Run(Assess + "$results | Send-CisFinding @hub").Error;
        Assert.StartsWith("SecurityHubFailed,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("Enable Security Hub in eu-north-1, or specify another region with -Region.", error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void Findings_are_sent_to_one_region()
    {
        var two = Run(Assess + "$hub.Region = 'eu-north-1', 'eu-west-1'; $results | Send-CisFinding @hub");
        Assert.StartsWith("OneRegion,", two.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(_hub.Findings);
    }

    [Fact]
    public void No_results_need_no_connection() => Assert.Empty(Objects("@() | Send-CisFinding -EndpointUrl http://127.0.0.1:1 -AccessKey a -SecretKey b"));

    /// <summary>Security Hub has had its findings for long.</summary>
    private void Age()
    {
        foreach (var finding in _hub.Findings.Values)
        {
            finding["CreatedAt"] = LongAgo;
            finding["UpdatedAt"] = LongAgo;
        }
    }

    private CisFindingImport Sent(string script) => (CisFindingImport)Assert.Single(Objects(script)).BaseObject;

    private (string Name, object? Value)[] Variables =>
    [
        DemoServer.Account(demo.Server),
        ("hub", new System.Collections.Hashtable { ["EndpointUrl"] = _hub.Url, ["AccessKey"] = "AKIAIOSFODNN7EXAMPLE", ["SecretKey"] = "secret", ["Region"] = "eu-north-1" }),
    ];

    private IReadOnlyList<PSObject> Objects(string script) => _session.Objects(script, Variables);

    private SessionOutput Run(string script) => _session.Run(script, Variables);
}
