using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CisAws.Emulator;
using CisAws.Evidence;
using CisAws.PowerShell.Evidence;
using CisAws.PowerShell.Tests.Connections;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.PowerShell.Tests;

/// <summary>Evidence that is collected, kept, signed, tested and assessed again.</summary>
[Collection(nameof(AwsEnvironment))]
public sealed class EvidenceCommandTests : IClassFixture<DemoServer>, IDisposable
{
    private readonly AwsEnvironment _environment = new();
    private readonly ModuleSession _session = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("evidence [1] ");
    private readonly DemoServer _demo;

    public EvidenceCommandTests(DemoServer demo)
    {
        _demo = demo;
        _session.Objects("Set-Location -LiteralPath $folder", ("folder", _folder.FullName), DemoServer.Account(demo.Server));
    }

    public void Dispose()
    {
        _session.Dispose();
        _environment.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Status, reasons and findings to the letter, with every program and also over HTTP from an emulator that serves the file.</summary>
    [Fact]
    public async System.Threading.Tasks.Task Evidence_is_assessed_as_the_account_was()
    {
        var live = Texts(_session.Objects("Invoke-CisAssessment @account -EvidencePath ./run.cisevidence -WarningAction SilentlyContinue"));
        var calls = _demo.Server.Requests.Count;
        Assert.Equal(live, Texts(_session.Objects("Invoke-CisAssessment -Evidence ./run.cisevidence -WarningAction SilentlyContinue")));
        Assert.Equal(live, Texts(_session.Objects("Import-CisEvidence ./run.cisevidence | Invoke-CisAssessment -WarningAction SilentlyContinue")));
        Assert.Equal(live, Texts(_session.Objects("Get-CisControl | Invoke-CisAssessment -Evidence (Get-Item ./run.cisevidence) -WarningAction SilentlyContinue")));
        Assert.Equal(calls, _demo.Server.Requests.Count);

        var kept = EvidenceLoader.Load(Path.Combine(_folder.FullName, "run.cisevidence")).Evidence.Evidence;
        await using var server = await EmulatorServer.StartAsync(kept, ct: TestContext.Current.CancellationToken);
        Assert.Equal(Statuses(live), Statuses(Texts(_session.Objects("Invoke-CisAssessment @account -WarningAction SilentlyContinue", DemoServer.Account(server)))));
    }

    [Fact]
    public void The_same_evidence_program_and_time_give_the_same_run()
    {
        _session.Objects("Get-CisEvidence '1.*' @account | Export-CisEvidence ./a.cisevidence");
        var runs = _session.Objects(
            """
            $ProgressPreference = 'SilentlyContinue'
            Invoke-CisAssessment '1.4' -Evidence ./a.cisevidence
            Invoke-CisAssessment '1.4' -Evidence ./a.cisevidence
            Invoke-CisAssessment '1.4' -Evidence ./a.cisevidence -AsOf (Get-Date).AddYears(1)
            Invoke-CisAssessment '1.4' -Evidence ./a.cisevidence -Program cis-aws-1.2.0-level-1
            """).Select(r => (CisResult)r.BaseObject).ToList();
        Assert.Equal(runs[0].RunId, runs[1].RunId);
        Assert.Equal(3, runs.Select(r => r.RunId).Distinct().Count());
        Assert.Equal(runs[0].CollectedAt, runs[0].AssessedAt);
        Assert.Equal(5, runs[0].FailCount);
        Assert.True(runs[2].FailCount > runs[0].FailCount);
    }

    /// <summary>Passwords, keys and certificates age. What a trail had delivered when it was looked at does not.</summary>
    [Fact]
    public void Ten_years_later_only_ages_have_changed()
    {
        _session.Objects("Get-CisEvidence -All @account | Export-CisEvidence ./a.cisevidence");
        var changed = _session.Objects(
            """
            $ProgressPreference = 'SilentlyContinue'; $WarningPreference = 'SilentlyContinue'
            foreach ($program in 'cis-aws-1.2.0', 'cis-aws-7.0.0') {
                $now, $later = foreach ($time in @{}, @{ AsOf = (Get-Date).AddYears(10) }) { , (Invoke-CisAssessment -Evidence ./a.cisevidence -Program $program @time) }
                0..($now.Count - 1) | Where-Object { ($now[$_].Findings.Status -join ' ') -ne ($later[$_].Findings.Status -join ' ') } | ForEach-Object { $now[$_].RuleId }
            }
            """).SelectMany(r => r.ToString()!.Split(',')).Select(r => r.Trim()).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal("iam-access-key-rotation, iam-expired-server-certificates, iam-unused-credentials", string.Join(", ", changed));
    }

    [Fact]
    public void What_was_not_collected_is_Unknown()
    {
        _session.Objects("Get-CisEvidence '4.1' -Region eu-west-1 @account | Export-CisEvidence ./a.cisevidence");
        var result = (CisResult)Assert.Single(_session.Run("Invoke-CisAssessment '1.2' -Evidence ./a.cisevidence").Output).BaseObject;
        Assert.Equal((CisStatus.Unknown, true), (result.Status, result.Incomplete));
        Assert.Contains("iam:GetCredentialReport is not in the evidence", result.Reason, StringComparison.Ordinal);
        result = (CisResult)Assert.Single(_session.Run("Invoke-CisAssessment '4.1' -Evidence ./a.cisevidence -Region us-east-1").Output).BaseObject;
        Assert.Equal((CisStatus.Unknown, true), (result.Status, result.Incomplete));
        Assert.Contains("in us-east-1: ec2:DescribeSecurityGroups is not in the evidence", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_without_evidence_is_Unknown_if_it_is_expected()
    {
        _session.Objects("Get-CisEvidence '1.5' @account | Export-CisEvidence ./a.cisevidence");
        var run = _session.Run("Invoke-CisAssessment '1.5', '1.9' -Evidence ./a.cisevidence -ExpectedAccount 111122223333, 444455556666, 444455556666 -WarningAction SilentlyContinue");
        Assert.Equal("NoEvidenceOfAccount", run.Error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal("There is no evidence of account 444455556666.", run.Error.Exception.Message);
        Assert.Equal(
            ["111122223333 1.5", "111122223333 1.9", "444455556666 1.5", "444455556666 1.9"],
            run.Output.Select(r => (CisResult)r.BaseObject).Select(r => $"{r.AccountId} {r.ControlId}"));
        Assert.All(run.Output.Select(r => (CisResult)r.BaseObject).Skip(2), r => Assert.Equal(
            (CisStatus.Unknown, "AccountUnreachable", "Not assessed: There is no evidence of account 444455556666.", true),
            (r.Status, r.ReasonCode, r.Reason, r.Incomplete)));
        Assert.Equal(2, _session.Objects("Invoke-CisAssessment '1.5', '1.9' -Evidence ./a.cisevidence -ExpectedAccount 111122223333 -WarningAction SilentlyContinue").Count);
    }

    [Fact]
    public void Everything_is_collected_with_All()
    {
        var evidence = (CisEvidence)Assert.Single(_session.Objects("Get-CisEvidence '1.5' -All @account")).BaseObject;
        Assert.Equal(EvidenceKinds.All.Select(k => k.Name), evidence.Kind);
        Assert.NotEmpty(evidence.Unreadable);
        Assert.Equal(EvidenceArchive.HashOf(evidence.Evidence), evidence.Sha256);
    }

    [Fact]
    public void A_folder_keeps_a_file_for_each_run()
    {
        var evidence = (CisEvidence)Assert.Single(_session.Objects("Get-CisEvidence '1.5' @account | Export-CisEvidence ./store -PassThru")).BaseObject;
        var expected = Path.Combine("store", "runs", "111122223333", evidence.CollectedAt.ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture) + ".cisevidence");
        Assert.Equal(Path.Combine(_folder.FullName, expected), evidence.Path);
        Assert.Equal(evidence.Sha256, ((CisEvidence)Assert.Single(_session.Objects("Import-CisEvidence ./store/runs/*/*")).BaseObject).Sha256);
    }

    [Fact]
    public void A_folder_keeps_the_results_of_a_run_beside_its_evidence()
    {
        var returned = Texts(_session.Objects("Invoke-CisAssessment @account -EvidencePath ./store -WarningAction SilentlyContinue"));
        var files = Directory.GetFiles(Path.Combine(_folder.FullName, "store"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        Assert.Equal([".cisevidence", ".json"], files.Select(Path.GetExtension));
        Assert.Equal(Path.ChangeExtension(files[0], ".json"), files[1]);
        Assert.Equal(returned, Texts(_session.Objects("ConvertFrom-CisJson -Path ./store/runs/*/*.json")));
        var run = (CisTrendPoint)Assert.Single(_session.Objects("Get-CisTrend ./store")).BaseObject;
        Assert.Equal(("111122223333", returned.Count), (run.AccountId, run.Total));
        Assert.True(((CisResult)_session.Objects("ConvertFrom-CisJson -Path ./store/runs/*/*.json")[0].BaseObject).Run.Calls > 100);
    }

    /// <summary>Select-Object and an error of a later command end the pipeline while the run is at its first result.</summary>
    [Theory]
    [InlineData("Select-Object -First 1")]
    [InlineData("ForEach-Object { throw 'x' }")]
    public void What_is_kept_is_complete_if_the_pipeline_ends_early(string end)
    {
        _session.Run($"Invoke-CisAssessment @account -EvidencePath ./store -WarningAction SilentlyContinue | {end}");
        var whole = (CisEvidence)Assert.Single(_session.Objects("Get-CisEvidence @account")).BaseObject;
        var kept = (CisEvidence)Assert.Single(_session.Objects("Import-CisEvidence ./store/runs/*/*.cisevidence")).BaseObject;
        Assert.Equal((whole.FactCount, whole.Unreadable), (kept.FactCount, kept.Unreadable));
        Assert.Equal(49, _session.Objects("ConvertFrom-CisJson -Path ./store/runs/*/*.json").Count);
    }

    [Fact]
    public void Results_are_returned_if_they_cannot_be_kept()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "store"), "");
        var run = _session.Run("Invoke-CisAssessment '1.5' @account -EvidencePath ./store");
        Assert.Equal(["EvidenceNotWritten", "EvidenceNotWritten"], run.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Single(run.Output);
    }

    [Fact]
    public void Contact_details_are_masked_unless_they_are_asked_for()
    {
        var contacts = _session.Objects(
            """
            $evidence = Get-CisEvidence '1.17', '1.18' @account
            $evidence | Export-CisEvidence ./masked.cisevidence
            $evidence | Export-CisEvidence ./whole.cisevidence -IncludeContactDetails
            Import-CisEvidence ./masked.cisevidence, ./whole.cisevidence
            """).Select(e => ((CisEvidence)e.BaseObject).Evidence.Get(EvidenceKinds.SecurityContact).Match(c => c!.EmailAddress!, _ => "")).ToList();
        Assert.StartsWith("***@", contacts[0], StringComparison.Ordinal);
        Assert.EndsWith(contacts[0][3..], contacts[1], StringComparison.Ordinal);
        Assert.DoesNotContain('*', contacts[1]);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void A_signature_shows_who_signed_and_that_nothing_was_changed(bool rsa, bool pfx)
    {
        var file = WriteCertificate(rsa, pfx);
        var signed = (CisEvidence)Assert.Single(_session.Objects(
            $"Get-CisEvidence '1.5' @account | Export-CisEvidence ./a.cisevidence -CertificatePath '{file}' -CertificatePassword $password -PassThru",
            ("password", pfx ? new System.Net.NetworkCredential("", "secret").SecurePassword : null))).BaseObject;
        Assert.Equal("CN=Auditor", signed.Signer);
        var test = Test("./a.cisevidence");
        Assert.Equal((true, EvidenceSignatureStatus.NotTrusted, "CN=Auditor"), (test.IsValid, test.Signature, test.Signer));
        Assert.Equal(signed.Sha256, test.Sha256);
        Assert.StartsWith("This machine does not trust the certificate: ", test.Problem, StringComparison.Ordinal);

        // Other evidence with its own right hash, under the same signature.
        var path = Path.Combine(_folder.FullName, "a.cisevidence");
        var archive = EvidenceArchive.Read(File.ReadAllBytes(path));
        var forged = archive.Evidence.With(f => f);
        forged.Add(EvidenceKinds.PasswordPolicy, "", EvidenceKinds.PasswordPolicy.Failed(new ReadFailure("iam:GetAccountPasswordPolicy", "", "x", ReadFailureKind.ServiceError, "x")));
        using (var stream = File.Create(path))
        {
            EvidenceArchive.Write(forged, stream, _ => archive.Signature!);
        }

        test = Test("./a.cisevidence");
        Assert.Equal((false, EvidenceSignatureStatus.NotValid), (test.IsValid, test.Signature));
        Assert.StartsWith("The signature does not match the file: ", test.Problem, StringComparison.Ordinal);
        Assert.False((bool)Assert.Single(_session.Objects("Test-CisEvidence ./a.cisevidence -Quiet")).BaseObject);
        Assert.StartsWith("InvalidEvidence,", _session.Run("Import-CisEvidence ./a.cisevidence").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("InvalidEvidence,", _session.Run("Invoke-CisAssessment '1.5' -Evidence ./a.cisevidence").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_evidence_is_Unknown_in_a_list_and_the_others_are_assessed()
    {
        _session.Objects("Get-CisEvidence '1.5' @account | Export-CisEvidence ./a.cisevidence");
        File.WriteAllText(Path.Combine(_folder.FullName, "b.cisevidence"), "PK");
        var run = _session.Run("Invoke-CisAssessment '1.5' -Evidence ./b.cisevidence, ./a.cisevidence, ./nope.cisevidence");
        Assert.Equal(
            [("b.cisevidence", CisStatus.Unknown), ("nope.cisevidence", CisStatus.Unknown), ("111122223333", CisStatus.Pass)],
            run.Output.Select(r => (CisResult)r.BaseObject).Select(r => (r.AccountId, r.Status)));
        Assert.Equal(["InvalidEvidence", "EvidenceNotFound"], run.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Contains("b.cisevidence' is not valid. The file is not a complete ZIP archive", run.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_is_compared_by_its_results()
    {
        _session.Objects("Get-CisEvidence '1.3', '1.9', '4.1' @account | Export-CisEvidence ./a.cisevidence");
        var differences = _session.Objects(
            """
            $env:CISAWS_PROGRAM_PATH = "$PWD/programs"
            New-CisProgram other -Control '1.3', '1.9', '4.1' -Setting @{ '1.9' = @{ MinPasswordLength = 20 } } -WarningAction SilentlyContinue | Out-Null
            New-CisExemption '4.1' * -Reason 'x' -Owner 'J. Ek' -Expires 90d -WarningAction SilentlyContinue | Set-CisProgram other -WarningAction SilentlyContinue
            Compare-CisProgram cis-aws-1.2.0 other -Evidence ./a.cisevidence | Where-Object Aspect -eq Result
            New-CisProgram later -BasedOn cis-aws-3.0.0 -Setting @{ '1.12' = @{ MaxUnusedCredentialDays = 1 } } -WarningAction SilentlyContinue | Out-Null
            Compare-CisProgram cis-aws-1.2.0 later -Evidence ./a.cisevidence | Where-Object Aspect -eq Result
            """).Select(d => ((CisAws.Programs.CisProgramDifference)d.BaseObject).ToString()).ToList();
        Assert.Contains("Result 1.9: Pass / Fail (1 failed)", differences);
        Assert.Contains(differences, d => d.StartsWith("Result 4.1: Fail (3 failed) / ", StringComparison.Ordinal));
        // 1.3 is 1.12 in v3.0.0.
        Assert.Contains(differences, d => d.StartsWith("Result 1.3 1.12: Fail (5 failed) / Fail (", StringComparison.Ordinal));
    }

    [Fact]
    public void Old_runs_are_deleted_and_nothing_else()
    {
        var runs = Directory.CreateDirectory(Path.Combine(_folder.FullName, "store", "runs", "111122223333")).FullName;
        string[] files = ["20200101T000000Z.cisevidence", "20200101T000000Z.json", "20200101T000000Z.txt", "notes.json", "29990101T000000Z.cisevidence"];
        Array.ForEach(files, f => File.WriteAllText(Path.Combine(runs, f), ""));
        _session.Objects("Remove-CisEvidence ./store -OlderThan 400d -WhatIf");
        Assert.Equal(5, Directory.GetFiles(runs).Length);
        _session.Objects("Remove-CisEvidence ./store -OlderThan 2020-01-01");
        Assert.Equal(5, Directory.GetFiles(runs).Length);
        _session.Objects("Remove-CisEvidence ./store -OlderThan 400d");
        Assert.Equal(files[2..].Order(StringComparer.Ordinal), Directory.GetFiles(runs).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.StartsWith("EvidenceNotFound,", _session.Run("Remove-CisEvidence ./nope -OlderThan 1d").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Invoke-CisAssessment @account -EvidencePath ./a.cisevidence", "EvidenceExists")]
    [InlineData("Invoke-CisAssessment @account -ExpectedAccount 111122223333", "ExpectedAccountWithoutEvidence")]
    [InlineData("Invoke-CisAssessment -Evidence ./a.cisevidence -ExpectedAccount 11122223333", "ParameterArgumentValidationError")]
    [InlineData("Get-CisEvidence '1.5' @account | Export-CisEvidence ./a.cisevidence", "EvidenceExists")]
    [InlineData("Get-CisEvidence '1.5' @account | Export-CisEvidence ./a.cisevidence/x.cisevidence", "EvidenceNotWritten")]
    [InlineData("$e = Import-CisEvidence ./a.cisevidence; $e, $e | Export-CisEvidence ./b.cisevidence", "OneFileForMany")]
    [InlineData("Invoke-CisAssessment '1.5' -Evidence ./a.cisevidence -AsOf 2001-01-01", "AsOfBeforeCollection")]
    [InlineData("Invoke-CisAssessment '1.5' @account -AsOf 2051-01-01", "AsOfWithoutEvidence")]
    [InlineData("Import-CisEvidence ./a.cisevidence | Export-CisEvidence ./b.cisevidence -CertificatePath ./a.cisevidence", "NoCertificate")]
    [InlineData("Import-CisEvidence ./nope.cisevidence", "EvidenceNotFound")]
    [InlineData("Import-CisEvidence ./nope/*.cisevidence", "EvidenceNotFound")]
    [InlineData("Test-CisEvidence ./nope.cisevidence", "EvidenceNotFound")]
    [InlineData("Test-CisEvidence nope:/x.cisevidence", "EvidenceNotFound")]
    [InlineData("Import-CisEvidence -LiteralPath nope:/x.cisevidence", "EvidenceNotFound")]
    [InlineData("Invoke-CisAssessment '1.5' -Evidence nope:/x.cisevidence", "EvidenceNotFound")]
    [InlineData("Compare-CisProgram cis-aws-1.2.0 cis-aws-3.0.0 -Evidence nope:/x.cisevidence", "EvidenceNotFound")]
    public void Bad_input_is_an_error_and_loses_nothing(string command, string error)
    {
        _session.Objects("Get-CisEvidence '1.5' @account | Export-CisEvidence ./a.cisevidence");
        var before = File.ReadAllBytes(Path.Combine(_folder.FullName, "a.cisevidence"));
        Assert.Equal(error, _session.Run(command).Errors[0].FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(_folder.FullName, "a.cisevidence")));
        Assert.DoesNotContain(_folder.GetFiles("*", SearchOption.AllDirectories), f => f.Extension is ".tmp" or ".lock");
    }

    [Fact]
    public void A_connection_that_has_no_effect_causes_a_warning()
    {
        _session.Objects("Get-CisEvidence '1.5' @account | Export-CisEvidence ./a.cisevidence");
        var run = _session.Run("Invoke-CisAssessment '1.5' -Evidence ./a.cisevidence -ProfileName other -RoleArn x");
        Assert.Equal("-ProfileName, -RoleArn have no effect: -Evidence is assessed without a connection to AWS.", Assert.Single(run.Warnings));
        Assert.Single(run.Output);
    }

    private CisEvidenceTest Test(string path) => (CisEvidenceTest)Assert.Single(_session.Objects($"Test-CisEvidence {path}")).BaseObject;

    private string WriteCertificate(bool rsa, bool pfx)
    {
        using AsymmetricAlgorithm key = rsa ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = key is RSA r
            ? new CertificateRequest("CN=Auditor", r, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest("CN=Auditor", (ECDsa)key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        var path = Path.Combine(_folder.FullName, pfx ? "auditor.pfx" : "auditor.pem");
        File.WriteAllBytes(path, pfx
            ? certificate.Export(X509ContentType.Pfx, "secret")
            : Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n"));
        return path;
    }

    private static List<string> Texts(IEnumerable<System.Management.Automation.PSObject> results) => results
        .Select(r => (CisResult)r.BaseObject)
        .Select(r => string.Join("\n", r.Findings.Select(f => $"  {f.Status} {f.ResourceId} {f.Reason} {f.Facts} {string.Join(" ", f.Warnings)}").Prepend($"{r.ControlId}\t{r.Status}\t{r.ReasonCode} {r.Incomplete} {r.Reason}")))
        .ToList();

    private static IEnumerable<string> Statuses(IEnumerable<string> texts) => texts.Select(t => string.Join(' ', t.Split('\n')[0].Split('\t').Take(2)));
}
